import { isAscii } from 'node:buffer';
import type { Checkpoint } from '../core/checkpoint.ts';
import type { ByteAccess } from '../core/log/streaming/chunkReader.ts';
import type { LogStream } from '../core/log/streaming/stream.ts';
import type { Opener, Stretch } from './byteFile.ts';

/** Bytes by way of Node's Buffer, whose search and decoding are native. */
export const NODE_BYTES: ByteAccess = {
  view: (buffer) => Buffer.from(buffer),
  latin1: (bytes, start, end) => (bytes as Buffer).toString('latin1', start, end),
  utf8: (bytes, start, end) => (bytes as Buffer).toString('utf8', start, end),
  isAscii: (bytes) => isAscii(bytes),
};

/** Hands the bytes of a file, or of a stretch of it, to a stream, which is still to be ended. */
export async function feed(
  open: Opener,
  stream: LogStream,
  checkpoint: Checkpoint,
  { from, to }: Stretch = { from: 0, to: Infinity },
): Promise<void> {
  const file = await open();
  try {
    for (let at = from; at < to; ) {
      const room = stream.reserve();
      const read = file.read(at + room.length > to ? room.subarray(0, to - at) : room, at);
      const size = typeof read === 'number' ? read : await read;
      if (size === 0) return;
      stream.commit(size);
      at += size;
      if (checkpoint.due()) await checkpoint.pause();
    }
  } finally {
    file.close();
  }
}
