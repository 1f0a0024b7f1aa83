import { availableParallelism } from 'node:os';
import type { Opener } from '../io/byteFile.ts';
import { isPacked } from '../io/expand.ts';
import { headOf, streamedFile, streamFile } from '../io/largeLog.ts';
import { positionsIn } from '../io/logFile.ts';
import { bufferTexts, readHead } from '../io/nodeFile.ts';
import { PagedFile } from '../io/pagedFile.ts';
import type { Platform } from './platform.ts';

export const nodePlatform: Platform = {
  yield: () => new Promise((resolve) => setImmediate(resolve)),
  now: () => performance.now(),
  texts: (name, bytes) => bufferTexts(name, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
  streams: { headOf, streamFile, streamedFile, positionsIn, paged: async (open) => ((await isPlain(open)) ? new PagedFile(open) : null) },
  readers: availableParallelism() < 2 ? null : async () => (await import('./pool.ts')).poolOfReaders(),
};

/** Bytes of the file are those of its text: neither compressed nor UTF-16. */
async function isPlain(open: Opener): Promise<boolean> {
  const head = await readHead(open, 512);
  const mark = head.length < 2 ? 0 : head.readUInt16BE(0);
  return !isPacked(head) && mark !== 0xfffe && mark !== 0xfeff;
}
