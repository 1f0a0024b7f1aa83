import type { Frame } from '../../threaddump/model.ts';
import { activitiesOf, type ThreadActivity, type VertexActivity, vertices } from './activity.ts';
import { isFlinkCore } from './hiddenWaits.ts';
import type { AnalysedDump } from './model.ts';
import { isGenerated, isJdk } from './names.ts';

/** What the innermost frames say of code that may never end. */
export type Loop =
  /** A map of the JDK that is not made for several threads: written to by two at once it may come to hold a circle. */
  | 'map'
  /** A regular expression that tries again and again. */
  | 'regex';

/** Task threads of a vertex that have computed for nearly all of their lives, while the others of it have not. */
export interface HotTasks {
  vertex: VertexActivity;
  /** At least one. */
  hot: ThreadActivity[];
  /** Its subtasks here that have computed next to nothing. */
  calm: number;
  /** Where the first one computes: the innermost frame that is neither the JDK's nor Flink's. */
  caller: Frame;
  /** The frame of the JDK that it is in, of a loop; null without one. */
  inside: Frame | null;
  loop: Loop | null;
  /** Frames of the stack that are of the loop. */
  depth: number;
}

/** Of the time since it started, what a thread that computes all along spends on a core; and one that has nothing to do. */
const HOT = 0.9;
const CALM = 0.1;
/** A thread that has only begun tells nothing, in ms. */
const OLD = 60_000;
/** Calls of a regular expression within one another. */
const DEEP = 100;

/**
 * A vertex is told where its subtasks divide into those that compute all along and those that hardly do, or where all of them are
 * in one call of a loop. One that is busy as a whole has much to do. What a thread has computed is printed from JDK 11 on; without
 * it only a loop in several threads, or a deep one, tells.
 */
export function hotTasksOf(analysed: AnalysedDump): HotTasks[] {
  return vertices(activitiesOf(analysed)).flatMap((vertex) => {
    const hot = vertex.subtasks.filter(isHot);
    const place = placeOf(hot[0]);
    const calm = vertex.subtasks.filter(isCalm).length;
    if (place === null || hot.length + calm !== vertex.subtasks.length) return [];
    const alike = hot.every((one) => isSame(placeOf(one), place));
    const measured = hot.every(({ thread }) => shareOf(thread) !== null);
    const divided = measured && calm > 0 && (hot.length <= calm || (alike && place.loop !== null));
    return divided || (alike && isTelling(place, hot.length)) ? [{ vertex, hot, calm, ...place }] : [];
  });
}

/** By its stack alone: two threads are in one map at one moment seldom enough, and matching that comes to an end is not so deep. */
const isTelling = ({ loop, depth }: Place, threads: number): boolean => (loop === 'map' && threads > 1) || (loop === 'regex' && depth >= DEEP);

/** Of its life, the share that a thread has spent on a core; null where the dump does not tell, or it has only begun. */
export function shareOf({ cpuMs, elapsedMs }: ThreadActivity['thread']): number | null {
  return cpuMs === null || elapsedMs === null || elapsedMs < OLD ? null : Math.min(1, cpuMs / elapsedMs);
}

function isHot({ thread, activity }: ThreadActivity): boolean {
  return thread.state === 'RUNNABLE' && activity === 'busy' && (thread.cpuMs === null || (shareOf(thread) ?? 0) >= HOT);
}

function isCalm({ thread, activity }: ThreadActivity): boolean {
  return thread.cpuMs === null ? activity === 'idle' || activity === 'undecidable' : (shareOf(thread) ?? 1) <= CALM;
}

function isSame(one: Place | null, other: Place): boolean {
  return one?.loop === other.loop && one.caller.method === other.caller.method && one.caller.className === other.caller.className;
}

type Place = Pick<HotTasks, 'caller' | 'inside' | 'loop' | 'depth'>;

const MAP =
  /^java\.util\.(?:HashMap|LinkedHashMap|WeakHashMap|IdentityHashMap|TreeMap|Hashtable)(?:\$\w+)?\.(?:get\w*|put\w*|remove\w*|contains\w*|resize|transfer|find|treeify\w*|fixAfter\w+|compute\w*|merge)$/;
const REGEX = /^java\.util\.regex\.(?:Pattern|Matcher)\b/;

/** Null: it computes in Flink's own code. */
function placeOf(one: ThreadActivity | undefined): Place | null {
  const frames = one?.thread.frames ?? [];
  const at = frames.findIndex((frame) => !isJdk(frame) && !isGenerated(frame));
  const caller = frames[at];
  if (caller === undefined || isFlinkCore(caller)) return null;
  const above = frames.slice(0, at);
  const depth = above.filter(({ className }) => REGEX.test(className)).length;
  if (depth > 1) return { caller, inside: null, loop: 'regex', depth };
  const inside = above.find(({ className, method }) => MAP.test(`${className}.${method}`)) ?? null;
  return { caller, inside, loop: inside === null ? null : 'map', depth: 1 };
}
