import { EMPTY_SPAN, type Span } from '../../../../common/span.ts';
import type { Dialect, Frame, LockAction, LockRef, Thread, ThreadState } from './model.ts';

export type Synchronizer = { lock: LockRef; span: Span; lockSpan: Span };

/** A thread whose frames stay text until somebody asks for them. */
export class LazyThread implements Thread {
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
  #read: (() => Frame[]) | null = null;
  #frames: Frame[] = [];

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  /** Innermost first; the frames of a mounted virtual thread come before those of its carrier. */
  get frames(): readonly Frame[] {
    if (this.#read !== null) {
      this.#frames = this.#read();
      this.#read = null;
    }
    return this.#frames;
  }

  /** How the frames are read once somebody wants them. */
  framesFrom(read: () => Frame[]): void {
    this.#read = read;
  }
}

/** Shared by the many threads without lock lines; the builder makes an own list for the first line. */
export const NO_LOCKS: LockAction[] = [];
