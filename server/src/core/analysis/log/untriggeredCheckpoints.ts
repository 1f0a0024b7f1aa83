import type { LogEvent, LogModel } from '../../log/model.ts';
import { byJob, lastInARow } from './byJob.ts';

/** No checkpoint of a job is triggered any more, because a task does not run. */
export interface UntriggeredCheckpoints {
  /** The task that the newest of them names; null where none is named. */
  task: string | null;
  count: number;
  /** From the first to the last. */
  ms: number;
  first: LogEvent;
  last: LogEvent;
}

const UNTRIGGERED = 'checkpoint-not-triggered';
/** Any of these shows that checkpoints are taken. */
const TAKEN: ReadonlySet<string> = new Set([
  'checkpoint-triggered',
  'checkpoint-completed',
  'checkpoint-failed',
  'checkpoint-expired',
  'checkpoint-declined',
]);

/** While a job starts its tasks do not run yet: that lasts for less. In ms. */
const LASTING = 120_000;
const IN_A_ROW = 3;

/** Job by job, up to the end of the text. Nothing where the job failed or ended since. */
export function untriggeredCheckpoints(log: LogModel): UntriggeredCheckpoints[] {
  const belongs = ({ id }: LogEvent): boolean => id === UNTRIGGERED || TAKEN.has(id) || id === 'job-state';
  const found: UntriggeredCheckpoints[] = [];
  for (const events of byJob(log, belongs, ({ id }) => id === UNTRIGGERED).values()) {
    const row = lastInARow(events, ({ id }) => id === UNTRIGGERED);
    const [first, last] = [row[0], row.at(-1)];
    if (first === undefined || last === undefined || first.time === null || last.time === null || row.length < IN_A_ROW) continue;
    const ms = last.time - first.time;
    if (ms >= LASTING) found.push({ task: last.fields['task'] ?? null, count: row.length, ms, first, last });
  }
  return found;
}
