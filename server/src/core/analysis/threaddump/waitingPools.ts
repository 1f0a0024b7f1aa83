import type { Thread } from '../../threaddump/model.ts';
import { activitiesOf, type ThreadActivity } from './activity.ts';
import { occurs } from './dumpMethods.ts';
import { codeOf, isFlinkCore, isOfUser } from './hiddenWaits.ts';
import type { AnalysedDump } from './model.ts';
import { frameName, outermostClass, packageOf, tellingFrame } from './names.ts';
import { once } from './once.ts';
import { roleOf } from './roles.ts';
import { type WaitsFor, waitPoint } from './waitPoint.ts';
import { waitsForWork } from './waitsForWork.ts';

/** Threads of one name, all of which wait for a result inside of work that was given to them. */
export interface WaitingPool {
  /** What their names have in common. */
  name: string;
  threads: readonly Thread[];
  for: WaitsFor;
  /** Where they wait, the place of most of them first. */
  places: readonly string[];
  /** Inside what a future calls when it is complete, else inside a task of an executor. */
  callback: boolean;
  /**
   * What waits for the pool in its turn, where no thread of the dump but its own could do what its threads wait for; empty
   * where nothing waits, or where somebody could.
   */
  starves: readonly ThreadActivity[];
}

/** From so many threads on it is no coincidence that all of them wait at one place. */
const ENOUGH = 3;

/** What runs the callbacks of a future, on the thread that completes it. */
const CALLS_BACK =
  /^(?:java\.util\.concurrent\.CompletableFuture\.postComplete|com\.google\.common\.util\.concurrent\.AbstractFuture\.complete|io\.netty\.util\.concurrent\.DefaultPromise\.notifyListener0)$/;
/** Threads of Flink's own executors, to which nobody else can hand work: they are told as what they are, and not as a pool. */
const OF_FLINK: ReadonlySet<string> = new Set(['source-coordinator', 'source-enum-worker', 'split-fetcher']);

const POOLED = /^(.*?)-?(?<!\d)\d+$/;
const WAITING_FOR_RESULT = /^java\.util\.concurrent\.(?:FutureTask|CompletableFuture|ForkJoinTask|CountDownLatch)\.(?:get|join|await)$/;

const RUNS_TASK = /\.(?:ThreadPoolExecutor|ForkJoinPool)\.(?:runWorker|topLevelExec)$/;

export const waitingPoolsOf = once(({ dump }: AnalysedDump) => dump, search);

function search(analysed: AnalysedDump): readonly WaitingPool[] {
  const { dump } = analysed;
  if (!occurs(dump, WAITING_FOR_RESULT) || !(occurs(dump, RUNS_TASK) || occurs(dump, CALLS_BACK))) return [];
  const pools = new Map<string, Thread[]>();
  for (const thread of dump.threads) {
    if (OF_FLINK.has(roleOf(thread.name)?.role.id ?? '')) continue;
    const prefix = POOLED.exec(thread.name)?.[1] || thread.name;
    const pool = pools.get(prefix);
    if (pool === undefined) pools.set(prefix, [thread]);
    else pool.push(thread);
  }
  return [...pools].flatMap(([name, threads]) => {
    const callback = threads.every(waitsInCallback);
    if (!callback && !threads.every((thread) => waitsIn(thread, RUNS_TASK))) return [];
    const forUsers = threads.every(waitsForUsers);
    const places = placesOf(threads);
    const starves = forUsers && !callback ? starvedBy(analysed, threads) : [];
    if (starves.length === 0 && (places.length > 1 || ((callback || threads.length < ENOUGH) && !forUsers))) return [];
    return [{ name, threads, for: waitPoint(threads[0] as Thread)?.for ?? 'future', places, callback, starves }];
  });
}

/** The places at which threads stand, the one of most of them first. */
function placesOf(threads: readonly Thread[]): string[] {
  const counts = new Map<string, number>();
  for (const thread of threads) {
    const frame = tellingFrame(thread);
    const place = frame === undefined ? '' : frameName(frame);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([place]) => place);
}

/**
 * One or two threads that wait are a pool's everyday picture, unless they wait without a timeout for a result, in code of the
 * user's: what libraries and Flink give to pools of their own is known to end.
 */
function waitsForUsers(thread: Thread): boolean {
  const point = waitPoint(thread);
  return point?.for === 'future' && !point.timed && !isFlinkCore(point.caller) && codeOf(point.caller) === 'user';
}

/** A client's own thread, which brings answers: inside what it calls with one of them it waits for another. */
function waitsInCallback(thread: Thread): boolean {
  return isForeign(roleOf(thread.name)?.role.group) && waitsIn(thread, CALLS_BACK);
}

/** Of the user's or a library's: nothing that Flink starts for itself. */
const isForeign = (group: string | undefined): boolean => group === undefined || group === 'other' || group === 'connector';

/** Waits for a result, called by what a frame further out is. */
function waitsIn(thread: Thread, caller: RegExp): boolean {
  const { methods, state } = thread;
  if (state !== 'WAITING' && state !== 'TIMED_WAITING') return false;
  // Nobody in this pool hands out connections, and answers of a server are read by the client's own threads.
  const what = waitPoint(thread)?.for;
  if (what === 'connection' || what === 'http') return false;
  const waits = methods.findIndex((method) => WAITING_FOR_RESULT.test(method));
  return waits !== -1 && methods.slice(waits).some((method) => caller.test(method));
}

/** Who waits in the classes or the package of a pool's work, where nobody outside of the pool can do what it waits for. */
function starvedBy(analysed: AnalysedDump, pool: readonly Thread[]): ThreadActivity[] {
  if (pool.some(isCompensated)) return [];
  const work = pool.flatMap(({ frames }) => frames.filter(isOfUser).map(({ className }) => className));
  const classes = new Set(work.map(outermostClass));
  const homes = new Set(work.map(homeOf));
  const members = new Set(pool);
  const others = activitiesOf(analysed).filter(({ thread }) => !members.has(thread));
  const starves = others.filter(
    ({ wait, thread }) => wait?.for === 'future' && thread.frames.some((one) => isOfUser(one) && homes.has(homeOf(one.className))),
  );
  const waiting = new Set(starves);
  return others.some((one) => !waiting.has(one) && mayComplete(one, classes)) || hidesVirtual(analysed) ? [] : starves;
}

const COMPENSATED = /^java\.util\.concurrent\.(?:CompletableFuture|ForkJoinTask|CountedCompleter)\.(?:get|join|invoke)$/;

/** A ForkJoinPool starts a spare thread for one of its own that waits for such a future, or has it do the work itself. */
const isCompensated = ({ methods }: Thread): boolean =>
  methods.some((method) => method.startsWith('java.util.concurrent.ForkJoinWorkerThread.')) && methods.some((method) => COMPENSATED.test(method));

const SELECTS = /^sun\.nio\.ch\.(?:\w{0,40}SelectorImpl\.\w+|(?:EPoll|KQueue|WEPoll)\w{0,40}\.\w+)$|\.(?:epoll|kqueue|io_uring)\.Native\.\w+$/;
const DELAYS = /^CompletableFutureDelayScheduler$/;
const TOP = 6;

/**
 * It does something in code of the user's, brings the answers of an asynchronous client, or ends futures after a time. What
 * Flink starts does its own work, unless it is in the very classes of the pool's work.
 */
function mayComplete(activity: ThreadActivity, classes: ReadonlySet<string>): boolean {
  const { thread, role } = activity;
  const point = waitPoint(thread);
  if (DELAYS.test(thread.name)) return true;
  if (point !== null && (point.for === 'future' || isFlinkCore(point.caller))) return false;
  const foreign = isForeign(role?.role.group);
  if (foreign && role?.role.group !== 'connector' && thread.methods.slice(0, TOP).some((method) => SELECTS.test(method))) return true;
  return !waitsForWork(activity) && thread.frames.some((frame) => isOfUser(frame) && (foreign || classes.has(outermostClass(frame.className))));
}

/** Its package, else the class itself. */
const homeOf = (className: string): string => packageOf(className) ?? outermostClass(className);

/** Only some formats list virtual threads that do not run; whether there are any, a thread of the JVM tells. */
const hidesVirtual = ({ dump: { threads } }: AnalysedDump): boolean =>
  threads.some(({ name }) => name.startsWith('VirtualThread-un')) && !threads.some(({ virtual }) => virtual);
