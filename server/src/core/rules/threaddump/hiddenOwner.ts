import type { Lock, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import { nameOf, shortLock } from '../../analysis/threaddump/words.ts';
import { finding } from '../../model.ts';
import { lockNode } from '../../nodeIds/lockWait.ts';
import { plural } from '../../wording.ts';
import type { DumpRule } from './types.ts';

const MOST_FINDINGS = 20;

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
        .slice(0, MOST_FINDINGS)
        .map(({ lock, direct }) => {
          const party = lock.waiters[0] as number;
          const reason = whyHidden(graph, lock);
          return finding(hiddenOwner, {
            certainty: 'unknown',
            message: `${plural(direct, 'thread')} wait for ${shortLock(lock)}, among them ${nameOf(graph, party)}; the dump does not show who holds it.`,
            span: graph.waits.get(party)?.place.span ?? { start: 0, end: 0 },
            missing: [reason],
            fixes: [
              {
                title: 'Show the lock in the lock-wait graph',
                kind: 'show',
                by: 'command',
                command: { id: 'logjam.showGraphAt', arguments: [context.uri, 'lock-wait', lockNode(index, lock.id)] },
              },
            ],
          });
        });
    });
  },
};

/** Why nobody is shown as the holder, and what would show it; one sentence. */
export function whyHidden({ dump }: WaitGraph, lock: Lock): string {
  if (lock.kind === 'class-init') return 'No thread in the dump is inside the initialiser of this class.';
  if (lock.kind === 'read-lock' && dump.shows.synchronizers) {
    return 'No thread holds it exclusively, so it is held for reading, and no dump shows readers.';
  }
  if (lock.kind !== 'monitor' && !dump.shows.synchronizers) {
    if (dump.dialect.startsWith('dump-to-file'))
      return 'This JVM does not write the owners of java.util.concurrent locks into the file; a jstack -l would.';
    return 'The dump was taken without the list of locked synchronizers; jstack -l or jcmd Thread.print -l shows it.';
  }
  if (!dump.shows.monitors) return 'This kind of dump does not show who holds a monitor; jstack -l does.';
  if (!dump.shows.complete) return 'The dump breaks off, so the holder may be in the part that is missing.';
  if (dump.threads.some((thread) => thread.framesCut)) return 'Stacks are cut, and the frame that took it may be in the part that is missing.';
  return 'It may just be changing hands, be held in native code, or by a virtual thread that is not mounted.';
}
