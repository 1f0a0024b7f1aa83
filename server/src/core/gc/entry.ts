import { Draft } from './draft.ts';
import type { Collector } from './model.ts';

/** An entry "[…]" that is not closed yet. */
export class Entry {
  /** A collection; else a part of one. */
  event = false;
  /** A collection within this one has just ended. */
  hadEvent = false;
  /** The heap was printed, but no change of it. */
  unchanged = false;
  readonly draft = new Draft();
  full = false;
  young = false;
  old = false;
  remark = false;
  initialMark = false;
  collector: Collector | null = null;
  /** Growth of the young generation, told by an entry within this one. */
  grown = Number.NaN;

  open(start: number, end: number): this {
    this.event = false;
    this.hadEvent = false;
    this.unchanged = false;
    this.draft.clear('pause', start, end);
    this.full = false;
    this.young = false;
    this.old = false;
    this.remark = false;
    this.initialMark = false;
    this.collector = null;
    this.grown = Number.NaN;
    return this;
  }
}
