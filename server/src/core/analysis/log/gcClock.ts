import type { GcLog } from '../../gc/model.ts';
import type { LogModel, UtcOffset } from '../../log/model.ts';
import { zoneDifference, zoneDifferences } from '../../log/zone.ts';
import type { Certainty } from '../../model.ts';
import type { ClockFault, ClockFaultFacts } from '../../problems.ts';
import type { ClockReason } from './gcModel.ts';

/** How the times of a GC log are brought to the clock of a log. */
export interface GcClock {
  /** What is added to them. */
  ms: number;
  /** Null when both clocks surely agree. */
  reason: ClockReason | null;
  slackMs: number;
  /** `suspected`: an assumption is in it. */
  certainty: Certainty;
  /** The process whose start the GC log shows. */
  process: string | null;
}

/** A process logs its first line so long after the start of its JVM. */
const FIRST_LINE_MS = { least: 100, usual: 1000, most: 30_000 };
/** The unknown part of that. */
const START_SLACK_MS = 5000;
/** Processes that start within this cannot be told apart by their start. */
const SAME_START_MS = 10_000;
/** An offset explains the logs as well as the best one when it leaves this share of its overlap. */
const AS_GOOD = 0.9;

/**
 * The clock of a GC log against that of its Flink log, or why that cannot be told. GC logs state their zone or count
 * from the start of the JVM; Flink logs mostly print local time without a zone. What ties them together is the start of
 * the process; without it, both are taken to print the same local time as long as that makes them overlap. A
 * difference of zones is never guessed from among several that would do.
 */
export function gcClock(gc: GcLog, log: LogModel): GcClock | ClockFault {
  if (log.clock !== 'epoch' || log.from === null || log.to === null) return fault('log-without-dates', {});
  if (gc.pauseClock === null && gc.runs.length === 0) return fault('gc-log-without-times', {});
  const starts = startsOf(log);
  const from = gc.runs[0]?.from.wall ?? null;
  const to = gc.runs.at(-1)?.to.wall ?? null;
  if (from === null || to === null) return byUptime(gc, starts);
  const overlap = (ms: number) => Math.min(to + ms, log.to as number) - Math.max(from + ms, log.from as number);
  const started = byStart(gc, starts);
  if (log.zone !== null)
    return overlap(0) < 0 ? fault('other-time', {}) : { ms: 0, reason: null, slackMs: 0, certainty: 'proved', process: started?.process ?? null };
  if (started !== null) return started;
  if (log.utcOffset !== null) return byOffset(log.utcOffset, overlap);
  const printed = (gc.zoneMinutes ?? 0) * 60_000;
  if (overlap(printed) >= 0) {
    return {
      ms: printed,
      reason: { code: 'same-local-time', facts: { zoneMinutes: gc.zoneMinutes } },
      slackMs: 0,
      certainty: 'suspected',
      process: null,
    };
  }
  return byOverlap(overlap);
}

/** When the processes that write the log began to do so. */
function startsOf(log: LogModel): { time: number; process: string }[] {
  return log.events.flatMap(({ id, time, fields }) => (id === 'start-banner' && time !== null ? [{ time, process: fields.component ?? '' }] : []));
}

/** The GC log tells when its JVM started: a process of the log must have begun right after, on the log's clock. */
function byStart(gc: GcLog, starts: readonly { time: number; process: string }[]): GcClock | null {
  const found: { ms: number; process: string; off: number }[] = [];
  for (const { started } of gc.runs) {
    if (started === null) continue;
    for (const { time, process } of starts) {
      const ms = zoneDifference(time - started, FIRST_LINE_MS);
      if (ms === null) continue;
      found.push({ ms, process, off: Math.abs(time - started - ms - FIRST_LINE_MS.usual) });
    }
  }
  found.sort((a, b) => a.off - b.off);
  const [best, second] = found;
  if (best === undefined || found.some(({ ms }) => ms !== best.ms)) return null;
  const sure = second === undefined || second.process === best.process || second.off - best.off > SAME_START_MS;
  const { ms, process } = best;
  const reason: ClockReason | null = ms === 0 ? null : { code: 'same-start', facts: { process } };
  return { ms, reason, slackMs: 0, certainty: 'proved', process: sure ? process : null };
}

function byUptime(gc: GcLog, starts: readonly { time: number; process: string }[]): GcClock | ClockFault {
  if (gc.runs.length > 1) return fault('uptimes-of-several-runs', {});
  const [start, more] = starts;
  if (start === undefined) return fault('uptimes-without-start', {});
  if (more !== undefined) return fault('uptimes-of-several-starts', { starts: starts.length });
  return {
    ms: start.time - FIRST_LINE_MS.usual,
    reason: { code: 'uptime-from-start', facts: { process: start.process, beforeMs: FIRST_LINE_MS.usual } },
    slackMs: START_SLACK_MS,
    certainty: 'proved',
    process: start.process,
  };
}

/** Events of the log, which have the time since 1970 too, tell how far it is ahead. */
function byOffset(offset: UtcOffset, overlap: (ms: number) => number): GcClock | ClockFault {
  const ms = offset.minutes * 60_000;
  if (overlap(ms) < 0) return fault('other-time', {});
  return { ms, reason: ms === 0 ? null : { code: 'told-twice', facts: offset }, slackMs: 0, certainty: 'proved', process: null };
}

/** The one difference of zones with which both cover the same time; nothing when there are several. */
function byOverlap(overlap: (ms: number) => number): GcClock | ClockFault {
  const offsets: { ms: number; shared: number }[] = [];
  for (const ms of zoneDifferences()) {
    const shared = overlap(ms);
    if (shared > 0) offsets.push({ ms, shared });
  }
  const most = Math.max(...offsets.map(({ shared }) => shared));
  const good = offsets.filter(({ shared }) => shared >= AS_GOOD * most);
  const [only] = good;
  if (only === undefined) return fault('other-time-in-any-zone', {});
  if (good.length > 1) return fault('ambiguous-zone', { fromMinutes: only.ms / 60_000, toMinutes: (good[good.length - 1]?.ms ?? 0) / 60_000 });
  return {
    ms: only.ms,
    reason: { code: 'only-overlap', facts: {} },
    slackMs: 0,
    certainty: 'suspected',
    process: null,
  };
}

function fault<C extends keyof ClockFaultFacts>(code: C, facts: ClockFaultFacts[C]): ClockFault {
  return { code, facts } as ClockFault;
}
