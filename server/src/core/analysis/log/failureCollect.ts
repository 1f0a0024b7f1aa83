import type { Span } from '../../../../../common/span.ts';
import { ANSWERING_LOGGERS } from '../../knowledge/log-loggers.ts';
import { eventKind } from '../../log/events.ts';
import { subtaskLabel } from '../../log/executions.ts';
import { type Execution, type LogEvent, type LogException, type LogModel, recordAt } from '../../log/model.ts';
import { shortTask } from '../../log/taskNames.ts';
import { rootOf, throwableTitle } from '../../log/traces/throwables.ts';
import type { Failure } from './failureModel.ts';
import { followerReason } from './followers.ts';

/** Fatal events that are looked into. */
const MOST_FATAL = 2000;
/** Job failures without a failed task that are looked into. */
const MOST_JOB_FAILURES = 200;
/** An exception this shortly before a job's failure is taken for its cause when none is printed with it. */
const NEAR = 5000;
/** A process that was told to stop is gone after this time. */
const SHUTDOWN = 2 * 60_000;

const FATAL_EVENTS = new Set(['fatal-thread', 'fatal-error', 'watchdog-kill', 'container-killed', 'oom']);

/** Everything in a log that failed, in no particular order. */
export function collectFailures(log: LogModel): Failure[] {
  const failures = taskFailures(log);
  failures.push(...processFailures(log, failures));
  failures.push(...jobFailures(log, failures));
  // Bare exceptions count when nothing else in the text says what failed, or all that failed are followers.
  if (failures.every((one) => one.follower !== null || (one.cause === null && one.kind === 'job'))) failures.push(...loneExceptions(log, failures));
  if (failures.length > 0 && failures.every((one) => one.follower !== null)) failures.push(...shutdowns(log, failures));
  return failures;
}

function taskFailures(log: LogModel): Failure[] {
  return log.executions.flatMap((execution, index) => taskFailure(log, index, execution) ?? []);
}

function processFailures(log: LogModel, known: readonly Failure[]): Failure[] {
  const explained = new Set(known.map((one) => one.exception));
  const roots = new Set(known.flatMap((one) => (one.exception === null ? [] : [causeTitle(log, one.exception)])));
  const failures: Failure[] = [];
  let fatal = 0;
  for (const event of log.events) {
    if (!FATAL_EVENTS.has(event.id)) continue;
    if (++fatal > MOST_FATAL) break;
    if (event.exception !== null && (explained.has(event.exception) || roots.has(causeTitle(log, event.exception)))) continue;
    if (event.exception !== null) {
      explained.add(event.exception);
      roots.add(causeTitle(log, event.exception));
    }
    // Several loggers tell of one end.
    if (event.exception === null && failures.some((one) => one.title === eventKind(event.id)?.title && near(one, event))) continue;
    failures.push(processFailure(log, event));
  }
  return failures;
}

/** Within the moment in which a process writes of its end. */
function near(one: { time: number | null; line: number }, other: { time: number | null; line: number }): boolean {
  return one.time === null || other.time === null ? Math.abs(one.line - other.line) <= 10 : Math.abs(one.time - other.time) <= 1000;
}

/** The job fails because a task did: only a failure without a task is one of its own. */
function jobFailures(log: LogModel, known: readonly Failure[]): Failure[] {
  const before = [...known].sort((a, b) => a.line - b.line);
  const failures: Failure[] = [];
  const add = (name: string, change: JobChange) => {
    if (failures.length >= MOST_JOB_FAILURES) return;
    const nearest = explaining(before, change);
    if (nearest === null) {
      const failure = jobFailure(log, name, change);
      // Without an exception a restart may have been asked for, as the adaptive scheduler does when resources change.
      if (change.to === 'RESTARTING' && failure.exception === null) return;
      failures.push(failure);
      before.push(failure);
      before.sort((a, b) => a.line - b.line);
    } else if (nearest.cause === null && nearest.seen) completeFrom(log, nearest, change);
  };
  for (const event of log.events) if (event.id === 'global-failure') add('', { ...event, from: '', to: '' });
  for (const job of log.jobs) {
    for (const change of job.states) {
      if (change.to !== 'FAILING' && change.to !== 'FAILED' && change.to !== 'RESTARTING') continue;
      if (change.from !== 'FAILING' && change.from !== 'RESTARTING') add(job.name ?? job.id, change);
    }
  }
  for (const event of log.events)
    if (event.id === 'job-ended' && event.fields.to === 'FAILED') add(event.fields.job ?? '', { ...event, from: '', to: 'FAILED' });
  return failures;
}

interface JobChange {
  from: string;
  to: string;
  time: number | null;
  line: number;
  record: number | null;
  span: Span;
}

/** A task's failure that is printed without its exception gets that of the job, which failed because of it. */
function completeFrom(log: LogModel, failure: Failure, change: JobChange): void {
  const own = change.record === null ? undefined : log.exceptions.find((one) => one.record === change.record);
  if (own === undefined || change.line < failure.line) return;
  failure.exception = own.index;
  failure.cause = causeTitle(log, own.index);
  failure.causeGrade = 'derived';
  failure.follower = followerReason(own);
}

/** The failure, of some sorted by line, that is a likely reason for the job's: one of the nearest before and after it. */
function explaining(failures: readonly Failure[], change: { time: number | null; line: number }): Failure | null {
  let low = 0;
  let high = failures.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((failures[middle] as Failure).line < change.line) low = middle + 1;
    else high = middle;
  }
  const near = failures.slice(Math.max(0, low - 5), low + 5).filter((failure) => {
    if (failure.time === null || change.time === null) return failure.line <= change.line;
    return failure.time <= change.time + 1000 && failure.time >= change.time - 10 * 60_000;
  });
  return near.find((one) => one.follower === null) ?? near[0] ?? null;
}

function causeTitle(log: LogModel, exception: number | null): string | null {
  const found = exception === null ? undefined : log.exceptions[exception];
  if (found === undefined) return null;
  const root = rootOf(found);
  // A stack without the line that names the exception says where, not why.
  if (root.className === null) return null;
  const title = throwableTitle(root);
  const outer = found.chain[found.chain.length - 2];
  // "TimeoutException" alone says nothing: what it was wrapped in says what timed out.
  return outer?.className != null && VAGUE.test(title) ? `${title} (in ${throwableTitle(outer)})` : title;
}

/** Root causes that say nothing by themselves. */
const VAGUE = /^java\.util\.concurrent\.(?:TimeoutException|CancellationException)(?:$|: Timeout has occurred)/;

function taskFailure(log: LogModel, index: number, execution: Execution): Failure | null {
  let change: Execution['states'][number] | null = null;
  for (const one of execution.states) {
    if (one.to !== 'FAILED') continue;
    if (change === null || (one.time !== null && change.time !== null ? one.time < change.time : one.line < change.line)) change = one;
  }
  const reported = execution.reported?.state === 'FAILED' ? execution.reported : null;
  const place = change ?? reported;
  if (place === null) return null;
  const exception = execution.exception === null ? undefined : log.exceptions[execution.exception];
  const label = subtaskLabel(execution);
  return {
    kind: 'task',
    execution: index,
    exception: execution.exception,
    time: place.time,
    line: place.line,
    record: place.record,
    span: place.span,
    title: `${label === null ? 'Task' : `Subtask ${label} of`} ${shortTask(execution.task ?? execution.id ?? '?')} failed`,
    cause: causeTitle(log, execution.exception),
    causeGrade: 'stated',
    follower: exception === undefined ? null : followerReason(exception),
    seen: change !== null,
  };
}

function processFailure(log: LogModel, event: LogEvent): Failure {
  const exception = event.exception === null ? undefined : log.exceptions[event.exception];
  const kind = eventKind(event.id);
  const memory = event.id === 'oom' ? `java.lang.OutOfMemoryError: ${event.fields.pool}` : null;
  const killed = event.id === 'container-killed' ? killedText(log, event) : null;
  return {
    kind: 'process',
    execution: null,
    exception: event.exception,
    time: event.time,
    line: event.line,
    record: event.record,
    span: event.span,
    title: kind?.title ?? event.id,
    cause: memory ?? killed ?? causeTitle(log, event.exception),
    causeGrade: 'stated',
    follower: exception === undefined || memory !== null ? null : followerReason(exception),
    seen: true,
  };
}

/** Lines between two statements about the end of one container. */
const KILL_LINES = 60;

function killedText(log: LogModel, event: LogEvent): string {
  const { code, oom } = event.fields;
  // YARN says the exit code and the reason in records of their own.
  const at = log.events.indexOf(event);
  const reason = log.events
    .slice(Math.max(0, at - KILL_LINES), at + KILL_LINES)
    .find(
      (one) =>
        one.id === 'container-killed' &&
        Math.abs(one.line - event.line) <= KILL_LINES &&
        (one.fields.kind !== undefined || one.fields.status !== undefined),
    );
  const kind =
    reason?.fields.kind?.toLowerCase() ?? (reason?.fields.status === '-103' ? 'virtual' : reason?.fields.status === '-104' ? 'physical' : undefined);
  if (kind !== undefined) return `container killed: over its ${kind} memory limit${code === undefined ? '' : ` (exit code ${code})`}`;
  if (oom !== undefined) return 'container killed: OOMKilled';
  return `container killed on request, exit code ${code}`;
}

function jobFailure(log: LogModel, name: string, change: JobChange): Failure {
  const own = log.exceptions.find((one) => one.record !== null && one.record === change.record);
  const before = own ?? nearestBefore(log, change);
  const title =
    change.to === ''
      ? 'The job as a whole failed'
      : change.from === ''
        ? `Job ${name} ended as FAILED`
        : `Job ${name} went from ${change.from} to ${change.to}`;
  return {
    kind: 'job',
    execution: null,
    exception: before?.index ?? null,
    time: change.time,
    line: change.line,
    record: change.record,
    span: change.span,
    title,
    cause: before === undefined ? null : causeTitle(log, before.index),
    causeGrade: own === undefined ? 'inferred' : 'stated',
    follower: before === undefined ? null : followerReason(before),
    seen: true,
  };
}

/** Stops from outside shortly before tasks failed because their process or their peers went down. */
function shutdowns(log: LogModel, followers: readonly Failure[]): Failure[] {
  return log.events.flatMap((event) => {
    if (event.id !== 'shutdown-signal') return [];
    const led = followers.some((one) =>
      one.time === null || event.time === null ? one.line > event.line : one.time >= event.time && one.time - event.time < SHUTDOWN,
    );
    if (!led) return [];
    const signal = `SIG${event.fields.signal ?? ''} from outside`;
    return [{ ...processFailure(log, event), title: 'Shutdown of the process', cause: signal, exception: null, follower: null }];
  });
}

function nearestBefore(log: LogModel, change: { time: number | null; line: number }): LogException | undefined {
  let best: LogException | undefined;
  for (const one of log.exceptions) {
    if (one.kind !== 'trace' || (log.reversed ? one.line <= change.line : one.line >= change.line)) continue;
    if (one.time !== null && change.time !== null && change.time - one.time > NEAR) continue;
    if (followerReason(one) === null || best === undefined) best = one;
  }
  return best;
}

/**
 * Exceptions that nothing that failed was printed with. Beside failures that followed from something, only those count
 * that came before and did not follow themselves, and only as a possible cause.
 */
function loneExceptions(log: LogModel, known: readonly Failure[]): Failure[] {
  const taken = new Set(known.map((one) => one.exception));
  const alone = known.length === 0;
  const ranOn = log.executions.some((one) => one.states.length > 0) || log.jobs.length > 0;
  const until = Math.min(...known.map((one) => one.line));
  const failures: Failure[] = [];
  for (const exception of log.exceptions) {
    if (exception.kind !== 'trace' || taken.has(exception.index)) continue;
    const record = exception.record === null ? undefined : recordAt(log, exception.record);
    // A warning with a trace is something that was dealt with, and so is what a page of the web UI did not find.
    if (record?.level != null && record.level !== 'ERROR' && record.level !== 'FATAL') continue;
    if (record?.logger != null && ANSWERING_LOGGERS.test(record.logger)) continue;
    const follower = followerReason(exception);
    const cause = causeTitle(log, exception.index);
    if (!alone && (follower !== null || exception.line > until)) continue;
    failures.push({
      kind: 'exception',
      execution: null,
      exception: exception.index,
      time: exception.time,
      line: record?.line ?? exception.line,
      record: exception.record,
      span: record === undefined ? exception.top.headSpan : record.messageSpan,
      title: record === undefined ? (cause === null ? 'A stack trace' : 'Exception in the text') : `Exception with "${record.message.slice(0, 100)}"`,
      cause,
      causeGrade: alone && !ranOn ? 'stated' : 'inferred',
      follower,
      seen: true,
    });
  }
  return failures;
}
