import { frameName, tellingFrame } from '../../analysis/threaddump/names.ts';
import { look, STACKS } from '../../analysis/threaddump/stackLooks.ts';
import { finding } from '../../model.ts';
import type { Thread } from '../../threaddump/model.ts';
import { quoted } from '../../wording.ts';
import type { DumpRule } from './types.ts';

/** With fewer threads a full pool is an everyday picture. */
const ENOUGH = 3;

const POOLED = /^(.*?)-?\d+$/;
const WAITING_FOR_RESULT = /^java\.util\.concurrent\.(?:FutureTask|CompletableFuture|ForkJoinTask|CountDownLatch)\.(?:get|join|await)$/;

const FUTURES = look('futures');
const WORKERS = look('poolWorkers');

/** Every thread of a pool runs a task that waits for a result: if the result is to come from the same pool, it never does. */
export const poolWaitsForItself: DumpRule = {
  id: 'pool-may-wait-for-itself',
  title: 'Every thread of a pool waits for a result',
  severity: 'info',
  docs: `All threads of one executor run a task, and each of these tasks waits for a future or a latch at the same place. When what they wait for has to run in the same executor, no thread is left for it (thread starvation). A dump does not say who is to complete a future, so this is only suspected.

To confirm: find in the code where the future comes from. If it is submitted to the same executor, use another executor for it, or do not wait for it.`,
  check: (analysis) =>
    analysis.dumps.flatMap(({ dump }) => {
      if (STACKS.threads(dump, FUTURES).length < ENOUGH || STACKS.threads(dump, WORKERS).length < ENOUGH) return [];
      const pools = new Map<string, Thread[]>();
      for (const thread of dump.threads) {
        const prefix = POOLED.exec(thread.name)?.[1];
        if (!prefix) continue;
        const pool = pools.get(prefix);
        if (pool === undefined) pools.set(prefix, [thread]);
        else pool.push(thread);
      }
      return [...pools].flatMap(([prefix, threads]) => {
        if (threads.length < ENOUGH || !threads.every(waitsInTask)) return [];
        const places = new Set(threads.map((thread) => placeOf(thread)));
        const first = threads[0] as Thread;
        if (places.size !== 1) return [];
        return [
          finding(poolWaitsForItself, {
            certainty: 'suspected',
            facts: { pool: prefix, at: placeOf(first), threads: threads.length },
            message: `All ${threads.length} threads of the pool ${quoted(prefix)} wait for a result at ${placeOf(first)}. If the result is to come from this pool, it never will.`,
            span: first.nameSpan,
            related: threads.slice(0, 10).map((thread) => ({ message: `${quoted(thread.name)} waits for a result`, span: thread.nameSpan })),
            evidence: [`Each of the ${threads.length} threads runs a task of the pool and waits inside it.`],
            missing: ['Which executor is to complete what they wait for.'],
          }),
        ];
      });
    }),
};

function waitsInTask({ frames, state }: Thread): boolean {
  if (state !== 'WAITING' && state !== 'TIMED_WAITING') return false;
  const waits = frames.findIndex(({ className, method }) => WAITING_FOR_RESULT.test(`${className}.${method}`));
  if (waits === -1) return false;
  return frames
    .slice(waits)
    .some(({ className, method }) => /\.(?:ThreadPoolExecutor|ForkJoinPool)$/.test(className) && /^(?:runWorker|topLevelExec)$/.test(method));
}

function placeOf(thread: Thread): string {
  const frame = tellingFrame(thread);
  return frame === undefined ? '' : frameName(frame);
}
