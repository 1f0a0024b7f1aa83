import { EMPTY_SPAN, type Span } from '../../../../common/span.ts';
import type { Source } from '../unwrap/source.ts';
import { methodOf, parseFrames, parseMethods } from './frames.ts';
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
  headless?: true;
  seams = 0;

  readonly dialect: Dialect;
  #source: Source | null = null;
  #start = 0;
  #end = 0;
  /** Where the frames of a mounted virtual thread begin; -1: none is mounted. */
  #mounted = -1;
  #read: (() => Frame[]) | null = null;
  #frames: Frame[] | null = null;
  #top: Frame[] | null = null;
  #methods: readonly string[] | null = null;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  /** Innermost first; the frames of a mounted virtual thread come before those of its carrier. */
  get frames(): readonly Frame[] {
    this.#frames ??= this.#read?.() ?? this.#parsed(parseFrames);
    return this.#frames;
  }

  topFrames(count: number): readonly Frame[] {
    if (this.#frames !== null || this.#read !== null || this.#mounted !== -1) return this.frames.slice(0, count);
    if (this.#top === null || this.#top.length < count) {
      const source = this.#source;
      this.#top = source === null ? [] : parseFrames(source, this.#start, this.#end, this.dialect, count);
    }
    return this.#top.length > count ? this.#top.slice(0, count) : this.#top;
  }

  get methods(): readonly string[] {
    this.#methods ??= this.#read === null ? this.#parsed(parseMethods) : this.frames.map(methodOf);
    return this.#methods;
  }

  /** The lines that the frames are read from; null where they come from no lines. */
  get stackText(): string | null {
    if (this.#read !== null) return null;
    return this.#source === null ? '' : this.#source.text.slice(this.#start, this.#end);
  }

  /** The lines between two places hold the frames. */
  framesIn(source: Source, start: number, end: number, mounted = -1): void {
    this.#source = source;
    this.#start = start;
    this.#end = end;
    this.#mounted = mounted;
  }

  /** How the frames are read that stand in no lines. */
  framesFrom(read: () => Frame[]): void {
    this.#read = read;
  }

  #parsed<T>(parse: (source: Source, from: number, to: number, dialect: Dialect) => T[]): T[] {
    const source = this.#source;
    if (source === null) return [];
    if (this.#mounted === -1) return parse(source, this.#start, this.#end, this.dialect);
    const own = parse(source, this.#mounted, this.#end, this.dialect);
    return [...own, ...parse(source, this.#start, this.#mounted, this.dialect)];
  }
}

/** Shared by the many threads without lock lines; the builder makes an own list for the first line. */
const NO_LOCKS: LockAction[] = [];
