import { size } from '../../core/gc/units.ts';

/** What the editor shows beside a GC log; a second language is a second table of this type. Sizes in KiB, times in ms. */
export interface GcFeatureWords {
  groups: Record<'unfinished' | 'full' | 'explicit' | 'trouble' | 'stalls' | 'safepoints' | 'longest', string>;
  more(count: number): string;
  endsInPause: string;
  heap(facts: { before: number; after: number; capacity: number | null }): string;
  ofKind(facts: { count: number; averageMs: number; maxMs: number }): string;
  isLongest(pauses: number): string;
  longestOf(facts: { pauses: number; maxMs: number }): string;
  lenses: {
    report(facts: { collector: string | null; pauses: number; totalMs: number; share: number | null }): string;
    chart: string;
    longest: string;
    unfinished: string;
  };
}

export const GC_FEATURES: GcFeatureWords = {
  groups: {
    unfinished: 'The log ends within a pause',
    full: 'Full collections',
    explicit: 'Asked for by System.gc()',
    trouble: 'Trouble',
    stalls: 'Threads that waited for memory',
    safepoints: 'Stops for other reasons',
    longest: 'Longest pauses',
  },
  more: (count) => `${count} more`,
  endsInPause: 'The log ends before this pause does: the JVM ended in it, or the file was cut.',
  heap({ before, after, capacity }) {
    const freed = before - after;
    const of = capacity === null || capacity === 0 ? '' : ` of ${size(capacity)} (${Math.round((after / capacity) * 100)} % in use)`;
    return `Heap ${size(before)} → ${size(after)}${of}; ${freed >= 0 ? `${size(freed)} freed` : `${size(-freed)} more than before`}.`;
  },
  ofKind: ({ count, averageMs, maxMs }) => `One of ${count} of this kind, ${averageMs.toFixed(1)} ms on average, ${maxMs.toFixed(1)} ms at most.`,
  isLongest: (pauses) => `The longest of ${pauses} pauses.`,
  longestOf: ({ pauses, maxMs }) => `The longest of ${pauses} pauses took ${maxMs.toFixed(1)} ms.`,
  lenses: {
    report: ({ collector, pauses, totalMs, share }) =>
      `${collector ?? 'GC'}: ${pauses} pauses, ${(totalMs / 1000).toFixed(1)} s in all${share === null ? '' : `, ${(share * 100).toFixed(1)} % of the time`}`,
    chart: 'Heap and pauses',
    longest: 'The longest pause',
    unfinished: 'The log ends within this pause',
  },
};
