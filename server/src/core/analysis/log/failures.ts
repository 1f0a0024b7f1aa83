import type { Span } from '../../../../../common/span.ts';
import type { Side } from '../../knowledge/side.ts';
import { type LogEvent, type LogModel, recordAt, type StateChange } from '../../log/model.ts';
import { episode, type LostProcess } from './episode.ts';
import { collectFailures } from './failureCollect.ts';
import type { Failure, FailureAnalysis, Lost } from './failureModel.ts';
import { inOrder } from './order.ts';
import { recoveryOf } from './recovery.ts';

const MAX_EPISODES = 5000;

export function analyseFailures(log: LogModel): FailureAnalysis {
  const failures = collectFailures(log);
  const timed = failures.every((one) => one.time !== null);
  const key = (one: { time: number | null; line: number }) => (timed ? (one.time as number) : one.line);
  failures.sort((a, b) => key(a) - key(b) || inOrder(log)(a, b));
  const deployed = [...deployments(log, timed), ...laterAttempts(log, failures).map(key)].sort((a, b) => a - b);
  const boundaries = [...deployed, ...jobChanges(log, (change) => change.from === 'RESTARTING').map(key)].sort((a, b) => a - b);
  const groups: Failure[][] = [];
  let next = 0;
  for (const failure of failures) {
    const group = groups[groups.length - 1];
    const last = group?.[group.length - 1];
    while (last !== undefined && next < boundaries.length && (boundaries[next] as number) <= key(last)) next++;
    const boundary = boundaries[next];
    if (group !== undefined && (boundary === undefined || boundary > key(failure))) group.push(failure);
    else if (group !== undefined && sameOutage(log, group, failure, key)) group.push(failure);
    else groups.push([failure]);
  }
  const cancellations = cancelled(log, timed);
  const lost = lostProcesses(log, timed);
  const keyed = (changes: readonly { time: number | null; line: number }[]) =>
    changes.map((change) => ({ key: key(change) })).sort((a, b) => a.key - b.key);
  const jobFailures = keyed([
    ...jobChanges(log, (change) => change.to === 'FAILED'),
    ...log.events.filter((event) => event.id === 'restart-refused' || (event.id === 'job-ended' && event.fields.to === 'FAILED')),
  ]);
  const restarts = keyed(jobChanges(log, (change) => change.to === 'RESTARTING'));
  const resumptions = keyed(
    log.jobs.flatMap(({ states }) => states.filter(({ to }, at) => to === 'RUNNING' && states.slice(0, at).some((one) => one.to === 'SUSPENDED'))),
  );
  const stops = log.events
    .flatMap((event) => {
      const master = event.id === 'entrypoint-shutdown';
      return master || isStop(log, event) ? [{ key: key(event), master }] : [];
    })
    .sort((a, b) => a.key - b.key);
  const episodes = groups.slice(0, MAX_EPISODES).map((group, index) => {
    const until = groups[index + 1]?.[0];
    return episode(group, {
      key,
      until: until === undefined ? Number.POSITIVE_INFINITY : key(until),
      boundaries,
      deployments: deployed,
      restarts,
      cancellations,
      lost,
      jobFailures,
      resumptions,
      stops,
    });
  });
  const main = episodes.find((one) => !one.symptomOnly) ?? episodes[0];
  if (main !== undefined && groups.length <= MAX_EPISODES) main.recovery = recoveryOf(log, episodes);
  return { first: main?.first ?? null, episodes, episodesLeft: Math.max(0, groups.length - MAX_EPISODES) };
}

/** TaskManagerRunner says of a fatal error that it ends the process. */
function isStop(log: LogModel, { id, record }: LogEvent): boolean {
  return id === 'fatal-error' && record !== null && /\bShutting it down\b/.test(recordAt(log, record)?.message ?? '');
}

/** One side notices what the other has noticed so much later. */
const NOTICED_LATER = 2 * 60_000;
const OTHER_VIEW = new Set(['peer-silent', 'peer-ended', 'peer-closed', 'callee-gone', 'going-down', 'lost-leadership']);

/**
 * JobManager and TaskManager each tell that the other is gone: one outage, seen from two sides, although the JobManager
 * may have deployed again by the time that the TaskManager gives up.
 */
function sameOutage(log: LogModel, group: readonly Failure[], failure: Failure, key: (one: Failure) => number): boolean {
  const [first] = group;
  const last = group[group.length - 1];
  if (first === undefined || last === undefined || failure.time === null || key(failure) - key(last) > NOTICED_LATER) return false;
  const lost = (one: Failure) => one.consequence !== null && OTHER_VIEW.has(one.consequence);
  const sides = [first, failure].map((one) => sideOf(log, one));
  return lost(first) && lost(failure) && sides[0] != null && sides[1] != null && sides[0] !== sides[1];
}

/** Which side tells of a failure. */
function sideOf(log: LogModel, { execution, failed, line }: Failure): Side | null {
  if (failed.code === 'missing') return failed.facts.process === 'TaskManager' ? 'JM' : 'TM';
  if (execution === null) return failed.code === 'process' ? null : 'JM';
  return log.executions[execution]?.states.find((change) => change.line === line)?.side ?? null;
}

/** States of a job after which nothing is deployed. */
const ENDS = new Set(['FAILING', 'FAILED', 'CANCELLING', 'CANCELED', 'SUSPENDED', 'RESTARTING']);

const jobChanges = (log: LogModel, wanted: (change: StateChange) => boolean): StateChange[] =>
  log.jobs.flatMap(({ states }) => states.filter(wanted));

/** Processes that records say are gone: those named by their id before those named by their data port. */
function lostProcesses(log: LogModel, timed: boolean): LostProcess[] {
  const result: (LostProcess & { peer: boolean })[] = [];
  for (const event of log.events) {
    const key = timed ? event.time : event.line;
    const lost = lostProcess(event);
    if (key !== null && lost !== null) result.push({ key, lost, line: event.line, span: event.span, peer: event.id === 'peer-lost' });
  }
  return result.sort((a, b) => Number(a.peer) - Number(b.peer) || a.key - b.key);
}

function lostProcess({ id, fields }: LogEvent): Lost | null {
  const named = { process: fields.who ?? '', id: fields.id ?? '' };
  switch (id) {
    case 'unreachable':
      return { code: 'unreachable', facts: named };
    case 'heartbeat-timeout':
      return { code: 'silent', facts: named };
    case 'peer-lost':
      return { code: 'disconnected', facts: { peer: /\[ (\S+) \]/.exec(fields.peer ?? '')?.[1] ?? (fields.peer ?? '').trim() } };
    default:
      return null;
  }
}

/** A subtask, or another of the same task, that fails in the next attempt: it was deployed in between, also where the text does not show it. */
function laterAttempts(log: LogModel, failures: readonly Failure[]): Failure[] {
  const last = new Map<string, { subtask: number | null; attempt: number }>();
  return failures.filter(({ execution }) => {
    const one = execution === null ? undefined : log.executions[execution];
    if (one?.attempt == null || one.task === null) return false;
    const before = last.get(one.task);
    last.set(one.task, { subtask: one.subtask, attempt: one.attempt });
    return before !== undefined && one.attempt > before.attempt && (one.subtask === before.subtask || one.attempt === before.attempt + 1);
  });
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
      if (change.from !== 'RESTARTING' || ENDS.has(change.to)) continue;
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
