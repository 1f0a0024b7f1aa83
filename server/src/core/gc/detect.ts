import { unwrap } from '../unwrap/index.ts';
import { LINE_PREFIXES, peel, type Wrapper } from '../unwrap/lines/prefixes.ts';
import { atOnce } from '../unwrap/steps.ts';
import { gcReading } from './readable.ts';

const UNIFIED =
  /^(?:\[[^\]]+\](?:\[[^\]]*\]){0,11} )?(?:GC\(\d+\) |Using (?:G1|Parallel|Serial|Concurrent Mark Sweep|Shenandoah|Epsilon|The Z)$|Using The Z Garbage|Initializing The Z)|^\[[^\]]+\](?:\[[^\]]*\]){0,11} (?:Using |Allocation Stall \(|Safepoint "|Total time for which application threads)|\] GC\(\d+\) (?:Pause|Concurrent|Garbage|Minor|Major) /;
const PRE_UNIFIED =
  /^[^[\]]{0,80}\[(?:GC|Full GC)(?:[ (\d.:[-]|$)|^(?:[\dT:.+-]+: )?\d+[.,]\d{3}: (?:Application time: |Total time for which application threads)|^\d+[.,]\d{3}: \[Pause (?:Init|Final|Full|Degenerated)/;
const SAFEPOINTS = /^[\dT:.,+-]+: (?:Application time: \d|Total time for which application threads)|^\d{4}-\d\d-\d\dT[\d,:.]*: Application time:/;
/** Anything of a collector; where it is missing, wrappers need not be tried. */
const TRACE = /GC\(\d|\[(?:Full )?GC|\[gc|Using (?:G1|Parallel|Serial|Shenandoah|The Z)/;
/** Lines of an application's log; the collector's may stand between them. */
const RECORD = /^.{0,80}?\d\d:\d\d:\d\d(?:[.,]\d{3})?\S{0,6}\s{1,8}(?:\[[^\]]{0,200}\]\s{1,8})?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\s/;
const SAMPLE_LINES = 400;
/** The beginning of a line tells whether it is a collector's. */
const MAX_BEGINNING_LENGTH = 1000;
const FEW = 3;

/** How much a sample looks like a garbage-collection log: 0 not at all, 1 certain. */
export function detectGcLog(sample: string): number {
  const bare = score(sample);
  if (bare >= 0.85 || !TRACE.test(sample)) return bare;
  const { source, packings } = atOnce(unwrap(sample, gcReading));
  return packings.length === 0 ? bare : Math.max(bare, score(source.text));
}

function score(sample: string): number {
  const beginnings = sample.split('\n').map((line) => line.slice(0, MAX_BEGINNING_LENGTH));
  const lines = Math.max(1, Math.min(beginnings.length - 1, SAMPLE_LINES));
  const found = count(beginnings, UNIFIED, 200) + count(beginnings, PRE_UNIFIED, 200);
  if (found === 0) return count(beginnings, SAFEPOINTS, 1) > 0 ? 0.6 : 0;
  // A log of Flink with the collector's lines in it is read as a log, the collector's lines beside it.
  if (count(beginnings, RECORD, FEW) >= FEW) return 0.3;
  // G1 before Java 9 prints dozens of detail lines for each collection.
  if (found / lines > 0.3) return 0.98;
  return found / lines > 0.01 ? 0.85 : 0.4;
}

/** What stands before the lines of a collector in a file that is read by bytes; null when they stand bare. */
export function gcWrapperOf(sample: string): Wrapper | null {
  const lines = linesOf(sample);
  let best: Wrapper | null = null;
  let most = gcReading.readable(lines.join('\n'));
  for (const wrapper of LINE_PREFIXES) {
    const found = gcReading.readable(peeled(wrapper, lines).join('\n'));
    if (found <= most) continue;
    most = found;
    best = wrapper;
  }
  return best;
}

function peeled(wrapper: Wrapper, lines: readonly string[]): string[] {
  return lines.flatMap((line) => peel(wrapper, line)?.text ?? []);
}

function linesOf(sample: string): string[] {
  return sample.split('\n', SAMPLE_LINES).map((line) => line.slice(0, 2000).replace(/\r$/, ''));
}

function count(lines: readonly string[], pattern: RegExp, limit: number): number {
  let found = 0;
  for (const line of lines) {
    if (pattern.test(line)) found++;
    if (found === limit) break;
  }
  return found;
}
