import { connectionPoolOf } from '../../knowledge/connectionPools.ts';
import { methodOf } from '../../threaddump/frames.ts';
import type { Frame, Thread } from '../../threaddump/model.ts';
import { activitiesOf, type ThreadActivity } from './activity.ts';
import { isOfUser } from './hiddenWaits.ts';
import type { AnalysedDump } from './model.ts';
import { waitPoint } from './waitPoint.ts';
import { waitsForWork } from './waitsForWork.ts';

/** Who is at work with the connections of a pool for which others wait. */
export interface ConnectionUse {
  /** Name of the library. */
  pool: string;
  leakOptions: readonly string[];
  /**
   * `opening`: a thread opens one for the pool; `others`: threads are in calls through connections; `nobody`: none is, so that
   * they were taken and not given back, or are kept for later; `unknown`: no frame of this library tells.
   */
  use: 'opening' | 'others' | 'nobody' | 'unknown';
  /** Those who open or are in calls. */
  threads: readonly Thread[];
}

/** In larger dumps each look at all threads is too dear for what it tells. */
const MAX_THREADS = 20_000;
/** So waits a thread that opens connections for others, until it is asked for one. */
const ASKED: ReadonlySet<string> = new Set(['condition', 'notify', 'queue']);

/** Null: the frame that waits is of no known pool. */
export function connectionUse(analysed: AnalysedDump, caller: Frame): ConnectionUse | null {
  const found = connectionPoolOf(methodOf(caller));
  if (found === undefined) return null;
  const { name: pool, leakOptions, uses, opens } = found;
  if (uses === null || analysed.dump.threads.length > MAX_THREADS) return { pool, leakOptions, use: 'unknown', threads: [] };
  const opening: Thread[] = [];
  const others: Thread[] = [];
  for (const activity of activitiesOf(analysed)) {
    const { thread } = activity;
    const point = waitPoint(thread);
    if (point?.for === 'connection') continue;
    const stands = (pattern: RegExp): boolean => thread.methods.some((method) => pattern.test(method));
    if (opens !== null && stands(opens) && !ASKED.has(point?.for ?? '')) opening.push(thread);
    else if (isAtWork(activity) && stands(uses)) others.push(thread);
  }
  if (opening.length > 0) return { pool, leakOptions, use: 'opening', threads: opening };
  return { pool, leakOptions, use: others.length > 0 ? 'others' : 'nobody', threads: others };
}

/** Threads of a driver's own are in no call: nobody who asked stands on their stacks. */
const isAtWork = (activity: ThreadActivity): boolean =>
  !waitsForWork(activity) && activity.thread.frames.some((frame) => isOfUser(frame) || FLINK.test(frame.className));

/** Its connectors too. */
const FLINK = /^org\.apache\.flink\./;
