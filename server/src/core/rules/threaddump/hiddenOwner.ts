import { EMPTY_SPAN } from '../../../../../common/span.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { whyHidden } from '../../analysis/threaddump/hidden.ts';
import { displayNameOf } from '../../analysis/threaddump/names.ts';
import { lockNode } from '../../nodeIds/lockWait.ts';
import { showInGraph, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX_FINDINGS = 20;

export const hiddenOwner: DumpRule = {
  id: 'lock-owner-not-visible',
  title: 'Many threads wait for a lock whose holder the dump does not show',
  severity: 'info',
  docs: `Threads queue for a lock, and nothing in the dump says who holds it. That is a limit of how the dump was taken, so no conclusion is drawn; the finding says what is missing:

- plain \`jstack\` and \`kill -3\` do not list the holders of java.util.concurrent locks: take \`jstack -l\` or \`jcmd <pid> Thread.print -l\`;
- Flink's dumps cut each stack (\`cluster.thread-dump.stacktrace-max-depth\`), so the frame that took the monitor may be gone;
- read locks are held by readers whom no dump ever shows;
- a virtual thread that is not mounted is in no \`jstack\`: take \`jcmd <pid> Thread.dump_to_file -format=json FILE\` on JDK 24 or newer.`,
  check(analysis, context) {
    return analysis.dumps.flatMap((analysed, index) => {
      const { waits: graph } = analysed;
      return analysed.contention
        .filter((entry) => entry.direct >= context.settings['logjam.longWaitThreads'] && graph.waits.get(entry.lock.waiters[0] ?? -1)?.owner === null)
        .slice(0, MAX_FINDINGS)
        .map(({ lock, direct: waiters }) => {
          const first = lock.waiters[0] as number;
          return tell(
            hiddenOwner,
            'lock-owner-not-visible',
            { lock: lockFacts(lock), waiters, first: displayNameOf(graph, first), reason: whyHidden(graph, lock) },
            {
              certainty: 'unknown',
              key: ['reason'],
              span: graph.waits.get(first)?.place.span ?? EMPTY_SPAN,
              fixes: [showInGraph('show-lock', context.uri, lockNode(index, lock.id))],
            },
          );
        });
    });
  },
};
