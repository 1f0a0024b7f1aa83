import type { LogEvent } from '../../log/model.ts';

/** Of events that say nothing of a job, where several are known. */
export const NO_JOB = '';

/** Events that are told of jobs, by the job's id; what is told without one is of the only one there is. */
export function byJob(events: readonly LogEvent[]): ReadonlyMap<string, LogEvent[]> {
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
