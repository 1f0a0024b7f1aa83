import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { standsAt } from '../../analysis/threaddump/names.ts';
import { tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX_FINDINGS = 20;

export const blocksOthers: DumpRule = {
  id: 'blocks-other-threads',
  title: 'A thread holds a lock for which others wait, who are not in the text',
  severity: 'info',
  docs: `\`thread -b\` of arthas prints the one thread whose lock most others wait for, and only says how many they are. With as many as the setting \`logjam.longWaitThreads\` says it is a warning.

Look at what the thread does there: input or output, a remote call or a long computation under a lock is the usual cause. Who waits, and whether the thread waits itself for one of them, a whole dump shows.`,
  check: (analysis, { settings }) =>
    analysis.dumps
      .flatMap(({ waits }) =>
        waits.threads.flatMap(({ thread }) =>
          (thread?.locks ?? []).flatMap((action) => {
            const { blocks = 0, lock } = action;
            const known = lock === null ? undefined : [...waits.locks.values()].find(({ ref }) => ref.key === lock.key);
            if (thread === null || known === undefined || blocks <= known.waiters.length) return [];
            return tell(
              { id: blocksOthers.id, severity: blocks >= settings['logjam.longWaitThreads'] ? 'warning' : blocksOthers.severity },
              'blocks-other-threads',
              { thread: thread.name, lock: lockFacts(known), at: standsAt(thread), waiters: blocks },
              { certainty: 'proved', key: ['thread', 'at'], span: action.span },
            );
          }),
        ),
      )
      .slice(0, MAX_FINDINGS),
};
