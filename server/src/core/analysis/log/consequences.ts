import type { LogEvent, LogModel, Throwable } from '../../log/model.ts';
import { aboutOf } from './aboutObject.ts';
import { causeOf } from './causes.ts';
import { checkpointSubtask } from './checkpointBehind.ts';
import type { Cause, Failure } from './failureModel.ts';
import { History, inOrder, orderOf } from './order.ts';
import { ToldCauses } from './toldCauses.ts';
import { WholeTraces } from './wholeTraces.ts';

/** What is known of failures only when all of them are: each may be the consequence or the sum of others. */

/** Slots are missing so long after a process was lost: the time after which Flink gives up to wait for them, and some restarts. */
const SLOTS_MISSED = 15 * 60_000;
/** Who registers later than this before the failure could not help any more. */
const TAKEN_OVER = 5000;
/** A process that shuts down is gone after this time. */
const SHUTDOWN = 2 * 60_000;

/** Puts failures into relation; in place. */
export function relate(log: LogModel, failures: readonly Failure[]): void {
  const sorted = [...failures].sort(inOrder(log));
  const whole = new WholeTraces(log);
  for (const failure of sorted) whole.complete(failure);
  slotsGone(log, sorted);
  shuttingDown(log, sorted);
  const lifetimes = lifetimesOf(log);
  const checkpoints = new History(
    log,
    log.events.filter(
      ({ id, exception }) => id === 'checkpoint-failed' || id === 'checkpoint-expired' || (id === 'checkpoint-declined' && exception !== null),
    ),
  );
  const raised = new History(
    log,
    log.events.filter(({ id }) => id === 'python-raised'),
  );
  const refusals = new History(
    log,
    log.exceptions.filter(({ chain }) => chain.some(({ message }) => QUOTA.test(message ?? ''))),
  );
  const told = new ToldCauses(log);
  for (const failure of sorted) {
    const last = checkpointBehind(log, failure, checkpoints);
    const cause = checkpointCause(log, failure, last, lifetimes) ?? pythonCause(log, failure, raised) ?? told.of(failure);
    if (cause !== null) failure.cause = cause;
    const about = aboutOf(chainOf(log, failure), failure.cause);
    if (about !== null) failure.about = about;
    const refused = wantsSlots(log, failure) ? refusals.lastBefore(failure) : undefined;
    if (refused !== undefined && refused.index !== failure.exception) {
      failure.cause = causeOf(refused);
      failure.causeCertainty = 'suspected';
    }
  }
}

const chainOf = (log: LogModel, { exception }: Failure): readonly Throwable[] => (exception === null ? [] : (log.exceptions[exception]?.chain ?? []));

const QUOTA = /exceeded quota/;
const NO_SLOTS = /(?:^|\.)NoResourceAvailableException$/;

/** Slots are missing because a TaskManager is: nobody has taken its place. */
function slotsGone(log: LogModel, sorted: readonly Failure[]): void {
  const registered = new History(
    log,
    log.events.filter((event) => event.id === 'tm-registered'),
  );
  let lost: Failure | null = null;
  for (const failure of sorted) {
    if (isLoss(failure)) lost = failure;
    if (lost === null || !chainOf(log, failure).some(({ className }) => className !== null && NO_SLOTS.test(className))) continue;
    const [from, to] = [orderOf(lost), orderOf(failure)];
    if (failure.time !== null && lost.time !== null && to - from > SLOTS_MISSED) continue;
    if (!registered.within(from, to - (failure.time === null ? 0 : TAKEN_OVER))) failure.consequence = 'slots-lost';
  }
}

const LOSSES = new Set(['peer-ended', 'peer-silent', 'peer-closed', 'peer-failed', 'slots-gone']);

const isLoss = ({ consequence, failed }: Failure): boolean => (consequence !== null && LOSSES.has(consequence)) || failed.code === 'worker';

const UNLOADED = /(?:^|\.)(?:NoClassDefFoundError|ClassNotFoundException)$/;
const SHUTDOWNS = new Set(['entrypoint-shutdown', 'shutdown-signal', 'start-failed']);

/** Classes are not found any more once a process closes its class loaders. */
function shuttingDown(log: LogModel, sorted: readonly Failure[]): void {
  const begun = log.events.filter((event) => SHUTDOWNS.has(event.id));
  if (begun.length === 0) return;
  for (const failure of sorted) {
    if (!chainOf(log, failure).some(({ className }) => className !== null && UNLOADED.test(className))) continue;
    if (begun.some((event) => event.record !== failure.record && isDuring(event, failure))) failure.consequence = 'going-down';
  }
}

function isDuring(begun: LogEvent, { time, line }: Failure): boolean {
  if (begun.time === null || time === null) return line > begun.line;
  return time >= begun.time && (time > begun.time || line > begun.line) && time - begun.time <= SHUTDOWN;
}

const THRESHOLD = /Exceeded checkpoint tolerable failure threshold/;
/** Since 1.16 the message says it. */
const LATEST = /The latest checkpoint failed due to ([\s\S]{1,8000}?),? view the Checkpoint History/;
const EXPIRED = /^Checkpoint expired before completing/;

const thresholdIn = (log: LogModel, failure: Failure): string | null =>
  chainOf(log, failure).find((one) => THRESHOLD.test(one.message ?? ''))?.message ?? null;

/** Too many checkpoints failed: what tells of the last of them. */
function checkpointBehind(log: LogModel, failure: Failure, checkpoints: History<LogEvent>): LogEvent | undefined {
  if (thresholdIn(log, failure) === null) return undefined;
  const last = checkpoints.lastBefore(failure);
  if (last === undefined) return undefined;
  const thrown = last.exception === null ? null : (log.exceptions[last.exception] ?? null);
  // The task that declines has the frames of what it failed of; what the coordinator prints of it later may be cut.
  const declined = log.events.find(({ id, fields, exception }) => id === 'checkpoint-declined' && exception !== null && fields.id === last.fields.id);
  failure.checkpoint = {
    exception: declined?.exception ?? last.exception,
    subtask: last.fields.id === undefined ? null : checkpointSubtask(log, last.fields.id, thrown, last),
  };
  return last;
}

/** And why it did. */
function checkpointCause(log: LogModel, failure: Failure, last: LogEvent | undefined, lifetimes: ReadonlyMap<string, number>): Cause | null {
  const message = thresholdIn(log, failure);
  if (message === null) return null;
  const said = LATEST.exec(message)?.[1]?.replace(/\.$/, '') ?? null;
  const id = last?.fields.id ?? null;
  const thrown = last?.exception == null ? null : causeOf(log.exceptions[last.exception]);
  const root = thrown?.code === 'exception' ? thrown.facts.root : null;
  const expired = last?.id === 'checkpoint-expired' || EXPIRED.test(root?.message ?? said ?? '');
  if (!expired && root === null && said === null) return null;
  return {
    code: 'checkpoint',
    facts: { id, expired, afterMs: expired && id !== null ? (lifetimes.get(id) ?? null) : null, root: expired ? null : root, reason: said },
  };
}

/** How long checkpoints ran until they expired, by their ids. */
function lifetimesOf(log: LogModel): ReadonlyMap<string, number> {
  const triggered = new Map<string, number>();
  const lifetimes = new Map<string, number>();
  for (const { id, fields, time } of log.events) {
    const checkpoint = fields.id;
    if (checkpoint === undefined || time === null) continue;
    if (id === 'checkpoint-triggered') triggered.set(checkpoint, time);
    const from = id === 'checkpoint-expired' ? triggered.get(checkpoint) : undefined;
    if (from !== undefined) lifetimes.set(checkpoint, time - from);
  }
  return lifetimes;
}

/** The driver's traceback is printed record by record before the exception that says that it ended. */
function pythonCause(log: LogModel, failure: Failure, history: History<LogEvent>): Cause | null {
  if (!chainOf(log, failure).some(({ message }) => /^Python process exits with code/.test(message ?? ''))) return null;
  const raised = history.lastBefore(failure)?.fields;
  return raised === undefined ? null : { code: 'python', facts: { raised: { className: raised.raised ?? '', message: raised.message ?? '' } } };
}

/** Does it fail for want of slots, and does not say why? Kubernetes may have refused the pods for them. */
function wantsSlots(log: LogModel, failure: Failure): boolean {
  const chain = chainOf(log, failure);
  return (
    failure.consequence === null &&
    chain.some(({ className }) => className !== null && NO_SLOTS.test(className)) &&
    !chain.some(({ message }) => QUOTA.test(message ?? ''))
  );
}
