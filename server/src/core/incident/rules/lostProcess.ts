import type { GcAnswer, GcCase } from '../../analysis/log/gcModel.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import { MEMORY_POOLS, UNBOUNDED_ROCKSDB } from '../../knowledge/memoryErrors.ts';
import { endSteps } from '../../knowledge/processEnds.ts';
import type { LogEvent } from '../../log/model.ts';
import { documentsIn, type Joined } from '../joined.ts';
import type { Process } from '../processes.ts';
import { failureEvidence, lineAt, roots } from './firstFailure.ts';
import { endInLog, endOfPod, isSame, mayBeOf, NEAR, notReplaced, senderOf, type ToldEnd, toldEnd } from './podEnds.ts';
import type { Conclusion, EndCode, Evidence, IncidentRule, LossReason } from './rule.ts';

const LOSSES: ReadonlySet<string> = new Set(['heartbeat-timeout', 'unreachable', 'process-missed', 'tm-disconnected']);
/** Records that say why a process ended. */
const ENDS: ReadonlySet<string> = new Set([
  'container-killed',
  'container-stopped',
  'worker-terminated',
  'jvm-crash',
  'shell-killed',
  'shutdown-signal',
]);
/** Of these those in which a process tells of its own. */
const OWN_ENDS: ReadonlySet<string> = new Set(['jvm-crash', 'shell-killed', 'shutdown-signal']);
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
    const event = log === null ? null : firstLoss(log);
    const never = neverReplaced(joined, event);
    if (never !== null) return [never];
    const sent = sentFromOutside(joined, event);
    if (sent !== null) return [sent];
    if (log === null || event === null) return podAlone(joined);
    const process = event.fields['id'] ?? event.fields['tm'] ?? '';
    const [root] = roots(joined);
    // A failure of its own before the loss is why the process is missed.
    const earlier =
      root !== undefined && root.first.time !== null && event.time !== null && root.first.time <= event.time && root.first.kind !== 'exception';
    const base = { since: event.time, knownIssue: null, advice: [] };
    const seen: Evidence = { code: 'event', facts: { id: event.id, text: process }, at: lineAt(log, event.line) };
    const paused = collectorCase(log, event);
    if (paused !== null) {
      const { facts } = paused.answer;
      const conclusion: Conclusion = {
        ...base,
        cause: {
          code: 'heartbeat-lost-in-gc',
          facts: {
            process,
            pausedMs: 'pausedMs' in facts ? facts.pausedMs : null,
            windowMs: 'windowMs' in facts ? facts.windowMs : null,
            acrossMs: 'acrossMs' in facts ? facts.acrossMs : null,
          },
        },
        certainty: paused.certainty,
        rank: 82,
        evidence: [
          seen,
          ...('acrossMs' in facts
            ? [
                {
                  code: 'collector' as const,
                  facts: { source: facts.source, pausedMs: facts.pausedMs, windowMs: facts.windowMs, acrossMs: facts.acrossMs },
                  at: null,
                },
              ]
            : []),
        ],
      };
      return [conclusion];
    }
    const { reason, detail, ended = null, evidence, certainty } = whyLost(joined, log, event, process);
    return [
      {
        ...base,
        advice: ended === null ? [] : stepsOf(joined, ended, detail),
        cause: { code: 'taskmanager-lost', facts: { process, reason, detail, ended, replacement: null } },
        certainty,
        rank: earlier ? 55 : 76,
        evidence: [seen, ...evidence, ...consequencesOf(log)],
      },
    ];
  },
};

/** It ended, as somebody tells, and nothing came in its place: one story, of which each half would hide the other. */
function neverReplaced(joined: Joined, event: LogEvent | null): Conclusion | null {
  const process = event === null ? null : (event.fields['id'] ?? event.fields['tm'] ?? null);
  const end = toldEnd(joined, process, event?.time ?? null);
  const missing = end === null ? null : notReplaced(joined, { ...end, since: end.since ?? event?.time ?? null });
  if (end === null || missing === null) return null;
  const { kind, why, evidence } = missing;
  const { log } = joined;
  return {
    ...conclusionOf(joined, { ...end, since: end.since ?? event?.time ?? null }, { kind, why }),
    // Before what the log says of either half.
    rank: log === null ? 74 : 80,
    evidence: [end.evidence, evidence, ...(log === null ? [] : consequencesOf(log))],
  };
}

/** The log tells the signal alone; the pod, or its events, why it was sent. */
function sentFromOutside(joined: Joined, event: LogEvent | null): Conclusion | null {
  const { log } = joined;
  const told =
    log === null ? null : endInLog(joined, event === null ? null : (event.fields['id'] ?? event.fields['tm'] ?? null), event?.time ?? null);
  const sender = told === null ? null : senderOf(joined, told);
  if (log === null || told === null || sender === null) return null;
  return { ...conclusionOf(joined, sender, null), rank: 80, evidence: [sender.evidence, told.evidence, ...consequencesOf(log)] };
}

function conclusionOf(
  joined: Joined,
  { process, detail, ended, since }: ToldEnd,
  replacement: { kind: 'node' | 'slots'; why: string | null } | null,
): Omit<Conclusion, 'rank' | 'evidence'> {
  return {
    cause: { code: 'taskmanager-lost', facts: { process, reason: 'told', detail, ended, replacement } },
    certainty: 'proved',
    since,
    knownIssue: null,
    advice: stepsOf(joined, ended, detail),
  };
}

/** What to look at after such an end. */
const stepsOf = (joined: Joined, ended: EndCode, detail: string | null): string[] =>
  ended === 'memory' ? [...(isRocksUnbounded(joined) ? [UNBOUNDED_ROCKSDB.advice] : []), MEMORY_POOLS.container.advice] : endSteps(ended, detail);

/** As the configuration says, or a process at its start. */
function isRocksUnbounded(joined: Joined): boolean {
  const read = [...documentsIn(joined, 'configuration').flatMap(({ settings }) => settings), ...(joined.log?.log.process.settings ?? [])];
  return read.some(({ key, value }) => key === UNBOUNDED_ROCKSDB.option && value === UNBOUNDED_ROCKSDB.value);
}

/** No log misses it, and its pod says how it ended. */
function podAlone(joined: Joined): Conclusion[] {
  const end = endOfPod(joined, null);
  return end === null ? [] : [{ ...conclusionOf(joined, end, null), rank: end.ended === 'memory' ? 72 : 54, evidence: [end.evidence] }];
}

/** The first of a process that was not told to go. */
export function firstLoss(log: LogAnalysis): LogEvent | null {
  const failed = log.failures.episodes.length > 0;
  const losses = log.log.events.filter(
    ({ id, fields, time }) => LOSSES.has(id) && failed && time !== null && (fields['who'] ?? 'TaskManager') === 'TaskManager',
  );
  const named = losses.filter(({ id }) => id !== 'tm-disconnected');
  return (named.length > 0 ? named : losses).sort((a, b) => (a.time ?? 0) - (b.time ?? 0))[0] ?? null;
}

/** What a GC log answers, where it says that the JVM stood still. */
export function collectorCase({ gcCases }: LogAnalysis, event: LogEvent): { answer: GcAnswer; certainty: Conclusion['certainty'] } | null {
  const found = gcCases.find(
    ({ subject, time, verdict }: GcCase) =>
      subject.code === 'heartbeat' && verdict === 'confirmed' && (time === event.time || subject.facts.id === event.fields['id']),
  );
  if (found === undefined) return null;
  const { conclusion } = found;
  if (conclusion.code !== 'answered' && conclusion.code !== 'answered-in-part') return null;
  const answer = conclusion.facts.answers.find(({ code }) => code === 'stood-still' || code === 'ends-in-pause');
  return answer === undefined ? null : { answer, certainty: found.certainty };
}

/** A stop that is no collection and lasted for most of the time in which nothing was heard. */
function stopBefore({ gcCases }: LogAnalysis, event: LogEvent): { source: string; what: string; ms: number } | null {
  for (const { subject, time, conclusion } of gcCases) {
    if (subject.code !== 'heartbeat' || time !== event.time) continue;
    if (conclusion.code !== 'answered' && conclusion.code !== 'answered-in-part') continue;
    for (const answer of conclusion.facts.answers) {
      if (answer.code !== 'no-long-pause' || answer.facts.stop === null) continue;
      const { source, windowMs, stop } = answer.facts;
      if (stop.durationMs >= windowMs / 2) return { source, what: stop.pause, ms: stop.durationMs };
    }
  }
  return null;
}

function whyLost(
  joined: Joined,
  log: LogAnalysis,
  event: LogEvent,
  process: string,
): { reason: LossReason; detail: string | null; ended?: EndCode; evidence: Evidence[]; certainty: Conclusion['certainty'] } {
  const { processes } = joined;
  const time = event.time ?? 0;
  const told = toldEnd(joined, process, event.time);
  if (told !== null) return { reason: 'told', detail: told.detail, ended: told.ended, evidence: [told.evidence], certainty: 'proved' };
  const end = log.log.events.find(
    ({ id, time: at, line }) => ENDS.has(id) && at !== null && Math.abs(at - time) <= NEAR && (!OWN_ENDS.has(id) || mayBeOf(joined, line, process)),
  );
  if (end !== undefined) {
    const detail = end.fields['diagnostics'] ?? end.fields['signal'] ?? end.fields['kind'] ?? null;
    const evidence: Evidence[] = [{ code: 'event', facts: { id: end.id, text: detail ?? '' }, at: lineAt(log, end.line) }];
    return { reason: 'told', detail: null, evidence, certainty: 'proved' };
  }
  const stop = stopBefore(log, event);
  if (stop !== null) return { reason: 'stopped', detail: null, evidence: [{ code: 'stop', facts: stop, at: null }], certainty: 'suspected' };
  const own = processes.find(({ id }) => id !== null && isSame(id, process));
  const last = own === undefined ? null : lastTime(own);
  if (own === undefined || last === null)
    return { reason: 'log-missing', detail: null, evidence: [{ code: 'own-log-missing', facts: { process }, at: null }], certainty: 'unknown' };
  const goesOn = last - time > LIVED;
  const evidence: Evidence[] = [{ code: 'own-log', facts: { name: own.name, ms: Math.abs(last - time), goesOn }, at: lastPlace(own) }];
  // Of a process that stands still nothing is heard either; one that has gone refuses connections.
  const ended = event.id === 'heartbeat-timeout' ? 'fell-silent' : 'ended-silently';
  return { reason: goesOn ? 'lived-on' : ended, detail: own.name, evidence, certainty: 'suspected' };
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
