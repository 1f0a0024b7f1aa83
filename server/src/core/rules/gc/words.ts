import type { GcEvent, TroubleKind } from '../../gc/model.ts';
import { size } from '../../gc/units.ts';
import { TROUBLE_WORDS } from '../../knowledge/gc-pauses.ts';
import { plural, type Words } from '../../wording.ts';

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
  'long-gc-pause': { pause: string; kind: GcEvent['kind']; ms: number; overHeartbeat: boolean; more: number };
  'long-gc-pause.unfinished': { pause: string };
  'much-time-in-gc': { share: number; spanMs: number; pauses: number; totalPauseMs: number; longestMs: number };
}

/** What stands beside a finding: at other places, as evidence, or as what is missing. */
export interface GcNoteFacts {
  'in-use': { share: number };
  'full-collections': { count: number };
  'within-seconds': { collections: number; seconds: number };
  'pauses-of-these': { collections: number; ms: number };
  'heap-line': { firstKib: number; lastKib: number; kibPerMinute: number; fit: number };
  'full-in': { capacityKib: number; minutes: number };
  'leak-or-data': Record<string, never>;
  'how-long': Record<string, never>;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export const GC_MESSAGES: Words<GcMessageFacts> = {
  'collector-in-trouble': ({ trouble, count }) => `${count === 1 ? 'Once' : `${count} times`} ${TROUBLE_WORDS[trouble]}.`,
  'explicit-gc': ({ collections }) => `${collections} collections were asked for by System.gc().`,
  'heap-full': ({ collections, usedKib, capacityKib }) =>
    `The last ${collections} full collections left ${size(usedKib)} of ${size(capacityKib)} in use: the heap is full.`,
  'heap-full.old-generation': ({ collections, usedKib, capacityKib, freedKib }) =>
    `The old generation is full: the last ${collections} full collections left ${size(usedKib)} of ${size(capacityKib)} and freed ${size(freedKib)} of it.`,
  'heap-grows': ({ afterFull, grownKib, minutes, lastKib, capacityKib }) =>
    `The heap that ${afterFull ? 'full collections' : 'collections'} leave grew by ${size(grownKib)} in ${minutes.toFixed(0)} minutes, to ${percent(lastKib / capacityKib)} of the heap: something keeps objects.`,
  'long-gc-pause': ({ pause, kind, ms, overHeartbeat, more }) => {
    const what = kind === 'pause' ? `${pause} took` : `${pause}: all threads stood still, for something else than a collection,`;
    const heartbeat = overHeartbeat ? ', longer than the default heartbeat timeout of Flink (50 s)' : '';
    return `${what} ${(ms / 1000).toFixed(1)} s${heartbeat}.${more > 0 ? ` ${more} more pauses are as long.` : ''}`;
  },
  'long-gc-pause.unfinished': ({ pause }) => `The log ends within a pause: ${pause} had begun.`,
  'much-time-in-gc': ({ share, spanMs, pauses, totalPauseMs, longestMs }) =>
    `${percent(share)} of the ${(spanMs / 1000).toFixed(0)} s in this log were spent in ${plural(pauses, 'pause')} (${(totalPauseMs / 1000).toFixed(1)} s); the longest took ${longestMs.toFixed(0)} ms.`,
};

export const GC_NOTES: Words<GcNoteFacts> = {
  'in-use': ({ share }) => `${percent(share)} in use after this collection`,
  'full-collections': ({ count }) => `${plural(count, 'full collection')} in all.`,
  'within-seconds': ({ collections, seconds }) => `The last ${collections} of them within ${seconds.toFixed(1)} s.`,
  'pauses-of-these': ({ collections, ms }) => `The last ${collections} of them took ${(ms / 1000).toFixed(1)} s, in which every thread stood still.`,
  'heap-line': ({ firstKib, lastKib, kibPerMinute, fit }) =>
    `${size(firstKib)} at the beginning, ${size(lastKib)} at the end; ${size(kibPerMinute)} a minute, and a straight line describes ${percent(fit)} of the change.`,
  'full-in': ({ capacityKib, minutes }) => `At this rate the heap of ${size(capacityKib)} is full in ${minutes.toFixed(0)} minutes.`,
  'leak-or-data': () => 'Whether it is a leak or data that has to be kept: two heap dumps some time apart show what grows.',
  'how-long': () => 'How long it took: whatever ended the JVM (or cut the log) came before its end.',
};
