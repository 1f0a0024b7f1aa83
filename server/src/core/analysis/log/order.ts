import type { LogModel } from '../../log/model.ts';

/** Where something stands in the history: by its time, where it has one, else by its line. */
export const orderOf = ({ time, line }: { time: number | null; line: number }): number => time ?? line;

/** Two things of a history: what has the same time stands in the order of the lines, which is turned where the newest comes first. */
export const inOrder =
  ({ reversed }: Pick<LogModel, 'reversed'>) =>
  (one: { time: number | null; line: number }, other: { time: number | null; line: number }): number =>
    orderOf(one) - orderOf(other) || (reversed ? other.line - one.line : one.line - other.line);

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

  constructor(log: LogModel, items: readonly T[]) {
    this.#items = [...items].sort(inOrder(log));
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
