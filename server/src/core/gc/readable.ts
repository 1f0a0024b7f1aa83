import type { Reading } from '../unwrap/packing.ts';

/** Lines that begin as the JVM begins them. */
const HEAD =
  /^(?:\[[^\]]*\]){1,12} (?:GC\(|Using |Initializing |Version: |Heap |Safepoint "|Total time |Allocation Stall )|^GC\(\d+\) |^Using |^(?:\d{4}-\d\d-\d\dT[\d:.,]+[+-]\d{4}: )?(?:\d+[.,]\d{3}: )?(?:#\d+: )?(?:\[(?:GC|Full GC|Pause )|(?<=: )(?:Application time|Total time))/;
const MAX = 2000;
const MAX_BEGINNING_LENGTH = 1000;

/** Lines of a collector that begin as the JVM begins them. */
function readable(sample: string): number {
  // A line feed alone begins a line for the reader.
  let found = 0;
  for (const line of sample.split('\n')) {
    if (HEAD.test(line.slice(0, MAX_BEGINNING_LENGTH))) found++;
    if (found === MAX) break;
  }
  return found;
}

export const gcReading: Reading = { readable, except: ['json-document', 'hard-wrapped', 'one-line', 'joined', 'reversed', 'fence'] };
