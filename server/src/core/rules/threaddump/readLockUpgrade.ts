import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { frameName } from '../../analysis/threaddump/names.ts';
import { roleOf } from '../../analysis/threaddump/roles.ts';
import { isStamped, type Upgrade, upgradesOf } from '../../analysis/threaddump/upgrades.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX = 20;
const IN_RELATED = 5;

export const readLockUpgrade: DumpRule = {
  id: 'read-lock-upgrade',
  title: 'A thread may wait for its own read lock',
  severity: 'warning',
  docs: `A thread waits for the write lock of a ReentrantReadWriteLock or a StampedLock that nobody is seen to hold exclusively, so it is probably held for reading. No dump says by whom; jstack without its option -l does not list who holds a ReentrantReadWriteLock exclusively either, and nothing lists who holds a StampedLock. No other thread is inside the class that takes the lock, but this thread is: it probably holds the read lock itself, taken further out on its own stack or in the very method that asks. A read lock cannot be upgraded to the write lock by asking for that, so it waits for itself for ever. Whoever wants the lock after that waits behind it.

Always **suspected**. To confirm it, look whether the code that asks runs between taking the read lock and releasing it. Where no outer frame of the class is on its stack, it is told only if nobody else is at work in the package of the class, and is an information unless a task waits: a reader that never released the lock looks the same.

*What to do:* release the read lock before the write lock is taken, and check the condition again afterwards; of a StampedLock, convert the stamp with \`tryConvertToWriteLock\`.`,
  check: (analysis) =>
    analysis.dumps.flatMap((analysed) =>
      upgradesOf(analysed)
        .slice(0, MAX)
        .map((upgrade) => describe(upgrade)),
    ),
};

function describe({ thread, lock, asks, outer, listed, behind }: Upgrade) {
  const facts = {
    thread: thread.name,
    at: frameName(asks),
    outer: outer === null ? null : frameName(outer),
    listed,
    stamped: isStamped(lock),
    behind: behind.length,
  };
  const sure = outer !== null || [thread, ...behind].some(({ name }) => roleOf(name)?.role.id === 'task');
  return tell(readLockUpgrade, 'read-lock-upgrade', facts, {
    severity: sure ? 'warning' : 'info',
    certainty: 'suspected',
    key: ['thread', 'at'],
    span: thread.nameSpan,
    related: [
      beside(asks.span, 'it-waits-here', {}),
      ...behind.slice(0, IN_RELATED).map(({ name, nameSpan }) => beside(nameSpan, 'wants', { thread: name, lock: lockFacts(lock) })),
    ],
  });
}
