import type { Span } from '../../../../common/span.ts';
import { FOLLOWERS } from '../knowledge/log-events.ts';
import { eventKind } from '../log/events.ts';
import { type Execution, type LogEvent, type LogException, type LogModel, recordAt } from '../log/model.ts';
import { shortTask } from '../log/taskNames.ts';
import { rootOf, throwableTitle } from '../log/throwables.ts';
import { formatDuration } from '../log/time.ts';
import { subtaskLabel } from './executions.ts';

/** How sure a statement is: printed in the text, computed from what is printed, or concluded from order and nearness. */
export type Grade = 'stated' | 'derived' | 'inferred';

/** Something that failed: a subtask, the job as a whole, a process, or just an exception in the log. */
export interface Failure {
  kind: 'task' | 'job' | 'process' | 'exception';
  /** Index into `LogModel.executions`. */
  execution: number | null;
  /** Index into `LogModel.exceptions`. */
  exception: number | null;
  time: number | null;
  line: number;
  record: number | null;
  span: Span;
  title: string;
  /** Root cause as "class: message"; null when the text does not hold it. */
  cause: string | null;
  causeGrade: Grade;
  /** Why this failed because of another failure; null for a failure of its own. */
  follower: string | null;
  /** False: the failure itself is not in the text, only its being reported. */
  seen: boolean;
}

/** Everything between a failure and the next deployment. */
export interface Episode {
  first: Failure;
  /** The others, in order of time. */
  rest: Failure[];
  /** Executions that were cancelled after the first failure. */
  cancelled: number[];
  outcome: 'restarted' | 'failed' | 'open';
  /** Only followers are in the text: what made them fail is not. */
  symptomOnly: boolean;
  verdict: string;
  grade: Grade;
  evidence: { text: string; line: number; span: Span }[];
}

export interface FailureAnalysis {
  first: Failure | null;
  episodes: Episode[];
  /** Episodes beyond the cap, counted only. */
  episodesLeft: number;
}

const MOST_EPISODES = 5000;
/** Fatal events that are looked into. */
const MOST_FATAL = 2000;
/** Job failures without a failed task that are looked into. */
const MOST_JOB_FAILURES = 200;
/** An exception this shortly before a job's failure is taken for its cause when none is printed with it. */
const NEAR = 5000;

const FATAL_EVENTS = new Set(['fatal-thread', 'fatal-error', 'watchdog-kill', 'container-killed', 'oom']);

/** Why an exception is the consequence of another failure; null when it is not. */
export function followerReason(exception: LogException): string | null {
  if (exception.chain.some((one) => one.className?.endsWith('OutOfMemoryError'))) return null;
  const root = rootOf(exception);
  for (const entry of FOLLOWERS) {
    // Classes that anything may be wrapped in count at the root only.
    const candidates = entry.message === undefined && !entry.className.test('java.lang.InterruptedException') ? exception.chain : [root];
    for (const one of candidates) {
      if (one.className === null || !entry.className.test(one.className)) continue;
      if (entry.message === undefined || entry.message.test(one.message ?? '')) return entry.why;
    }
  }
  return null;
}

export function analyseFailures(log: LogModel): FailureAnalysis {
  const failures = collect(log);
  const timed = failures.every((one) => one.time !== null);
  const key = (one: { time: number | null; line: number }) => (timed ? (one.time as number) : one.line);
  failures.sort((a, b) => key(a) - key(b) || a.line - b.line);
  const boundaries = deployments(log, timed);
  const groups: Failure[][] = [];
  let next = 0;
  for (const failure of failures) {
    const group = groups[groups.length - 1];
    const last = group?.[group.length - 1];
    while (last !== undefined && next < boundaries.length && (boundaries[next] as number) <= key(last)) next++;
    const boundary = boundaries[next];
    if (group !== undefined && (boundary === undefined || boundary > key(failure))) group.push(failure);
    else groups.push([failure]);
  }
  const cancellations = cancelled(log, timed);
  const jobFailures = log.jobs
    .flatMap((job) => job.states.filter((change) => change.to === 'FAILED'))
    .map((change) => ({ key: key(change) }))
    .sort((a, b) => a.key - b.key);
  const episodes = groups.slice(0, MOST_EPISODES).map((group, index) => {
    const until = groups[index + 1]?.[0];
    return episode(group, { key, until: until === undefined ? Number.POSITIVE_INFINITY : key(until), boundaries, cancellations, jobFailures });
  });
  const first = episodes.find((one) => !one.symptomOnly)?.first ?? episodes[0]?.first ?? null;
  return { first, episodes, episodesLeft: Math.max(0, groups.length - MOST_EPISODES) };
}

function collect(log: LogModel): Failure[] {
  const failures: Failure[] = [];
  for (const [index, execution] of log.executions.entries()) {
    const failure = taskFailure(log, index, execution);
    if (failure !== null) failures.push(failure);
  }
  const explained = new Set(failures.map((one) => one.exception));
  const roots = new Set(failures.flatMap((one) => (one.exception === null ? [] : [causeTitle(log, one.exception)])));
  let fatal = 0;
  for (const event of log.events) {
    if (!FATAL_EVENTS.has(event.id)) continue;
    if (++fatal > MOST_FATAL) break;
    if (event.exception !== null && (explained.has(event.exception) || roots.has(causeTitle(log, event.exception)))) continue;
    if (event.exception !== null) explained.add(event.exception);
    failures.push(processFailure(log, event));
  }
  const before = [...failures].sort((a, b) => a.line - b.line);
  let jobFailures = 0;
  for (const job of log.jobs) {
    for (const change of job.states) {
      if (change.to !== 'FAILING' && change.to !== 'FAILED' && change.to !== 'RESTARTING') continue;
      // The job fails because a task did: only a failure without a task is one of its own.
      if (change.from === 'FAILING' || change.from === 'RESTARTING') continue;
      if (jobFailures >= MOST_JOB_FAILURES || explains(before, change)) continue;
      jobFailures++;
      failures.push(jobFailure(log, job.name ?? job.id, change));
    }
  }
  // Bare exceptions count when nothing else in the text says what failed, or all that failed are followers.
  if (failures.every((one) => one.follower !== null || (one.cause === null && one.kind === 'job'))) failures.push(...loneExceptions(log, failures));
  return failures;
}

/** Is one of the failures, sorted by line, a likely reason for the job's? The nearest ones before and after tell. */
function explains(failures: readonly Failure[], change: { time: number | null; line: number }): boolean {
  let low = 0;
  let high = failures.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((failures[middle] as Failure).line < change.line) low = middle + 1;
    else high = middle;
  }
  return failures.slice(Math.max(0, low - 5), low + 5).some((failure) => {
    if (failure.time === null || change.time === null) return failure.line <= change.line;
    return failure.time <= change.time + 1000 && failure.time >= change.time - 10 * 60_000;
  });
}

function causeTitle(log: LogModel, exception: number | null): string | null {
  const found = exception === null ? undefined : log.exceptions[exception];
  if (found === undefined) return null;
  const root = rootOf(found);
  // A stack without the line that names the exception says where, not why.
  return root.className === null ? null : throwableTitle(root);
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

function jobFailure(
  log: LogModel,
  name: string,
  change: { to: string; from: string; time: number | null; line: number; record: number | null; span: Span },
): Failure {
  const own = log.exceptions.find((one) => one.record !== null && one.record === change.record);
  const before = own ?? nearestBefore(log, change);
  return {
    kind: 'job',
    execution: null,
    exception: before?.index ?? null,
    time: change.time,
    line: change.line,
    record: change.record,
    span: change.span,
    title: `Job ${name} went from ${change.from} to ${change.to}`,
    cause: before === undefined ? null : causeTitle(log, before.index),
    causeGrade: own === undefined ? 'inferred' : 'stated',
    follower: before === undefined ? null : followerReason(before),
    seen: true,
  };
}

function nearestBefore(log: LogModel, change: { time: number | null; line: number }): LogException | undefined {
  let best: LogException | undefined;
  for (const one of log.exceptions) {
    if (one.line >= change.line || one.kind !== 'trace') continue;
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
  const until = Math.min(...known.map((one) => one.line));
  const failures: Failure[] = [];
  for (const exception of log.exceptions) {
    if (exception.kind !== 'trace' || taken.has(exception.index)) continue;
    const record = exception.record === null ? undefined : recordAt(log, exception.record);
    // A warning with a trace is something that was dealt with.
    if (record?.level != null && record.level !== 'ERROR' && record.level !== 'FATAL') continue;
    const follower = followerReason(exception);
    if (!alone && (follower !== null || exception.line > until)) continue;
    failures.push({
      kind: 'exception',
      execution: null,
      exception: exception.index,
      time: exception.time,
      line: record?.line ?? exception.line,
      record: exception.record,
      span: record === undefined ? exception.top.headSpan : record.messageSpan,
      title: record === undefined ? 'Exception in the text' : `Exception with "${record.message.slice(0, 100)}"`,
      cause: causeTitle(log, exception.index),
      causeGrade: alone ? 'stated' : 'inferred',
      follower,
      seen: true,
    });
  }
  return failures;
}

/** Moments at which tasks are deployed: what fails after one belongs to a new attempt. */
function deployments(log: LogModel, timed: boolean): number[] {
  const keys: number[] = [];
  for (const execution of log.executions) {
    for (const change of execution.states) {
      if (change.to !== 'DEPLOYING') continue;
      const key = timed ? change.time : change.line;
      if (key !== null) keys.push(key);
    }
  }
  for (const job of log.jobs) {
    for (const change of job.states) {
      if (change.from !== 'RESTARTING') continue;
      const key = timed ? change.time : change.line;
      if (key !== null) keys.push(key);
    }
  }
  return keys.sort((a, b) => a - b);
}

/** First sign of every execution's cancellation, by order. */
function cancelled(log: LogModel, timed: boolean): { key: number; execution: number; line: number; span: Span }[] {
  const result: { key: number; execution: number; line: number; span: Span }[] = [];
  for (const [index, execution] of log.executions.entries()) {
    // Asked to cancel when it had failed by itself already.
    if (execution.end === 'FAILED') continue;
    const change = execution.states.find((one) => one.to === 'CANCELING' || one.to === 'CANCELED');
    const mention = execution.mentions.find((one) => one.what === 'cancel-attempt');
    const sign = change === undefined ? mention : mention === undefined || change.line < mention.line ? change : mention;
    if (sign === undefined) continue;
    const key = timed ? sign.time : sign.line;
    if (key !== null) result.push({ key, execution: index, line: sign.line, span: sign.span });
  }
  return result.sort((a, b) => a.key - b.key);
}

interface EpisodeContext {
  key: (one: { time: number | null; line: number }) => number;
  until: number;
  boundaries: readonly number[];
  cancellations: readonly { key: number; execution: number; line: number; span: Span }[];
  /** Moments at which a job failed for good, in order. */
  jobFailures: readonly { key: number }[];
}

/** Index of the first number that is larger. */
function firstAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function episode(group: readonly Failure[], context: EpisodeContext): Episode {
  const first = group.find((one) => one.follower === null) ?? (group[0] as Failure);
  const symptomOnly = first.follower !== null;
  const start = context.key(first);
  const end = Math.max(...group.map(context.key));
  const after = lowerBound(context.cancellations, start);
  const cancelledHere: EpisodeContext['cancellations'][number][] = [];
  for (let at = after; at < context.cancellations.length; at++) {
    const one = context.cancellations[at] as EpisodeContext['cancellations'][number];
    if (one.key >= context.until) break;
    if (one.execution !== first.execution) cancelledHere.push(one);
  }
  const next = context.boundaries[firstAfter(context.boundaries, end)];
  const restarted = next !== undefined && next <= context.until;
  const ended = context.jobFailures[lowerBound(context.jobFailures, start)];
  const failed = ended !== undefined && ended.key <= context.until;
  const evidence: Episode['evidence'] = [
    { text: first.seen ? first.title : `${first.title} before this line: only its final state is reported`, line: first.line, span: first.span },
  ];
  for (const one of group.slice(0, 20))
    if (one !== first) evidence.push({ text: one.follower === null ? one.title : `${one.title}: ${one.follower}`, line: one.line, span: one.span });
  const firstCancel = cancelledHere[0];
  if (firstCancel !== undefined)
    evidence.push({
      text: `${cancelledHere.length} subtask${cancelledHere.length === 1 ? ' is' : 's are'} cancelled from here on`,
      line: firstCancel.line,
      span: firstCancel.span,
    });
  const rest = group.filter((one) => one !== first);
  return {
    first,
    rest,
    cancelled: cancelledHere.map((one) => one.execution),
    outcome: failed ? 'failed' : restarted ? 'restarted' : 'open',
    symptomOnly,
    verdict: verdict(first, rest, cancelledHere.length, symptomOnly),
    grade: symptomOnly || !first.seen ? 'derived' : first.causeGrade,
    evidence,
  };
}

function lowerBound(items: readonly { key: number }[], key: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle] as { key: number }).key < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function verdict(first: Failure, rest: readonly Failure[], cancelledCount: number, symptomOnly: boolean): string {
  const parts: string[] = [];
  if (symptomOnly) parts.push(`${first.title} as a consequence: ${first.follower}. What failed first is not in this text.`);
  else if (!first.seen) parts.push(`${first.title} first; its cause is not in this text, which begins after the failure.`);
  else if (first.cause === null) parts.push(`${first.title} first; no exception is printed with it.`);
  else
    parts.push(
      `${first.title} first, because of ${first.cause}${first.causeGrade === 'inferred' ? ' (the exception shortly before it; the text does not tie the two together)' : ''}.`,
    );
  const followers = rest.filter((one) => one.follower !== null).length;
  const others = rest.length - followers;
  if (followers > 0) parts.push(`${followers} further failure${followers === 1 ? '' : 's'} followed from it.`);
  if (others > 0) {
    const gap = rest.find((one) => one.follower === null)?.time;
    const after = gap !== undefined && gap !== null && first.time !== null ? ` ${formatDuration(gap - first.time)} later` : '';
    parts.push(
      `${others} other failure${others === 1 ? '' : 's'} came${after} with ${others === 1 ? 'a cause' : 'causes'} of ${others === 1 ? 'its' : 'their'} own.`,
    );
  }
  if (cancelledCount > 0) parts.push(`${cancelledCount} subtask${cancelledCount === 1 ? ' was' : 's were'} cancelled.`);
  return parts.join(' ');
}
