import type {
  ClockReasonFacts,
  GcAnswerFacts,
  GcCase,
  GcClockShift,
  GcConclusionFacts,
  GcEvidence,
  GcEvidenceFacts,
  GcSubject,
  GcSubjectFacts,
} from '../../analysis/log/gcModel.ts';
import { MEMORY_POOLS } from '../../knowledge/memoryErrors.ts';
import { formatStamp } from '../../log/time.ts';
import { faultText } from '../../problems/words.en.ts';
import { formatDuration, say, type Words, zoneName } from '../../wording.ts';
import { offsetText } from './clockWords.en.ts';

/** What is said of the collector's part in a failure. */

const SUBJECTS: Words<GcSubjectFacts> = {
  memory: ({ pool }) => `${MEMORY_POOLS[pool].title} was exhausted`,
  heartbeat: ({ process, id }) => `The heartbeat of ${process} ${id} timed out`,
};

/** "The heartbeat of TaskManager tm-1 timed out". */
export const subjectText = (subject: GcSubject): string => say(SUBJECTS, subject);

const GAPS: Readonly<Record<GcAnswerFacts['gap']['at'], (byMs: number) => string>> = {
  'ends-before': (byMs) => `ends ${formatDuration(byMs)} before it`,
  'begins-after': (byMs) => `begins ${formatDuration(byMs)} after it`,
  'begins-late': () => 'begins too late',
};

const ANSWERS: Words<GcAnswerFacts> = {
  'full-collections': ({ source }) => `${source} shows full collections right before the failure.`,
  'no-full-collection': ({ source, windowMs }) =>
    `${source} covers the failure and shows no full collection in the ${formatDuration(windowMs)} before it.`,
  'stood-still': ({ source, pausedMs, windowMs, timeoutMs, acrossMs }) =>
    `${source}: ${acrossMs === null ? '' : `one collection of ${formatDuration(acrossMs)} spans the timeout; `}the JVM stood still in collections for ${formatDuration(pausedMs)} of ${before(windowMs)}, which is ${pausedMs >= timeoutMs ? 'enough for' : 'most of'} a timeout of ${formatDuration(timeoutMs)}.`,
  'had-a-part': ({ source, pausedMs, windowMs, timeoutMs }) =>
    `${source}: collections took ${formatDuration(pausedMs)} of ${before(windowMs)}, which alone does not make a timeout of ${formatDuration(timeoutMs)} but may have had a part.`,
  'ends-in-pause': ({ source, pause, beforeMs }) =>
    `${source} ends within a pause (${pause}) that had begun ${formatDuration(beforeMs)} before the timeout: whether it lasted that long, or the JVM ended before, the log does not tell.`,
  'no-long-pause'({ source, pausedMs, windowMs, stop }) {
    const pauses = pausedMs === 0 ? 'no pause' : `pauses of ${formatDuration(pausedMs)} in all`;
    const still =
      stop === null ? '' : ` All threads stood still for ${formatDuration(stop.durationMs)} all the same (${stop.pause}), but not for a collection.`;
    return `${source} covers ${before(windowMs)} and shows ${pauses}: the collector was not the reason.${still}`;
  },
  gap: ({ source, windowMs, at, byMs }) => `${source} does not cover the ${formatDuration(windowMs)} before the failure: it ${GAPS[at](byMs)}.`,
};

const before = (windowMs: number): string => `the ${formatDuration(windowMs)} before the timeout`;

const CONCLUSIONS: Words<GcConclusionFacts> = {
  'no-gc-log': () => 'No GC log of this JVM was read, so neither confirmed nor refuted.',
  'unknown-process': ({ process }) =>
    `Nothing shows whether the GC log is that of a ${process}: the processes started too close to each other, and neither heap nor file name shows it. Neither confirmed nor refuted.`,
  'no-common-clock': () => 'The GC log cannot be brought to the clock of the log, so neither confirmed nor refuted.',
  'failure-without-time': () => 'The failure has no time to look up in the GC log.',
  'other-processes': ({ process }) => `None of the GC logs is that of a ${process}.`,
  answered: ({ answers }) => answers.map((answer) => say(ANSWERS, answer)).join(' '),
  'answered-in-part'({ answers, processes, logs }) {
    const there = logs === 1 ? 'is one GC log' : `are ${logs} GC logs`;
    return `${CONCLUSIONS.answered({ answers })} But ${processes} processes of this kind write these logs, and there ${there}.`;
  },
};

/** Had the collector a part in it, in sentences. */
export const conclusionText = ({ conclusion }: Pick<GcCase, 'conclusion'>): string => say(CONCLUSIONS, conclusion);

const REASONS: Words<ClockReasonFacts> = {
  'same-local-time': ({ zoneMinutes }) =>
    `assumed: the log states no zone and is taken to print the local time of the GC log, ${zoneMinutes === null ? 'UTC' : zoneName(zoneMinutes)}`,
  'same-start': ({ process }) => `the logs print different time zones: the JVM of the GC log started when the ${process} did, but for that`,
  'told-twice': (offset) => `the log states no zone; it is in ${offsetText(offset)}`,
  'uptime-from-start': ({ process, beforeMs }) =>
    `the GC log has uptimes only, counted from ${formatDuration(beforeMs)} before the first lines of the ${process}`,
  'only-overlap': () => 'derived: no other difference of time zones makes both logs cover the same time',
};

/** How the clock of a GC log was brought to that of the log. */
export function clockText({ ms, slackMs, reason }: GcClockShift): string {
  const exact = slackMs === 0 ? '' : `, give or take ${formatDuration(slackMs)}`;
  const why = say(REASONS, reason);
  if (reason.code === 'uptime-from-start') return `Clock: uptime 0 is taken to be ${formatStamp(ms, true)}${exact} (${why}).`;
  return `Clock offset ${ms === 0 ? 'none' : `applied: ${ms < 0 ? '-' : ''}${formatDuration(ms)}`}${exact} (${why}).`;
}

const EVIDENCE: Words<GcEvidenceFacts> = {
  unjoined: ({ source, fault }) => `${source}: not joined, ${faultText(fault)}.`,
  pause: ({ pause, durationMs, beforeMs }) =>
    `${pause}, ${formatDuration(durationMs)}, ${formatDuration(beforeMs)} ${beforeMs >= 0 ? 'before the failure' : 'after it'}`,
  'full-collections-share': ({ share, windowMs }) =>
    `${Math.round(share * 100)} % of the ${formatDuration(windowMs)} before the failure went into full collections.`,
  clock: clockText,
};

export const collectorEvidence = (evidence: readonly GcEvidence[]): string[] => evidence.map((one) => say(EVIDENCE, one));
