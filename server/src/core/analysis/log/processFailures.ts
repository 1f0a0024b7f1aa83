import { table } from '../../../../../common/table.ts';
import { type EndReason, processEnd } from '../../knowledge/processEnds.ts';
import type { LogEvent, LogModel } from '../../log/model.ts';
import { causeKey, causeOf, isNearKill, killed } from './causes.ts';
import { consequenceReason } from './consequenceReason.ts';
import type { Cause, Failed, Failure } from './failureModel.ts';
import { History } from './order.ts';

/** Fatal events that are looked into. */
const MAX_FATAL = 2000;
/** A process that was told to stop is gone after this time. */
const SHUTDOWN = 2 * 60_000;
/** A container's end is told so long before or after the failures that follow from it. */
const TOLD_BEFORE = 5 * 60_000;
const TOLD_AFTER = 30_000;

const FATAL_EVENTS = new Set([
  'fatal-thread',
  'fatal-error',
  'watchdog-kill',
  'container-killed',
  'container-stopped',
  'oom',
  'oom-uncaught',
  'jvm-crash',
  'native-abort',
  'shell-killed',
  'start-failed',
  'enumerator-failed',
]);

/** Processes that failed as a whole, beside what is known to have failed. */
export function processFailures(log: LogModel, known: readonly Failure[]): Failure[] {
  const explained = new Set(known.map((one) => one.exception));
  const rootOf = (exception: number) => {
    const cause = causeOf(log.exceptions[exception]);
    return cause === null ? null : causeKey(cause);
  };
  const roots = new Set(known.flatMap((one) => (one.exception === null ? [] : [rootOf(one.exception)])));
  const pools = log.events.some((event) => event.id === 'oom');
  const failures: Failure[] = [];
  let fatal = 0;
  for (const event of log.events) {
    if (!isFatal(event) || (event.id === 'oom-uncaught' && pools) || (event.id === 'container-stopped' && toldBetter(log, event))) continue;
    if (++fatal > MAX_FATAL) break;
    if (event.exception !== null && (explained.has(event.exception) || roots.has(rootOf(event.exception)))) continue;
    if (event.exception !== null) {
      explained.add(event.exception);
      roots.add(rootOf(event.exception));
    }
    // Several loggers tell of one end.
    if (event.exception === null && failures.some((one) => one.failed.code === 'process' && one.failed.facts.event === event.id && near(one, event)))
      continue;
    failures.push(processFailure(log, event));
  }
  return failures;
}

const isFatal = ({ id, fields }: LogEvent): boolean => FATAL_EVENTS.has(id) || (id === 'entrypoint-shutdown' && fields.status === 'FAILED');

/** Is the end of a container told with more than that it was asked for: with its limit, or by whoever misses it? */
const toldBetter = ({ events }: LogModel, stopped: LogEvent): boolean =>
  events.some(
    (one) => (one.id === 'worker-terminated' && one.record === stopped.record) || (one.id === 'container-killed' && isNearKill(one, stopped)),
  );

/** Within the moment in which a process writes of its end. */
function near(one: { time: number | null; line: number }, other: { time: number | null; line: number }): boolean {
  return one.time === null || other.time === null ? Math.abs(one.line - other.line) <= 10 : Math.abs(one.time - other.time) <= 1000;
}

function processFailure(log: LogModel, event: LogEvent): Failure {
  const exception = event.exception === null ? undefined : log.exceptions[event.exception];
  const said = causeSaid(log, event);
  return {
    kind: 'process',
    failed: failed(event),
    execution: null,
    exception: event.exception,
    time: event.time,
    line: event.line,
    record: event.record,
    span: event.span,
    cause: said ?? causeOf(exception),
    causeCertainty: 'proved',
    // What fails in the JobManager's own part of a source is a failure of its own, also when it was interrupted in waiting.
    consequence: exception === undefined || said !== null || event.id === 'enumerator-failed' ? null : consequenceReason(exception),
    seen: true,
  };
}

function failed({ id, fields }: LogEvent): Failed {
  return id === 'enumerator-failed' ? { code: 'enumerator', facts: { source: fields.source ?? '' } } : { code: 'process', facts: { event: id } };
}

/** The cause, where the event itself says it. */
function causeSaid(log: LogModel, event: LogEvent): Cause | null {
  const { id, fields } = event;
  switch (id) {
    case 'oom':
    case 'oom-uncaught':
      return { code: 'out-of-memory', facts: { pool: fields.pool ?? null } };
    case 'container-killed':
      return killed(log, event);
    case 'container-stopped': {
      const end = processEnd(`Exit code is ${fields.code}`);
      return end === null ? null : { code: 'process-ended', facts: { ...end, master: false } };
    }
    case 'jvm-crash': {
      const { signal = null, frame = null, library = null, wanted = null, thread = null, report = null, memory = null } = fields;
      return { code: 'jvm-crash', facts: { signal, frame, library, wanted, thread, report, memory } };
    }
    case 'native-abort': {
      const { thrown = '' } = fields;
      const wanted = thrown === 'std::bad_alloc' ? thrown : null;
      return {
        code: 'jvm-crash',
        facts: { signal: 'SIGABRT', frame: wanted === null ? thrown : null, library: null, wanted, thread: null, report: null, memory: null },
      };
    }
    case 'shell-killed':
      return { code: 'signal', facts: { name: SIGNALS[fields.signal ?? ''] ?? null } };
    default:
      return null;
  }
}

/** As bash names them. */
const SIGNALS = table<string>({ Killed: 'KILL', Aborted: 'ABRT', 'Segmentation fault': 'SEGV', 'Bus error': 'BUS' });

/**
 * Containers whose end is told with its reason. One that was told to stop, or ended without saying why, counts only where
 * something failed because of it: Flink gives containers back too.
 */
export function workerEnds(log: LogModel, known: readonly Failure[]): Failure[] {
  const failures: Failure[] = [];
  const told = new Set(known.map((one) => one.record));
  const consequences = new History(
    log,
    known.filter((one) => one.consequence !== null),
  );
  for (const event of log.events) {
    // The connection is closed with the same words, which stand alone where the record before is cut off.
    if (event.id !== 'worker-terminated' && event.id !== 'tm-disconnected') continue;
    const worker = event.fields.worker ?? event.fields.tm ?? '';
    if (failures.some(({ failed: one }) => one.code === 'worker' && one.facts.id === worker)) continue;
    const end = processEnd(event.fields.diagnostics ?? event.fields.why ?? '');
    // Memory limits are told by an event of their own in the same record.
    if (end === null || end.reason === 'unused' || told.has(event.record)) continue;
    const missed =
      event.time === null
        ? consequences.within(event.line, Number.POSITIVE_INFINITY)
        : consequences.within(event.time - TOLD_AFTER, event.time + TOLD_BEFORE);
    if (ORDERLY.has(end.reason) && !missed) continue;
    if (failures.length >= MAX_FATAL) break;
    failures.push({
      ...processFailure(log, event),
      failed: { code: 'worker', facts: { id: worker } },
      cause: { code: 'process-ended', facts: { ...end, master: false } },
      consequence: null,
    });
  }
  return failures;
}

/** Ends that Flink may have asked for itself. */
const ORDERLY: ReadonlySet<EndReason> = new Set<EndReason>(['terminated', 'exited', 'finished', 'deleted', 'unsaid']);

const MISSING = new Set(['unreachable', 'heartbeat-timeout', 'process-missed']);
const MAX_MISSING = 50;

/** Where nothing is known to have failed: processes that others miss, and restarts that were refused. Each process once. */
export function missingProcesses(log: LogModel): Failure[] {
  const failures: Failure[] = [];
  const named = new Set<string>();
  for (const event of log.events) {
    const { who = '', id = '', job = '' } = event.fields;
    if (failures.length >= MAX_MISSING) break;
    if (event.id === 'restart-refused')
      failures.push({
        ...processFailure(log, event),
        kind: 'job',
        failed: { code: 'restart-refused', facts: { job } },
        consequence: 'restart-refused',
      });
    if (!MISSING.has(event.id) || named.has(id)) continue;
    named.add(id);
    const consequence = event.id === 'unreachable' ? 'peer-ended' : 'peer-silent';
    failures.push({ ...processFailure(log, event), failed: { code: 'missing', facts: { process: who, id } }, consequence });
  }
  return failures;
}

/** Stops from outside shortly before tasks failed because their process or their peers went down. */
export function shutdowns(log: LogModel, consequences: readonly Failure[]): Failure[] {
  return log.events.flatMap((event) => {
    if (event.id !== 'shutdown-signal') return [];
    const led = consequences.some((one) =>
      one.time === null || event.time === null ? one.line > event.line : one.time >= event.time && one.time - event.time < SHUTDOWN,
    );
    if (!led) return [];
    const cause: Cause = { code: 'signal', facts: { name: event.fields.signal ?? null } };
    return [{ ...processFailure(log, event), failed: { code: 'shutdown', facts: {} }, cause, exception: null, consequence: null }];
  });
}
