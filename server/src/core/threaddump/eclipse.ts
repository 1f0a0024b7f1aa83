import type { Checkpoint } from '../checkpoint.ts';
import type { Source } from '../unwrap/source.ts';
import type { Frame, LockAction, TextDumps, ThreadState } from './model.ts';
import { LazyThread } from './thread.ts';

/** `Daemon Thread [name] (Suspended (breakpoint at line 12 in Main))`: a thread in the Debug view of Eclipse. */
const THREAD = /^(?:Daemon |System ){0,2}Thread \[/;
const STATE = /^(?:Running|Suspended|Stepping|Evaluating|Stopped)\b/;
/** How a line of a sample is looked at. */
const NEAR = 600;
/** `owns: LimitBook  (id=113)`, `waiting for: PositionBook  (id=117)`. */
const LOCK = /^(owns|waiting for): (\S+) +\((id=\d+)\)$/;
/** `owned by: Thread [position-updater] (Suspended)`: of the lock in the line above. */
const OWNED = 'owned by: ';
/** `Sub<T>(Base<T>).process(Record<T>) line: 38`: the class of the object, that of the method, the method with its types. */
const FRAME =
  /^([\w.$]+)(?:<[^()]*>)?(?:\(([\w.$]+)(?:<[^()]*>)?\))?\.([\w$<>]+)\(.*\) line: (\d+|not available)( \[native method\])?(?: \[local variables unavailable\])?$/;

export const isEclipse = (sample: string): boolean => sample.split('\n').some((line) => threadIn(line.slice(0, NEAR).trim()) !== null);

/** The name in a line of a thread; null: it is none. */
function threadIn(line: string): string | null {
  const begin = THREAD.exec(line)?.[0].length;
  const end = line.lastIndexOf('] (');
  return begin === undefined || end < begin || !STATE.test(line.slice(end + 3, end + 20)) ? null : line.slice(begin, end);
}

/**
 * What Eclipse copies from its Debug view. Classes stand there without their packages, monitors by an id of the debugger; only
 * threads that are suspended have a stack.
 */
export async function readEclipse(source: Source, checkpoint: Checkpoint): Promise<TextDumps> {
  const { text } = source;
  const threads: LazyThread[] = [];
  let open: Block | null = null;
  let first = -1;
  let last = 0;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const line = text.slice(start, end).trim();
    const at = start + text.slice(start, end).indexOf(line);
    const name = threadIn(line);
    if (name !== null) {
      open?.close();
      open = new Block(source, name, line, at, threads.length);
      threads.push(open.thread);
      if (first === -1) first = at;
    } else if (line !== '') open?.line(line, at);
    if (line !== '' && open !== null) last = at + line.length;
    start = end + 1;
    if (checkpoint.due()) await checkpoint.pause();
  }
  open?.close();
  const shows = { monitors: true, synchronizers: false, states: false, complete: true };
  const dump = { dialect: 'eclipse' as const, jvm: null, time: null, span: source.span(Math.max(0, first), last), threads, section: null, shows };
  return { dumps: threads.length === 0 ? [] : [dump], problems: [] };
}

/** The lines of a thread. */
class Block {
  readonly thread: LazyThread;
  readonly #source: Source;
  readonly #start: number;
  readonly #frames: Frame[] = [];
  readonly #locks: LockAction[] = [];
  #end: number;

  constructor(source: Source, name: string, line: string, at: number, index: number) {
    this.#source = source;
    this.#start = at;
    this.#end = at + line.length;
    const nameAt = at + line.indexOf('[') + 1;
    this.thread = new LazyThread('eclipse');
    this.thread.index = index;
    this.thread.name = name;
    this.thread.nameSpan = source.span(nameAt, nameAt + name.length);
    this.thread.daemon = line.startsWith('Daemon ');
  }

  line(line: string, at: number): void {
    this.#end = at + line.length;
    const lock = LOCK.exec(line);
    if (lock !== null) {
      const [, word = '', className = '', key = ''] = lock;
      const keyAt = at + line.lastIndexOf(key);
      const span = this.#source.span(at, at + line.length);
      const lockSpan = this.#source.span(keyAt, keyAt + key.length);
      this.#locks.push({ kind: word === 'owns' ? 'locked' : 'waiting-to-lock', lock: { key, className }, span, lockSpan, owner: null });
      return;
    }
    const owner = line.startsWith(OWNED) ? threadIn(line.slice(OWNED.length)) : null;
    const wanted = this.#locks.at(-1);
    if (owner !== null && wanted?.kind === 'waiting-to-lock') {
      wanted.owner = { name: owner, id: null };
      return;
    }
    const frame = FRAME.exec(line);
    if (frame === null) return;
    const [, own = '', declaring, method = '', number = '', native] = frame;
    const className = JDK.get(declaring ?? own) ?? declaring ?? own;
    const span = this.#source.span(at, at + line.length);
    this.#frames.push({
      span,
      className,
      method,
      file: null,
      line: /^\d/.test(number) ? Number(number) : null,
      native: native !== undefined,
      module: null,
    });
  }

  close(): void {
    const { thread } = this;
    const frames = this.#frames;
    thread.span = this.#source.span(this.#start, this.#end);
    const [top] = frames;
    const waits = top?.className === 'java.lang.Object' && /^wait0?$/.test(top.method);
    // The debugger names the monitor of a wait() as it names one that is entered.
    thread.locks = this.#locks.map((lock) => (waits && lock.kind === 'waiting-to-lock' ? { ...lock, kind: 'waiting-on' } : lock));
    thread.state = stateOf(thread.locks, top);
    thread.stateInferred = thread.state !== null;
    thread.framesFrom(() => frames);
  }
}

/** Of the JDK, the classes by which a wait is told. */
const JDK = new Map(
  [
    'java.lang.Object',
    'java.lang.Thread',
    'java.util.concurrent.locks.LockSupport',
    'jdk.internal.misc.Unsafe',
    'java.util.concurrent.CountDownLatch',
    'java.util.concurrent.CompletableFuture',
    'java.util.concurrent.FutureTask',
  ].map((name) => [name.slice(name.lastIndexOf('.') + 1), name]),
);

function stateOf(locks: readonly LockAction[], top: Frame | undefined): ThreadState | null {
  if (locks.some(({ kind }) => kind === 'waiting-to-lock')) return 'BLOCKED';
  if (top === undefined) return null;
  const name = `${top.className}.${top.method}`;
  if (/^java\.lang\.Thread\.sleep/.test(name)) return 'TIMED_WAITING';
  return /^(?:java\.lang\.Object\.wait|jdk\.internal\.misc\.Unsafe\.park)/.test(name) ? 'WAITING' : null;
}
