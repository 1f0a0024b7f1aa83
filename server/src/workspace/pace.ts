/** What was read so far is told after so long, and then again when so long has passed; in ms. */
const FIRST = 500;
const NEXT = 4000;
/** Telling takes at most one part in so many of the time of reading. */
const SHARE = 20;

/** When what is known of a long reading is told: soon, then seldom. */
export class Pace {
  #next = performance.now() + FIRST;

  /** Tells where it is time. */
  async at(tell: () => Promise<void>): Promise<void> {
    const begun = performance.now();
    if (begun < this.#next) return;
    await tell();
    const now = performance.now();
    this.#next = now + Math.max(NEXT, (now - begun) * SHARE);
  }
}
