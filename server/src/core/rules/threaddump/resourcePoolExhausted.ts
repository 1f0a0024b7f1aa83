import { activitiesOf, type ThreadActivity } from '../../analysis/threaddump/activity.ts';
import { connectionUse } from '../../analysis/threaddump/connectionUse.ts';
import { isFlinkCore } from '../../analysis/threaddump/hiddenWaits.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { frameName } from '../../analysis/threaddump/names.ts';
import { isIdlePoolThread } from '../../analysis/threaddump/stackGroups.ts';
import { type WaitPoint, waitPoint } from '../../analysis/threaddump/waitPoint.ts';
import { isWorkerLoop } from '../../analysis/threaddump/waitsForWork.ts';
import type { Thread } from '../../threaddump/model.ts';
import type { ConnectionFacts } from './facts.ts';
import { beside, connectionFacts, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

/** With fewer a full pool is an everyday picture. */
const ENOUGH = 3;
const MAX = 10;
const IN_RELATED = 10;

/** How methods are called that take something out of a pool, to be given back later. */
const BORROWS = /^(?:borrow|acquire|checkout|lease|obtain|getConnection|getPoolEntry|takeConnection|requestConnection|pollConnection)/i;

/** Threads in the middle of some work that wait to take something from a queue or a pool. */
export const resourcePoolExhausted: DumpRule = {
  id: 'resource-pool-exhausted',
  title: 'Threads wait for a pool of connections or the like',
  severity: 'info',
  docs: `At least three threads wait in one method for something to come out of a queue, for a permit or a condition, and this is not the loop of a worker that waits for work: they are in the middle of something else. That is what a pool of connections looks like when it is empty. Those who have taken a connection do not give it back (look for a missing \`close()\`, or for code that takes a second one while it holds the first), or the pool is too small for the threads that use it.

Task threads are reported as "A task waits in user or connector code".

Pools that are known (HikariCP, Commons DBCP and Pool, Druid, c3p0, Tomcat JDBC, Apache HttpClient, Jedis and others) are named. Of most of them it is told whether any thread is in a call through a connection, or opens one: where none is, they were probably taken and never given back.

Always **suspected**: a dump does not tell a queue of connections from a queue of work, nor how long a pool has been empty.`,
  check: (analysis) => analysis.dumps.flatMap((analysed) => exhausted(analysed).slice(0, MAX)),
};

function exhausted(analysed: AnalysedDump) {
  const places = new Map<string, { point: WaitPoint; threads: Thread[] }>();
  for (const activity of activitiesOf(analysed)) {
    const { thread } = activity;
    const point = borrowing(activity);
    if (point === null || analysed.waits.waits.has(thread.index)) continue;
    const { className, method } = point.caller;
    const place = places.get(`${className}.${method}`);
    if (place === undefined) places.set(`${className}.${method}`, { point, threads: [thread] });
    else place.threads.push(thread);
  }
  return [...places.values()]
    .filter(({ threads }) => threads.length >= ENOUGH)
    .sort((a, b) => b.threads.length - a.threads.length)
    .map(({ point, threads }) => {
      const first = threads[0] as Thread;
      return tell(
        resourcePoolExhausted,
        'resource-pool-exhausted',
        { threads: threads.length, at: frameName(point.caller), for: point.for, first: first.name, pool: poolOf(analysed, point) },
        {
          certainty: 'suspected',
          key: ['at'],
          span: first.nameSpan,
          related: threads.slice(0, IN_RELATED).map(({ name, nameSpan }) => beside(nameSpan, 'waits-here', { thread: name })),
        },
      );
    });
}

/** Null: the place alone looks like a pool. */
function poolOf(analysed: AnalysedDump, { for: what, caller }: WaitPoint): ConnectionFacts | null {
  const use = what === 'connection' ? connectionUse(analysed, caller) : null;
  return use === null ? null : connectionFacts(use);
}

/** Null: it waits for nothing that is taken from a pool, or for work. */
function borrowing(activity: ThreadActivity): WaitPoint | null {
  const { thread, role } = activity;
  if (
    // Where a format prints no state, the frames tell it.
    (thread.state !== null && thread.state !== 'WAITING' && thread.state !== 'TIMED_WAITING') ||
    (role !== null && role.role.group !== 'other') ||
    isIdlePoolThread(activity)
  ) {
    return null;
  }
  const point = waitPoint(thread);
  if (point === null || !['queue', 'permit', 'condition', 'notify', 'connection'].includes(point.for) || isFlinkCore(point.caller)) return null;
  if (point.for === 'connection' || BORROWS.test(point.caller.method)) return point;
  // Who borrows is called by others.
  return point.for === 'queue' && !point.timed && !isWorkerLoop(thread.frames, point) ? point : null;
}
