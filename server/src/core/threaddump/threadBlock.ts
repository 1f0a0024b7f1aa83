import type { Source } from '../unwrap/source.ts';
import { indexWithin } from '../unwrap/within.ts';
import type { Header } from './header.ts';
import { jrockitLock } from './jrockit.ts';
import { lockLine, namedLock, ownerIn } from './lockLine.ts';
import type { LockAction, LockRef, OwnerRef, ThreadState } from './model.ts';
import type { LazyThread, Synchronizer } from './thread.ts';

const SPACE = 32;
const DASH = 45;

/** The block of one thread while its lines are read: state, locks, synchronizers, what is mounted on it. */
export class ThreadBlock {
  readonly thread: LazyThread;
  /** Frames seen so far, as far as they tell that a stack has begun. */
  frames = 0;
  /** A state line was seen. */
  stated = false;
  readonly #source: Source;
  readonly #text: string;
  readonly #header: Header | null;
  readonly #start: number;
  readonly #bodyStart: number;
  readonly #locks: LockAction[] = [];
  /** Number of lock lines before those of a mounted virtual thread; -1: none is mounted. */
  #carrierLocks = -1;
  #mounted = -1;
  #inSynchronizers = false;

  /** `start` and `end` are those of the header's line; `header` is null in the JVM's deadlock section. */
  constructor(source: Source, thread: LazyThread, header: Header | null, start: number, end: number) {
    this.#source = source;
    this.#text = source.text;
    this.thread = thread;
    this.#header = header;
    this.#start = start;
    this.#bodyStart = Math.min(end + 1, source.text.length);
  }

  get dialect(): Header['dialect'] | null {
    return this.#header?.dialect ?? null;
  }

  /** `WAITING (parking)`; VisualVM: `WAITING on X@1f owned by "other" t@12`. */
  stateLine(at: number, end: number): void {
    const { thread } = this;
    this.stated = true;
    const text = this.#text;
    let stop = at;
    while (stop < end && isStateLetter(text.charCodeAt(stop))) stop++;
    thread.state = text.slice(at, stop) as ThreadState;
    if (stop === end) return;
    if (text.charCodeAt(stop + 1) === 40 && text.charCodeAt(end - 1) === 41) thread.stateDetail = text.slice(stop + 2, end - 1);
    else if (text.startsWith(' on ', stop)) this.#stateLock(thread, stop + 4, end);
  }

  #stateLock(thread: LazyThread, at: number, end: number): void {
    const named = namedLock(this.#text, at, end);
    if (named === null || named === undefined) return;
    const owner = ownerIn(this.#text.slice(named.next, end));
    const kind = thread.state === 'BLOCKED' ? 'waiting-to-lock' : owner === null ? 'waiting-on' : 'parking';
    const span = this.#source.span(named.start, named.end);
    this.#locks.push({ kind, lock: named.lock, span, lockSpan: { ...span }, owner });
  }

  /** `waiting for worker-2@1002 to release lock on <0x28be> (a com.acme.A)` of IntelliJ's debugger. False: the line is none of these. */
  releaseLine(start: number, end: number): boolean {
    const match = RELEASE.exec(this.#text.slice(start, Math.min(end, start + 1000)));
    const named = match === null ? null : namedLock(this.#text, start + match[0].length, end);
    if (match === null || named === null || named === undefined) return false;
    this.#locks.push({
      kind: 'waiting-to-lock',
      lock: named.lock,
      span: this.#source.span(start, end),
      lockSpan: this.#source.span(named.start, named.end),
      owner: { name: match[1] as string, id: null },
    });
    return true;
  }

  /** `Carrying virtual thread #31` */
  carrying(at: number, end: number): void {
    const { thread } = this;
    thread.carries = Number.parseInt(this.#text.slice(at, end), 10);
    thread.stateDetail ??= `carrying virtual thread #${thread.carries}`;
  }

  /** The frames from here on are those of the virtual thread. */
  mount(lineStart: number): void {
    this.#mounted = lineStart;
    this.#carrierLocks = this.#locks.length;
  }

  startSynchronizers(): void {
    this.thread.synchronizers ??= NO_SYNCHRONIZERS;
    this.#inSynchronizers = true;
  }

  /** A line that begins with "-": a lock, a synchronizer, or a frame of jstack -F. */
  dash(start: number, end: number): void {
    const { thread } = this;
    const text = this.#text;
    if (text.charCodeAt(start + 1) === DASH) {
      this.jrockitLine(start, end);
      return;
    }
    const bare = text.charCodeAt(start + 1) === SPACE && text.charCodeAt(start + 2) === 60 /* < */;
    if (this.#inSynchronizers || bare) {
      this.#synchronizer(thread, start, end);
      return;
    }
    for (let at = start; at !== -1; ) {
      const line = lockLine(this.#source, at, end);
      if (line === null) break;
      this.#locks.push(line.action);
      at = line.rest === -1 ? -1 : indexWithin(text, '- ', line.rest, end);
    }
  }

  #synchronizer(thread: LazyThread, start: number, end: number): void {
    const text = this.#text;
    let at = start + 1;
    while (at < end && text.charCodeAt(at) === SPACE) at++;
    if (text.startsWith('locked ', at)) at += 7;
    const named = namedLock(text, at, end);
    if (named === null || named === undefined) return;
    const lock: LockRef = named.lock;
    const one = { lock, span: this.#source.span(start, end), lockSpan: this.#source.span(named.start, named.end) };
    thread.synchronizers = [...(thread.synchronizers ?? NO_SYNCHRONIZERS), one];
  }

  /** `-- Blocked trying to get lock: …`, `^-- Holding lock: …` */
  jrockitLine(start: number, end: number): void {
    const action = jrockitLock(this.#source, start, end);
    if (action !== null) this.#locks.push(action);
  }

  /** The block ended: its last line ends at `end`. */
  close(end: number): void {
    const { thread } = this;
    const header = this.#header;
    let locks = this.#locks;
    if (this.#carrierLocks > 0) locks = [...locks.slice(this.#carrierLocks), ...locks.slice(0, this.#carrierLocks)];
    if (locks.length > 0) thread.locks = locks;
    if (header !== null) {
      if (header.lock !== null) this.#headerLock(thread, header.lock, end);
      else if (header.owner !== null) this.#giveOwner(thread, header.owner);
    }
    thread.span = this.#source.span(this.#start, end);
    if (this.#bodyStart < end) thread.framesIn(this.#source, this.#bodyStart, end, this.#mounted);
  }

  /** The lock of a ThreadInfo header: its owner is the only place where an owner is told. */
  #headerLock(thread: LazyThread, named: NonNullable<Header['lock']>, end: number): void {
    const line = thread.locks.find((action) => isWait(action) && action.lock?.key === named.ref.key);
    if (line !== undefined) {
      line.owner ??= named.owner;
      if (line.kind === 'waiting-on' && this.#parked(end)) line.kind = 'parking';
      return;
    }
    const kind = thread.state === 'BLOCKED' ? 'waiting-to-lock' : this.#parked(end) ? 'parking' : 'waiting-on';
    const span = this.#source.span(named.start, named.end);
    thread.locks = [{ kind, lock: named.ref, span, lockSpan: { ...span }, owner: named.owner }, ...thread.locks];
  }

  #giveOwner(thread: LazyThread, owner: OwnerRef): void {
    const line = thread.locks.find(isWait);
    if (line !== undefined) line.owner ??= owner;
  }

  /** The innermost frame is LockSupport's: ThreadInfo prints "waiting on" for parked threads too. */
  #parked(end: number): boolean {
    const body = this.#text.slice(this.#bodyStart, Math.min(end, this.#bodyStart + 4000));
    return /(?<![^\n])[ \t]*at [^\n]*/.exec(body)?.[0].includes('.park(') ?? false;
  }
}

/** Shared by the many threads that hold none. */
const NO_SYNCHRONIZERS: Synchronizer[] = [];

const RELEASE = /^waiting for (.+) to release lock on (?=<)/;

function isWait(action: LockAction): boolean {
  return action.kind === 'waiting-to-lock' || action.kind === 'waiting-on' || action.kind === 'parking' || action.kind === 'relocking';
}

function isStateLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || code === 95;
}
