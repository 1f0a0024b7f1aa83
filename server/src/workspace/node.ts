import { availableParallelism } from 'node:os';
import type { Opener } from '../io/byteFile.ts';
import { isUtf16 } from '../io/decode.ts';
import { bufferTexts, readHead } from '../io/nodeFile.ts';
import { isPacked } from '../io/packed.ts';
import { PagedFile } from '../io/pagedFile.ts';
import { nodeHeap } from './heap.ts';
import type { Platform } from './platform.ts';

/** Loaded with the first large file. */
const largeLog = () => import('../io/largeLog.ts');

const CORES = availableParallelism();
/** Each thread may hold a large text and what is made of it: more of them would need too much memory. */
const WIDTH = Math.min(CORES, 4);

/**
 * Each thread loads and compiles what one thread alone would once, and the engine compiles and collects on a second core
 * anyway: on two cores threads gain time from here on (npm run bench -- --only incident). In bytes.
 */
const WORTH_TWO = 160 * 1024 * 1024;
/** On more cores. */
const WORTH_MORE = 32 * 1024 * 1024;
/**
 * Blocks of one log are read for 1.6 times the computing of one pass, and joined by one thread: two cores gain nothing by it
 * (npm run bench -- --only "streamed log"). In bytes.
 */
const BLOCKS_WORTH = CORES === 2 ? Infinity : 256 * 1024 * 1024;

export const nodePlatform: Platform = {
  foldsCase: process.platform === 'darwin' || process.platform === 'win32',
  names: process.platform === 'darwin' ? 'unicode' : 'exact',
  yield: () => new Promise((resolve) => setImmediate(resolve)),
  now: () => performance.now(),
  texts: (name, bytes) => bufferTexts(name, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
  streams: {
    headOf: async (...asked) => (await largeLog()).headOf(...asked),
    streamFile: async (...asked) => (await largeLog()).streamFile(...asked),
    streamedFile: async (...asked) => (await largeLog()).streamedFile(...asked),
    positionsIn: async (...asked) => (await import('../io/logFile.ts')).positionsIn(...asked),
    paged: async (open) => ((await isPlain(open)) ? new PagedFile(open) : null),
  },
  heap: nodeHeap,
  readers:
    CORES < 2
      ? null
      : {
          worth: CORES === 2 ? WORTH_TWO : WORTH_MORE,
          worthBlocks: BLOCKS_WORTH,
          width: WIDTH,
          start: async () => (await import('./pool.ts')).poolOfReaders(WIDTH),
        },
};

/** Bytes of the file are those of its text: neither compressed nor UTF-16. */
async function isPlain(open: Opener): Promise<boolean> {
  const head = await readHead(open, 512);
  return !isPacked(head) && !isUtf16(head);
}
