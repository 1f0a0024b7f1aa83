import type { LogEvent, LogModel } from '../../log/model.ts';
import { byJob, lastInARow } from './byJob.ts';

/** The newest checkpoints of a job took long for the little that they hold. */
export interface SlowCheckpoints {
  /** How many in a row. */
  count: number;
  longestMs: number;
  /** Of the largest of them. */
  bytes: number;
  first: LogEvent;
  last: LogEvent;
}

const COMPLETED = 'checkpoint-completed';
const OTHERS: ReadonlySet<string> = new Set(['checkpoint-failed', 'checkpoint-expired', 'checkpoint-declined']);

/** A third of the interval that most jobs have at most; nobody complains of less. In ms. */
const SLOW = 30_000;
/** Any storage takes more in a second: it is not what is slow. In bytes. */
const A_SECOND = 1_000_000;
/** One slow checkpoint may have met a restart or a pause. */
const IN_A_ROW = 3;

const msOf = ({ fields }: LogEvent): number => Number(fields['ms'] ?? fields['ms2']);
const bytesOf = ({ fields }: LogEvent): number => Number(fields['bytes']);

const isSlow = (event: LogEvent): boolean => event.id === COMPLETED && msOf(event) >= SLOW && bytesOf(event) < (msOf(event) / 1000) * A_SECOND;

/**
 * Job by job, of those that completed last one after the other. What takes the time is no storage: a barrier waits behind
 * records, or for a task that is busy in one call.
 */
export function slowCheckpoints(log: LogModel): SlowCheckpoints[] {
  const found: SlowCheckpoints[] = [];
  for (const events of byJob(log, ({ id }) => id === COMPLETED || OTHERS.has(id), isSlow).values()) {
    const row = lastInARow(events, isSlow);
    const [first, last] = [row[0], row.at(-1)];
    if (first === undefined || last === undefined || row.length < IN_A_ROW) continue;
    found.push({
      count: row.length,
      longestMs: row.reduce((most, event) => Math.max(most, msOf(event)), 0),
      bytes: row.reduce((most, event) => Math.max(most, bytesOf(event)), 0),
      first,
      last,
    });
  }
  return found;
}
