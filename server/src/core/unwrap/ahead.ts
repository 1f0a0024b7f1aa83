/**
 * The next place of a pattern behind an offset, for offsets that grow: every character is searched once, however often one
 * asks. A pattern that looks ahead from each of many places reads what lies behind them again each time.
 */
export class Ahead {
  readonly #text: string;
  readonly #pattern: RegExp;
  #next = -1;

  /** @param pattern with the flag g */
  constructor(text: string, pattern: RegExp) {
    this.#text = text;
    this.#pattern = pattern;
  }

  /** Infinity when there is none. */
  from(offset: number): number {
    if (this.#next < offset) {
      this.#pattern.lastIndex = offset;
      this.#next = this.#pattern.exec(this.#text)?.index ?? Number.POSITIVE_INFINITY;
    }
    return this.#next;
  }
}
