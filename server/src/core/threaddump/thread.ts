import { EMPTY_SPAN, type Span } from '../../../../common/span.ts';
import type { Source } from '../unwrap/positionMap.ts';
import { parseFrames } from './frames.ts';
import type { Dialect, Frame, LockAction, LockRef, Thread, ThreadState } from './model.ts';

export type Synchronizer = { lock: LockRef; span: Span; lockSpan: Span };

/** A thread whose frames stay text until somebody asks for them. */
export class TextThread implements Thread {
  index = -1;
  name = '';
  id: number | null = null;
  nid: string | null = null;
  daemon = false;
  virtual = false;
  carries: number | null = null;
  state: ThreadState | null = null;
  stateDetail: string | null = null;
  stateInferred = false;
  cpuMs: number | null = null;
  elapsedMs: number | null = null;
  span: Span = EMPTY_SPAN;
  nameSpan: Span = EMPTY_SPAN;
  locks: LockAction[] = NO_LOCKS;
  synchronizers: Synchronizer[] | null = null;
  framesCut = false;
  container: string | null = null;
  fromSection?: true;

  readonly dialect: Dialect;
  readonly #source: Source;
  readonly #blockStart: number;
  #bodyStart = 0;
  #bodyEnd = 0;
  /** Where the frames of a mounted virtual thread begin within the body; -1: no virtual thread is mounted. */
  #mounted = -1;
  #frames: Frame[] | null = null;

  constructor(dialect: Dialect, source: Source, blockStart: number) {
    this.dialect = dialect;
    this.#source = source;
    this.#blockStart = blockStart;
  }

  get blockStart(): number {
    return this.#blockStart;
  }

  /** Innermost first; the frames of a mounted virtual thread come before those of its carrier. */
  get frames(): readonly Frame[] {
    this.#frames ??=
      this.#mounted === -1
        ? parseFrames(this.#source, this.#bodyStart, this.#bodyEnd, this.dialect)
        : [
            ...parseFrames(this.#source, this.#mounted, this.#bodyEnd, this.dialect),
            ...parseFrames(this.#source, this.#bodyStart, this.#mounted, this.dialect),
          ];
    return this.#frames;
  }

  setBody(start: number, end: number, mounted: number): void {
    this.#bodyStart = start;
    this.#bodyEnd = end;
    this.#mounted = mounted;
    this.span = this.#source.span(this.#blockStart, end);
  }
}

/** Shared by the many threads without lock lines; the builder makes an own list for the first line. */
export const NO_LOCKS: LockAction[] = [];
