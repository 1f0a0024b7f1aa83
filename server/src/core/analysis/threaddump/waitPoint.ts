import { connectionPoolOf } from '../../knowledge/connectionPools.ts';
import type { Frame, Thread } from '../../threaddump/model.ts';
import { isOfJdk } from './names.ts';

/** What a thread waits for, as the frames of the JDK above its own code tell. */
export type WaitsFor =
  | 'latch'
  | 'future'
  | 'condition'
  | 'notify'
  /** Thread.join. */
  | 'thread'
  /** ExecutorService.awaitTermination and the like. */
  | 'executor'
  | 'queue'
  | 'permit'
  /** One of a pool of connections, which has none left. */
  | 'connection'
  | 'barrier'
  | 'process'
  /** An answer from a network connection: RUNNABLE as Java counts it. */
  | 'socket'
  /** The answer to a request of the JDK's HTTP client, which its own threads read. */
  | 'http'
  | 'sleep'
  | 'lock'
  /** Parked on something that is none of these. */
  | 'other';

/** The place in a thread's own code from which it waits. */
export interface WaitPoint {
  for: WaitsFor;
  /** The innermost frame that is neither the JDK's nor a library's wrapping of its waits; of a pool of connections the outermost, which is asked. */
  caller: Frame;
  /** Its index in the thread's frames. */
  index: number;
  /** It ends by itself. */
  timed: boolean;
}

/** Against "package.Class.method"; of several in a stack the outermost before the caller says what is waited for. */
const PRIMITIVES: readonly (readonly [WaitsFor, RegExp])[] = [
  ['future', /^java\.util\.concurrent\.(?:CompletableFuture|FutureTask|ForkJoinTask|CountedCompleter)\.(?:get|join|invoke|awaitDone)$/],
  ['future', /^java\.util\.concurrent\.(?:AbstractExecutorService|ForkJoinPool)\.(?:invokeAll|invokeAny|invoke)$/],
  [
    'future',
    /^(?:scala\.concurrent\.(?:Await|impl\.Promise\$\w+)|com\.google\.common\.util\.concurrent\.(?=\w*Future)\w+(?:\$\w+)?|io\.netty\.util\.concurrent\.\w*Promise)\.(?:result|ready|get\w*|await\w*|sync\w*)$/,
  ],
  [
    'future',
    /^(?:reactor\.core\.publisher|io\.reactivex(?:\.rxjava3)?\.(?:core|internal\.observers)|rx\.observables|io\.smallrye\.mutiny(?:\.\w+){0,4}|io\.vavr\.concurrent)\.\w+\.(?:block\w*|await\w*|get)$/,
  ],
  // Further out than the future that it waits for.
  ['http', /^(?:java\.net\.http\.HttpClient|jdk\.internal\.net\.http\.HttpClient(?:Impl|Facade))\.send$/],
  ['latch', /^java\.util\.concurrent\.CountDownLatch\.await$/],
  ['barrier', /^java\.util\.concurrent\.(?:CyclicBarrier\.(?:dowait|await)|Phaser\.(?:arriveAndAwaitAdvance|awaitAdvance\w*|internalAwaitAdvance))$/],
  ['permit', /^java\.util\.concurrent\.Semaphore\.(?:acquire\w*|tryAcquire)$/],
  ['executor', /^java\.util\.concurrent\.\w+\.(?:awaitTermination|awaitQuiescence|close)$/],
  ['thread', /^java\.lang\.Thread\.join$/],
  ['process', /^java\.lang\.(?:ProcessImpl|UNIXProcess|Process)\.waitFor$/],
  ['queue', /^java\.util\.concurrent\.(?:\w+(?:Queue|Deque)|Exchanger)\.(?:take\w*|poll\w*|put\w*|offer\w*|transfer|tryTransfer|exchange)$/],
  [
    'lock',
    /^java\.util\.concurrent\.locks\.(?:ReentrantLock|ReentrantReadWriteLock\$\w+Lock|StampedLock)\.(?:lock\w*|tryLock|readLock\w*|writeLock\w*)$/,
  ],
  ['condition', /^java\.util\.concurrent\.locks\.AbstractQueued(?:Long)?Synchronizer\$ConditionObject\.await\w*$/],
  ['notify', /^java\.lang\.Object\.wait0?$/],
  // A virtual thread parks for its connection.
  ['socket', /^sun\.nio\.ch\.Poller\.poll$/],
  ['sleep', /^java\.(?:lang\.Thread|util\.concurrent\.TimeUnit)\.sleep\w*$/],
  ['other', /^java\.util\.concurrent\.locks\.LockSupport\.park\w*$/],
];

const READS =
  /^(?:java\.net\.(?:SocketInputStream|PlainSocketImpl)\.(?=\w*(?:[Rr]ead|[Cc]onnect))\w+|sun\.nio\.ch\.(?:\w{0,60}Dispatcher\w{0,60}\.read\w*|Net\.(?:poll|connect0?)))$/;

/** Libraries that wrap the JDK's waits; whoever calls them is the one who waits. */
const WRAPPERS =
  /^(?:scala\.concurrent|kotlinx?|com\.google\.common\.util\.concurrent|io\.netty\.util\.concurrent|reactor\.core\.publisher|io\.reactivex|rx\.(?:observables|internal)|io\.smallrye\.mutiny|io\.vavr\.concurrent)\./;

/** Deep enough for every way into park; further out a stack tells how the thread was started. */
const DEPTH = 40;

/** Null: it does not wait, or it is not to be seen who called the wait. */
export function waitPoint(thread: Thread): WaitPoint | null {
  const { methods } = thread;
  const state = thread.state ?? stateOf(methods);
  if (state !== 'WAITING' && state !== 'TIMED_WAITING' && state !== 'RUNNABLE') return null;
  const first = methods[0];
  if (first === undefined || !isOfJdk(first)) return null;
  const reads = state === 'RUNNABLE';
  if (reads && !(READS.test(first) && thread.topFrames(1)[0]?.native === true)) return null;
  let found: WaitsFor | null = reads ? 'socket' : null;
  for (const [index, method] of methods.slice(0, DEPTH).entries()) {
    if (!isOfJdk(method) && !WRAPPERS.test(method)) {
      if (found === null) return null;
      const asked = reads ? -1 : poolAsked(methods, index);
      return asked === -1 ? pointAt(thread, index, found, state) : pointAt(thread, asked, 'connection', state);
    }
    if (!reads) found = primitive(method, found);
  }
  return null;
}

function pointAt(thread: Thread, index: number, what: WaitsFor, state: Thread['state']): WaitPoint {
  return { for: what, caller: thread.topFrames(index + 1)[index] as Frame, index, timed: state === 'TIMED_WAITING' };
}

const PARKS = /^(?:(?:jdk\.internal\.misc\.|sun\.misc\.)Unsafe\.park|java\.lang\.VirtualThread\.park(?:Nanos)?)$/;
const TIMED = /\.(?:park(?:Nanos|Until)|awaitNanos|awaitUntil|sleep\w*)$/;
const WAITS = /^java\.lang\.(?:Object\.wait0?|Thread\.sleep\w*)$/;

/** Some formats print no state: the frame that parks tells it. */
function stateOf(methods: readonly string[]): Thread['state'] {
  const [top] = methods;
  if (top === undefined || !(PARKS.test(top) || WAITS.test(top))) return null;
  return methods.slice(0, 3).some((method) => TIMED.test(method)) ? 'TIMED_WAITING' : 'WAITING';
}

/** How many frames of its own, or of a lock, a pool may have between those that tell. */
const POOL_DEPTH = 8;

/** The outermost of the frames that ask a pool of connections for one, from the one on that waits; -1: it waits for nothing of the kind. */
function poolAsked(methods: readonly string[], index: number): number {
  const takes = (method: string): boolean => connectionPoolOf(method) !== undefined;
  if (!methods.slice(index, index + 2).some(takes)) return -1;
  return index + methods.slice(index, index + POOL_DEPTH).findLastIndex(takes);
}

/** A more telling one further out takes the place of one further in. */
function primitive(method: string, before: WaitsFor | null): WaitsFor | null {
  const found = PRIMITIVES.find(([, pattern]) => pattern.test(method))?.[0];
  return found === undefined || (found === 'other' && before !== null) ? before : found;
}
