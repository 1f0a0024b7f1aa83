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

  /** What was marked, in plain values. */
  get marks(): Marks {
    return { offsets: this.#offsets.slice(0, this.#count), lines: this.#lines.slice(0, this.#count), records: this.records };
  }

  /** Of the stretch of the file that follows, which begins at `offset` and `line`. */
  append({ offsets, lines, records }: Marks, offset: number, line: number): void {
    for (let at = 0; at < offsets.length; at++) this.mark((offsets[at] as number) + offset, (lines[at] as number) + line);
    this.records += records;
  }

  /** Byte offset and line of the last indexed record that starts at or before a byte; null before the first. */
  atOffset(offset: number): { offset: number; line: number } | null {
    let low = 0;
    let high = this.#count - 1;
    if (high < 0 || (this.#offsets[0] as number) > offset) return null;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#offsets[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset: this.#offsets[low] as number, line: this.#lines[low] as number };
  }

  get empty(): boolean {
    return this.#count === 0;
  }
}

/** Bytes and lines at which indexed records start, counted from where the reading began. */
export interface Marks {
  offsets: Float64Array;
  lines: Float64Array;
  /** How many records there were, indexed or not. */
  records: number;
}

function grown(array: Float64Array): Float64Array<ArrayBuffer> {
  const result = new Float64Array(array.length * 2);
  result.set(array);
  return result;
}
