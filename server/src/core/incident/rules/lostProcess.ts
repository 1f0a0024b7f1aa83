import type { GcAnswer, GcCase } from '../../analysis/log/gcModel.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { LogEvent } from '../../log/model.ts';
import type { Joined } from '../joined.ts';
import type { Process } from '../processes.ts';
import { failureEvidence, lineAt, roots } from './firstFailure.ts';
import type { Conclusion, Evidence, IncidentRule, LossReason } from './rule.ts';

const LOSSES: ReadonlySet<string> = new Set(['heartbeat-timeout', 'unreachable', 'process-missed', 'tm-disconnected']);
/** Records that say why a process ended. */
const ENDS: ReadonlySet<string> = new Set(['container-killed', 'worker-terminated', 'jvm-crash', 'shell-killed', 'shutdown-signal']);
/** An end is told so long before or after it is noticed. */
const NEAR = 3 * 60_000;
/** A log that goes on for longer than this after the loss is that of a process that lived. */
const LIVED = 10_000;

/**
 * A TaskManager that is lost: by a pause of its collector, by the end of its container, by a stop of all its threads, or by
 * the network, in this order of evidence; and when its own log is not here, that is said.
 */
export const lostProcess: IncidentRule = {
  code: 'taskmanager-lost',
  check: (joined) => {
    const { log } = joined;
    if (log === null) return [];
    const event = firstLoss(log);
    if (event === null) return [];
    const process = event.fields['id'] ?? event.fields['tm'] ?? '';
    const [root] = roots(joined);
    // A failure of its own before the loss is why the process is missed.
    const earlier =
      root !== undefined && root.first.time !== null && event.time !== null && root.first.time <= event.time && root.first.kind !== 'exception';
    const base = { since: event.time, knownIssue: null, advice: [] };
    const seen: Evidence = { code: 'event', facts: { id: event.id, text: process }, at: lineAt(log, event.line) };
    const paused = collectorCase(log, event);
    if (paused !== null) {
      const { facts } = paused;
      const conclusion: Conclusion = {
        ...base,
        cause: {
          code: 'heartbeat-lost-in-gc',
          facts: { process, pausedMs: 'pausedMs' in facts ? facts.pausedMs : null, windowMs: 'windowMs' in facts ? facts.windowMs : null },
        },
        certainty: 'proved',
        rank: 82,
        evidence: [
          seen,
          ...('pausedMs' in facts
            ? [{ code: 'collector' as const, facts: { source: facts.source, pausedMs: facts.pausedMs, windowMs: facts.windowMs }, at: null }]
            : []),
        ],
      };
      return [conclusion];
    }
    const { reason, detail, evidence, certainty } = whyLost(joined, log, event, process);
    return [
      {
        ...base,
        cause: { code: 'taskmanager-lost', facts: { process, reason, detail } },
        certainty,
        rank: earlier ? 55 : 74,
        evidence: [seen, ...evidence, ...consequencesOf(log)],
      },
    ];
  },
};

/** The first of a process that was not told to go. */
function firstLoss(log: LogAnalysis): LogEvent | null {
  const failed = log.failures.episodes.length > 0;
  const losses = log.log.events.filter(
    ({ id, fields, time }) => LOSSES.has(id) && failed && time !== null && (fields['who'] ?? 'TaskManager') === 'TaskManager',
  );
  const named = losses.filter(({ id }) => id !== 'tm-disconnected');
  return (named.length > 0 ? named : losses).sort((a, b) => (a.time ?? 0) - (b.time ?? 0))[0] ?? null;
}

/** What a GC log answers, where it says that the JVM stood still. */
function collectorCase({ gcCases }: LogAnalysis, event: LogEvent): GcAnswer | null {
  const found = gcCases.find(
    ({ subject, time, verdict }: GcCase) =>
      subject.code === 'heartbeat' && verdict === 'confirmed' && (time === event.time || subject.facts.id === event.fields['id']),
  );
  if (found === undefined) return null;
  const { conclusion } = found;
  if (conclusion.code !== 'answered' && conclusion.code !== 'answered-in-part') return null;
  return conclusion.facts.answers.find(({ code }) => code === 'stood-still' || code === 'ends-in-pause') ?? null;
}

function whyLost(
  { processes }: Joined,
  log: LogAnalysis,
  event: LogEvent,
  process: string,
): { reason: LossReason; detail: string | null; evidence: Evidence[]; certainty: Conclusion['certainty'] } {
  const time = event.time ?? 0;
  const end = log.log.events.find(({ id, time: at }) => ENDS.has(id) && at !== null && Math.abs(at - time) <= NEAR);
  if (end !== undefined) {
    const detail = end.fields['diagnostics'] ?? end.fields['signal'] ?? end.fields['kind'] ?? null;
    const evidence: Evidence[] = [{ code: 'event', facts: { id: end.id, text: detail ?? '' }, at: lineAt(log, end.line) }];
    return { reason: 'told', detail: `${end.id}`, evidence, certainty: 'proved' };
  }
  const own = processes.find(({ id }) => id !== null && (id === process || process.startsWith(id) || id.startsWith(process)));
  const last = own === undefined ? null : lastTime(own);
  if (own === undefined || last === null)
    return { reason: 'log-missing', detail: null, evidence: [{ code: 'own-log-missing', facts: { process }, at: null }], certainty: 'unknown' };
  const goesOn = last - time > LIVED;
  const evidence: Evidence[] = [{ code: 'own-log', facts: { name: own.name, ms: Math.abs(last - time), goesOn }, at: lastPlace(own) }];
  return { reason: goesOn ? 'lived-on' : 'ended-silently', detail: own.name, evidence, certainty: 'suspected' };
}

const lastTime = ({ logs, ahead }: Process): number | null => {
  const times = logs.flatMap(({ body }) => (body.to === null ? [] : [body.to]));
  return times.length === 0 ? null : Math.max(...times) - (ahead?.differs === true ? ahead.ms : 0);
};

function lastPlace({ logs }: Process): Evidence['at'] {
  const log = logs.at(-1);
  const record = log?.body.records.at(-1);
  return log === undefined || record === undefined ? null : { source: log.names[0] ?? '', line: record.line };
}

/** The first failure that follows from it. */
const consequencesOf = (log: LogAnalysis): Evidence[] => {
  const episode = log.failures.episodes.find(({ symptomOnly }) => symptomOnly);
  return episode === undefined ? [] : failureEvidence(log, episode).slice(0, 1);
};
