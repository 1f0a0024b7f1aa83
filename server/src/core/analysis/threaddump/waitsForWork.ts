import type { Frame } from '../../threaddump/model.ts';
import type { ThreadActivity } from './activity.ts';
import { codeOf, isFlinkCore } from './hiddenWaits.ts';
import { isGenerated, isJdk } from './names.ts';
import { isIdlePoolThread } from './stackGroups.ts';
import { type WaitPoint, waitPoint } from './waitPoint.ts';

/** Innermost frames of services of the JDK, Netty and Akka that have nothing to do, against "package.Class.method". */
const SERVICE =
  /^java\.util\.TimerThread\.mainLoop$|^java\.lang\.ref\.ReferenceQueue\.remove\w*$|^(?:java\.net|sun\.nio\.ch)\.[\w$]+\.(?:accept0?|socketAccept|implAccept)$|^sun\.nio\.ch\.(?:SelectorImpl\.(?=\w*[sS]elect)\w+|(?:EPoll|KQueue|WEPoll)\w*\.(?:wait|poll|epollWait\d?|doSelect))$|\.(?:epoll|kqueue|io_uring)\.Native\.(?=\w*[wW]ait)\w+$|^java\.util\.concurrent\.(?:ThreadPoolExecutor\.getTask|ForkJoinPool\.awaitWork|DelayQueue\.take)$|\.netty\.util\.concurrent\.[\w$]+\.takeTask$|\.(?:LightArrayRevolverScheduler|HashedWheelTimer\$Worker|RecordWriter\$OutputFlusher)\.\w+$/;
const SERVICE_DEPTH = 16;

/** Groups of roles whose threads sleep and wait between two pieces of work. */
const SERVICES: ReadonlySet<string> = new Set(['rpc', 'network', 'jvm', 'state']);

/**
 * Standing still is what this thread is for: it waits for work, mail, a connection, a point in time. A source of the old kind
 * that waits outside of an emit waits for its data.
 */
export function waitsForWork(activity: ThreadActivity): boolean {
  const { role, standing, thread, wait } = activity;
  if (wait !== null || activity.activity === 'blocked' || activity.activity === 'back-pressured') return false;
  if (isIdlePoolThread(activity) || activity.activity === 'idle' || activity.activity === 'undecidable' || role?.role.id === 'jvm') return true;
  if (thread.methods.slice(0, SERVICE_DEPTH).some((method) => SERVICE.test(method))) return true;
  const point = waitPoint(thread);
  if (point === null) return false;
  if (role?.role.id === 'legacy-source' || standing?.known.suspicious === 'no') return true;
  if (role !== null && (SERVICES.has(role.role.group) || (point.for === 'queue' && isOwnLoop(thread.frames, point)))) return true;
  if (point.for === 'socket' && role?.role.group !== 'task' && isOfLibraries(thread.frames)) return true;
  if (BETWEEN_WORK.has(point.for) && isWorkerLoop(thread.frames, point)) return true;
  // The entry points wait in main until the process is told to end.
  return thread.name === 'main' && isFlinkCore(point.caller);
}

/** Between two pieces of work a thread waits for the next one, or for the time at which it is due. */
const BETWEEN_WORK: ReadonlySet<string> = new Set(['queue', 'notify', 'condition', 'sleep', 'other']);

/** Below the one who waits there are only the JDK and its own class. */
function isOwnLoop(frames: readonly Frame[], { caller, index }: WaitPoint): boolean {
  const own = outermostClass(caller.className);
  return frames.slice(index + 1).every((frame) => isJdk(frame) || outermostClass(frame.className) === own);
}

/** A client's own reader, to which its server says nothing: nobody who asked stands on the stack. */
const isOfLibraries = (frames: readonly Frame[]): boolean => frames.every((frame) => isJdk(frame) || codeOf(frame) === 'connector');

const RUN = /^(?:run|call)$/;

/** Nothing but the loop of a worker stands on the stack: a class that runs as a thread and has called nobody else. */
export function isWorkerLoop(frames: readonly Frame[], point: WaitPoint): boolean {
  if (!isOwnLoop(frames, point)) return false;
  const own = frames.slice(point.index).filter((frame) => !isJdk(frame) && !isGenerated(frame));
  return point.timed || RUN.test(own.at(-1)?.method ?? '') || own.every(({ method }) => method === own[0]?.method);
}

const outermostClass = (className: string): string => className.split('$')[0] as string;
