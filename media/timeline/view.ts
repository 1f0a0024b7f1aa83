import type { Scale } from './scale.ts';

/** Which part of the time is shown; never outside the data, never less than can be told apart. */
export class TimeView {
  from = 0;
  to = 1;
  #min = 0;
  #max = 1;
  #least = 1;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The whole extent of the data, with a little air, and the shortest time that may fill the window. */
  setExtent(from: number, to: number, least: number): void {
    const air = Math.max(least, (to - from) * 0.02);
    this.#min = from - air;
    this.#max = to + air;
    this.#least = least;
  }

  get whole(): boolean {
    return this.from <= this.#min && this.to >= this.#max;
  }

  get extent(): { from: number; to: number } {
    return { from: this.#min, to: this.#max };
  }

  set(from: number, to: number): void {
    const span = Math.min(this.#max - this.#min, Math.max(this.#least, to - from));
    const middle = (from + to) / 2;
    this.from = Math.max(this.#min, Math.min(this.#max - span, middle - span / 2));
    this.to = this.from + span;
    this.#changed();
  }

  all(): void {
    this.set(this.#min, this.#max);
  }

  /** A factor above 1 goes nearer; `at` stays where it is. */
  zoom(factor: number, at = (this.from + this.to) / 2): void {
    const span = Math.max(this.#least, Math.min(this.#max - this.#min, (this.to - this.from) / factor));
    const share = (at - this.from) / (this.to - this.from);
    const from = Math.max(this.#min, Math.min(this.#max - span, at - span * share));
    this.set(from, from + span);
  }

  pan(px: number, scale: Scale): void {
    const by = (px / scale.width) * (this.to - this.from);
    this.set(this.from + by, this.to + by);
  }

  /** Moves as little as needed to have a time in sight. */
  show(from: number, to: number): void {
    const span = this.to - this.from;
    if (from >= this.from && from <= this.to) return;
    const middle = (from + Math.min(to, from + span / 2)) / 2;
    this.set(middle - span / 2, middle + span / 2);
  }
}
