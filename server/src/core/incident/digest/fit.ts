/** A source says at most so much beyond itself, whatever its size; in bytes of its JSON. */
export const MAX_DIGEST = 256 * 1024;

/** Members of each list, from most to fewest, until the whole is small enough. */
const LIMITS = [1000, 500, 250, 120, 60, 30, 15, 8, 4, 2, 0];

/**
 * Makes something with as many members in its lists as there is room for. It is read back from its JSON: engines cut strings
 * without copying, and one cut out of a text would keep the whole text in memory as long as the digest is there.
 */
export function fit<T extends object>(make: (keep: Keep) => T): { body: T; left: number; size: number } {
  let most = Number.POSITIVE_INFINITY;
  for (const limit of LIMITS) {
    if (limit > most && limit > 0) continue;
    const keep = new Keep(limit);
    const body = make(keep);
    const text = JSON.stringify(body);
    const size = utf8Length(text, MAX_DIGEST);
    if (limit === 0 || size <= MAX_DIGEST) return { body: JSON.parse(text) as T, left: keep.left, size };
    // Half as long lists are no less than half as long a text: limits that cannot do are not tried.
    most = (limit * MAX_DIGEST * ROOM) / text.length;
  }
  throw new RangeError('the last limit fits always');
}

/** Not all of a digest grows with its lists. */
const ROOM = 2;

/** Cuts lists to one length and counts what it leaves out. */
export class Keep {
  readonly limit: number;
  left = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The first ones, which tell how it began, and the last ones, which tell how it ended. */
  ends<T>(items: readonly T[]): readonly T[] {
    if (items.length <= this.limit) return items;
    this.left += items.length - this.limit;
    const last = Math.floor(this.limit / 4);
    return [...items.slice(0, this.limit - last), ...items.slice(items.length - last)];
  }

  first<T>(items: readonly T[]): readonly T[] {
    this.left += Math.max(0, items.length - this.limit);
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
