import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Heap } from './platform.ts';

/** From so many characters on a text and what is made of it are much of the memory. */
const LARGE_TEXT = 1_000_000;
/** From so many bytes on they are worth a collection, which takes some ten milliseconds. */
const MANY_BYTES = 16 * 1024 * 1024;
/** Nobody waits for a hover any more, as far as that can be told. In ms. */
const QUIET = 1000;
/** By so much of what is alive the heap grows before it is cleaned again. In percent; 0 leaves it to V8, which lets it grow to several times of that. */
const TIGHT = 5;
const LOOSE = 0;

let next: NodeJS.Timeout | undefined;
/** A large document was read. */
let large = false;

function grow(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}

/**
 * A document that a person types in is read anew again and again, and each reading leaves its last model behind. With V8's own
 * measure that came to 2.9 times the memory that was held when the document was opened (`tsx test/bench/edits.ts`). A first
 * reading keeps that measure: cleaning up while everything is still being made costs it a sixth of its time.
 */
export const nodeHeap: Heap = {
  reads: () => grow(LOOSE),
  hasRead: (size) => {
    if (large) grow(TIGHT);
    if (size < LARGE_TEXT) return;
    large = true;
    clearTimeout(next);
    next = setTimeout(() => {
      grow(TIGHT);
      collect();
    }, QUIET).unref();
  },
  // They do not lie on the heap: until it has grown by as much as is alive on it, nothing would have them freed.
  hasDecoded: (bytes) => {
    if (bytes >= MANY_BYTES) collect();
  },
};

let gc: (() => void) | undefined;

/** How far the heap may grow is reckoned anew at the end of a collection. */
function collect(): void {
  if (gc === undefined) {
    // It stays so: the flag is that of the process, and another thread may be about to ask for the same.
    setFlagsFromString('--expose-gc');
    gc = runInNewContext('gc') as () => void;
  }
  gc();
}
