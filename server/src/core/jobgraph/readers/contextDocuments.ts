import { table } from '../../../../../common/table.ts';
import type { JsonReader } from '../../unwrap/json/reader.ts';
import type { Source } from '../../unwrap/source.ts';
import { type BackPressure, type CheckpointConfig, emptyMoment, type JobContext } from '../context.ts';

/** What the fields of an object said that might turn out to be a document about a job. */
export interface RootFields {
  keys: Set<string>;
  checkpoints: CheckpointConfig | null;
  backPressure: BackPressure | null;
}

/** Periodic checkpoints that are switched off are printed with the largest long. */
const NEVER = 2 ** 53;

/** A field of `/jobs/:id/checkpoints/config`. */
export function readCheckpointField(reader: JsonReader, source: Source, fields: RootFields, key: string, start: number): void {
  if (key !== 'mode' && key !== 'interval' && key !== 'unaligned_checkpoints') return;
  fields.checkpoints ??= { mode: null, intervalMs: null, unaligned: null, span: source.span(start, start), unalignedSpan: null };
  const config = fields.checkpoints;
  if (key === 'mode') {
    const mode = reader.string()?.toLowerCase();
    config.mode = mode === 'exactly_once' || mode === 'at_least_once' ? mode : null;
  } else if (key === 'interval') {
    const interval = reader.number();
    config.intervalMs = interval !== null && interval > 0 && interval < NEVER ? interval : null;
  } else {
    const value = reader.scalar();
    config.unaligned = typeof value === 'boolean' ? value : null;
    config.unalignedSpan = source.span(reader.start, reader.stop);
  }
}

/** A field of `/jobs/:id/vertices/:vid/backpressure`; "backpressure-level" is the older spelling. */
export function readBackPressureField(reader: JsonReader, source: Source, fields: RootFields, key: string, start: number): void {
  const create = (): BackPressure => {
    fields.backPressure ??= { level: null, subtasks: [], span: source.span(start, start) };
    return fields.backPressure;
  };
  if (key === 'backpressureLevel' || key === 'backpressure-level') {
    const level = reader.string();
    create().level = level === 'ok' || level === 'low' || level === 'high' ? level : null;
  } else if (key === 'subtasks' && reader.enterArray()) {
    const { subtasks } = create();
    while (reader.nextItem()) {
      if (!reader.enterObject()) continue;
      const subtask: BackPressure['subtasks'][number] = { subtask: subtasks.length, ratio: null, idle: null, busy: null };
      for (let inner = reader.nextKey(); inner !== null; inner = reader.nextKey()) {
        if (inner === 'subtask') subtask.subtask = reader.number() ?? subtask.subtask;
        else if (inner === 'ratio') subtask.ratio = reader.number();
        else if (inner === 'idleRatio') subtask.idle = reader.number();
        else if (inner === 'busyRatio') subtask.busy = reader.number();
      }
      subtasks.push(subtask);
    }
  }
}

/** Share of a second by metric name. */
const RATIOS = table<'busy' | 'backPressured' | 'idle'>({
  busyTimeMsPerSecond: 'busy',
  backPressuredTimeMsPerSecond: 'backPressured',
  idleTimeMsPerSecond: 'idle',
});

/**
 * An item of a list: {key, value} of `/jobmanager/config`, {id, max, skew …} of aggregated subtask metrics, or
 * {id, value} of watermarks; the latter two only with a path that names their vertex. False when it is something else.
 */
export function readListItem(reader: JsonReader, source: Source, context: JobContext, vertex: string): boolean {
  const item: { key: string | null; id: string | null; value: string | null; max: number | null; skew: number | null } = {
    key: null,
    id: null,
    value: null,
    max: null,
    skew: null,
  };
  let from = 0;
  let to = 0;
  if (!reader.enterObject()) return false;
  for (let name = reader.nextKey(); name !== null; name = reader.nextKey()) {
    if (name === 'key') item.key = reader.string();
    else if (name === 'id') item.id = reader.string();
    else if (name === 'max') item.max = reader.number();
    else if (name === 'skew') item.skew = reader.number();
    else if (name === 'value') {
      item.value = reader.string();
      from = reader.start;
      to = reader.stop;
    } else if (name === 'nodes' || name === 'plan' || name === 'vertices') return false;
  }
  if (item.key !== null && item.value !== null) {
    context.configuration.set(item.key, { value: item.value, span: source.span(from, to) });
    return true;
  }
  if (vertex === '' || item.id === null) return false;
  const moment = context.metrics.get(vertex) ?? emptyMoment();
  const ratio = RATIOS[item.id];
  if (ratio !== undefined && item.max !== null) moment[ratio] = Math.max(0, Math.min(1, item.max / 1000));
  else if (item.id === 'numRecordsInPerSecond' && item.skew !== null) moment.skew = item.skew;
  else if (item.id.endsWith('.currentInputWatermark') && item.value !== null) {
    const watermark = Number(item.value);
    // Before the first watermark Flink prints the smallest long.
    if (Number.isFinite(watermark) && watermark > -(2 ** 53)) moment.watermark = Math.min(moment.watermark ?? watermark, watermark);
  } else return false;
  context.metrics.set(vertex, moment);
  return true;
}
