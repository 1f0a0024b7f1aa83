import { open } from 'node:fs/promises';
import type { Settings } from '../../../common/settings.ts';
import type { LogAnalysis } from '../core/analysis/log/model.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import { PADDING } from '../core/gc/bytes.ts';
import { gcWrapperOf } from '../core/gc/detect.ts';
import type { GcAnalysis, GcLog } from '../core/gc/model.ts';
import { GcReader } from '../core/gc/reader.ts';
import { concludeLog } from '../core/kinds/concludeLog.ts';
import { holdsGc, THE_SAME } from '../core/kinds/flinkLog.ts';
import { concludeGc } from '../core/kinds/gcLog.ts';
import { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import { LINE_PREFIXES, type Wrapper } from '../core/unwrap/lines/prefixes.ts';

const BLOCK = 1 << 18;
/** A line that is longer than this is cut. */
const LONGEST_LINE = 1 << 20;
/** Stretches of a large log that are looked at for lines of a collector, evenly spread, and the length of each. */
const LOOKS = 16;
const LOOK = 1 << 20;

/** Reads a GC log from disk in one pass and bounded memory. Spans count bytes of the file. */
export async function streamGcFile(
  path: string,
  { uri, settings, head, checkpoint }: { uri: string; settings: Settings; head: string; checkpoint: Checkpoint },
): Promise<{ analysis: GcAnalysis; index: SparseIndex }> {
  const index = new SparseIndex();
  const log = await readGcFile(path, gcWrapperOf(head), checkpoint, index);
  return { analysis: concludeGc(log, settings, uri), index };
}

/** A large log that was streamed, joined with the lines of the collector that stand in it, if any do. */
export async function withGcLines(
  path: string,
  analysis: LogAnalysis,
  settings: Settings,
  uri: string,
  checkpoint: Checkpoint,
): Promise<LogAnalysis> {
  if (!(await looksLikeGc(path))) return analysis;
  const wrapper = LINE_PREFIXES.find(({ id }) => id === analysis.log.wrapper) ?? null;
  const gc = await readGcFile(path, wrapper, checkpoint);
  const joined = concludeLog(analysis.log, settings, { uri, files: analysis.files }, [{ gc, source: THE_SAME }]);
  const more = joined.problems.filter(({ message }) => analysis.problems.every((known) => known.message !== message));
  return { ...joined, problems: [...analysis.problems, ...more] };
}

async function readGcFile(path: string, wrapper: Wrapper | null, checkpoint: Checkpoint, index: SparseIndex | null = null): Promise<GcLog> {
  const reader = new GcReader(wrapper);
  const file = await open(path, 'r');
  const buffer = Buffer.alloc(LONGEST_LINE + BLOCK + PADDING);
  try {
    let held = 0;
    for (let base = 0; ; ) {
      const { bytesRead } = await file.read(buffer, held, BLOCK, null);
      const end = held + bytesRead;
      if (end === 0) break;
      const newline = buffer.lastIndexOf(10, end - 1);
      const whole = bytesRead === 0 || (newline === -1 && end > LONGEST_LINE) ? end : newline + 1;
      index?.add(base, reader.lines);
      reader.read(buffer, whole, base);
      buffer.copyWithin(0, whole, end);
      held = end - whole;
      base += whole;
      if (bytesRead === 0) break;
      if (checkpoint.due()) await checkpoint.pause();
    }
  } finally {
    await file.close();
  }
  return reader.finish();
}

/** Where a collector writes into the log it does so all along: a few looks find it. */
async function looksLikeGc(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(LOOK);
    for (let look = 0; look < LOOKS; look++) {
      const at = Math.floor((Math.max(0, size - LOOK) * look) / (LOOKS - 1));
      const { bytesRead } = await file.read(buffer, 0, LOOK, at);
      if (holdsGc(buffer.toString('latin1', 0, bytesRead))) return true;
    }
    return false;
  } finally {
    await file.close();
  }
}
