import { FLINK_20663 } from '../../knowledge/memoryErrors.ts';
import type { GcAnswer, GcConclusion, GcEvidence, GcJoin, GcPause, GcQuestion, GcTrack, GcVerdict } from './gcModel.ts';
import { sideOfProcess } from './gcOwner.ts';

/** Share of time in full collections above which they are taken for a cause by themselves. */
const BUSY_SHARE = 0.3;
const BUSY_WINDOW = 5 * 60_000;
/** Shares of the heartbeat's timeout: a pause that explains it, and one that may have had a part. */
const EXPLAINS = 0.8;
const MATTERS = 0.2;
/** Heartbeats are asked for at this interval; the silence may have begun that much earlier. */
const INTERVAL_MS = 10_000;
const MAX_PAUSES = 8;

/** What one GC log answers. */
interface Judged extends Omit<GcVerdict, 'conclusion'> {
  answer: GcAnswer;
}

/** Had a collector a part in it? Says "not covered" unless a GC log of that process covers the moment. */
export function judgeGc(question: GcQuestion, { tracks, unjoined }: GcJoin): GcVerdict {
  const none = (conclusion: GcConclusion): GcVerdict => ({
    verdict: 'not covered',
    conclusion,
    certainty: 'unknown',
    evidence: unjoined.map((facts) => ({ code: 'unjoined', facts })),
    pauses: [],
  });
  if (tracks.length === 0) return none({ code: unjoined.length === 0 ? 'no-gc-log' : 'no-common-clock', facts: {} });
  const { time, silence, processes, others } = question;
  if (time === null) return none({ code: 'failure-without-time', facts: {} });
  // A collector explains the silence of its own process only.
  const own = tracks.filter(({ process }) => silence === null || process === null || sideOfProcess(process) === sideOfProcess(silence.who));
  if (own.length === 0) return none({ code: 'other-processes', facts: { process: silence?.who ?? '' } });
  if (silence !== null && others && own.every(({ process }) => process === null))
    return none({ code: 'unknown-process', facts: { process: silence.who } });
  const judged = own.map((track) => (silence === null ? collections(time, track) : quiet(time, silence, track)));
  for (const wanted of ['confirmed', 'unclear', 'not covered'] as const) {
    const found = judged.find(({ verdict }) => verdict === wanted);
    if (found !== undefined) return concluded(found, { code: 'answered', facts: { answers: [found.answer] } });
  }
  const first = judged[0] as Judged;
  const answers = judged.map(({ answer }) => answer);
  if (own.length >= processes) return concluded(first, { code: 'answered', facts: { answers } });
  const inPart = concluded(first, { code: 'answered-in-part', facts: { answers, processes, logs: own.length } });
  return { ...inPart, verdict: 'not covered', certainty: 'unknown' };
}

function concluded({ verdict, certainty, evidence, pauses }: Judged, conclusion: GcConclusion): GcVerdict {
  return { verdict, certainty, conclusion, evidence, pauses };
}

/** Full collections right before a failure for want of memory. */
function collections(time: number, track: GcTrack): Judged {
  const slackMs = track.shift?.slackMs ?? 0;
  const from = time - FLINK_20663.backOffMs - 100 - slackMs;
  const to = time + slackMs;
  const full = track.pauses.filter((pause) => (pause.full || pause.explicit) && pause.start <= to && pause.start + pause.durationMs >= from);
  const windowStart = Math.max(track.from, time - BUSY_WINDOW);
  const fullMs = track.pauses.reduce(
    (sum, pause) => (pause.full && pause.start >= windowStart && pause.start <= time ? sum + pause.durationMs : sum),
    0,
  );
  const share = time > windowStart ? fullMs / (time - windowStart) : 0;
  if (full.length > 0 || (share > BUSY_SHARE && track.to >= time)) {
    const evidence = pausesBefore(full, time);
    if (share > BUSY_SHARE) evidence.push({ code: 'full-collections-share', facts: { share, windowMs: time - windowStart } });
    return {
      verdict: 'confirmed',
      certainty: track.certainty,
      answer: { code: 'full-collections', facts: { source: track.source } },
      evidence: [...evidence, ...clock(track)],
      pauses: full.slice(-MAX_PAUSES),
    };
  }
  const uncovered = notCovered(from, time, track);
  if (uncovered !== null) return uncovered;
  return {
    verdict: 'refuted',
    certainty: track.certainty,
    answer: { code: 'no-full-collection', facts: { source: track.source, windowMs: time - from } },
    evidence: clock(track),
    pauses: [],
  };
}

/** A process that was not heard of for so long: did it stand still? */
function quiet(time: number, { ms }: { ms: number }, track: GcTrack): Judged {
  const slackMs = track.shift?.slackMs ?? 0;
  const from = time - ms - INTERVAL_MS - slackMs;
  const to = time + slackMs;
  const { source } = track;
  const pausedMs = track.busyMs(from, to);
  const windowMs = time - from;
  const within = (pause: GcPause) => pause.start < to && pause.start + pause.durationMs > from;
  const longest = track.pauses
    .filter(within)
    .sort((a, b) => b.durationMs - a.durationMs)
    .slice(0, MAX_PAUSES);
  const evidence = [...pausesBefore(longest, time), ...clock(track)];
  const stillMs = longestStop(track.pauses.filter(within), from, to);
  const across = track.pauses.find(({ start, durationMs }) => start <= time && start + durationMs >= time && durationMs >= stillMs);
  if (stillMs >= EXPLAINS * ms)
    return {
      verdict: 'confirmed',
      certainty: track.certainty,
      answer: { code: 'stood-still', facts: { source, pausedMs: stillMs, windowMs, timeoutMs: ms, acrossMs: across?.durationMs ?? null } },
      evidence,
      pauses: longest,
    };
  const { unfinished } = track;
  if (unfinished !== null && unfinished.start <= to)
    return {
      verdict: 'unclear',
      certainty: 'unknown',
      answer: { code: 'ends-in-pause', facts: { source, pause: unfinished.kind, beforeMs: Math.max(0, time - unfinished.start) } },
      evidence: clock(track),
      pauses: [],
    };
  if (pausedMs >= MATTERS * ms)
    return {
      verdict: 'unclear',
      certainty: 'unknown',
      answer: { code: 'had-a-part', facts: { source, pausedMs, windowMs, timeoutMs: ms } },
      evidence,
      pauses: longest,
    };
  const uncovered = notCovered(from, time, track);
  if (uncovered !== null) return uncovered;
  const stop = track.stops.find(within);
  return {
    verdict: 'refuted',
    certainty: track.certainty,
    answer: {
      code: 'no-long-pause',
      facts: { source, pausedMs, windowMs, stop: stop === undefined ? null : { pause: stop.kind, durationMs: stop.durationMs } },
    },
    evidence: clock(track),
    pauses: [],
  };
}

/** Between pauses that follow each other as closely a heartbeat is not answered. */
const CLOSE_MS = 500;

/** The longest stretch of a window in which the JVM stood still all the time, or nearly; of pauses in the order of time. */
function longestStop(pauses: readonly GcPause[], from: number, to: number): number {
  let longest = 0;
  let [still, last] = [0, Number.NEGATIVE_INFINITY];
  for (const { start, durationMs } of pauses) {
    const [begin, end] = [Math.max(start, from), Math.min(start + durationMs, to)];
    still = begin - last <= CLOSE_MS ? still + end - begin : end - begin;
    last = end;
    longest = Math.max(longest, still);
  }
  return longest;
}

function notCovered(from: number, time: number, track: GcTrack): Judged | null {
  if (track.from <= from && track.to >= time) return null;
  const at = track.to < time ? 'ends-before' : track.from > time ? 'begins-after' : 'begins-late';
  const byMs = at === 'ends-before' ? time - track.to : track.from - time;
  return {
    verdict: 'not covered',
    certainty: 'unknown',
    answer: { code: 'gap', facts: { source: track.source, windowMs: time - from, at, byMs } },
    evidence: clock(track),
    pauses: [],
  };
}

function pausesBefore(pauses: readonly GcPause[], time: number): GcEvidence[] {
  return pauses
    .slice(-MAX_PAUSES)
    .map(({ kind, durationMs, start }) => ({ code: 'pause', facts: { pause: kind, durationMs, beforeMs: time - start } }));
}

function clock({ shift }: GcTrack): GcEvidence[] {
  return shift === null ? [] : [{ code: 'clock', facts: shift }];
}
