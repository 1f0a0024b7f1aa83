import type { Thread } from '../../threaddump/model.ts';
import type { ThreadActivity, VertexActivity } from './activity.ts';
import { codeOf, isFlinkCore } from './hiddenWaits.ts';
import { frameName, innermostFrame, isGenerated, isJdk, type OfClass } from './names.ts';
import { isIdlePoolThread } from './stackGroups.ts';
import { waitPoint } from './waitPoint.ts';

/** Threads all of which wait for something outside of their own code: one dump cannot tell how long. */
export interface HeldUp {
  /** The vertex, or what the pool is for. */
  task: string;
  /** Of a pool of Flink's, so many; null: the subtasks of a vertex. */
  pool: number | null;
  /** Id of the known frame that tells it; 'network': it reads from a connection of its own; 'lock': whose holder is not shown. */
  does: string;
  /** "Client.call (Client.java:12)": the user's code, or Flink's that has called out; null: the stack does not show it. */
  at: string | null;
}

export function heldUp(found: readonly VertexActivity[]): HeldUp | null {
  const outside = found.find(({ subtasks }) => subtasks.every(isOutside));
  const [first] = outside?.subtasks ?? [];
  if (outside !== undefined && first !== undefined)
    return { task: outside.task, pool: null, does: outsideOf(first) ?? 'network', at: placeOf(first, isOwn) };
  const blocked = found.find(({ counts, subtasks }) => counts.blocked === subtasks.length);
  return blocked === undefined ? null : { task: blocked.task, pool: null, does: 'lock', at: null };
}

/** Pools without which a JobManager or TaskManager finishes no checkpoint and deploys nothing. */
const POOLS: ReadonlySet<string> = new Set(['jobmanager-io', 'cluster-io', 'taskexecutor-io']);

/** A pool all of whose threads, at least two, call out: they are started as they are needed, so one alone says nothing. */
export function poolHeldUp(activities: readonly ThreadActivity[]): HeldUp | null {
  const pools = new Map<string, ThreadActivity[]>();
  for (const one of activities) {
    if (one.role === null || !POOLS.has(one.role.role.id)) continue;
    const name = poolOf(one.thread.name);
    const pool = pools.get(name);
    if (pool === undefined) pools.set(name, [one]);
    else pool.push(one);
  }
  for (const pool of pools.values()) {
    const [first] = pool;
    if (pool.length < 2 || first?.role == null || !pool.every((one) => !isIdlePoolThread(one) && callsOut(one))) continue;
    return { task: first.role.role.title, pool: pool.length, does: first.standing?.known.id ?? 'network', at: placeOf(first, isCaller) };
  }
  return null;
}

/** "jobmanager-io-thread-" of "jobmanager-io-thread-12". */
const poolOf = (name: string): string => name.slice(0, name.lastIndexOf('-') + 1);

/** Of Flink's code what calls out, not how it is run. */
const isCaller = (code: OfClass): boolean => isFlinkCore(code) && !code.className.startsWith('org.apache.flink.util.');

/** What all subtasks of a vertex that are at work stand in; null: they compute, or do not all do the same. */
export function standsIn({ task, subtasks }: VertexActivity): HeldUp | null {
  const [first, ...others] = subtasks.filter(({ activity }) => !WITHOUT_WORK.has(activity));
  const does = first === undefined ? null : waitsOutside(first);
  if (first === undefined || does === null || !others.every((one) => waitsOutside(one) === does)) return null;
  const at = placeOf(first, isOwn);
  return { task, pool: null, does, at: others.every((one) => placeOf(one, isOwn) === at) ? at : null };
}

const WITHOUT_WORK: ReadonlySet<string> = new Set(['idle', 'back-pressured', 'undecidable']);

const waitsOutside = (activity: ThreadActivity): string | null => (activity.wait === null ? outsideOf(activity) : null);

/** Who sleeps wakes up: throttles do nothing else. */
function isOutside(activity: ThreadActivity): boolean {
  const does = waitsOutside(activity);
  return does !== null && does !== 'sleep';
}

/** What a thread is at outside of its own code: the id of the known frame that tells it, 'network' for a connection of its own. Null: nothing such. */
export function outsideOf({ activity, thread, standing }: ThreadActivity): string | null {
  if (activity === 'external') return readsInput(thread, standing?.frame ?? 0) ? null : (standing?.known.id ?? 'network');
  const point = activity === 'busy' ? waitPoint(thread) : null;
  return point?.for === 'socket' && !isFlinkCore(point.caller) && !readsInput(thread, point.index) ? 'network' : null;
}

function callsOut({ thread, activity }: ThreadActivity): boolean {
  return activity === 'external' || waitPoint(thread)?.for === 'socket';
}

const IN_SOURCE = /\.(?:StreamSource\.run|SourceOperator\.emitNext)$/;
const HANDS_ON = /\.(?:collect\w*|emitRecord|pushToOperator|processElement)$/;

/** A source that waits for data of its own is well: nobody may have sent any. */
function readsInput({ methods }: Thread, from: number): boolean {
  for (const method of methods.slice(from)) {
    if (HANDS_ON.test(method)) return false;
    if (IN_SOURCE.test(method)) return true;
  }
  return false;
}

const isOwn = (code: OfClass): boolean => !isFlinkCore(code) && codeOf(code) === 'user';

function placeOf({ thread }: ThreadActivity, wanted: (code: OfClass) => boolean): string | null {
  const found = innermostFrame(thread, (code) => !isJdk(code) && !isGenerated(code) && wanted(code));
  return found === undefined ? null : frameName(found);
}
