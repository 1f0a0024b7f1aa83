import type { LogEvent, LogModel } from '../../log/model.ts';
import { inOrder } from './order.ts';

/** Of events that say nothing of a job, where several are known. */
export const NO_JOB = '';

/**
 * Events for which `belongs` holds, in their order, by the job's id; what is told without one is of the only job there is. None
 * where there is nothing to decide: a long log tells of thousands of checkpoints, and most often all of them went well.
 */
export function byJob(log: LogModel, belongs: (event: LogEvent) => boolean, decides: (event: LogEvent) => boolean): ReadonlyMap<string, LogEvent[]> {
  const told = log.events.filter(belongs);
  return told.some(decides) ? groupByJob(told.sort(inOrder(log))) : new Map();
}

function groupByJob(events: readonly LogEvent[]): ReadonlyMap<string, LogEvent[]> {
  const idOf = ({ fields: { job, job2, job3 } }: LogEvent): string | undefined => job ?? job2 ?? job3;
  const ids = new Set(events.map(idOf).filter((id) => id !== undefined));
  const [only = NO_JOB] = ids.size === 1 ? ids : [];
  const jobs = new Map<string, LogEvent[]>();
  for (const event of events) {
    const id = idOf(event) ?? only;
    const known = jobs.get(id);
    if (known === undefined) jobs.set(id, [event]);
    else known.push(event);
  }
  return jobs;
}

/** The last events of a list for which something holds, without a gap. */
export const lastInARow = (events: readonly LogEvent[], holds: (event: LogEvent) => boolean): LogEvent[] =>
  events.slice(events.findLastIndex((event) => !holds(event)) + 1);
