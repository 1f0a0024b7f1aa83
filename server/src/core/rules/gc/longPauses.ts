import type { GcAnalysis } from '../../gc/model.ts';
import { finding, type Rule } from '../../model.ts';

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
  check: ({ log }) =>
    log.events
      .filter(({ kind, durationMs }) => kind === 'pause' && durationMs !== null && durationMs >= LONG_MS)
      .slice(0, MOST)
      .map(({ name, durationMs, span }) =>
        finding(longPauses, {
          certainty: 'proved',
          message: `${name} took ${((durationMs as number) / 1000).toFixed(1)} s${(durationMs as number) >= HEARTBEAT_MS ? ', longer than the default heartbeat timeout of Flink (50 s)' : ''}.`,
          span,
        }),
      ),
};
