import type { ThreadActivity } from '../../analysis/threaddump/activity.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { displayName, frameName } from '../../analysis/threaddump/names.ts';
import { type WaitingPool, waitingPoolsOf } from '../../analysis/threaddump/waitingPools.ts';
import type { Thread } from '../../threaddump/model.ts';
import type { StarvedFacts } from './facts.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX_RELATED = 10;
const MAX_STARVED = 5;

/** Every thread of a pool runs a task that waits for a result: if the result is to come from the same pool, it never does. */
export const poolWaitsForItself: DumpRule = {
  id: 'pool-may-wait-for-itself',
  title: 'Every thread of a pool waits for a result',
  severity: 'info',
  docs: `All threads of one executor run a task, and each of these tasks waits for a future or a latch at the same place. When what they wait for has to run in the same executor, no thread is left for it (thread starvation). The same is told of the threads of a client (those that bring its answers) which call back with one answer, and wait inside that callback for another. A dump does not say who is to complete a future, so this is only suspected.

It is a warning where a task waits for the pool in its turn, and no other thread of the dump does such work or brings the answers of an asynchronous client: then it is the pool for which the task waits, and the task is told with it. A \`ForkJoinPool\` is left out where it starts spare threads for those that wait.

To confirm: find in the code where the future comes from. If it is submitted to the same executor, use another executor for it, or do not wait for it. In a callback, chain the second request (\`thenCompose\`) instead of waiting for it.`,
  check: (analysis) => analysis.dumps.flatMap((analysed) => waitingPoolsOf(analysed).map(describe)),
};

/** Threads that wait for a pool that waits for itself: the pool tells them. */
export const starvedThreads = (analysed: AnalysedDump): Thread[] =>
  waitingPoolsOf(analysed).flatMap(({ starves }) => starves.map(({ thread }) => thread));

function describe({ name, threads, places, callback, starves, for: what }: WaitingPool) {
  const first = threads[0] as Thread;
  const starved = starvedFacts(starves);
  return tell(
    { id: poolWaitsForItself.id, severity: starved.length === 0 ? poolWaitsForItself.severity : 'warning' },
    'pool-may-wait-for-itself',
    {
      pool: name.replace(/^(ForkJoinPool.*)-worker$/, '$1'),
      at: places[0] ?? '',
      places: places.length,
      threads: threads.length,
      for: what,
      callback,
      starved,
    },
    {
      certainty: 'suspected',
      span: first.nameSpan,
      related: [
        ...threads.slice(0, MAX_RELATED).map(({ name: thread, nameSpan }) => beside(nameSpan, 'waits-for-result', { thread })),
        ...starves.slice(0, MAX_RELATED).map(({ thread }) => beside(thread.nameSpan, 'waits-for-pool', { thread: thread.name })),
      ],
    },
  );
}

/** One entry for the subtasks of a vertex that wait at one place. */
function starvedFacts(starves: readonly ThreadActivity[]): StarvedFacts[] {
  const groups = new Map<string, StarvedFacts>();
  for (const { thread, role, wait } of starves) {
    if (wait === null) continue;
    const task = role?.task ?? displayName({ name: thread.name, thread });
    const at = frameName(wait.caller);
    const same = groups.get(`${task}\n${at}`);
    if (same === undefined) groups.set(`${task}\n${at}`, { task, at, threads: 1, parallelism: role?.parallelism ?? null });
    else same.threads++;
  }
  return [...groups.values()].slice(0, MAX_STARVED);
}
