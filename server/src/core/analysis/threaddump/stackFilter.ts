import type { Thread, ThreadDump } from '../../threaddump/model.ts';

/** Characters before the bracket that make the long fingerprint: with part of the class, few frames share it. */
const LONG = 8;
const SHORT = 3;
/** In the table of short fingerprints: the long one is worth a look. */
const GATE = 1 << 15;
const MAX_GROUPS = 15;
const SPACE = 32;

/**
 * Tells by a look at the printed text which threads may stand in one of some methods, so that only their frames are read:
 * reading all frames of a large dump costs several times its parsing. False alarms are possible, misses are not.
 */
export class StackFilter {
  /** Bit per group, by a fingerprint of what stands before a bracket. */
  readonly #long = new Uint16Array(1 << 16);
  readonly #short = new Uint16Array(1 << 16);
  /** Groups that every thread belongs to. */
  readonly #always: number = 0;
  readonly #masks = new WeakMap<ThreadDump, Uint16Array>();

  /** Up to 15 groups of ends such as "LocalBufferPool.recycle" or, where the class is open, "recycle"; null: any method will do. */
  constructor(groups: readonly (readonly string[] | null)[]) {
    if (groups.length > MAX_GROUPS) throw new RangeError(`a stack filter takes up to ${MAX_GROUPS} groups`);
    for (const [group, ends] of groups.entries()) {
      if (ends === null) this.#always |= 1 << group;
      for (const end of ends ?? []) {
        const padded = end.padStart(SHORT, '.');
        const short = fingerprint(padded, padded.length, 0, SHORT);
        if (end.length < LONG) this.#short[short] = (this.#short[short] as number) | (1 << group);
        else {
          const long = fingerprint(padded, padded.length - SHORT, short, LONG - SHORT);
          this.#short[short] = (this.#short[short] as number) | GATE;
          this.#long[long] = (this.#long[long] as number) | (1 << group);
        }
      }
    }
  }

  /** The threads that may stand in a method of the group. */
  threads(dump: ThreadDump, group: number): Thread[] {
    const masks = this.#masksOf(dump);
    return dump.threads.filter((_, i) => ((masks[i] as number) & (1 << group)) !== 0);
  }

  /** Whether one thread, by its place in the dump, may stand in a method of the group. */
  has(dump: ThreadDump, thread: number, group: number): boolean {
    return ((this.#masksOf(dump)[thread] ?? MAY_BE_ALL) & (1 << group)) !== 0;
  }

  any(dump: ThreadDump, group: number): boolean {
    const bit = 1 << group;
    for (const mask of this.#masksOf(dump)) if ((mask & bit) !== 0) return true;
    return false;
  }

  #masksOf(dump: ThreadDump): Uint16Array {
    let masks = this.#masks.get(dump);
    if (masks === undefined) {
      masks = new Uint16Array(dump.threads.length);
      for (const [i, thread] of dump.threads.entries()) masks[i] = this.#mask(thread);
      this.#masks.set(dump, masks);
    }
    return masks;
  }

  #mask({ stackText, stackPlace }: Thread): number {
    if (stackPlace != null) return this.#maskOf(stackPlace.text, stackPlace.start, stackPlace.end);
    // Formats without such text are JSON: small enough to have all of their frames read.
    return stackText == null ? MAY_BE_ALL : this.#maskOf(stackText, 0, stackText.length);
  }

  #maskOf(text: string, start: number, end: number): number {
    let mask = this.#always;
    for (let bracket = text.indexOf('(', start); bracket !== -1 && bracket < end; bracket = text.indexOf('(', bracket + 1)) {
      let at = bracket;
      while (text.charCodeAt(at - 1) === SPACE) at--;
      const short = fingerprint(text, at, 0, SHORT);
      const found = this.#short[short] as number;
      if (found === 0) continue;
      mask |= found;
      if ((found & GATE) !== 0) mask |= this.#long[fingerprint(text, at - SHORT, short, LONG - SHORT)] as number;
    }
    return mask;
  }
}

const MAY_BE_ALL = 0xffff;

/** Of some characters before an offset, going on from the fingerprint of what follows them. */
function fingerprint(text: string, at: number, after: number, width: number): number {
  let print = after;
  for (let back = 1; back <= width; back++) print = (Math.imul(print, 31) + text.charCodeAt(at - back)) & 0xffff;
  return print;
}

/**
 * The ends of "package.Class.method" that a pattern can match, as far as they are literal: "Queue.put", "Queue.take"
 * for `Queue\.(?:put|take)$`. Null where any method will do.
 */
export function endsOfPattern({ source }: RegExp): string[] | null {
  const tail = /(?:(?<![\\\w])(\w+))?\\\.(?:\(\?:([\w|<>$]+)\)|([\w<>$]+))\$$/.exec(source);
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
