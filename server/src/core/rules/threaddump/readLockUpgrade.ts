import { frameName } from '../../analysis/threaddump/names.ts';
import { upgradesOf } from '../../analysis/threaddump/upgrades.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX = 20;

export const readLockUpgrade: DumpRule = {
  id: 'read-lock-upgrade',
  title: 'A thread may wait for its own read lock',
  severity: 'warning',
  docs: `A thread waits for the write lock of a ReentrantReadWriteLock that nobody is seen to hold exclusively, so somebody holds it for reading. No dump says who; jstack without its option -l does not list who holds it exclusively either. No other thread is inside the class that takes the lock, but this thread is, further out on its own stack: it probably holds the read lock itself. A read lock cannot be upgraded to the write lock, so it waits for itself for ever.

Always **suspected**. To confirm it, look whether the outer frame runs between \`readLock().lock()\` and \`unlock()\`.

*What to do:* release the read lock before the write lock is taken, and check the condition again afterwards; or use a StampedLock with \`tryConvertToWriteLock\`.`,
  check: (analysis) =>
    analysis.dumps.flatMap((analysed) =>
      upgradesOf(analysed)
        .slice(0, MAX)
        .map(({ thread, asks, outer, listed }) =>
          tell(
            readLockUpgrade,
            'read-lock-upgrade',
            { thread: thread.name, at: frameName(asks), outer: frameName(outer), listed },
            { certainty: 'suspected', key: ['thread', 'at'], span: thread.nameSpan, related: [beside(asks.span, 'it-waits-here', {})] },
          ),
        ),
    ),
};
