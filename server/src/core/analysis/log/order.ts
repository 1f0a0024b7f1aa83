/** Where something stands in the history: by its time, where it has one, else by its line. */
export const orderOf = ({ time, line }: { time: number | null; line: number }): number => time ?? line;

/** Index of the first of some numbers in order that is larger than `value`. */
export function firstAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Things in the order of the history, to be asked for the last one up to a moment. */
export class History<T extends { time: number | null; line: number }> {
  readonly #items: readonly T[];
  readonly #orders: readonly number[];

  constructor(items: readonly T[]) {
    this.#items = [...items].sort((a, b) => orderOf(a) - orderOf(b) || a.line - b.line);
    this.#orders = this.#items.map(orderOf);
  }

  /** The last one that comes before something, or with it. */
  lastBefore(one: { time: number | null; line: number }): T | undefined {
    return this.#items[firstAfter(this.#orders, orderOf(one)) - 1];
  }

  /** Does one stand in this stretch, its borders not counted? */
  within(from: number, to: number): boolean {
    const next = this.#orders[firstAfter(this.#orders, from)];
    return next !== undefined && next < to;
  }
}
