import { table } from '../../../../../common/table.ts';
import { processEnd } from '../../knowledge/processEnds.ts';
import { eventKind } from '../../log/events.ts';
import type { LogEvent, LogException, LogModel, Throwable } from '../../log/model.ts';
import { rootOf, tellingLine } from '../../log/traces/throwables.ts';
import { REMOTE } from '../../log/traces/traceLines.ts';
import type { Cause, Thrown } from './failureModel.ts';

/** Root causes that say nothing by themselves. */
const VAGUE_CLASS = /^java\.util\.concurrent\.(?:TimeoutException|CancellationException)$/;
const VAGUE_MESSAGE = /^(?:$|Timeout has occurred)/;
/** What a client of HTTP throws says what it got, not from whom. */
const HTTP_CLASS = /^(?:javax|jakarta)\.ws\.rs\./;

/** What is wrapped in another exception of its own: says that something was interrupted, not what. */
const INTERRUPTED = /(?:^|\.)InterruptedException$/;
/** A name of a class that another exception was made of: "java.util.concurrent.CompletionException: a.B: message", with nothing below. */
const WRAPPED = /^((?:[A-Za-z_$][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error|Throwable))(?:: ?([\s\S]*))?$/;
/** Here the name is what the message is about. */
const ABOUT_CLASS = /(?:^|\.)(?:ClassNotFoundException|NoClassDefFoundError|ClassCastException|TypeNotPresentException)$/;
const MAX_WRAPPED = 10;
/** A connection that failed: with whom it was to be, whoever wanted it says. */
const UNADDRESSED = /^java\.net\.(?:Connect|NoRouteToHost|Socket|SocketTimeout)Exception: (?:Connection|connect|No route|Operation|Network)[^:]*$/;
const ADDRESSED = /\b[Cc]onnect\b[^\n]{0,300}[\w.-]:\d{2,5}\b/;
/** JsonToRowDataConverters names the field that holds what cannot be read. */
const JSON_FIELD = /^Fail to deserialize at field: (?<field>[^\n]{1,200}?)\.?$/;
/** Kryo says below its message in which field of which class it was. */
const FIELD = /\nSerialization trace:\n(?<field>[^\n]{1,400})/;

/** The root cause of an exception; null where there is none, or the line that names it is not in the text. */
export function causeOf(exception: LogException | undefined): Cause | null {
  if (exception === undefined) return null;
  const raised = raisedInPython(exception);
  if (raised !== null) return { code: 'python', facts: { raised } };
  const end = endInMessage(exception);
  if (end !== null) return end;
  // A stack without the line that names the exception says where, not why.
  const root = unwrapped(rootOf(exception));
  if (root === null) return null;
  const outer = exception.chain[exception.chain.length - 2];
  const vague =
    INTERRUPTED.test(root.className) ||
    HTTP_CLASS.test(root.className) ||
    (UNADDRESSED.test(`${root.className}: ${root.message}`) && ADDRESSED.test(outer?.message ?? '')) ||
    (VAGUE_CLASS.test(root.className) && VAGUE_MESSAGE.test(root.message));
  // "TimeoutException" alone says nothing: what it was wrapped in says what timed out.
  return { code: 'exception', facts: { root, within: vague && outer !== undefined ? unwrapped(outer) : ofField(root, outer) } };
}

/** An exception that says nothing of its place, by the field at which it was thrown. */
function ofField(root: Thrown, outer: Throwable | undefined): Thrown | null {
  const json = JSON_FIELD.exec(outer?.message ?? '')?.groups?.field;
  if (json !== undefined && outer?.className != null) return { className: outer.className, message: `${json}: ${root.message}` };
  const field = root.message === '' ? FIELD.exec(outer?.message ?? '')?.groups?.field : undefined;
  return field === undefined || outer?.className == null ? null : { className: outer.className, message: `${root.className}: ${field}` };
}

function thrown({ className, message }: Throwable): Thrown | null {
  return className === null ? null : { className, message: message === null ? '' : tellingLine(message) };
}

/** What an exception repeats, as text, of those that it was made of. */
function unwrapped(root: Throwable): Thrown | null {
  let found = thrown(root);
  let inner = root.message === null ? null : thrownIn(root.message);
  for (let depth = 0; depth < MAX_WRAPPED && found !== null && inner !== null && !ABOUT_CLASS.test(found.className); depth++) {
    found = inner;
    inner = thrownIn(found.message);
  }
  return found;
}

/** The exception that a text is, "java.io.IOException: disk full"; null where it is something else. */
export function thrownIn(text: string): Thrown | null {
  const wrapped = WRAPPED.exec(text) ?? REMOTE.exec(text);
  return wrapped === null ? null : { className: wrapped[1] as string, message: tellingLine(wrapped[2] ?? '') };
}

const TRACEBACK = 'Traceback (most recent call last):';
/** The last line of a traceback: names what was raised. */
const RAISED = /^((?:[A-Za-z_]\w*\.)*[A-Z]\w*)(?:: ?(.*))?$/;

/** What the Python worker or driver raised, from the traceback that a message quotes; the innermost message counts. */
function raisedInPython({ chain }: LogException): Thrown | null {
  for (const { message } of [...chain].reverse()) {
    const at = message?.lastIndexOf(TRACEBACK) ?? -1;
    if (message === null || at === -1) continue;
    for (const line of message.slice(at + TRACEBACK.length).split('\n')) {
      const match = RAISED.exec(line.trimEnd());
      if (match !== null) return { className: match[1] as string, message: match[2] ?? '' };
    }
  }
  return null;
}

const OF_MASTER = /\bDiagnostics from YARN:|\bAM Container for \S+ exited\b/;
/**
 * What Flink makes an exception of when Kubernetes or YARN say that a TaskManager's container ended: KubernetesPod.getTerminatedDiagnostics,
 * YarnResourceManagerDriver.getContainerCompletedCause, and the diagnostics of YARN itself in older versions.
 */
const OF_WORKER =
  /^(?:Worker \S{1,300} is terminated\. Diagnostics: )?(?:Pod terminated, container termination statuses: |Pod is terminated\.|Container (?:(?:\S{1,200} )?(?:exited|was preempted|was invalid|killed|is failed because threshold|marked as failed|released|preempted|expired)\b|\[pid=))/;

/** The end of a container that an exception quotes: its own class says only that there was one. */
function endInMessage({ chain }: LogException): Cause | null {
  for (const { message } of chain) {
    if (message === null) continue;
    const master = OF_MASTER.test(message);
    if (!master && !OF_WORKER.test(message)) continue;
    const killed = master ? undefined : eventKind('container-killed')?.pattern.exec(message)?.groups;
    if (killed !== undefined) return killedBy(killed);
    const end = processEnd(message);
    if (end !== null) return { code: 'process-ended', facts: { ...end, master } };
  }
  return null;
}

/** Two with the same key are one cause. */
export const causeKey = (cause: Cause): string => JSON.stringify(cause);

export const sameCause = (one: Cause | null, other: Cause | null): boolean => one !== null && other !== null && causeKey(one) === causeKey(other);

/** Does a cause name this memory of a JVM, as in "java.lang.OutOfMemoryError: Metaspace"? */
export function namesPool(cause: Cause, pool: string): boolean {
  if (cause.code === 'out-of-memory') return cause.facts.pool?.includes(pool) === true;
  if (cause.code !== 'exception') return false;
  const { root, within } = cause.facts;
  return [root, within].some((one) => one?.message.includes(pool) === true);
}

/** Lines between two statements about the end of one container. */
const KILL_LINES = 60;
/** ContainerExitStatus of YARN. */
const YARN_LIMITS = table<string>({ '-103': 'virtual', '-104': 'physical' });

/** Do two statements speak of the end of one container? */
export const isNearKill = (one: LogEvent, other: LogEvent): boolean => Math.abs(one.line - other.line) <= KILL_LINES;

/** Why a container was killed, by everything that is said of it near an event. */
export function killed(log: LogModel, event: LogEvent): Cause {
  // YARN says the exit code and the reason in records of their own.
  const at = log.events.indexOf(event);
  const reason = log.events
    .slice(Math.max(0, at - KILL_LINES), at + KILL_LINES)
    .find((one) => one.id === 'container-killed' && isNearKill(one, event) && (one.fields.kind !== undefined || one.fields.status !== undefined));
  return killedBy({ ...event.fields, kind: reason?.fields.kind, status: reason?.fields.status });
}

/** By what `container-killed` in knowledge/logEvents.ts finds. */
function killedBy({ kind, status, oom, code, exit }: Readonly<Record<string, string | undefined>>): Cause {
  const limit = kind?.toLowerCase() ?? YARN_LIMITS[status ?? ''] ?? null;
  return { code: 'container-killed', facts: { limit, oom: oom !== undefined, exitCode: code ?? exit ?? null } };
}
