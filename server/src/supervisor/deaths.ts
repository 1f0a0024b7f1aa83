/** So many deaths within the time (ms) are enough. */
const MAX = 5;
const WITHIN = 10 * 60_000;

/** Threads that have died: after too many of them none is started by itself any more. */
export class Deaths {
  #times: number[] = [];

  /** Counts one more. */
  tooMany(): boolean {
    const now = performance.now();
    this.#times = [...this.#times.filter((time) => now - time < WITHIN), now];
    return this.#times.length >= MAX;
  }

  forget(): void {
    this.#times = [];
  }
}
