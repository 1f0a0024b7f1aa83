import type { GcAnalysis, GcEvent } from '../../gc/model.ts';
import { type Draft, finding, type Rule } from '../../model.ts';
import { GC_DETAILS, GC_MESSAGES, GC_NOTES } from './words.ts';

/** Heartbeats of Flink time out after heartbeat.timeout, 50 s by default; a tenth of it is already felt. */
const LONG_MS = 5000;
const HEARTBEAT_MS = 50_000;
const MAX_NAMES = 20;
const MAX_RELATED = 10;

export const longPauses: Rule<GcAnalysis> = {
  id: 'long-gc-pause',
  title: 'A long pause of the collector',
  severity: 'warning',
  docs: `A pause of more than 5 s. Every thread of the JVM stands still, heartbeats too: with the default \`heartbeat.timeout\` of 50 s, a longer pause makes the JobManager give up the TaskManager.

When the pause is much longer than its CPU time, the machine swapped or was short of CPU; otherwise the heap is too large for this collector, or too full.`,
  check: ({ log }) => {
    const findings = byName(log.events.filter(isLong)).map(told);
    if (log.unfinished === null) return findings;
    return [
      ...findings,
      finding(longPauses, {
        certainty: 'unknown',
        // Whoever copies a log that is being written, or its beginning, may cut it in a pause of a few milliseconds.
        severity: log.unfinished.full ? longPauses.severity : 'info',
        variant: 'unfinished',
        facts: { pause: log.unfinished.name },
        message: GC_MESSAGES['long-gc-pause.unfinished']({ pause: log.unfinished.name }),
        details: [GC_DETAILS.unfinished({})],
        span: log.unfinished.span,
        missing: [GC_NOTES['how-long']({})],
      }),
    ];
  },
};

type LongPause = GcEvent & { durationMs: number };

const isLong = (event: GcEvent): event is LongPause =>
  (event.kind === 'pause' || event.kind === 'safepoint') && event.durationMs !== null && event.durationMs >= LONG_MS;

/** Pauses of one name are one thing to say; longest first, at most so many names. */
function byName(pauses: readonly LongPause[]): LongPause[][] {
  const groups = new Map<string, LongPause[]>();
  for (const pause of pauses) {
    const same = groups.get(pause.name);
    if (same !== undefined) same.push(pause);
    else if (groups.size < MAX_NAMES) groups.set(pause.name, [pause]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => b.durationMs - a.durationMs));
}

function told(group: readonly LongPause[]): Draft {
  const longest = group[0] as LongPause;
  const { name, kind, durationMs: ms, span } = longest;
  const facts = { pause: name, kind, count: group.length, ms, shortestMs: group.at(-1)?.durationMs ?? ms };
  const others = group.slice(1, 1 + MAX_RELATED);
  const left = group.length - 1 - others.length;
  return finding(longPauses, {
    certainty: 'proved',
    facts,
    message: GC_MESSAGES['long-gc-pause'](facts),
    details: [
      ...(kind === 'pause' ? [] : [GC_DETAILS['not-a-collection']({})]),
      ...(ms >= HEARTBEAT_MS ? [GC_DETAILS['over-heartbeat']({ heartbeatMs: HEARTBEAT_MS })] : []),
      ...(left > 0 ? [GC_DETAILS['more-pauses']({ count: left })] : []),
    ],
    span,
    related: others.map((pause) => ({ message: GC_NOTES['pause-took']({ ms: pause.durationMs }), span: pause.span })),
  });
}
