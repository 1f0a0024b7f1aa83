import { cycleFindings } from './cycle.ts';
import type { DumpRule } from './types.ts';

export const readLockDeadlock: DumpRule = {
  id: 'read-lock-deadlock',
  title: 'A writer and a probable reader wait for each other',
  severity: 'warning',
  docs: `A thread waits for the write lock of a read-write lock that nobody holds exclusively, so there are readers. No dump of any JVM says who they are. A thread that waits behind the writer is itself inside the class that takes this lock, so it is probably one of the readers; then neither can go on.

Always **suspected**, with the evidence listed. To confirm it, look whether the named frame runs between \`readLock().lock()\` and \`unlock()\`.`,
  check: (analysis, context) =>
    cycleFindings({ id: 'read-lock-deadlock', severity: () => 'warning' }, analysis, ({ kind }) => kind === 'read-lock', context),
};
