import type { GcAnalysis, GcEvent } from '../../gc/model.ts';
import { size } from '../../gc/units.ts';
import { finding, type Rule } from '../../model.ts';

/** A heap that is this full after a full collection has no room to work in. */
const FULL = 0.9;
const LAST = 3;

export const heapFull: Rule<GcAnalysis> = {
  id: 'heap-full',
  title: 'The heap is full even after full collections',
  severity: 'error',
  docs: `The last full collections left the heap more than 90 % full: what is in it is in use, and the JVM spends its time collecting without gaining room. An OutOfMemoryError follows, or has followed.

Raise \`taskmanager.memory.task.heap.size\` (or \`taskmanager.memory.process.size\`), or find what holds the memory: a heap dump (\`jmap -dump:live\`) shows it. State that grows belongs into RocksDB.`,
  check({ log, statistics }) {
    const full = log.events.filter((event) => event.full && event.after !== null && event.capacity !== null && event.capacity > 0);
    const last = full.slice(-LAST);
    const first = last[0];
    if (first === undefined || last.length < LAST || !last.every(({ after, capacity }) => (after as number) / (capacity as number) > FULL)) return [];
    const end = last.at(-1) as (typeof full)[number];
    return [
      finding(heapFull, {
        certainty: 'proved',
        message: `The last ${LAST} full collections left ${size(end.after as number)} of ${size(end.capacity as number)} in use: the heap is full.`,
        facts: { collections: LAST, usedKib: end.after, capacityKib: end.capacity, full: statistics.fullGcs },
        span: end.span,
        related: last.map(({ span, after, capacity }) => ({
          message: `${Math.round(((after as number) / (capacity as number)) * 100)} % in use after this collection`,
          span,
        })),
        evidence: [
          `${statistics.fullGcs} full collections in all.`,
          ...(timeOf(first) === null || timeOf(end) === null
            ? []
            : [`The last ${LAST} of them within ${(((timeOf(end) as number) - (timeOf(first) as number)) / 1000).toFixed(1)} s.`]),
        ],
      }),
    ];
  },
};

function timeOf({ uptime, wall }: GcEvent): number | null {
  return uptime ?? wall;
}
