/** Where records and lines stand in a big file: every 64th record, so that any place is found by reading a few kilobytes. */
export class SparseIndex {
  static readonly STEP = 64;
  #offsets = new Float64Array(1024);
  #lines = new Float64Array(1024);
  #count = 0;
  records = 0;

  /** Called for every record, in the order of the file. */
  add(offset: number, line: number): void {
    if ((this.records++ & (SparseIndex.STEP - 1)) === 0) this.mark(offset, line);
  }

  /** For who counts by himself: called for every 64th record alone, beginning with the first. */
  mark(offset: number, line: number): void {
    if (this.#count === this.#offsets.length) {
      this.#offsets = grown(this.#offsets);
      this.#lines = grown(this.#lines);
    }
    this.#offsets[this.#count] = offset;
    this.#lines[this.#count++] = line;
  }

  /** Byte offset and line of the last indexed record at or before the given one. */
  record(index: number): { record: number; offset: number; line: number } {
    const at = Math.max(0, Math.min(Math.floor(index / SparseIndex.STEP), this.#count - 1));
    return { record: at * SparseIndex.STEP, offset: this.#offsets[at] ?? 0, line: this.#lines[at] ?? 0 };
  }

  /** The last indexed record that starts at or before a line. */
  atLine(line: number): { record: number; offset: number; line: number } {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#lines[middle] as number) <= line) low = middle;
      else high = middle - 1;
    }
    return this.record(low * SparseIndex.STEP);
  }

  /** The last indexed record that starts at or before a byte; null before the first. */
  atOffset(offset: number): { record: number; offset: number; line: number } | null {
    let low = 0;
    let high = this.#count - 1;
    if (high < 0 || (this.#offsets[0] as number) > offset) return null;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#offsets[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.record(low * SparseIndex.STEP);
  }

  get empty(): boolean {
    return this.#count === 0;
  }
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const result = new Float64Array(array.length * 2);
  result.set(array);
  return result;
}
