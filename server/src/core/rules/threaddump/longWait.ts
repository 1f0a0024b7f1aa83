import type { Contention } from '../../analysis/threaddump/contention.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { lockoutsOf } from '../../analysis/threaddump/lockouts.ts';
import { nameOf, standsAt } from '../../analysis/threaddump/names.ts';
import { threadName, type Wait, type WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import { type Draft, finding, type RelatedDraft, type RuleContext } from '../../model.ts';
import { lockNode } from '../../nodeIds/lockWait.ts';
import { plural } from '../../wording.ts';
import type { DumpRule } from './types.ts';
import { doing, shortLock } from './words.ts';

/** Enough to see the pattern; the ranking in the report has them all. */
const MAX_FINDINGS = 20;
const IN_RELATED = 10;

export const longWait: DumpRule = {
  id: 'long-wait-behind-lock',
  title: 'Many threads wait behind one lock',
  severity: 'warning',
  docs: `A lock holds up at least as many threads as the setting \`logjam.longWaitThreads\` says, directly or through further locks. The finding stands at the lock whose holder waits for no other lock: the root blocker, the one thread whose progress would free all the others.

Look at what the holder does there: input or output, a remote call or a long computation under a lock is the usual cause. One dump shows one moment; if a second dump some seconds later shows the same holder at the same place, it is no coincidence.`,
  check(analysis, context) {
    return analysis.dumps.flatMap((analysed, index) => {
      const { waits: graph } = analysed;
      const told = new Set(lockoutsOf(analysed).map(({ lock }) => lock));
      return analysed.contention
        .filter((entry) => !told.has(entry.lock))
        .filter((entry) => entry.total >= context.settings['logjam.longWaitThreads'] && entry.deadlock === null && isRoot(graph, entry))
        .slice(0, MAX_FINDINGS)
        .map((entry) => describe(graph, index, entry, context));
    });
  },
};

function isRoot(graph: WaitGraph, entry: Contention): boolean {
  return entry.root !== null && graph.waits.get(entry.lock.waiters[0] ?? -1)?.owner === entry.root;
}

function describe(graph: WaitGraph, dumpIndex: number, entry: Contention, { uri }: RuleContext): Draft {
  const { lock, direct, total } = entry;
  const root = graph.threads[entry.root as number];
  const holder = nameOf(graph, entry.root as number);
  const indirect = total > direct ? `, ${direct} of them directly` : '';
  const stands = standsAt(root?.thread ?? null);
  const hold = lock.holds.find((one) => one.threadIndex === entry.root);
  const first = graph.waits.get(lock.waiters[0] as number) as Wait;
  const related: RelatedDraft[] = [];
  if (root !== undefined && root.thread !== null) related.push({ message: `${holder} holds it and ${doing(graph, root)}`, span: root.span });
  for (const threadIndex of lock.waiters.slice(0, IN_RELATED)) {
    const wait = graph.waits.get(threadIndex);
    if (wait !== undefined) related.push({ message: `${nameOf(graph, threadIndex)} waits here`, span: wait.place.lockSpan });
  }
  if (direct > IN_RELATED) {
    const next = graph.waits.get(lock.waiters[IN_RELATED] as number);
    if (next !== undefined) related.push({ message: `… and ${plural(direct - IN_RELATED, 'thread')} more`, span: next.place.lockSpan });
  }
  return finding(longWait, {
    certainty: 'proved',
    facts: { lock: lockFacts(lock), holder: threadName(graph, entry.root as number), at: stands, waiters: total, direct },
    key: ['holder', 'at'],
    message: `${plural(total, 'thread')} wait behind ${shortLock(lock)}${indirect}. ${holder} holds it${stands === '' ? '' : ` and is at ${stands}`}; it ${root === undefined ? '' : doing(graph, root)}.`,
    span: hold?.place?.span ?? (root?.thread === null || root === undefined ? first.place.span : root.span),
    related,
    fixes: [
      {
        title: 'Show the lock in the lock-wait graph',
        kind: 'show',
        by: 'command',
        command: { id: 'logjam.showGraphAt', arguments: [uri, 'lock-wait', lockNode(dumpIndex, lock.id)] },
      },
    ],
  });
}
