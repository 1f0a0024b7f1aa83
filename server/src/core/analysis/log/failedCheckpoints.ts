import { type CheckpointFailure, checkpointFailure, followsFromJob } from '../../knowledge/checkpointFailures.ts';
import type { LogEvent, LogException, LogModel } from '../../log/model.ts';
import { byJob, NO_JOB } from './byJob.ts';
import { exceptionCategory } from './category.ts';
import { thrownIn } from './causes.ts';
import { type CheckpointSubtask, checkpointSubtask } from './checkpointBehind.ts';
import type { Failure } from './failureModel.ts';
import type { LogAnalysis } from './model.ts';
import { inOrder } from './order.ts';

/** Checkpoints of a job that failed one after the other, up to the end of the text; or that expired, although others completed since. */
export interface FailedCheckpoints {
  /** In the order in which they failed; each once, however many records tell of it. */
  ids: string[];
  /** Of the newest. */
  reason: CheckpointFailure;
  /** Why the newest failed that says so. */
  exception: LogException | null;
  /** Whose part of the newest failed. */
  of: CheckpointSubtask | null;
  first: LogEvent;
  last: LogEvent;
  /** The newest that completed before them. */
  completed: string | null;
  /** Told by their tasks alone, whose process does not know which ones complete. */
  byTasks: boolean;
  /** One has completed since: they expired, and are no longer how it is. */
  over: boolean;
}

const ASYNC = 'checkpoint-async-failed';
const FAILING: ReadonlySet<string> = new Set(['checkpoint-failed', 'checkpoint-expired', 'checkpoint-declined', 'snapshot-failed', ASYNC]);
const EXPIRED = 'checkpoint-expired';
const COMPLETED = 'checkpoint-completed';

const isChecked = ({ id }: LogEvent): boolean => FAILING.has(id) || id === COMPLETED;
const hasFailed = ({ id }: LogEvent): boolean => FAILING.has(id);
const isExpired = ({ id }: LogEvent): boolean => id === EXPIRED;

/** A single one that fails says little, unless none has ever completed. One that expires has waited for a subtask for its whole timeout. */
const IN_A_ROW = 2;

interface Failed {
  event: LogEvent;
  exception: LogException | null;
  reason: CheckpointFailure;
}

/**
 * Job by job. Nothing where the job failed since, or of the same exception: then its failure is what there is to say, and checkpoints end with it. Nothing
 * either where not all that completed are known, as in very long logs.
 */
export function failedCheckpoints({ log, failures }: LogAnalysis): FailedCheckpoints[] {
  const completions = log.eventCounts.reduce((sum, { id, count }) => (id === COMPLETED ? sum + count : sum), 0);
  if (completions > log.events.reduce((sum, { id }) => (id === COMPLETED ? sum + 1 : sum), 0)) return [];
  const order = inOrder(log);
  const belongs = (event: LogEvent): boolean => isChecked(event) && !isAborted(log, event);
  const found: FailedCheckpoints[] = [];
  for (const [job, events] of byJob(log, belongs, hasFailed)) {
    // A TaskManager does not say of which job, and nothing of what completes.
    if (job === NO_JOB && completions > 0) continue;
    const row = rowOf(log, events);
    const over = row.failed.size === 0;
    const ended = over ? row.expired : row.failed;
    const failed = [...ended.values()];
    const [first, last] = [failed[0], failed.at(-1)];
    if (first === undefined || last === undefined) continue;
    if (failed.length < IN_A_ROW && row.completed !== null && last.reason !== 'expired') continue;
    const byTasks = failed.every(({ event }) => event.id === ASYNC);
    const exception = tellingOf(failed.flatMap(({ exception: one }) => one ?? []));
    // A task tells of its own part; that one of them failed, or failed of what nobody knows, says little.
    if (byTasks && (failed.length < IN_A_ROW || exception === null || exceptionCategory(exception) === null)) continue;
    const isTold = (failure: Failure): boolean => exception !== null && failure.exception === exception.index;
    if (failures.episodes.some((episode) => order(episode.first, first.event) > 0 || isTold(episode.first))) continue;
    found.push({
      ids: [...ended.keys()],
      reason: last.reason,
      exception,
      of: checkpointSubtask(log, last.event.fields.id ?? '', last.exception, last.event),
      first: first.event,
      last: last.event,
      completed: row.completed,
      byTasks,
      over,
    });
  }
  return found;
}

const ABORTED = /(?:^|\.)(?:CancellationException|CancelTaskException|InterruptedException|ClosedByInterruptException)$/;

/** The part of a task is cancelled too when the task is, or when its checkpoint is given up elsewhere (AsyncCheckpointRunnable.close). */
function isAborted(log: LogModel, { id, exception }: LogEvent): boolean {
  const chain = id === ASYNC && exception !== null ? log.exceptions[exception]?.chain : undefined;
  return chain?.some(({ className }) => className !== null && ABORTED.test(className)) === true;
}

/** The newest that says why: others may be cut before they do, or say only that a checkpoint failed. */
const tellingOf = (exceptions: readonly LogException[]): LogException | null =>
  exceptions.findLast((one) => ![null, 'checkpoint'].includes(exceptionCategory(one))) ??
  exceptions.findLast((one) => exceptionCategory(one) !== null) ??
  exceptions.at(-1) ??
  null;

/** Checkpoints that failed and are over: later ones completed, and every exception of the text is theirs. Null where that is not so. */
export function overcomeCheckpoints(log: LogModel): { ids: string[]; exception: LogException | null; since: number } | null {
  const records = new Set(log.events.flatMap(({ id, record }) => (FAILING.has(id) ? [record] : [])));
  if (log.exceptionsLeft > 0 || log.exceptions.some(({ record }) => record === null || !records.has(record))) return null;
  const ids = new Set<string>();
  let since = Number.POSITIVE_INFINITY;
  for (const [job, events] of byJob(log, isChecked, hasFailed)) {
    const last = events.findLastIndex(hasFailed);
    if (last === -1) continue;
    if (job === NO_JOB || last === events.length - 1) return null;
    for (const event of events) if (hasFailed(event) && event.fields.id !== undefined) ids.add(event.fields.id);
    since = Math.min(since, events.length - 1 - last);
  }
  return ids.size === 0 ? null : { ids: [...ids], exception: tellingOf(log.exceptions), since };
}

/** Where the first checkpoint expired, whatever else failed, and whether that is how it still is: none of the job has completed since its last. */
export function expirations(log: LogModel): { first: LogEvent; current: boolean } | null {
  const jobs = [...byJob(log, (event) => isExpired(event) || event.id === COMPLETED, isExpired).values()];
  const [first] = jobs.flatMap((events) => events.find(isExpired) ?? []).sort(inOrder(log));
  return first === undefined ? null : { first, current: jobs.some((events) => events.at(-1)?.id === EXPIRED) };
}

interface Row {
  failed: ReadonlyMap<string, Failed>;
  /** Before the last that completed. */
  expired: ReadonlyMap<string, Failed>;
  completed: string | null;
}

/** Those that failed since the last one completed, and which that was. */
function rowOf(log: LogModel, events: readonly LogEvent[]): Row {
  const failed = new Map<string, Failed>();
  const expired = new Map<string, Failed>();
  let completed: string | null = null;
  for (const event of events) {
    const checkpoint = event.fields.id;
    if (checkpoint === undefined) continue;
    if (event.id === COMPLETED) {
      completed = checkpoint;
      for (const [id, one] of failed) if (one.reason === 'expired') expired.set(id, one);
      failed.clear();
      continue;
    }
    const exception = event.exception === null ? null : (log.exceptions[event.exception] ?? null);
    const reason = reasonOf(event, exception);
    const known = failed.get(checkpoint);
    if (followsFromJob(reason)) failed.delete(checkpoint);
    // The task that declines says why; the coordinator, later, only that.
    else if (known === undefined) failed.set(checkpoint, { event, exception, reason });
    else if (known.reason === 'other') failed.set(checkpoint, { ...known, reason, exception: known.exception ?? exception });
  }
  return { failed, expired, completed };
}

function reasonOf({ id }: LogEvent, exception: LogException | null): CheckpointFailure {
  if (id === EXPIRED) return 'expired';
  for (const { message } of exception?.chain ?? []) {
    // What was sent as text has its class before it.
    const reason = checkpointFailure(message === null ? null : (thrownIn(message)?.message ?? message));
    if (reason !== 'other') return reason;
  }
  return 'other';
}
