import type { Span } from '../../../../../common/span.ts';
import type { ConsequenceReason } from '../../knowledge/consequences.ts';
import { ANSWERING_LOGGERS } from '../../knowledge/logLoggers.ts';
import { subtaskLabel } from '../../log/executions.ts';
import { type Execution, type LogEvent, type LogException, type LogModel, recordAt } from '../../log/model.ts';
import { causeOf, sameCause } from './causes.ts';
import { consequenceReason } from './consequenceReason.ts';
import { relate } from './consequences.ts';
import type { Failed, Failure } from './failureModel.ts';
import { operatorErrors, resourceOf } from './operatorErrors.ts';
import { missingProcesses, processFailures, shutdowns, workerEnds } from './processFailures.ts';
import { leadershipLost } from './toldCauses.ts';

/** A program ended with the exception, whatever the level of the record that it is printed with or below. */
const ENDED_BY: ReadonlySet<string> = new Set(['uncaught-in-main', 'application-failed']);
/** Job failures without a failed task that are looked into. */
const MAX_JOB_FAILURES = 200;
/** Events that say by themselves that the job failed, with the exception printed with them. */
const FAILURES_OF_JOBS: ReadonlySet<string> = new Set([
  'global-failure',
  'job-failure-reported',
  'request-failure-reported',
  'operator-job-failed',
  'operator-job-exception',
]);
/** An exception this shortly before a job's failure is taken for its cause when none is printed with it. */
const NEAR = 5000;

/** Everything in a log that failed, in no particular order. */
export function collectFailures(log: LogModel): Failure[] {
  const failures = taskFailures(log);
  failures.push(...processFailures(log, failures));
  failures.push(...workerEnds(log, failures));
  failures.push(...jobFailures(log, failures));
  // Bare exceptions count when nothing else in the text says what failed, or all that failed are consequences.
  if (failures.every((one) => one.consequence !== null || (one.cause === null && one.kind === 'job')))
    failures.push(...loneExceptions(log, failures));
  if (failures.length === 0) failures.push(...operatorErrors(log));
  if (failures.length === 0) failures.push(...missingProcesses(log));
  if (failures.length > 0 && failures.every((one) => one.consequence !== null)) failures.push(...shutdowns(log, failures));
  relate(log, failures);
  return failures;
}

function taskFailures(log: LogModel): Failure[] {
  return log.executions.flatMap((execution, index) => taskFailure(log, index, execution) ?? []);
}

/** The job fails because a task did: only a failure without a task is one of its own. */
function jobFailures(log: LogModel, known: readonly Failure[]): Failure[] {
  // Of several files the lines are in no order of time.
  const timed = known.every((one) => one.time !== null);
  const key: Key = (one) => (timed ? (one.time ?? one.line) : one.line);
  const before = [...known].sort((a, b) => key(a) - key(b));
  const failures: Failure[] = [];
  const add = (name: string, change: JobChange) => {
    if (failures.length >= MAX_JOB_FAILURES) return;
    const nearest = explaining(before, change, key);
    if (nearest === null || failsAgain(log, nearest, change)) {
      const failure = jobFailure(log, name, change);
      // Without an exception a restart may have been asked for, as the adaptive scheduler does when resources change.
      if (change.to === 'RESTARTING' && failure.exception === null) return;
      failures.push(failure);
      before.push(failure);
      before.sort((a, b) => key(a) - key(b));
    } else if (nearest.cause === null && nearest.seen) completeFrom(log, nearest, change);
  };
  for (const event of log.events) if (FAILURES_OF_JOBS.has(event.id)) add(event.id, { ...event, from: '', to: '' });
  for (const job of log.jobs) {
    for (const change of job.states) {
      const suspended = change.to === 'SUSPENDED' ? leadershipLost(log, change) : null;
      if (suspended !== null && failures.length < MAX_JOB_FAILURES)
        failures.push({
          ...jobFailure(log, job.name ?? job.id, change),
          ...suspended,
          failed: { code: 'job-switched', facts: { job: job.name ?? job.id, from: change.from, to: change.to } },
          causeCertainty: 'proved',
          consequence: null,
        });
      if (change.to !== 'FAILING' && change.to !== 'FAILED' && change.to !== 'RESTARTING') continue;
      // The end of what failed before, but where the text begins with it.
      if (change.from === 'FAILING' && known.length === 0 && failures.length === 0 && ownException(log, change) !== undefined)
        failures.push(jobFailure(log, job.name ?? job.id, change));
      if (change.from !== 'FAILING' && (change.from !== 'RESTARTING' || ownException(log, change) !== undefined)) add(job.name ?? job.id, change);
    }
  }
  for (const event of log.events) {
    if (event.id === 'resource-failure-reported' && failures.length < MAX_JOB_FAILURES) failures.push(resourceFailure(log, event));
    if (event.fields.to !== 'FAILED') continue;
    if (event.id === 'job-ended') add(event.fields.job ?? '', { ...event, from: '', to: 'FAILED' });
    if (event.id === 'operator-job-state') add(resourceOf(log, event) ?? '?', { ...event, from: '', to: 'FAILED' });
  }
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

const byRecord = new WeakMap<LogModel, Map<number, LogException>>();

/** The exception that a record carries, the first of several. */
function ownException(log: LogModel, change: JobChange): LogException | undefined {
  let table = byRecord.get(log);
  if (change.record === null) return belowWords(log, change);
  if (table === undefined) {
    table = new Map();
    for (const one of log.exceptions) if (one.record !== null && !table.has(one.record)) table.set(one.record, one);
    byRecord.set(log, table);
  }
  return table.get(change.record);
}

/** The exception below a message of which only the words are in the text, without time and logger. */
function belowWords(log: LogModel, { record, line }: JobChange): LogException | undefined {
  const event = record === null ? log.events.find((one) => one.record === null && one.line === line && one.exception !== null) : undefined;
  return event?.exception == null ? undefined : log.exceptions[event.exception];
}

/** Does the job fail for a reason of its own while it was being restarted after a failure? */
function failsAgain(log: LogModel, before: Failure, change: JobChange): boolean {
  return change.from === 'RESTARTING' && before.cause !== null && !sameCause(causeOf(ownException(log, change)), before.cause);
}

/** A task's failure that is printed without its exception gets that of the job, which failed because of it. */
function completeFrom(log: LogModel, failure: Failure, change: JobChange): void {
  const own = ownException(log, change);
  if (own === undefined || change.line < failure.line) return;
  failure.exception = own.index;
  failure.cause = causeOf(own);
  failure.causeCertainty = 'proved';
  failure.consequence = consequenceReason(own);
}

type Key = (one: { time: number | null; line: number }) => number;

/** The failure, of some sorted by `key`, that is a likely reason for the job's: one of the nearest before and after it. */
function explaining(failures: readonly Failure[], change: { time: number | null; line: number }, key: Key): Failure | null {
  let low = 0;
  let high = failures.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key(failures[middle] as Failure) < key(change)) low = middle + 1;
    else high = middle;
  }
  const near = failures.slice(Math.max(0, low - 5), low + 5).filter((failure) => {
    if (failure.time === null || change.time === null) return failure.line <= change.line;
    return failure.time <= change.time + 1000 && failure.time >= change.time - 10 * 60_000;
  });
  return near.find((one) => one.consequence === null) ?? near[0] ?? null;
}

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
  return {
    kind: 'task',
    failed: { code: 'task', facts: { name: execution.task ?? execution.id, subtask: subtaskLabel(execution) } },
    execution: index,
    exception: execution.exception,
    time: place.time,
    line: place.line,
    record: place.record,
    span: place.span,
    cause: causeOf(exception),
    causeCertainty: 'proved',
    consequence: exception === undefined ? null : consequenceReason(exception),
    seen: change !== null,
  };
}

function jobFailure(log: LogModel, name: string, change: JobChange): Failure {
  const own = ownException(log, change);
  const before = own ?? nearestBefore(log, change);
  return {
    kind: 'job',
    failed: jobFailed(name, change),
    execution: null,
    exception: before?.index ?? null,
    time: change.time,
    line: change.line,
    record: change.record,
    span: change.span,
    cause: causeOf(before),
    causeCertainty: own === undefined ? 'suspected' : 'proved',
    consequence: before === undefined ? null : reasonOf(before),
    seen: true,
  };
}

/** An error of a resource says why by itself: what fails beside it, in other resources, explains nothing. */
function resourceFailure(log: LogModel, event: LogEvent): Failure {
  const { resource = null, state = '', error = null } = event.fields;
  const own = ownException(log, { ...event, from: '', to: '' });
  return {
    kind: 'job',
    failed: { code: 'operator-error', facts: { resource, state, error: own === undefined ? error : null } },
    execution: null,
    exception: own?.index ?? null,
    time: event.time,
    line: event.line,
    record: event.record,
    span: event.span,
    cause: causeOf(own),
    causeCertainty: 'proved',
    consequence: null,
    seen: true,
  };
}

const COORDINATOR = /^Global failure triggered by OperatorCoordinator\b/;

/** The coordinator of an operator runs in the JobManager: that it was interrupted in waiting proves no earlier failure. */
function reasonOf(exception: LogException): ConsequenceReason | null {
  const reason = consequenceReason(exception);
  return reason === 'interrupted' && exception.chain.some((one) => COORDINATOR.test(one.message ?? '')) ? null : reason;
}

function jobFailed(job: string, { from, to }: JobChange): Failed {
  if (to === '') return { code: job === 'global-failure' ? job : job === 'request-failure-reported' ? 'request-failed' : 'job-reported', facts: {} };
  return from === '' ? { code: 'job-ended', facts: { job } } : { code: 'job-switched', facts: { job, from, to } };
}

function nearestBefore(log: LogModel, change: { time: number | null; line: number }): LogException | undefined {
  let best: LogException | undefined;
  for (const one of log.exceptions) {
    if (one.kind !== 'trace' || (log.reversed ? one.line <= change.line : one.line >= change.line)) continue;
    if (one.time !== null && change.time !== null && change.time - one.time > NEAR) continue;
    if (consequenceReason(one) === null || best === undefined) best = one;
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
  const ended = new Set(log.events.flatMap(({ id, exception }) => (ENDED_BY.has(id) ? (exception ?? []) : [])));
  const failures: Failure[] = [];
  for (const exception of log.exceptions) {
    if (exception.kind !== 'trace' || taken.has(exception.index)) continue;
    const record = exception.record === null ? undefined : recordAt(log, exception.record);
    // A warning with a trace is something that was dealt with, and so is what a page of the web UI did not find.
    if (!ended.has(exception.index) && record?.level != null && record.level !== 'ERROR' && record.level !== 'FATAL') continue;
    if (record?.logger != null && ANSWERING_LOGGERS.test(record.logger)) continue;
    const consequence = consequenceReason(exception);
    const cause = causeOf(exception);
    if (!alone && (consequence !== null || exception.line > until)) continue;
    failures.push({
      kind: 'exception',
      failed: { code: 'exception', facts: { message: record?.message ?? null, named: cause !== null } },
      execution: null,
      exception: exception.index,
      time: exception.time,
      line: record?.line ?? exception.line,
      record: exception.record,
      span: record === undefined ? exception.top.headSpan : record.messageSpan,
      cause,
      causeCertainty: alone && !ranOn ? 'proved' : 'suspected',
      consequence,
      seen: true,
    });
  }
  return failures;
}
