/** A map that keeps no more than `limit` entries: the one that was not used for longest goes first. */
export class LeastRecentlyUsed<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#toEnd(key, value);
    return value;
  }

  /** As `get`, but does not count as use. */
  peek(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    this.#toEnd(key, value);
    for (const old of this.#entries.keys()) {
      if (this.#entries.size <= this.#limit) break;
      this.#entries.delete(old);
    }
  }

  delete(key: K): boolean {
    return this.#entries.delete(key);
  }

  #toEnd(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
  }
}
