import type { Reading } from '../unwrap/packing.ts';

/** Lines that begin as the JVM begins them. */
const HEAD =
  /^(?:\[[^\]\n]*\]){1,12} (?:GC\(|Using |Initializing |Version: |Heap |Safepoint "|Total time |Allocation Stall )|^GC\(\d+\) |^Using |^(?:\d{4}-\d\d-\d\dT[\d:.,]+[+-]\d{4}: )?(?:\d+[.,]\d{3}: )?(?:#\d+: )?(?:\[(?:GC|Full GC|Pause )|(?<=: )(?:Application time|Total time))/gm;
const MOST = 2000;

/** Lines of a collector that begin as the JVM begins them. */
function readable(sample: string): number {
  // A carriage return alone begins no line for the reader.
  const lines = sample.replaceAll('\r', ' ');
  let found = 0;
  HEAD.lastIndex = 0;
  while (found < MOST && HEAD.exec(lines) !== null) found++;
  return found;
}

export const gcReading: Reading = { readable, except: ['json-document', 'hard-wrapped', 'one-line', 'joined', 'reversed'] };
