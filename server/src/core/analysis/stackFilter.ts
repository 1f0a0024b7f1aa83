import type { Thread, ThreadDump } from '../threaddump/model.ts';

/** Characters before the bracket that make the long fingerprint: with part of the class, few frames share it. */
const LONG = 8;
const SHORT = 3;

/**
 * Tells by a look at the printed text which threads may stand in one of some methods, so that only their frames are read:
 * reading all frames of a large dump costs several times its parsing. False alarms are possible, misses are not.
 */
export class StackFilter {
  /** Bit per group, by a fingerprint of what stands before a bracket. */
  readonly #long = new Uint8Array(1 << 16);
  readonly #short = new Uint8Array(1 << 16);
  readonly #masks = new WeakMap<ThreadDump, Uint8Array>();

  /** Up to 8 groups of ends such as "LocalBufferPool.recycle" or, where the class is open, "recycle". */
  constructor(groups: readonly (readonly string[])[]) {
    groups.forEach((ends, group) => {
      for (const end of ends) {
        const [table, width] = end.length >= LONG ? [this.#long, LONG] : [this.#short, SHORT];
        const print = fingerprint(end.padStart(SHORT, '.'), Math.max(end.length, SHORT), width);
        table[print] = (table[print] as number) | (1 << group);
      }
    });
  }

  /** The threads that may stand in a method of the group. */
  threads(dump: ThreadDump, group: number): Thread[] {
    const masks = this.#masksOf(dump);
    return dump.threads.filter((_, i) => ((masks[i] as number) & (1 << group)) !== 0);
  }

  any(dump: ThreadDump, group: number): boolean {
    return this.#masksOf(dump).some((mask) => (mask & (1 << group)) !== 0);
  }

  #masksOf(dump: ThreadDump): Uint8Array {
    let masks = this.#masks.get(dump);
    if (masks === undefined) {
      masks = Uint8Array.from(dump.threads, (thread) => this.#mask(thread));
      this.#masks.set(dump, masks);
    }
    return masks;
  }

  #mask({ stackText }: Thread): number {
    // Formats without such text are JSON: small enough to have all of their frames read.
    if (stackText == null) return 0xff;
    let mask = 0;
    for (let at = stackText.indexOf('('); at !== -1; at = stackText.indexOf('(', at + 1)) {
      mask |= (this.#long[fingerprint(stackText, at, LONG)] as number) | (this.#short[fingerprint(stackText, at, SHORT)] as number);
    }
    return mask;
  }
}

/** Of the characters before an offset. */
function fingerprint(text: string, at: number, width: number): number {
  let print = 0;
  for (let back = 1; back <= width; back++) print = (Math.imul(print, 31) + text.charCodeAt(at - back)) & 0xffff;
  return print;
}

/**
 * The ends of "package.Class.method" that a pattern can match, as far as they are literal: "Queue.put", "Queue.take"
 * for `Queue\.(?:put|take)$`. Null where any method will do.
 */
export function endsOfPattern({ source }: RegExp): string[] | null {
  const tail = /(?:(?<![\\\w])([\w$]+))?\\\.(?:\(\?:([\w|<>$]+)\)|([\w<>$]+))\$$/.exec(source);
  const names = tail?.[2] ?? tail?.[3];
  if (tail === null || names === undefined) return null;
  const owner = tail[1] === undefined ? '' : `${tail[1]}.`;
  return names.split('|').map((method) => `${owner}${method}`);
}

/** How often a text has a part, counted up to a limit. */
export function occurrences(text: string, part: string, limit: number): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1 && count < limit; at = text.indexOf(part, at + part.length)) count++;
  return count;
}
