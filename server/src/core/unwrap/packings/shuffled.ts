import type { Span } from '../../../../../common/span.ts';
import type { Packing } from '../packing.ts';
import { type Source, SourceBuilder } from '../source.ts';
import type { Steps } from '../steps.ts';
import { copyLine, records } from './json.ts';

/** Threads and collectors put records in each other's place for less than that. In ms. */
const JITTER = 1000;
const MIN_RECORDS = 3;

/** When a record was written in ms since 1970, and where it stood in its file, as far as its shipper says. */
interface Stamp {
  time: number;
  offset: number;
}

/**
 * Records as Elasticsearch gives them to who has not asked for an order: by shard, or as they come. They are put in the order
 * of `@timestamp`, and within the same millisecond of `log.offset`, as Filebeat writes both.
 */
export const shuffled: Packing = {
  id: 'shuffled',
  title: 'records of a log store in no order',
  whole: true,
  proves: true,
  sign: (sample) => /^[ \t\uFEFF]*[[{]/.test(sample) && /"@timestamp" ?:/.test(sample),
  *undo(text): Steps<Source | null> {
    if (!isShuffled(times(text))) return null;
    const { items, roots } = yield* records(text);
    const found = items.length >= roots.length ? items : roots;
    const stamps: Stamp[] = [];
    for (const span of found) {
      yield;
      const stamp = stampOf(text, span);
      if (stamp === null) return null;
      stamps.push(stamp);
    }
    if (found.length < MIN_RECORDS || !isShuffled(stamps)) return null;
    const order = stamps.map((stamp, at) => ({ ...stamp, at })).sort((a, b) => a.time - b.time || a.offset - b.offset || a.at - b.at);
    const builder = new SourceBuilder(text);
    for (const { at } of order) {
      yield;
      copyLine(builder, text, found[at] as Span);
    }
    return builder.build();
  },
  samples: [
    '{"@timestamp":"2026-11-20T10:00:05Z","message":"two"}\n{"@timestamp":"2026-11-20T10:00:09Z","message":"three"}\n{"@timestamp":"2026-11-20T10:00:01Z","message":"one"}',
  ],
  nearMisses: [
    '{"@timestamp":"2026-11-20T10:00:01.002Z","message":"one"}\n{"@timestamp":"2026-11-20T10:00:01.001Z","message":"two"}\n{"@timestamp":"2026-11-20T10:00:09Z","message":"three"}',
    '{"@timestamp":"2026-11-20T10:00:09Z","message":"newest"}\n{"@timestamp":"2026-11-20T10:00:05Z","message":"older"}\n{"@timestamp":"2026-11-20T10:00:01Z","message":"oldest"}',
  ],
};

/** Times go up and down again; the newest first is an order. */
function isShuffled(stamps: Iterable<Pick<Stamp, 'time'>>): boolean {
  let up = false;
  let down = false;
  let before: number | null = null;
  for (const { time } of stamps) {
    up ||= before !== null && time - before > JITTER;
    down ||= before !== null && before - time > JITTER;
    if (up && down) return true;
    before = time;
  }
  return false;
}

/** The times as they stand, whatever is around them: most logs are in order, and then no record has to be read. */
function* times(text: string): Generator<Pick<Stamp, 'time'>, void> {
  for (const [, value = ''] of text.matchAll(/"@timestamp" ?: ?"?([^",}\s]{10,40})/g)) {
    const time = timeOf(/^\d+$/.test(value) ? Number(value) : value);
    if (time !== null) yield { time };
  }
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function stampOf(text: string, { start, end }: Span): Stamp | null {
  let record: unknown;
  try {
    record = JSON.parse(text.slice(start, end));
  } catch {
    return null;
  }
  if (!isFields(record)) return null;
  const fields = isFields(record['_source']) ? record['_source'] : record;
  const time = timeOf(fields['@timestamp']);
  return time === null ? null : { time, offset: offsetOf(fields) };
}

function timeOf(value: unknown): number | null {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(time) ? time : null;
}

function offsetOf(fields: Fields): number {
  const log = fields['log'];
  const offset = fields['log.offset'] ?? (isFields(log) ? log['offset'] : undefined) ?? fields['offset'];
  return typeof offset === 'number' ? offset : 0;
}
