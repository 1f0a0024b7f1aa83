import type { IncidentPlace } from '../../../../../common/incident.ts';
import { expirations, failedCheckpoints } from '../../analysis/log/failedCheckpoints.ts';
import { checkpointFailure } from '../../knowledge/checkpointFailures.ts';
import { documentsIn, type Joined } from '../joined.ts';
import { lineAt, roots } from './firstFailure.ts';
import { type CheckpointEnd, placeIn } from './rule.ts';

export interface CheckpointTrouble {
  how: CheckpointEnd;
  count: number;
  completed: number;
  /** None has completed since the last one ended so. */
  current: boolean;
  /** The job failed of it. */
  failedJob: boolean;
  /** One that is open has been for long. */
  old: boolean;
  since: number | null;
  at: IncidentPlace | null;
}

/** An open one waits for at most so long where nothing is wrong. In ms. */
const OPEN_FOR = 10_000;

const BASE = { count: 1, completed: 0, current: true, failedJob: false, old: false, since: null } as const;

/** As the log of the JobManager tells it, else as the REST API does, else what a TaskManager was told. Null: nothing is wrong with checkpoints. */
export const troubleOf = (joined: Joined): CheckpointTrouble | null =>
  expiredInLog(joined) ?? inHistory(joined) ?? inDetails(joined) ?? declinedInLog(joined) ?? openInLog(joined) ?? abortedInLog(joined);

function expiredInLog(joined: Joined): CheckpointTrouble | null {
  const { log } = joined;
  const told = log === null ? null : expirations(log.log);
  if (log === null || told === null) return null;
  const [root] = roots(joined);
  return {
    ...BASE,
    how: 'expired',
    count: countOf(joined, 'checkpoint-expired'),
    completed: countOf(joined, 'checkpoint-completed'),
    current: told.current,
    failedJob: root?.first.cause?.code === 'checkpoint',
    since: told.first.time,
    at: lineAt(log, told.first.line),
  };
}

function inHistory(joined: Joined): CheckpointTrouble | null {
  const [root] = roots(joined);
  for (const { history, counts, source } of documentsIn(joined, 'checkpoints')) {
    const failed = history.filter(({ failure, status }) => status === 'FAILED' && checkpointFailure(failure) === 'expired');
    const base = { ...BASE, completed: counts.completed ?? 0 };
    const [newest] = failed;
    const [last] = history;
    if (newest !== undefined) {
      const completed = history.find(({ status }) => status === 'COMPLETED');
      return {
        ...base,
        how: 'expired',
        count: failed.length,
        current: completed === undefined || newest.id > completed.id,
        failedJob: root?.first.cause?.code === 'checkpoint',
        since: failed.at(-1)?.triggered ?? null,
        at: placeIn(source, newest.line),
      };
    }
    if (last?.status === 'IN_PROGRESS' && isOld(joined, last) === true)
      return { ...base, how: 'open', old: true, since: last.triggered, at: placeIn(source, last.line) };
  }
  return null;
}

/** The details of one checkpoint, where there is no history of them. */
function inDetails(joined: Joined): CheckpointTrouble | null {
  const completed = documentsIn(joined, 'checkpoints').reduce((most, { counts }) => Math.max(most, counts.completed ?? 0), 0);
  const newest = documentsIn(joined, 'checkpoint').sort((a, b) => b.checkpoint.id - a.checkpoint.id)[0];
  if (newest === undefined || newest.checkpoint.savepoint) return null;
  const { checkpoint, source, line } = newest;
  const { status, failure, triggered, failedAt } = checkpoint;
  const base = { ...BASE, completed, since: triggered, at: placeIn(source, line) };
  if (status === 'IN_PROGRESS') {
    const old = isOld(joined, checkpoint);
    return old === false ? null : { ...base, how: 'open', old: old === true };
  }
  const reason = checkpointFailure(failure);
  if (status !== 'FAILED' || (reason !== 'expired' && reason !== 'declined')) return null;
  // What was declined at once was not waited for.
  if (reason === 'declined' && failedAt !== null && triggered !== null && failedAt - triggered < OPEN_FOR) return null;
  return { ...base, how: reason };
}

/** By the clock of the REST API: when documents were asked for, and what other subtasks acknowledged meanwhile. Null: nothing tells. */
function isOld(joined: Joined, { triggered, latestAck }: { triggered: number | null; latestAck: number | null }): boolean | null {
  if (triggered === null) return null;
  const asked = documentsIn(joined, 'vertex').flatMap(({ now }) => (now === null || now < triggered ? [] : [now]));
  const moments = [...asked, ...(latestAck === null ? [] : [latestAck])];
  if (moments.some((moment) => moment - triggered > OPEN_FOR)) return true;
  return asked.length === 0 ? null : false;
}

/** Subtasks that say no without a reason of their own: they are not ready, or no barrier came. */
function declinedInLog(joined: Joined): CheckpointTrouble | null {
  const { log } = joined;
  const declined = log === null ? undefined : failedCheckpoints(log).find(({ reason }) => reason === 'declined');
  if (log === null || declined === undefined) return null;
  const own = declined.exception?.chain.every(({ className }) => className === null || /\.CheckpointException$/.test(className)) ?? true;
  if (!own) return null;
  return {
    ...BASE,
    how: 'declined',
    count: declined.ids.length,
    completed: countOf(joined, 'checkpoint-completed'),
    since: declined.first.time,
    at: lineAt(log, declined.first.line),
  };
}

/** Triggered, and neither completed nor failed long after. */
function openInLog(joined: Joined): CheckpointTrouble | null {
  const { log } = joined;
  const triggered = log?.log.events.filter(({ id, time }) => id === 'checkpoint-triggered' && time !== null).at(-1);
  if (log === null || triggered === undefined || !isStalledInLog(joined)) return null;
  return {
    ...BASE,
    how: 'open',
    old: true,
    completed: countOf(joined, 'checkpoint-completed'),
    since: triggered.time,
    at: lineAt(log, triggered.line),
  };
}

function abortedInLog(joined: Joined): CheckpointTrouble | null {
  const { log } = joined;
  const told = log?.log.events.filter(({ id }) => id === 'checkpoint-aborted') ?? [];
  const [first] = told;
  // What a failure of the job ended was not held up.
  if (log === null || first === undefined || log.failures.episodes.length > 0 || countOf(joined, 'checkpoint-completed') > 0) return null;
  const ids = new Set(told.map(({ fields }) => fields.id));
  return { ...BASE, how: 'aborted', count: ids.size, since: first.time, at: lineAt(log, first.line) };
}

/** The newest checkpoint has been open for long, by what logs and dumps tell of the time since. */
export function isStalledInLog(joined: Joined): boolean {
  const events = joined.log?.log.events ?? [];
  const last = (id: string) => Math.max(0, ...events.flatMap((event) => (event.id === id && event.time !== null ? [event.time] : [])));
  const [triggered, completed] = [last('checkpoint-triggered'), last('checkpoint-completed')];
  return triggered > completed && latestOf(joined) - triggered > OPEN_FOR;
}

/** The latest moment that a log or a dump tells of. */
const latestOf = ({ log, dumps }: Joined): number => Math.max(log?.log.to ?? 0, ...dumps.map(({ at }) => at ?? 0));

export function countOf({ log }: Joined, event: string): number {
  return (log?.log.eventCounts ?? []).reduce((sum, { id, count }) => (id === event ? sum + count : sum), 0);
}
