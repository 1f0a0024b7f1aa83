import type { GcEvent, TroubleKind } from '../../gc/model.ts';
import { size } from '../../gc/units.ts';
import { TROUBLE_WORDS } from '../../knowledge/gcPauses.ts';
import { fitting, formatDuration, grouped, plural, type Words } from '../../wording.ts';

/** What the rules of GC logs tell. Sizes in KiB, times in ms, shares from 0 to 1. */
export interface GcMessageFacts {
  'collector-in-trouble': { trouble: TroubleKind; count: number };
  'explicit-gc': { collections: number };
  'heap-full': { collections: number; usedKib: number; capacityKib: number; full: number };
  'heap-full.old-generation': { collections: number; usedKib: number; capacityKib: number; freedKib: number; full: number };
  'heap-grows': {
    afterFull: boolean;
    grownKib: number;
    minutes: number;
    firstKib: number;
    lastKib: number;
    capacityKib: number;
    kibPerMinute: number;
    fit: number;
  };
  /** Pauses of one name; `ms` is the longest of them, `shortestMs` the shortest that is long. */
  'long-gc-pause': { pause: string; kind: GcEvent['kind']; count: number; ms: number; shortestMs: number };
  'long-gc-pause.unfinished': { pause: string };
  'metaspace-full': { collections: number };
  'metaspace-full.nearly': { collections: number };
  'much-time-in-gc': { share: number; spanMs: number; pauses: number; totalPauseMs: number; longestMs: number };
}

/** What else is told of some findings, behind the message. */
export interface GcDetailFacts {
  'explicit-gc': Record<string, never>;
  'heap-full.old-generation': { freedKib: number };
  'heap-grows': { afterFull: boolean };
  'over-heartbeat': { heartbeatMs: number };
  'not-a-collection': Record<string, never>;
  'more-pauses': { count: number };
  unfinished: Record<string, never>;
  'metaspace-full': Record<string, never>;
  'much-time-in-gc': { pauses: number; longestMs: number };
}

/** What stands beside a finding: at other places, as evidence, or as what is missing. */
export interface GcNoteFacts {
  'in-use': { share: number };
  'metaspace-threshold': Record<string, never>;
  'class-loaders': Record<string, never>;
  'pause-took': { ms: number };
  'full-collections': { count: number };
  'within-seconds': { collections: number; seconds: number };
  'pauses-of-these': { collections: number; ms: number };
  'heap-line': { firstKib: number; lastKib: number; kibPerMinute: number; fit: number };
  'full-in': { capacityKib: number; minutes: number };
  'leak-or-data': Record<string, never>;
  'how-long': Record<string, never>;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const times = (count: number): string => (count === 1 ? 'once' : `${grouped(count)} times`);

export const GC_MESSAGES: Words<GcMessageFacts> = {
  'metaspace-full': ({ collections }) => `Metaspace is full: ${grouped(collections)} full collections made no room for classes`,
  'metaspace-full.nearly': ({ collections }) => `Metaspace hardly suffices: ${grouped(collections)} full collections for class metadata`,
  'collector-in-trouble': ({ trouble, count }) => `${TROUBLE_WORDS[trouble].happened} ${times(count)}`,
  'explicit-gc': ({ collections }) => `System.gc() asked for ${grouped(collections)} collections`,
  'heap-full': ({ collections, usedKib, capacityKib }) =>
    `The heap is full: the last ${collections} full collections left ${size(usedKib)} of ${size(capacityKib)} in use`,
  'heap-full.old-generation': ({ collections, usedKib, capacityKib }) =>
    `The old generation is full: the last ${collections} full collections left ${size(usedKib)} of ${size(capacityKib)}`,
  'heap-grows': ({ grownKib, minutes, lastKib, capacityKib }) =>
    `The heap in use after collections grew by ${size(grownKib)} in ${minutes.toFixed(0)} minutes, to ${percent(lastKib / capacityKib)} of the heap`,
  'long-gc-pause': ({ pause, count, ms, shortestMs }) =>
    fitting([pause], (name) =>
      count === 1
        ? `${name} stopped all threads for ${formatDuration(ms)}`
        : `${grouped(count)} times ${name} stopped all threads for ${formatDuration(shortestMs)} to ${formatDuration(ms)}`,
    ),
  'long-gc-pause.unfinished': ({ pause }) => fitting([pause], (name) => `The log ends within a pause: ${name}`),
  'much-time-in-gc': ({ share, spanMs, totalPauseMs }) =>
    `${percent(share)} of the time went into pauses of the collector: ${formatDuration(totalPauseMs)}${totalPauseMs < spanMs ? ` of ${formatDuration(spanMs)}` : ''}`,
};

export const GC_DETAILS: Words<GcDetailFacts> = {
  'metaspace-full': () => 'The limit (-XX:MaxMetaspaceSize) is reached: a thread that needs a class gets an OutOfMemoryError, those of Flink too.',
  'explicit-gc': () => 'Each is a full collection with most collectors.',
  'heap-full.old-generation': ({ freedKib }) => `Together they freed ${size(freedKib)} of it.`,
  'heap-grows': ({ afterFull }) => `${afterFull ? 'Full collections' : 'Collections'} leave more and more: something keeps objects.`,
  'over-heartbeat': ({ heartbeatMs }) => `That is longer than Flink's default heartbeat.timeout (${formatDuration(heartbeatMs)}).`,
  'not-a-collection': () => 'It was not for a collection.',
  'more-pauses': ({ count }) => `${plural(count, 'more pause')} of this name took as long.`,
  unfinished: () => 'The JVM ended in it, or the file was cut.',
  'much-time-in-gc': ({ pauses, longestMs }) => `${plural(pauses, 'pause')}, the longest of ${formatDuration(longestMs)}.`,
};

export const GC_NOTES: Words<GcNoteFacts> = {
  'in-use': ({ share }) => `${percent(share)} in use after this collection`,
  'pause-took': ({ ms }) => `Took ${formatDuration(ms)}`,
  'full-collections': ({ count }) => `${plural(count, 'full collection')} in all.`,
  'within-seconds': ({ collections, seconds }) => `The last ${collections} of them within ${seconds.toFixed(1)} s.`,
  'pauses-of-these': ({ collections, ms }) => `The last ${collections} of them took ${(ms / 1000).toFixed(1)} s, in which every thread stood still.`,
  'heap-line': ({ firstKib, lastKib, kibPerMinute, fit }) =>
    `${size(firstKib)} at the beginning, ${size(lastKib)} at the end; ${size(kibPerMinute)} a minute, and a straight line describes ${percent(fit)} of the change.`,
  'full-in': ({ capacityKib, minutes }) => `At this rate the heap of ${size(capacityKib)} is full in ${minutes.toFixed(0)} minutes.`,
  'leak-or-data': () => 'Whether it is a leak or data that has to be kept: two heap dumps some time apart show what grows.',
  'metaspace-threshold': () => 'Metaspace reached its mark each time; a JVM that has room moves the mark up after a few.',
  'class-loaders': () => 'Who loads classes, and how much of metaspace is used: jcmd PID VM.classloader_stats, jcmd PID VM.metaspace.',
  'how-long': () => 'How long it took: whatever ended the JVM (or cut the log) came before its end.',
};
