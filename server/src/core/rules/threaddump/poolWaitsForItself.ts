import { codeOf, isFlinkCore } from '../../analysis/threaddump/hiddenWaits.ts';
import { frameName, tellingFrame } from '../../analysis/threaddump/names.ts';
import { roleOf } from '../../analysis/threaddump/roles.ts';
import { look, STACKS } from '../../analysis/threaddump/stackLooks.ts';
import { waitPoint } from '../../analysis/threaddump/waitPoint.ts';
import type { Thread } from '../../threaddump/model.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

/** From so many threads on it is no coincidence that all of them wait at one place. */
const ENOUGH = 3;
const MAX_RELATED = 10;

/** What runs the callbacks of a future, on the thread that completes it. */
const CALLS_BACK =
  /^(?:java\.util\.concurrent\.CompletableFuture\.postComplete|com\.google\.common\.util\.concurrent\.AbstractFuture\.complete|io\.netty\.util\.concurrent\.DefaultPromise\.notifyListener0)$/;
const ENUMERATOR: ReadonlySet<string> = new Set(['source-coordinator', 'source-enum-worker']);

const POOLED = /^(.*?)-?(?<!\d)\d+$/;
const WAITING_FOR_RESULT = /^java\.util\.concurrent\.(?:FutureTask|CompletableFuture|ForkJoinTask|CountDownLatch)\.(?:get|join|await)$/;

const RUNS_TASK = /\.(?:ThreadPoolExecutor|ForkJoinPool)\.(?:runWorker|topLevelExec)$/;

const FUTURES = look('futures');
const WORKERS = look('poolWorkers');
const CALLBACKS = look('callbacks');

/** Every thread of a pool runs a task that waits for a result: if the result is to come from the same pool, it never does. */
export const poolWaitsForItself: DumpRule = {
  id: 'pool-may-wait-for-itself',
  title: 'Every thread of a pool waits for a result',
  severity: 'info',
  docs: `All threads of one executor run a task, and each of these tasks waits for a future or a latch at the same place. When what they wait for has to run in the same executor, no thread is left for it (thread starvation). The same is told of the threads of a client (those that bring its answers) which call back with one answer, and wait inside that callback for another. A dump does not say who is to complete a future, so this is only suspected.

To confirm: find in the code where the future comes from. If it is submitted to the same executor, use another executor for it, or do not wait for it. In a callback, chain the second request (\`thenCompose\`) instead of waiting for it.`,
  check: (analysis) =>
    analysis.dumps.flatMap(({ dump }) => {
      const inNeither = STACKS.threads(dump, WORKERS).length === 0 && STACKS.threads(dump, CALLBACKS).length === 0;
      if (inNeither || STACKS.threads(dump, FUTURES).length === 0) return [];
      const pools = new Map<string, Thread[]>();
      for (const thread of dump.threads) {
        // Which is told as what it is, and not as a pool.
        if (ENUMERATOR.has(roleOf(thread.name)?.role.id ?? '')) continue;
        const prefix = POOLED.exec(thread.name)?.[1] || thread.name;
        const pool = pools.get(prefix);
        if (pool === undefined) pools.set(prefix, [thread]);
        else pool.push(thread);
      }
      return [...pools].flatMap(([prefix, threads]) => {
        const first = threads[0] as Thread;
        const callback = threads.every(waitsInCallback);
        if (!callback && !threads.every((thread) => waitsIn(thread, RUNS_TASK))) return [];
        const at = placeOf(first);
        if (threads.some((thread) => placeOf(thread) !== at) || ((callback || threads.length < ENOUGH) && !waitForUsers(threads))) return [];
        return [
          tell(
            poolWaitsForItself,
            'pool-may-wait-for-itself',
            {
              pool: prefix.replace(/^(ForkJoinPool.*)-worker$/, '$1'),
              at,
              threads: threads.length,
              for: waitPoint(first)?.for ?? 'future',
              callback,
            },
            {
              certainty: 'suspected',
              span: first.nameSpan,
              related: threads.slice(0, MAX_RELATED).map(({ name, nameSpan }) => beside(nameSpan, 'waits-for-result', { thread: name })),
            },
          ),
        ];
      });
    }),
};

/**
 * One or two threads that wait are a pool's everyday picture, unless they wait without a timeout for a result, in code of the
 * user's: what libraries and Flink give to pools of their own is known to end.
 */
function waitForUsers(threads: readonly Thread[]): boolean {
  return threads.every((thread) => {
    const point = waitPoint(thread);
    return point?.for === 'future' && !point.timed && !isFlinkCore(point.caller) && codeOf(point.caller) === 'user';
  });
}

/** A client's own thread, which brings answers: inside what it calls with one of them it waits for another. */
function waitsInCallback(thread: Thread): boolean {
  const group = roleOf(thread.name)?.role.group;
  return (group === undefined || group === 'other' || group === 'connector') && waitsIn(thread, CALLS_BACK);
}

/** Waits for a result, called by what a frame further out is. */
function waitsIn(thread: Thread, caller: RegExp): boolean {
  const { frames, state } = thread;
  if (state !== 'WAITING' && state !== 'TIMED_WAITING') return false;
  // Nobody in this pool hands out connections.
  if (waitPoint(thread)?.for === 'connection') return false;
  const waits = frames.findIndex(({ className, method }) => WAITING_FOR_RESULT.test(`${className}.${method}`));
  if (waits === -1) return false;
  return frames.slice(waits).some(({ className, method }) => caller.test(`${className}.${method}`));
}

function placeOf(thread: Thread): string {
  const frame = tellingFrame(thread);
  return frame === undefined ? '' : frameName(frame);
}
