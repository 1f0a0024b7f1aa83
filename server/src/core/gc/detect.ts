const UNIFIED =
  /^\[[^\]\n]+\](?:\[[^\]\n]*\]){0,6} (?:GC\(\d+\) |Using (?:G1|Parallel|Serial|Concurrent Mark Sweep|Shenandoah|Epsilon|The Z)|Initializing The Z|Allocation Stall \()/gm;
const PRE_UNIFIED =
  /^[^\n\]]{0,60}?\[(?:GC|Full GC)[ (\d.:-]|^(?:[\dT:.+-]+: )?\d+[.,]\d{3}: (?:Application time: |Total time for which application threads)/gm;
const SAFEPOINTS = /^[\dT:.,+-]+: (?:Application time: \d|Total time for which application threads)/m;

/** How much a sample looks like a garbage-collection log: 0 not at all, 1 certain. */
export function detectGcLog(sample: string): number {
  const lines = Math.max(1, count(sample, /\n/g, 400));
  const found = count(sample, UNIFIED, 200) + count(sample, PRE_UNIFIED, 200);
  if (found === 0) return SAFEPOINTS.test(sample) || /^\d{4}-\d\d-\d\dT[\d,:.]*: Application time:/m.test(sample) ? 0.6 : 0;
  // G1 before Java 9 prints dozens of detail lines for each collection; a log of another kind has a few GC lines at most.
  if (found / lines > 0.3) return 0.98;
  return found / lines > 0.01 ? 0.85 : 0.4;
}

function count(text: string, pattern: RegExp, limit: number): number {
  let found = 0;
  pattern.lastIndex = 0;
  while (found < limit && pattern.exec(text) !== null) found++;
  pattern.lastIndex = 0;
  return found;
}
