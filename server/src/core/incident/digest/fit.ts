/** A source says at most so much beyond itself, whatever its size; in bytes of its JSON. */
export const MAX_DIGEST = 256 * 1024;

/** Members of each list. */
const LIMITS = [0, 2, 4, 8, 15, 30, 60, 120, 250, 500, 1000] as const;
/** Most sources have no longer lists, and of the longest logs there is room for no more. */
const FIRST = LIMITS.indexOf(120);

/**
 * Makes something with as many members in its lists as there is room for. It is read back from its JSON: engines cut strings
 * without copying, and one cut out of a text would keep the whole text in memory as long as the digest is there.
 */
export function fit<T extends object>(make: (keep: Keep) => T): { body: T; left: number; size: number } {
  let best: { text: string; left: number; size: number } | undefined;
  let [fits, over, at]: [number, number, number] = [-1, LIMITS.length, FIRST];
  while (over - fits > 1) {
    const limit = LIMITS[at] as number;
    const keep = new Keep(limit);
    const text = JSON.stringify(make(keep));
    const size = utf8Length(text, MAX_DIGEST);
    const fitting = limit === 0 || size <= MAX_DIGEST;
    if (fitting) [fits, best] = [at, { text, left: keep.left, size }];
    else over = at;
    if (fitting && keep.all) break;
    // Where all of it grows with its lists there is room for so many.
    const room = LIMITS.findLastIndex((one) => one <= (limit * MAX_DIGEST) / text.length);
    at = Math.min(over - 1, Math.max(fits + 1, room));
  }
  if (best === undefined) throw new RangeError('the lowest limit fits always');
  return { body: JSON.parse(best.text) as T, left: best.left, size: best.size };
}

/** Cuts lists to one length and counts what it leaves out. */
export class Keep {
  readonly limit: number;
  left = 0;
  /** Nothing was cut, be it counted here or elsewhere: with longer lists there would be nothing more. */
  all = true;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether there is room for so many. */
  holds(count: number): boolean {
    if (count > this.limit) this.all = false;
    return count <= this.limit;
  }

  /** The first ones, which tell how it began, and the last ones, which tell how it ended. */
  ends<T>(items: readonly T[]): readonly T[] {
    if (this.holds(items.length)) return items;
    this.left += items.length - this.limit;
    const last = Math.floor(this.limit / 4);
    return [...items.slice(0, this.limit - last), ...items.slice(items.length - last)];
  }

  first<T>(items: readonly T[]): readonly T[] {
    if (this.holds(items.length)) return items;
    this.left += items.length - this.limit;
    return items.slice(0, this.limit);
  }
}

/** Bytes of a text as UTF-8; counted no further than a limit. */
export function utf8Length(text: string, limit = Number.POSITIVE_INFINITY): number {
  if (text.length > limit) return text.length;
  let bytes = 0;
  for (let at = 0; at < text.length && bytes <= limit; at++) {
    const unit = text.charCodeAt(at);
    // Each half of a pair of surrogates is two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}
