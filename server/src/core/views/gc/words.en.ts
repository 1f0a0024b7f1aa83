import type { GcEvent } from '../../gc/model.ts';
import { size } from '../../gc/units.ts';
import { formatDuration, plural } from '../../wording.ts';

/** What the report page of a GC log says; a second language is a second table of this type. */
export interface GcReportWords {
  facts: Record<'collector' | 'jvm' | 'collections' | 'jvms' | 'covers', string>;
  collectorUnknown: string;
  covers(from: string, to: string, zone: string): string;
  headings: Record<'about' | 'figures' | 'kinds' | 'longest', string>;
  left(afterFull: boolean): string;
  columns: Record<
    'figure' | 'value' | 'kind' | 'count' | 'inAll' | 'longest' | 'pause' | 'at' | 'ms' | 'before' | 'after' | 'minute' | 'heap',
    string
  >;
  nothing(facts: { pauses: number; maxMs: number; share: number | null }): string;
  noPause: string;
  figures: Record<
    'pauses' | 'totalPause' | 'longestPause' | 'full' | 'explicit' | 'covered' | 'share' | 'allocation' | 'promotion' | 'trend' | 'left',
    string
  >;
  ofHeap(percent: number): string;
}

export const GC_REPORT: GcReportWords = {
  facts: {
    collector: 'Collector',
    jvm: 'JVM',
    collections: 'Collections',
    jvms: 'JVMs in this log, one after the other',
    covers: 'Covers',
  },
  collectorUnknown: 'not in the log',
  covers: (from, to, zone) => `${from} to ${to} (${zone})`,
  headings: { about: 'The log', figures: 'Figures', kinds: 'By kind', longest: 'Longest pauses' },
  left: (afterFull) => `Heap in use after ${afterFull ? 'full collections' : 'collections'}`,
  columns: {
    figure: 'figure',
    value: 'value',
    kind: 'kind',
    count: 'count',
    inAll: 'total ms',
    longest: 'longest',
    pause: 'pause',
    at: 'at',
    ms: 'ms',
    before: 'heap before',
    after: 'heap after',
    minute: 'minute',
    heap: 'heap',
  },
  nothing: ({ pauses, maxMs, share }) =>
    `No finding: ${plural(pauses, 'pause')}, the longest of ${formatDuration(maxMs)}${share === null ? '' : `, ${(share * 100).toFixed(1)} % of the time`}`,
  noPause: 'This log shows no pause of the collector',
  figures: {
    pauses: 'pauses',
    totalPause: 'total pause',
    longestPause: 'longest pause',
    full: 'full collections',
    explicit: 'collections by System.gc()',
    covered: 'time covered',
    share: 'share of time in pauses',
    allocation: 'allocation rate',
    promotion: 'promotion rate',
    trend: 'heap in use after collections',
    left: 'heap in use after the last one',
  },
  ofHeap: (percent) => `${percent} % of the heap`,
};

/** What the chart of a GC log says. */
export const GC_CHART = {
  event: ({ name, durationMs, before, after, capacity }: Pick<GcEvent, 'name' | 'durationMs' | 'before' | 'after' | 'capacity'>): string =>
    [
      name,
      ...(durationMs === null ? [] : [formatDuration(durationMs)]),
      ...(before === null || after === null ? [] : [`heap ${size(before)} → ${size(after)}${capacity === null ? '' : ` of ${size(capacity)}`}`]),
    ].join(', '),
  restarts: (count: number): string => `The JVM started ${plural(count, 'more time')}: its times go on where the last one ended.`,
  left: (count: number): string =>
    `${plural(count, 'event is', 'events are')} not drawn; the longest pause and the fullest heap of each stretch are.`,
};
