import { setOf } from '../../common/virtual.ts';

/** Counts the panels of each set of files: with the last one the set is closed. */
export class OpenSets {
  readonly #panels = new Map<string, number>();
  readonly #closed: (uri: string) => void;

  constructor(closed: (uri: string) => void) {
    this.#closed = closed;
  }

  opened(uri: string): void {
    if (setOf(uri) !== null) this.#panels.set(uri, (this.#panels.get(uri) ?? 0) + 1);
  }

  closed(uri: string): void {
    const left = (this.#panels.get(uri) ?? 0) - 1;
    if (left > 0) this.#panels.set(uri, left);
    else if (this.#panels.delete(uri)) this.#closed(uri);
  }
}
