import type { GcAnalysis, GcEvent, TroubleKind } from '../../gc/model.ts';
import { type Draft, finding, type Rule } from '../../model.ts';
import { GC_DETAILS, GC_MESSAGES, GC_NOTES } from './words.ts';

/** A heap that is this full after a full collection has no room to work in. */
const FULL = 0.9;
/** An old generation that is this full, of which a full collection frees no more than … */
const OLD_FULL = 0.97;
/** … this share. Its size stays the same: a JVM that may make it larger does so after such a collection. */
const FREED = 0.02;
const LAST = 3;
/** Collections of the whole heap while threads run on, or that had to stop them: what they leave holds what was allocated meanwhile. */
const WHOLE = /^(?:Garbage Collection|Major Collection|Pause Degenerated)\b/;
/** Threads stood still since there was no memory to give them. */
const WAITED: ReadonlySet<TroubleKind> = new Set<TroubleKind>(['allocation-stall', 'degenerated']);

export const heapFull: Rule<GcAnalysis> = {
  id: 'heap-full',
  title: 'The heap is full even after full collections',
  severity: 'error',
  docs: `The last full collections left the heap more than 90 % full, or the old generation more than 97 % full and freed next to nothing of it; or, with ZGC and Shenandoah, threads waited for memory and the last collections of the whole heap left it that full. What is in it is in use, and the JVM spends its time collecting without gaining room. An OutOfMemoryError follows, or has followed.

Raise \`taskmanager.memory.task.heap.size\` (or \`taskmanager.memory.process.size\`), or find what holds the memory: a heap dump (\`jmap -dump:live\`) shows it. State that grows belongs into RocksDB.`,
  check(analysis) {
    const { events, troubles } = analysis.log;
    const full = events.filter((event) => event.full);
    const stalled = troubles.some(({ kind }) => WAITED.has(kind));
    return (
      ofHeap(full, analysis) ??
      ofOldGeneration(full, analysis) ??
      (stalled
        ? ofHeap(
            events.filter(({ name }) => WHOLE.test(name)),
            analysis,
          )
        : null) ??
      []
    );
  },
};

interface Filled {
  event: GcEvent;
  used: number;
  capacity: number;
}

function ofHeap(events: readonly GcEvent[], analysis: GcAnalysis): Draft[] | null {
  const last = events
    .flatMap((event): Filled[] =>
      event.after !== null && event.capacity !== null && event.capacity > 0 ? [{ event, used: event.after, capacity: event.capacity }] : [],
    )
    .slice(-LAST);
  const end = last.at(-1);
  if (end === undefined || last.length < LAST || !last.every(({ used, capacity }) => used / capacity > FULL)) return null;
  const facts = { collections: LAST, usedKib: end.used, capacityKib: end.capacity, full: analysis.statistics.fullGcs };
  return [
    finding(heapFull, {
      certainty: end.event.full ? 'proved' : 'suspected',
      message: GC_MESSAGES['heap-full'](facts),
      facts,
      span: end.event.span,
      ...beside(last, analysis),
    }),
  ];
}

function ofOldGeneration(events: readonly GcEvent[], analysis: GcAnalysis): Draft[] | null {
  const last = events
    .flatMap((event) =>
      event.old === null ? [] : [{ event, used: event.old.after, capacity: event.old.capacity, freed: event.old.before - event.old.after }],
    )
    .slice(-LAST);
  const end = last.at(-1);
  if (end === undefined || last.length < LAST) return null;
  const stays = last.every(({ used, capacity, freed }) => capacity === end.capacity && used / capacity > OLD_FULL && freed / capacity < FREED);
  if (!stays) return null;
  const facts = {
    collections: LAST,
    usedKib: end.used,
    capacityKib: end.capacity,
    freedKib: last.reduce((sum, { freed }) => sum + Math.max(0, freed), 0),
    full: analysis.statistics.fullGcs,
  };
  return [
    finding(heapFull, {
      certainty: 'proved',
      variant: 'old-generation',
      message: GC_MESSAGES['heap-full.old-generation'](facts),
      details: [GC_DETAILS['heap-full.old-generation'](facts)],
      facts,
      span: end.event.span,
      ...beside(last, analysis),
    }),
  ];
}

function beside(last: readonly Filled[], { statistics }: GcAnalysis): Pick<Draft, 'related' | 'evidence'> {
  const [from, to] = [timeOf(last[0]), timeOf(last.at(-1))];
  const took = last.reduce((sum, { event }) => sum + (event.durationMs ?? 0), 0);
  return {
    related: last.map(({ event, used, capacity }) => ({ message: GC_NOTES['in-use']({ share: used / capacity }), span: event.span })),
    evidence: [
      ...(statistics.fullGcs > 0 ? [GC_NOTES['full-collections']({ count: statistics.fullGcs })] : []),
      ...(from === null || to === null ? [] : [GC_NOTES['within-seconds']({ collections: last.length, seconds: (to - from) / 1000 })]),
      ...(took >= 1000 ? [GC_NOTES['pauses-of-these']({ collections: last.length, ms: took })] : []),
    ],
  };
}

function timeOf(filled: Filled | undefined): number | null {
  return filled === undefined ? null : (filled.event.uptime ?? filled.event.wall);
}
