/** When every pause of a log began and how long it took, in little memory: a large log has millions. */
export class PauseTable {
  #starts = new Float64Array(256);
  #durations = new Float64Array(256);
  count = 0;

  /** Times of one clock, see {@link GcLog.pauseClock}. */
  add(start: number, durationMs: number): void {
    if (this.count === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#durations = grown(this.#durations);
    }
    this.#starts[this.count] = start;
    this.#durations[this.count++] = durationMs;
  }

  /** Begin and length of each, in the order of the log. */
  list(): [number, number][] {
    return Array.from({ length: this.count }, (_, index) => [this.#starts[index] as number, this.#durations[index] as number]);
  }

  /** The sum of each stretch of so many milliseconds, as one pause at its beginning. */
  sums(stretch: number): [number, number][] {
    const sums = new Map<number, number>();
    for (let index = 0; index < this.count; index++) {
      const start = Math.floor((this.#starts[index] as number) / stretch) * stretch;
      sums.set(start, (sums.get(start) ?? 0) + (this.#durations[index] as number));
    }
    return [...sums].sort(([a], [b]) => a - b);
  }

  /** Milliseconds of pause between two moments. Looks at all pauses: they need not stand in the order of time. */
  between(from: number, to: number): number {
    let sum = 0;
    for (let index = 0; index < this.count; index++) {
      const start = this.#starts[index] as number;
      const end = start + (this.#durations[index] as number);
      if (end > from && start < to) sum += Math.min(end, to) - Math.max(start, from);
    }
    return sum;
  }
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const result = new Float64Array(array.length * 2);
  result.set(array);
  return result;
}
