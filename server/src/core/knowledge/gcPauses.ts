/** What the collections of the JVM's logs mean for a reader. Source: HotSpot's gc logging, JDK 8 to 25. */

import type { TroubleKind } from '../gc/model.ts';
import { told } from './told.ts';

export interface GcKind {
  /** Against the name of an event: "Pause Young (Normal) (G1 Evacuation Pause)", "Full GC (Ergonomics)". */
  pattern: RegExp;
  meaning: string;
  samples: string[];
  nearMisses: string[];
}

const kind = (pattern: RegExp, meaning: string, samples: string[], nearMisses: string[]): GcKind => ({ pattern, meaning, samples, nearMisses });

export const GC_KINDS: readonly GcKind[] = told([
  kind(
    /System\.gc\(\)|\(System\)/,
    'Somebody called System.gc(). With most collectors that is a full collection; direct buffers that run out are a usual caller.',
    ['Pause Full (System.gc())', 'Full GC (System)'],
    ['Pause Full (Ergonomics)'],
  ),
  kind(
    /Metadata GC Threshold|Metadata GC Clear/,
    'Class metadata reached its threshold. Many of them: classes are loaded again and again, or a class loader leaks (job restarts in a session cluster).',
    ['Pause Full (Metadata GC Threshold)'],
    ['Pause Full (Ergonomics)'],
  ),
  kind(
    /CodeCache GC (?:Threshold|Aggressive)/,
    'The cache of compiled code reached its threshold: classes are unloaded to free what they were compiled to.',
    ['Pause Young (Concurrent Start) (CodeCache GC Threshold)'],
    ['Pause Young (Concurrent Start) (G1 Evacuation Pause)'],
  ),
  kind(
    /Heap (?:Dump|Inspection) Initiated GC|Diagnostic Command/,
    'A tool asked for it: a heap dump or histogram of live objects (jmap, jcmd) collects everything first.',
    ['Pause Full (Heap Inspection Initiated GC)', 'Full GC (Heap Dump Initiated GC)'],
    ['Pause Full (Ergonomics)'],
  ),
  kind(
    /Evacuation Failure: Allocation|to-space (?:exhausted|overflow)/,
    'There was no room to copy the survivors to. G1 keeps them where they are and repairs that afterwards, which is slow; a full collection often follows.',
    ['Pause Young (Normal) (G1 Evacuation Pause) (Evacuation Failure: Allocation)', 'GC pause (young) (to-space exhausted)'],
    ['Pause Young (Normal) (G1 Evacuation Pause) (Evacuation Failure: Pinned)'],
  ),
  kind(
    /^(?:Pause Full|Full GC)/,
    'The whole heap is collected while every thread stands still. Heartbeats stand still too.',
    ['Pause Full (Ergonomics)', 'Full GC'],
    ['Pause Young (Normal)'],
  ),
  kind(
    /GCLocker/,
    'A collection that had to wait until native code released an array.',
    ['Pause Young (GCLocker Initiated GC)'],
    ['Pause Young (Allocation Failure)'],
  ),
  kind(
    /Humongous/,
    'An object of more than half a G1 region was allocated; those are placed apart and cost more. Larger regions (-XX:G1HeapRegionSize) help.',
    ['Pause Young (Concurrent Start) (G1 Humongous Allocation)'],
    ['Pause Young (Normal)'],
  ),
  kind(
    /Pause Degenerated/,
    'A concurrent collection ran out of memory on its way and went on as a pause.',
    ['Pause Degenerated GC (Mark)'],
    ['Pause Final Mark'],
  ),
  kind(
    /^Allocation Stall/,
    'A thread had to wait until the collector had freed memory: the collector does not keep up with the allocation.',
    ['Allocation Stall (main)'],
    ['Allocation'],
  ),
  kind(
    /^Relocation Stall/,
    'A thread needed an object that ZGC was about to move, and had no room to move it to: it waited until the collector had.',
    ['Relocation Stall (main)'],
    ['Allocation Stall (main)'],
  ),
  kind(
    /^Safepoint/,
    'All threads stood still, but not for a collection: a thread dump, a heap dump, code that was made invalid, or a thread that took long to stop.',
    ['Safepoint', 'Safepoint "ThreadDump"'],
    ['Pause Full (Ergonomics)'],
  ),
  kind(
    /^Concurrent cleanup/,
    'Shenandoah gives back the regions that a collection has emptied, while the program runs.',
    ['Concurrent cleanup'],
    ['Concurrent reset'],
  ),
  kind(/^GC--/, 'A promotion failed: the old generation had no room for the survivors. A full collection follows.', ['GC--'], ['GC']),
  kind(
    /Initial Mark|Concurrent Start|initial-mark/,
    'A young collection that starts the marking of the old generation.',
    ['Pause Young (Concurrent Start) (G1 Evacuation Pause)', 'Pause Initial Mark'],
    ['Pause Remark'],
  ),
  kind(
    /Remark|Final Mark/,
    'Ends the concurrent marking; references and class unloading are handled here.',
    ['Pause Remark', 'Pause Final Mark (unload classes)'],
    ['Pause Cleanup'],
  ),
  kind(/Cleanup/, 'Frees regions that the marking found empty.', ['Pause Cleanup'], ['Pause Remark']),
  kind(
    /\(Mixed\)|\(mixed\)/,
    'G1 collects the young generation and some of the old regions with the most garbage.',
    ['Pause Young (Mixed) (G1 Evacuation Pause)'],
    ['Pause Young (Normal)'],
  ),
  kind(
    /^(?:Pause Young|GC pause|GC \((?!CMS)|GC$)/,
    'A young collection: short while few objects survive.',
    ['Pause Young (Normal) (G1 Evacuation Pause)', 'GC (Allocation Failure)', 'GC pause (G1 Evacuation Pause)'],
    ['Garbage Collection (Warmup)'],
  ),
  kind(
    /^Garbage Collection|^(?:Major|Minor) Collection/,
    'A whole concurrent cycle of ZGC; threads stand still only for its short pauses.',
    ['Garbage Collection (Warmup)'],
    ['Pause Young (Normal)'],
  ),
  kind(
    /^Pause (?:Mark|Relocate|Init|Final|Verify|Update)/,
    'A short pause of a concurrent collector.',
    ['Pause Mark Start', 'Pause Init Update Refs'],
    ['Concurrent Mark'],
  ),
]);

export function gcKindOf(name: string): GcKind | undefined {
  return GC_KINDS.find(({ pattern }) => pattern.test(name));
}

/** What the signs of trouble say, to go on with how often; and what that means. */
export const TROUBLE_WORDS: Record<TroubleKind, { happened: string; means: string }> = told({
  'to-space-exhausted': {
    happened: 'G1 ran out of to-space',
    means: 'G1 had no room to copy survivors to: the pause takes longer, and a full collection may follow.',
  },
  'concurrent-mode-failure': {
    happened: 'The concurrent collection did not finish in time',
    means: 'The old generation was full before the concurrent collection was done: it is collected with all threads stopped.',
  },
  'promotion-failed': {
    happened: 'The old generation had no room for survivors',
    means: 'What survived in the young generation found no room in the old one (promotion failed): a full collection follows.',
  },
  'allocation-stall': {
    happened: 'Threads waited for memory (allocation stall)',
    means: 'Threads allocate faster than the collector frees memory, and wait for it.',
  },
  degenerated: {
    happened: 'A concurrent collection went on as a pause (degenerated)',
    means: 'Threads allocate faster than the collector frees memory: it goes on with all threads stopped.',
  },
  'out-of-memory': { happened: 'The heap was exhausted', means: 'There was no room for a new object, even after a full collection.' },
});
