import { methodOf } from '../../threaddump/frames.ts';
import type { Thread } from '../../threaddump/model.ts';
import { activitiesOf } from './activity.ts';
import { type ConnectionWork, connectionWork } from './connectionWork.ts';
import type { AnalysedDump } from './model.ts';
import { roleOf } from './roles.ts';
import type { GraphThread, Lock } from './waits/model.ts';

/** What the holder of a wanted lock is at, that takes as long as something outside of the JVM does. */
export type SlowWork = 'file' | ConnectionWork | 'process' | 'sleep';

/** Threads want a lock whose holder reads, writes, sleeps or waits for a process meanwhile. */
export interface SlowHolder {
  lock: Lock;
  holder: GraphThread;
  does: SlowWork;
  /** Threads held up in all. */
  total: number;
}

/** By the innermost frame, "package.Class.method". */
const WORK: readonly (readonly [SlowWork, RegExp])[] = [
  ['sleep', /^java\.lang\.Thread\.sleep\w*$/],
  ['process', /^java\.lang\.(?:ProcessImpl|UNIXProcess|ProcessHandleImpl)\.(?:waitFor\w*|forkAndExec)$/],
  ['network', /^(?:java\.net\.(?:Plain)?Socket\w*\.\w+|sun\.nio\.ch\.(?:Net|SocketDispatcher)\.(?:poll|connect0?|read0|write0))$/],
  [
    'file',
    /^(?:java\.io\.(?:FileInputStream|FileOutputStream|RandomAccessFile|FileDescriptor|UnixFileSystem|WinNTFileSystem)|sun\.nio\.ch\.(?:Unix)?FileDispatcherImpl|sun\.nio\.fs\.\w+NativeDispatcher)\.\w+$/,
  ],
];

/** Appenders write under a lock by design, and somebody waits for it in many a healthy process. */
const LOGGING = /^(?:org\.apache\.log(?:4j|ging)|ch\.qos\.logback|java\.util\.logging|java\.io\.PrintStream|org\.slf4j)\b/;
const MAX_WAITERS = 50;
const DEPTH = 20;
const MAX_FRAMES = 60;

/**
 * Wanted locks outside of deadlocks whose holder does something slow, the one that holds up most first. Left out is what a
 * task waits for: it is told by the task (rules/threaddump/taskWaitsForLock.ts).
 */
export function slowHolders(analysed: AnalysedDump): SlowHolder[] {
  const { waits: graph, contention } = analysed;
  return contention.flatMap(({ lock, total, root, deadlock }) => {
    if (deadlock !== null || root === null || graph.waits.get(lock.waiters[0] ?? -1)?.owner !== root) return [];
    if (lock.waiters.slice(0, MAX_WAITERS).some((waiter) => roleOf(graph.threads[waiter]?.name ?? '')?.role.id === 'task')) return [];
    const holder = graph.threads[root];
    if (holder?.thread == null) return [];
    const does = slowWork(holder.thread);
    // What Flink does under its own locks is told by what the subtask does.
    if (does === null || activitiesOf(analysed)[root]?.activity === 'idle') return [];
    return [{ lock, holder, does, total }];
  });
}

/** Null: it does nothing of the kind, or writes a log. */
export function slowWork(thread: Thread): SlowWork | null {
  const frames = thread.topFrames(MAX_FRAMES);
  const [top] = frames;
  if (top === undefined || !(top.native || thread.state === 'TIMED_WAITING')) return null;
  const does = WORK.find(([, pattern]) => pattern.test(methodOf(top)))?.[0] ?? null;
  if (does === null || frames.slice(0, DEPTH).some(({ className }) => LOGGING.test(className))) return null;
  return does === 'network' ? connectionWork(frames) : does;
}
