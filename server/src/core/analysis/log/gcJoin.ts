import { FLINK_20663 } from '../../knowledge/memory-errors.ts';
import { formatStamp } from '../../log/time.ts';
import { formatDuration } from '../../wording.ts';
import type { GcJoin, GcPause, GcQuestion, GcTrack, GcVerdict } from './gcModel.ts';

/** Share of time in full collections above which they are taken for a cause by themselves. */
const BUSY_SHARE = 0.3;
const BUSY_WINDOW = 5 * 60_000;
/** Shares of the heartbeat's timeout: a pause that explains it, and one that may have had a part. */
const EXPLAINS = 0.8;
const MATTERS = 0.2;
/** Heartbeats are asked for at this interval; the silence may have begun that much earlier. */
const INTERVAL_MS = 10_000;
const MOST_PAUSES = 8;
/** An offset above this is a moment: that from which uptimes count. */
const UPTIME_ONLY = 1e11;

/** Had a collector a part in it? Says "not covered" unless a GC log of that process covers the moment. */
export function judgeGc(question: GcQuestion, { tracks, unjoined }: GcJoin): GcVerdict {
  const none = (text: string): GcVerdict => ({
    verdict: 'not covered',
    text,
    evidence: unjoined.map(({ source, why }) => `${source}: not joined, ${why}.`),
    track: null,
    pauses: [],
  });
  if (tracks.length === 0)
    return none(
      unjoined.length === 0
        ? 'No GC log of this JVM was read, so neither confirmed nor refuted.'
        : 'The GC log cannot be brought to the clock of the log, so neither confirmed nor refuted.',
    );
  const { time, silence } = question;
  if (time === null) return none('The failure has no time to look up in the GC log.');
  const own = tracks.filter((track) => silence === null || track.process === null || track.process.includes(silence.who));
  if (own.length === 0) return none(`None of the GC logs is that of a ${silence?.who}.`);
  const verdicts = own.map((track) => (silence === null ? collections(time, track) : quiet(time, silence, track)));
  for (const wanted of ['confirmed', 'unclear'] as const) {
    const found = verdicts.find(({ verdict }) => verdict === wanted);
    if (found !== undefined) return found;
  }
  const open = verdicts.find(({ verdict }) => verdict === 'not covered');
  if (open !== undefined) return open;
  const refuted = verdicts[0] as GcVerdict;
  if (own.length >= question.processes) return { ...refuted, text: verdicts.map(({ text }) => text).join(' ') };
  return {
    ...refuted,
    verdict: 'not covered',
    text: `${verdicts.map(({ text }) => text).join(' ')} But ${question.processes} processes of this kind write these logs, and there ${own.length === 1 ? 'is one GC log' : `are ${own.length} GC logs`}.`,
  };
}

/** Full collections right before a failure for want of memory. */
function collections(time: number, track: GcTrack): GcVerdict {
  const from = time - FLINK_20663.backOffMs - 100 - track.slackMs;
  const to = time + track.slackMs;
  const full = track.pauses.filter((pause) => (pause.full || pause.explicit) && pause.start <= to && pause.start + pause.durationMs >= from);
  const windowStart = Math.max(track.from, time - BUSY_WINDOW);
  const fullMs = track.pauses.reduce(
    (sum, pause) => (pause.full && pause.start >= windowStart && pause.start <= time ? sum + pause.durationMs : sum),
    0,
  );
  const share = time > windowStart ? fullMs / (time - windowStart) : 0;
  if (full.length > 0 || (share > BUSY_SHARE && track.to >= time)) {
    const evidence = pausesBefore(full, time);
    if (share > BUSY_SHARE)
      evidence.push(`${Math.round(share * 100)} % of the ${formatDuration(time - windowStart)} before the failure went into full collections.`);
    return {
      verdict: 'confirmed',
      text: `${track.source} shows full collections right before the failure.`,
      evidence: [...evidence, ...clock(track)],
      track,
      pauses: full.slice(-MOST_PAUSES),
    };
  }
  const uncovered = notCovered(from, time, track);
  if (uncovered !== null) return uncovered;
  return {
    verdict: 'refuted',
    text: `${track.source} covers the failure and shows no full collection in the ${formatDuration(time - from)} before it.`,
    evidence: clock(track),
    track,
    pauses: [],
  };
}

/** A process that was not heard of for so long: did it stand still? */
function quiet(time: number, { ms }: { ms: number }, track: GcTrack): GcVerdict {
  const from = time - ms - INTERVAL_MS - track.slackMs;
  const to = time + track.slackMs;
  const pausedMs = track.busyMs(from, to);
  const window = `the ${formatDuration(time - from)} before the timeout`;
  const within = (pause: GcPause) => pause.start < to && pause.start + pause.durationMs > from;
  const longest = track.pauses
    .filter(within)
    .sort((a, b) => b.durationMs - a.durationMs)
    .slice(0, MOST_PAUSES);
  const evidence = [...pausesBefore(longest, time), ...clock(track)];
  const length = formatDuration(ms);
  if (pausedMs >= EXPLAINS * ms)
    return {
      verdict: 'confirmed',
      text: `${track.source}: the JVM stood still in collections for ${formatDuration(pausedMs)} of ${window}, which is enough for a timeout of ${length}.`,
      evidence,
      track,
      pauses: longest,
    };
  const { unfinished } = track;
  if (unfinished !== null && unfinished.start <= to)
    return {
      verdict: 'unclear',
      text: `${track.source} ends within a pause (${unfinished.kind}) that had begun ${formatDuration(Math.max(0, time - unfinished.start))} before the timeout: whether it lasted that long, or the JVM ended before, the log does not tell.`,
      evidence: clock(track),
      track,
      pauses: [],
    };
  if (pausedMs >= MATTERS * ms)
    return {
      verdict: 'unclear',
      text: `${track.source}: collections took ${formatDuration(pausedMs)} of ${window}, which alone does not make a timeout of ${length} but may have had a part.`,
      evidence,
      track,
      pauses: longest,
    };
  const uncovered = notCovered(from, time, track);
  if (uncovered !== null) return uncovered;
  const stop = track.stops.find(within);
  return {
    verdict: 'refuted',
    text: `${track.source} covers ${window} and shows ${pausedMs === 0 ? 'no pause' : `pauses of ${formatDuration(pausedMs)} in all`}: the collector was not the reason.${stop === undefined ? '' : ` All threads stood still for ${formatDuration(stop.durationMs)} all the same (${stop.kind}), for something else than a collection.`}`,
    evidence: clock(track),
    track,
    pauses: [],
  };
}

function notCovered(from: number, time: number, track: GcTrack): GcVerdict | null {
  if (track.from <= from && track.to >= time) return null;
  const gap =
    track.to < time
      ? `ends ${formatDuration(time - track.to)} before it`
      : `begins ${track.from > time ? `${formatDuration(track.from - time)} after it` : 'too late'}`;
  return {
    verdict: 'not covered',
    text: `${track.source} does not cover the ${formatDuration(time - from)} before the failure: it ${gap}.`,
    evidence: clock(track),
    track,
    pauses: [],
  };
}

function pausesBefore(pauses: readonly GcPause[], time: number): string[] {
  return pauses.slice(-MOST_PAUSES).map(({ kind, durationMs, start }) => {
    const before = time - start;
    return `${kind}, ${formatDuration(durationMs)}, ${before >= 0 ? `${formatDuration(before)} before the failure` : `${formatDuration(-before)} after it`}`;
  });
}

function clock(track: GcTrack): string[] {
  const text = clockText(track);
  return text === null ? [] : [text];
}

/** How the clock of a GC log was brought to that of the log; null when both surely agree. */
export function clockText({ offset, slackMs }: GcTrack): string | null {
  if (offset === null) return null;
  const { ms, why } = offset;
  const exact = slackMs === 0 ? '' : `, give or take ${formatDuration(slackMs)}`;
  if (ms > UPTIME_ONLY) return `Clock: uptime 0 is taken to be ${formatStamp(ms, true)}${exact} (${why}).`;
  return `Clock offset ${ms === 0 ? 'none' : `applied: ${ms < 0 ? '-' : ''}${formatDuration(ms)}`}${exact} (${why}).`;
}
