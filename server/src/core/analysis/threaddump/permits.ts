import type { Thread } from '../../threaddump/model.ts';
import { activitiesOf } from './activity.ts';
import { type Ender, endersWhere, onlyCall } from './enders.ts';
import { isFlinkCore, isOfUser } from './hiddenWaits.ts';
import type { AnalysedDump } from './model.ts';
import { isGenerated, isJdk, outermostClass, packageOf } from './names.ts';
import { isIdlePoolThread } from './stackGroups.ts';
import { type WaitPoint, waitPoint } from './waitPoint.ts';

/** A semaphore for which threads wait, and who may have its permits: no dump shows that. */
export interface PermitUse {
  /** All threads of the dump that wait for it. */
  waiters: readonly Thread[];
  /** Threads at work in the packages of those that wait. */
  holders: readonly Ender[];
  /** The call outside of the JVM in which all of them stand. */
  call: Ender | null;
}

/** What makes a semaphore one: its address. Null: the dump does not show it. */
export function semaphoreOf(thread: Thread, { for: what }: Pick<WaitPoint, 'for'>): string | null {
  if (what !== 'permit') return null;
  const lock = thread.locks.find(({ kind }) => kind === 'parking')?.lock ?? null;
  return lock === null || lock.hidden === true || lock.className?.startsWith('java.util.concurrent.Semaphore') !== true ? null : lock.key;
}

/** Null: it is no semaphore that the dump shows, or it may as well be a signal to the one who waits. */
export function permitUse(analysed: AnalysedDump, thread: Thread, point: WaitPoint): PermitUse | null {
  const key = semaphoreOf(thread, point);
  if (key === null) return null;
  const activities = activitiesOf(analysed);
  const waiters = analysed.dump.threads.filter((one) => one.locks.some(({ lock }) => lock?.key === key) && waitPoint(one)?.for === 'permit');
  if (waiters.length < 2) return null;
  const waiting = new Set(waiters);
  const homes = new Set(waiters.flatMap(homesOf));
  const holders = endersWhere(
    analysed,
    activities.filter((activity) => !waiting.has(activity.thread) && !isIdlePoolThread(activity) && isAtWork(activity.thread, homes)),
  );
  return { waiters, holders, call: onlyCall(holders) };
}

/** Classes and packages of the user's code that stand on a stack. */
const homesOf = ({ frames }: Thread): string[] => frames.filter(isOfUser).map(({ className }) => packageOf(className) ?? outermostClass(className));

/** In code of theirs, and not as the main method of a job, which waits for its end. */
function isAtWork(thread: Thread, homes: ReadonlySet<string>): boolean {
  const inner = thread.frames.find((frame) => !isJdk(frame) && !isGenerated(frame));
  const point = waitPoint(thread);
  return inner !== undefined && !(point !== null && isFlinkCore(point.caller)) && homesOf(thread).some((home) => homes.has(home));
}
