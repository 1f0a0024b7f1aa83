import type { BackPressure, CheckpointConfig, JobContext } from '../context.ts';
import type { JsonReader } from '../jsonReader.ts';
import type { SourceText } from '../sourceText.ts';

/** What the fields of an object said that might turn out to be a document about a job. */
export interface RootFields {
  keys: Set<string>;
  checkpoints: CheckpointConfig | null;
  backPressure: BackPressure | null;
}

/** Periodic checkpoints that are switched off are printed with the largest long. */
const NEVER = 2 ** 53;

/** A field of `/jobs/:id/checkpoints/config`. */
export function readCheckpointField(reader: JsonReader, source: SourceText, fields: RootFields, key: string, start: number): void {
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
export function readBackPressureField(reader: JsonReader, source: SourceText, fields: RootFields, key: string, start: number): void {
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

/** An item of `/jobmanager/config`: {key, value}. False when the object is something else. */
export function readKeyedList(reader: JsonReader, source: SourceText, context: JobContext, _path: string): boolean {
  let key: string | null = null;
  let value: string | null = null;
  let from = 0;
  let to = 0;
  if (!reader.enterObject()) return false;
  for (let name = reader.nextKey(); name !== null; name = reader.nextKey()) {
    if (name === 'key') key = reader.string();
    else if (name === 'value') {
      value = reader.string();
      from = reader.start;
      to = reader.stop;
    } else if (name === 'nodes' || name === 'plan' || name === 'vertices') return false;
  }
  if (key === null || value === null) return false;
  context.configuration.set(key, { value, span: source.span(from, to) });
  return true;
}
