import type { LogEvent, LogModel } from '../../log/model.ts';

/** A process of Flink that another one asked for again and again, without an answer up to the end of the text. */
export interface NotFound {
  who: 'ResourceManager' | 'JobManager';
  address: string;
  /** Milliseconds from the first attempt to the last; null without times. */
  for: number | null;
  attempts: number;
  /** Why the last one failed, as Flink says it. */
  why: string | null;
  first: LogEvent;
  last: LogEvent;
}

/** A cluster that starts asks once or twice. */
const MANY = 3;
/** Flink asks again every ten seconds at most: later the process has ended, or asks no more. */
const STILL = 60_000;
/** Events that say that it was found after all. */
const FOUND: Record<NotFound['who'], string> = { ResourceManager: 'registered-at-resource-manager', JobManager: 'registered-at-job-manager' };

export function notFound(log: LogModel): NotFound[] {
  return (Object.keys(FOUND) as NotFound['who'][]).flatMap((who) => {
    const found = log.events.findLast(({ id }) => id === FOUND[who])?.line ?? -1;
    const attempts = log.events.filter(({ id, line, fields }) => id === 'address-unresolved' && fields.who === who && line > found);
    const [first, last] = [attempts[0], attempts.at(-1)];
    if (first === undefined || last === undefined || attempts.length < MANY) return [];
    if (log.to !== null && last.time !== null && log.to - last.time > STILL) return [];
    return [
      {
        who,
        address: last.fields.address ?? '',
        for: first.time === null || last.time === null ? null : last.time - first.time,
        attempts: attempts.length,
        why: last.fields.why ?? null,
        first,
        last,
      },
    ];
  });
}
