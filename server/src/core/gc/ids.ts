/** Gaps longer than this come from lines that are lost, not from collections that run side by side. */
const MAX_GAP = 64;

/** Counts distinct GC ids in little memory: they rise, but for collections that run at the same time. */
export class GcIds {
  #first = -1;
  #last = -1;
  readonly #behind = new Set<number>();

  reset(): void {
    this.#first = -1;
    this.#last = -1;
    this.#behind.clear();
  }

  /** True for an id that was not seen before. */
  isNew(id: number): boolean {
    if (id > this.#last) {
      if (this.#first === -1) this.#first = id;
      else if (id - this.#last <= MAX_GAP) for (let skipped = this.#last + 1; skipped < id; skipped++) this.#behind.add(skipped);
      this.#last = id;
      return true;
    }
    if (id >= this.#first) return this.#behind.delete(id);
    // A concurrent collection that began before the log does.
    const end = Math.min(this.#first, id + MAX_GAP + 1);
    for (let skipped = id + 1; skipped < end; skipped++) this.#behind.add(skipped);
    this.#first = id;
    return true;
  }
}
