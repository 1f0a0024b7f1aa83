/** Of a stream its beginning and its end, in bounded memory: the beginning names process and version, the end tells what happened last. */
export class HeadAndTail {
  readonly #most: number;
  readonly #head: Uint8Array[] = [];
  #headLength = 0;
  readonly #tail: Uint8Array[] = [];
  #tailLength = 0;
  /** Bytes between the two that were dropped. */
  dropped = 0;

  /** @param most bytes that are kept of the end */
  constructor(most: number) {
    this.#most = most;
  }

  push(piece: Uint8Array): void {
    const room = HEAD - this.#headLength;
    const first = piece.subarray(0, Math.max(0, room));
    if (first.length > 0) {
      this.#head.push(first);
      this.#headLength += first.length;
    }
    const rest = piece.subarray(first.length);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailLength += rest.length;
    while (this.#tailLength - (this.#tail[0]?.length ?? 0) >= this.#most) {
      const gone = this.#tail.shift()?.length ?? 0;
      this.#tailLength -= gone;
      this.dropped += gone;
    }
  }

  /** The pieces of the beginning, up to a whole line where something behind it was dropped, and those of the end, from a new record on. */
  parts(): { head: Uint8Array[]; tail: Uint8Array[] } {
    if (this.dropped === 0) return { head: [...this.#head, ...this.#tail], tail: [] };
    const head = [...this.#head];
    const last = head.pop() ?? new Uint8Array(0);
    head.push(last.subarray(0, last.lastIndexOf(LF) + 1));
    const [first = new Uint8Array(0), ...more] = this.#tail;
    return { head, tail: [first.subarray(beginOfRecord(first)), ...more] };
  }
}

/** Banner and settings of a start. */
const HEAD = 256 * 1024;
const LF = 0x0a;

/** Where a line begins that looks like a record: with a date, a bracket or a brace. A trace that is cut belongs to none. */
function beginOfRecord(bytes: Uint8Array): number {
  let at = bytes.indexOf(LF) + 1;
  const whole = at;
  while (at > 0 && at < bytes.length) {
    const letter = String.fromCharCode(bytes[at] as number);
    if (/[\d[{]/.test(letter)) return at;
    at = bytes.indexOf(LF, at) + 1;
  }
  return whole;
}
