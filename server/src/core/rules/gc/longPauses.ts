import type { GcAnalysis } from '../../gc/model.ts';
import { finding, type Rule } from '../../model.ts';
import { GC_MESSAGES, GC_NOTES } from './words.ts';

/** Heartbeats of Flink time out after heartbeat.timeout, 50 s by default; a tenth of it is already felt. */
const LONG_MS = 5000;
const HEARTBEAT_MS = 50_000;
const MOST = 20;

export const longPauses: Rule<GcAnalysis> = {
  id: 'long-gc-pause',
  title: 'A long pause of the collector',
  severity: 'warning',
  docs: `A pause of more than 5 s. Every thread of the JVM stands still, heartbeats too: with the default \`heartbeat.timeout\` of 50 s, a longer pause makes the JobManager give the TaskManager up.

When the pause is much longer than its CPU time, the machine swapped or was short of CPU; otherwise the heap is too large for this collector, or too full.`,
  check: ({ log }) => {
    const long = log.events.filter(
      ({ kind, durationMs }) => (kind === 'pause' || kind === 'safepoint') && durationMs !== null && durationMs >= LONG_MS,
    );
    const findings = long.slice(0, MOST).map(({ kind, name, durationMs, span }, index) => {
      const ms = durationMs as number;
      const more = index === MOST - 1 ? long.length - MOST : 0;
      return finding(longPauses, {
        certainty: 'proved',
        facts: { pause: name, kind, ms },
        message: GC_MESSAGES['long-gc-pause']({ pause: name, kind, ms, overHeartbeat: ms >= HEARTBEAT_MS, more }),
        span,
      });
    });
    if (log.unfinished === null) return findings;
    return [
      ...findings,
      finding(longPauses, {
        certainty: 'unknown',
        variant: 'unfinished',
        facts: { pause: log.unfinished.name },
        message: GC_MESSAGES['long-gc-pause.unfinished']({ pause: log.unfinished.name }),
        span: log.unfinished.span,
        missing: [GC_NOTES['how-long']({})],
      }),
    ];
  },
};
