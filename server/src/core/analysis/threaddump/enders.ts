import { methodOf } from '../../threaddump/frames.ts';
import type { Frame, Thread } from '../../threaddump/model.ts';
import { activitiesOf, type ThreadActivity } from './activity.ts';
import { connectionWork } from './connectionWork.ts';
import { codeOf, isFlinkCore, isOfUser } from './hiddenWaits.ts';
import type { AnalysedDump } from './model.ts';
import { frameName, isJdk, outermostClass, packageOf } from './names.ts';
import { isIdlePoolThread } from './stackGroups.ts';
import { type WaitPoint, type WaitsFor, waitPoint } from './waitPoint.ts';

/** Threads that may be the ones to end a wait, with what keeps them from doing so: all that do the same at one place. */
export interface Ender {
  /** The first of them. */
  thread: Thread;
  threads: number;
  does: 'wants-lock' | 'reads-socket' | 'waits-for-network' | 'waits' | 'runs';
  /** What it waits for where it waits; else null. */
  for: WaitsFor | null;
  /** Where it stands in code of the user's, else in that of the library. */
  frame: Frame;
  /** They run what somebody gave to an executor, or are virtual: they end when this does. */
  task: boolean;
}

const MAX = 3;
/** Groups of roles whose threads run code of the user's or of a connector's. */
const HELPERS: ReadonlySet<string> = new Set(['other', 'connector']);
/** In larger dumps each look at all threads is too dear for what it tells. */
const MAX_THREADS = 20_000;

/** Under these a thread runs what somebody else gave to it. */
const RUNS_TASK =
  /^java\.util\.concurrent\.(?:FutureTask\.run\w*|CompletableFuture\$\w+\.(?:run|exec)|ThreadPoolExecutor\.runWorker|ForkJoinTask\.doExec)$/;

/** What is outside of the JVM is waited for before others can go on, and who computes before those who wait for others. */
const ORDER: Record<Ender['does'], number> = { 'reads-socket': 0, 'waits-for-network': 0, runs: 1, 'wants-lock': 2, waits: 3 };

/**
 * Threads that are inside the class from which others wait, or at work for an executor in its package; a dump does not say who
 * completes a future or opens a latch.
 */
export const endersOf = (analysed: AnalysedDump, caller: Frame, waiting: ReadonlySet<Thread>): Ender[] =>
  allEnders(analysed, caller, waiting).slice(0, MAX);

function allEnders(analysed: AnalysedDump, caller: Frame, waiting: ReadonlySet<Thread>): Ender[] {
  const { dump } = analysed;
  if (dump.threads.length > MAX_THREADS || isJdk(caller) || isFlinkCore(caller)) return [];
  const outer = outermostClass(caller.className);
  const own = codeOf(caller) === 'user' ? packageOf(caller.className) : null;
  const found: Enders = new Map();
  for (const activity of activitiesOf(analysed)) {
    const { thread } = activity;
    if (waiting.has(thread) || thread.stackText?.includes(own ?? outer) === false || !isHelper(activity)) continue;
    const task = runsTask(thread);
    const point = waitPoint(thread);
    const inside = thread.frames.find(({ className }) => outermostClass(className) === outer);
    if (
      inside === undefined &&
      (own === null || !task || waitsInFlink(point) || !thread.frames.some(({ className }) => packageOf(className) === own))
    )
      continue;
    addEnder(found, analysed, thread, point, (own === null ? inside : thread.frames.find(isOfUser)) ?? inside ?? caller, task);
  }
  return inOrder(found);
}

/** Threads in code of the user's as such that may decide, those that do the same together. */
export function endersWhere(analysed: AnalysedDump, found: readonly ThreadActivity[]): Ender[] {
  const enders: Enders = new Map();
  for (const { thread } of found) {
    const frame = thread.frames.find(isOfUser);
    if (frame !== undefined) addEnder(enders, analysed, thread, waitPoint(thread), frame, true);
  }
  return inOrder(enders);
}

type Enders = Map<string, Ender>;

function addEnder(found: Enders, { waits }: AnalysedDump, thread: Thread, point: WaitPoint | null, frame: Frame, task: boolean): void {
  const does = waits.waits.has(thread.index) ? 'wants-lock' : point === null ? 'runs' : atNetwork(thread, point);
  const key = `${does}\n${frameName(frame)}\n${task}\n${point?.for}`;
  const same = found.get(key);
  if (same === undefined) found.set(key, { thread, threads: 1, does, for: does === 'waits' && point !== null ? point.for : null, frame, task });
  else same.threads++;
}

const inOrder = (found: Enders): Ender[] => [...found.values()].sort((a, b) => ORDER[a.does] - ORDER[b.does]);

/** As the main method of a job does, which has handed the job in. */
const waitsInFlink = (point: WaitPoint | null): boolean => point !== null && isFlinkCore(point.caller);

const isHelper = (activity: ThreadActivity): boolean => !isIdlePoolThread(activity) && HELPERS.has(activity.role?.role.group ?? 'other');

const runsTask = ({ virtual, methods }: Thread): boolean => virtual || methods.some((method) => RUNS_TASK.test(method));

/** Waits that end with the work of other threads. */
const FOR_WORK: ReadonlySet<WaitsFor> = new Set<WaitsFor>(['future', 'latch', 'executor', 'thread', 'barrier']);
/** So waits who is let in only when another one is through. */
const QUEUES: ReadonlySet<WaitsFor | null> = new Set<WaitsFor | null>(['permit', 'connection', 'lock']);

/**
 * The call outside of the JVM that others wait for in the end: all work that could end their wait stands in this one call, or
 * waits to be let in. Null: some of it does something else, and may be the one that decides.
 */
export function callOutside(analysed: AnalysedDump, { caller, for: what }: WaitPoint, waiting: ReadonlySet<Thread>): Ender | null {
  return FOR_WORK.has(what) ? onlyCall(allEnders(analysed, caller, waiting)) : null;
}

/** The one call outside of the JVM in which threads stand, or wait to be let in; null: some do something else. */
export function onlyCall([first, ...others]: readonly Ender[]): Ender | null {
  if (first === undefined || !first.task || !isOutside(first)) return null;
  const behind = ({ does, for: other, task }: Ender): boolean => task && (does === 'wants-lock' || (does === 'waits' && QUEUES.has(other)));
  return others.every((one) => behind(one) || (one.task && isOutside(one) && methodOf(one.frame) === methodOf(first.frame))) ? first : null;
}

/** What the compiler calls the body of a lambda within what Flink calls of an asynchronous function or sink. */
const ASKS = /\.lambda\$(?:asyncInvoke|asyncLookup|submitRequestEntries)\$\d+$/;

/** The one call outside of the JVM in which requests stand. */
export interface RequestCall {
  call: Ender;
  /** They were handed on by an asynchronous function; else they are all that works for an executor in code of the user's. */
  asked: boolean;
}

/**
 * Where the requests of asynchronous functions stand: their task threads do not show it, as they have handed them on. Null:
 * no thread shows any, or they do not all stand in one call.
 */
export function requestCall(analysed: AnalysedDump): RequestCall | null {
  if (analysed.dump.threads.length > MAX_THREADS) return null;
  const all: Enders = new Map();
  const handedOn: Enders = new Map();
  for (const activity of activitiesOf(analysed)) {
    const { thread } = activity;
    if (!isHelper(activity)) continue;
    const frame = thread.frames.find(isOfUser);
    if (frame === undefined) continue;
    const point = waitPoint(thread);
    const asked = thread.methods.some((method) => ASKS.test(method));
    if (!asked && (!runsTask(thread) || waitsInFlink(point))) continue;
    addEnder(asked ? handedOn : all, analysed, thread, point, frame, true);
  }
  const asked = handedOn.size > 0;
  const call = onlyCall(inOrder(asked ? handedOn : all));
  return call === null ? null : { call, asked };
}

const isOutside = ({ does }: Ender): boolean => does === 'reads-socket' || does === 'waits-for-network';

function atNetwork({ frames }: Thread, point: WaitPoint): Ender['does'] {
  if (point.for === 'http') return 'waits-for-network';
  return point.for !== 'socket' ? 'waits' : connectionWork(frames) === 'read' ? 'reads-socket' : 'waits-for-network';
}
