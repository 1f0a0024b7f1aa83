import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { displayNameOf, standsAt, takenAt } from '../../analysis/threaddump/names.ts';
import { type SlowHolder, slowHolders } from '../../analysis/threaddump/slowHolders.ts';
import type { WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import type { Draft } from '../../model.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX_FINDINGS = 20;
const MAX_RELATED = 10;

export const slowUnderLock: DumpRule = {
  id: 'slow-work-under-lock',
  title: 'A lock is wanted while its holder reads, writes or sleeps',
  severity: 'info',
  docs: `The holder of a lock that others wait for is reading or writing a file or a connection, waits for a process, or sleeps. As long as that takes, nobody else gets the lock: a disk, a server or a constant decides how fast the others go.

Fewer threads wait than the setting \`logjam.longWaitThreads\` asks for a warning about (\`long-wait-behind-lock\`), and a dump shows one moment only: a second one some seconds later shows whether it stays so. Locks of loggers are left out, which are held while a line is written.`,
  check(analysis, { settings }) {
    return analysis.dumps.flatMap((analysed) =>
      slowHolders(analysed)
        .filter(({ total }) => total < settings['logjam.longWaitThreads'])
        .slice(0, MAX_FINDINGS)
        .map((found) => describe(analysed.waits, found)),
    );
  },
};

function describe(graph: WaitGraph, { lock, holder, does, total }: SlowHolder): Draft {
  const first = graph.waits.get(lock.waiters[0] as number);
  const sure = holder.thread?.headless !== true;
  return tell(
    slowUnderLock,
    'slow-work-under-lock',
    {
      lock: lockFacts(lock),
      holder: displayNameOf(graph, holder.index),
      at: standsAt(holder.thread),
      taken: first === undefined ? '' : takenAt(graph, first),
      does,
      waiters: total,
      sure,
    },
    {
      certainty: sure ? 'proved' : 'suspected',
      key: ['holder', 'at'],
      span: holder.span,
      related: lock.waiters.slice(0, MAX_RELATED).flatMap((threadIndex) => {
        const wait = graph.waits.get(threadIndex);
        return wait === undefined ? [] : [beside(wait.place.lockSpan, 'waits-here', { thread: displayNameOf(graph, threadIndex) })];
      }),
    },
  );
}
