import type { Checkpoint } from '../core/checkpoint.ts';
import { PADDING } from '../core/gc/bytes.ts';
import type { GcLog } from '../core/gc/model.ts';
import { GcReader } from '../core/gc/reader.ts';
import { holdsGc } from '../core/kinds/flinkLog.ts';
import { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import type { Wrapper } from '../core/unwrap/lines/prefixes.ts';
import type { Opener } from './byteFile.ts';

const BLOCK = 1 << 18;
/** A line that is longer than this is cut. */
const MAX_LINE_LENGTH = 1 << 20;
/** Stretches of a large log that are looked at for lines of a collector, evenly spread, and the length of each. */
const LOOKS = 16;
const LOOK = 1 << 20;

/** Reads a GC log in one pass and bounded memory. Spans count bytes of the file. */
export async function readGcFile(open: Opener, wrapper: Wrapper | null, checkpoint: Checkpoint): Promise<{ log: GcLog; index: SparseIndex }> {
  const reader = new GcReader(wrapper);
  const index = new SparseIndex();
  const file = await open();
  const buffer = Buffer.alloc(MAX_LINE_LENGTH + BLOCK + PADDING);
  try {
    let held = 0;
    for (let base = 0; ; ) {
      const bytesRead = await file.read(buffer.subarray(held, held + BLOCK), base + held);
      const end = held + bytesRead;
      if (end === 0) break;
      const newline = buffer.lastIndexOf(10, end - 1);
      const whole = bytesRead === 0 || (newline === -1 && end > MAX_LINE_LENGTH) ? end : newline + 1;
      index.add(base, reader.lines);
      reader.read(buffer, whole, base);
      buffer.copyWithin(0, whole, end);
      held = end - whole;
      base += whole;
      if (bytesRead === 0) break;
      if (checkpoint.due()) await checkpoint.pause();
    }
  } finally {
    file.close();
  }
  return { log: reader.finish(), index };
}

/** Lines of a collector in a large log of another kind: where it writes into the log it does so all along, a few looks find it. */
export async function looksLikeGc(open: Opener): Promise<boolean> {
  const file = await open();
  try {
    const buffer = Buffer.allocUnsafe(LOOK);
    for (let look = 0; look < LOOKS; look++) {
      const at = Math.floor((Math.max(0, file.size - LOOK) * look) / (LOOKS - 1));
      const bytesRead = await file.read(buffer, at);
      if (holdsGc(buffer.toString('latin1', 0, bytesRead))) return true;
    }
    return false;
  } finally {
    file.close();
  }
}
