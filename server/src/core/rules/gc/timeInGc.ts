import type { GcAnalysis } from '../../gc/model.ts';
import { finding, type Rule } from '../../model.ts';
import { GC_DETAILS, GC_MESSAGES } from './words.ts';

/** Above this share the application feels it; the JVM itself gives up at 98 %. */
const MUCH = 0.15;
const ENOUGH_PAUSES = 10;
/** Fewer pauses tell as much when most of the time goes into them. */
const HALF_OF_THE_TIME = 0.5;
const FEW_PAUSES = 3;
/** The start of a JVM says nothing about its life, unless it collects the whole heap again and again. */
const ENOUGH_MS = 5_000;
const ENOUGH_FULL = 20;

export const timeInGc: Rule<GcAnalysis> = {
  id: 'much-time-in-gc',
  title: 'Much of the time goes into garbage collection',
  severity: 'warning',
  docs: `More than 15 % of the time that the log covers was spent in pauses of the collector. Tasks stand still meanwhile, heartbeats may be late, and throughput is lost.

A larger heap, fewer objects per record (object reuse, no Kryo), or state in RocksDB help. The figures in the report say whether it is the allocation rate or a heap that stays full.`,
  check({ log, statistics }) {
    const { pauseShare, pauses, fullGcs, spanMs, totalPauseMs } = statistics;
    const longest = log.events.reduce<(typeof log.events)[number] | null>(
      (best, event) => (event.kind === 'pause' && (event.durationMs ?? 0) > (best?.durationMs ?? 0) ? event : best),
      null,
    );
    if (pauseShare === null || spanMs === null || pauseShare < MUCH || longest === null) return [];
    if (pauses < (pauseShare >= HALF_OF_THE_TIME ? FEW_PAUSES : ENOUGH_PAUSES) || (spanMs < ENOUGH_MS && fullGcs < ENOUGH_FULL)) return [];
    const facts = { share: pauseShare, spanMs, pauses, totalPauseMs, longestMs: longest.durationMs as number };
    return [
      finding(timeInGc, {
        certainty: 'proved',
        message: GC_MESSAGES['much-time-in-gc'](facts),
        details: [GC_DETAILS['much-time-in-gc'](facts)],
        facts,
        span: longest.span,
      }),
    ];
  },
};
