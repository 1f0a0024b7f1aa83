import type { Checkpoint } from '../core/checkpoint.ts';
import { SAMPLE_BYTES } from '../core/log/streaming/beginning.ts';
import { BlockJoin, type LogBlock } from '../core/log/streaming/blocks.ts';
import { Cutter } from '../core/log/streaming/cutter.ts';
import { LogStream } from '../core/log/streaming/stream.ts';
import type { ByteFile, Opener, Stretch } from './byteFile.ts';
import { feed, NODE_BYTES } from './feed.ts';
import { readHead } from './nodeFile.ts';

const sampleOf = async (open: Opener): Promise<string> => (await readHead(open, SAMPLE_BYTES)).toString('utf8');

/** Blocks of about that size in which a log can be read; one where it is not so large, or not to be cut. Rejects with the system's error. */
export async function blocksOf(open: Opener, size: number): Promise<Stretch[]> {
  const file = await open();
  try {
    const cutter = file.size <= size ? null : Cutter.of(NODE_BYTES, await sampleOf(open));
    const cuts = [0];
    for (let at = size; cutter !== null && at < file.size; at = (cuts.at(-1) as number) + size) {
      const cut = await cutBehind(file, at, cutter);
      if (cut === null) break;
      cuts.push(cut);
    }
    return cuts.map((from, index) => ({ from, to: cuts[index + 1] ?? file.size }));
  } finally {
    file.close();
  }
}

/** Where a record begins behind an offset of the file; null: nowhere up to its end. */
async function cutBehind(file: ByteFile, offset: number, cutter: Cutter): Promise<number | null> {
  const buffer = Buffer.allocUnsafe(cutter.width);
  for (let at = offset; ; ) {
    const bytes = buffer.subarray(0, await file.read(buffer, at));
    const cut = cutter.cut(bytes);
    if (cut !== -1) return at + cut;
    if (bytes.length < buffer.length) return null;
    // The line that is not whole comes again, behind its line feed.
    const last = bytes.lastIndexOf('\n');
    at += last > 0 ? last : bytes.length;
  }
}

/** Reads one block for itself. Rejects with the system's error, with Cancelled when nobody waits any more. */
export async function readBlock(open: Opener, stretch: Stretch, checkpoint: Checkpoint): Promise<LogBlock> {
  const stream = new LogStream(NODE_BYTES, { sample: await sampleOf(open) });
  await feed(open, stream, checkpoint, stretch);
  return stream.block();
}

/** Puts together what was read of the blocks of a log, in their order. */
export async function joinBlocks(blocks: AsyncIterable<LogBlock>): Promise<BlockJoin> {
  const join = new BlockJoin();
  for await (const block of blocks) join.add(block);
  return join;
}
