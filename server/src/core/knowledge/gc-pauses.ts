/** What the collections of the JVM's logs mean for a reader. Source: HotSpot's gc logging, JDK 8 to 25. */

export interface GcKind {
  /** Against the name of an event: "Pause Young (Normal) (G1 Evacuation Pause)", "Full GC (Ergonomics)". */
  pattern: RegExp;
  meaning: string;
  samples: string[];
  nearMisses: string[];
}

const kind = (pattern: RegExp, meaning: string, samples: string[], nearMisses: string[]): GcKind => ({ pattern, meaning, samples, nearMisses });

export const GC_KINDS: readonly GcKind[] = [
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
    /^(?:Pause Young|GC pause|GC \(|GC$)/,
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
    /^Pause (?:Mark|Relocate|Init|Final|Verify)/,
    'A short pause of a concurrent collector.',
    ['Pause Mark Start', 'Pause Init Update Refs'],
    ['Concurrent Mark'],
  ),
];

export function gcKindOf(name: string): GcKind | undefined {
  return GC_KINDS.find(({ pattern }) => pattern.test(name));
}
