import type { Lock, WaitGraph } from './waits/model.ts';

/** Why a dump shows no holder of a lock. */
export type HiddenReason =
  | 'no-thread-in-initialiser'
  | 'held-for-reading'
  /** Thread.dump_to_file on a JVM that does not write owners. */
  | 'dump-to-file-without-owners'
  /** jstack without -l. */
  | 'without-synchronizers'
  | 'without-monitors'
  | 'dump-breaks-off'
  | 'stacks-cut'
  /** Nothing is missing: it changes hands, is held in native code or by an unmounted virtual thread. */
  | 'in-passing';

/** Why nobody is shown as the holder. */
export function whyHidden({ dump }: WaitGraph, lock: Lock): HiddenReason {
  if (lock.kind === 'class-init') return 'no-thread-in-initialiser';
  if (lock.kind === 'read-lock' && dump.shows.synchronizers) return 'held-for-reading';
  if (lock.kind !== 'monitor' && !dump.shows.synchronizers)
    return dump.dialect.startsWith('dump-to-file') ? 'dump-to-file-without-owners' : 'without-synchronizers';
  if (!dump.shows.monitors) return 'without-monitors';
  if (!dump.shows.complete) return 'dump-breaks-off';
  return dump.threads.some((thread) => thread.framesCut) ? 'stacks-cut' : 'in-passing';
}
