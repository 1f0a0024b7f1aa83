import type { Span } from '../../../../common/span.ts';
import type { GcEvent } from './model.ts';
import type { GcName } from './names.ts';

/**
 * An event while it is being read. It is filled again and again: most events of a large log are counted and let go.
 * NaN stands for what is not printed.
 */
export class Draft {
  kind: GcEvent['kind'] = 'pause';
  name: GcName | null = null;
  wall = Number.NaN;
  uptime = Number.NaN;
  timedAtEnd = true;
  durationMs = Number.NaN;
  before = Number.NaN;
  after = Number.NaN;
  capacity = Number.NaN;
  oldBefore = Number.NaN;
  oldAfter = Number.NaN;
  oldCapacity = Number.NaN;
  start = 0;
  end = 0;

  clear(kind: GcEvent['kind'], start: number, end: number): this {
    this.kind = kind;
    this.name = null;
    this.wall = Number.NaN;
    this.uptime = Number.NaN;
    this.timedAtEnd = true;
    this.durationMs = Number.NaN;
    this.before = Number.NaN;
    this.after = Number.NaN;
    this.capacity = Number.NaN;
    this.old(Number.NaN, Number.NaN, Number.NaN);
    this.start = start;
    this.end = end;
    return this;
  }

  /** What the collection made of the old generation. */
  old(before: number, after: number, capacity: number): void {
    this.oldBefore = before;
    this.oldAfter = after;
    this.oldCapacity = capacity;
  }

  event(): GcEvent {
    const span: Span = { start: this.start, end: this.end };
    return {
      kind: this.kind,
      name: this.name?.text ?? '',
      full: this.name?.full === true,
      explicit: this.name?.explicit === true,
      wall: known(this.wall),
      uptime: known(this.uptime),
      timedAtEnd: this.timedAtEnd,
      durationMs: known(this.durationMs),
      before: known(this.before),
      after: known(this.after),
      capacity: known(this.capacity),
      old: this.oldCapacity > 0 ? { before: this.oldBefore, after: this.oldAfter, capacity: this.oldCapacity } : null,
      span,
    };
  }
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
