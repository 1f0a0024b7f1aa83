import { matchLayout } from '../layouts.ts';
import { beginningOf } from './beginning.ts';
import type { ByteAccess } from './chunkReader.ts';
import { Scanner } from './scanner.ts';

const NEWLINE = 10;

/**
 * Finds where a large log may be cut into blocks that are read each for itself: before a record that the scanner recognises
 * wherever it comes upon it. Not the general way, on which a line's meaning may depend on those before it, and not logs
 * without dates, whose days are counted from the beginning.
 */
export class Cutter {
  readonly #scanner: Scanner;

  private constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  /** @param sample the beginning of the log. Null: it is not to be cut */
  static of(access: ByteAccess, sample: string): Cutter | null {
    const scanner = new Scanner(
      () => 'plain',
      (buffer) => access.view(buffer),
    );
    const { lines, fast } = beginningOf(sample, scanner, scanner.room, []);
    if (fast === null) return null;
    const first = lines.find((line) => matchLayout(fast.layout, line) !== null) ?? '';
    if (matchLayout(fast.layout, first)?.stamp?.dated !== true) return null;
    scanner.set('everything', true);
    return new Cutter(scanner);
  }

  /** So many bytes are looked at together. */
  get width(): number {
    return this.#scanner.chunk;
  }

  /** Where in these bytes a record begins behind a line feed; -1: nowhere. */
  cut(bytes: Uint8Array): number {
    const from = bytes.indexOf(NEWLINE) + 1;
    const to = bytes.lastIndexOf(NEWLINE) + 1;
    if (from >= to) return -1;
    const { memory, room } = this.#scanner;
    memory.set(bytes.subarray(from, to), room);
    this.#scanner.reset();
    this.#scanner.scan(room, room + to - from, 'last');
    const items = this.#scanner.get('items');
    for (let at = 0; at < items; at++) {
      const { start, level } = this.#scanner.item(at);
      if (level > 0) return from + start - room;
    }
    return -1;
  }
}
