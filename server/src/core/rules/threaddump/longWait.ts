import type { Settings } from '../../../../../common/settings.ts';
import type { Contention } from '../../analysis/threaddump/contention.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { doingOf } from '../../analysis/threaddump/doing.ts';
import { lockoutsOf } from '../../analysis/threaddump/lockouts.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { displayNameOf, standsAt } from '../../analysis/threaddump/names.ts';
import type { Wait, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import type { Draft, RelatedDraft, RuleContext } from '../../model.ts';
import { lockNode } from '../../nodeIds/lockWait.ts';
import type { Thread } from '../../threaddump/model.ts';
import { beside, showInGraph, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

/** Enough to see the pattern; the ranking in the report has them all. */
const MAX_FINDINGS = 20;
const IN_RELATED = 10;

export const longWait: DumpRule = {
  id: 'long-wait-behind-lock',
  title: 'Many threads wait behind one lock',
  severity: 'warning',
  docs: `A lock holds up at least as many threads as the setting \`logjam.longWaitThreads\` says, directly or through further locks. The finding stands at the lock whose holder waits for no other lock: the root blocker, the one thread whose progress would free all the others.

Look at what the holder does there: input or output, a remote call or a long computation under a lock is the usual cause. One dump shows one moment; if a second dump some seconds later shows the same holder at the same place, it is no coincidence.`,
  check: (analysis, context) =>
    analysis.dumps.flatMap((analysed, index) =>
      longWaits(analysed, context.settings).map((entry) => describe(analysed.waits, index, entry, context)),
    ),
};

/** The locks that hold up so many threads, but those whose holder waits itself: another finding tells these. */
export function longWaits(analysed: AnalysedDump, settings: Settings): Contention[] {
  const { waits: graph, contention } = analysed;
  const told = new Set(lockoutsOf(analysed).map(({ lock }) => lock));
  return contention
    .filter((entry) => !told.has(entry.lock))
    .filter((entry) => entry.total >= settings['logjam.longWaitThreads'] && entry.deadlock === null && isRoot(graph, entry))
    .filter(({ root }) => !takesTurns(graph.threads[root as number]?.thread ?? null))
    .slice(0, MAX_FINDINGS);
}

/**
 * Workers of a server that take turns: one waits for the next connection or event, under a lock for which the others queue.
 * So it looks when there is nothing to do.
 */
function takesTurns(thread: Thread | null): boolean {
  const top = thread?.topFrames(1)[0];
  return (
    top?.native === true &&
    (/accept/i.test(top.method) || (/[Ss]elector|Muxer|E?[Pp]oll|KQueue/.test(top.className) && /poll|select|wait|kevent/i.test(top.method)))
  );
}

function isRoot(graph: WaitGraph, entry: Contention): boolean {
  return entry.root !== null && graph.waits.get(entry.lock.waiters[0] ?? -1)?.owner === entry.root;
}

function describe(graph: WaitGraph, dumpIndex: number, entry: Contention, { uri }: RuleContext): Draft {
  const { lock, direct, total } = entry;
  const root = entry.root as number;
  const thread = graph.threads[root];
  const holder = displayNameOf(graph, root);
  const does = thread === undefined ? null : doingOf(graph, thread);
  const hold = lock.holds.find((one) => one.threadIndex === root);
  const first = graph.waits.get(lock.waiters[0] as number) as Wait;
  const related: RelatedDraft[] = [];
  if (thread?.thread != null && does !== null) related.push(beside(thread.span, 'holder-does', { thread: holder, does }));
  for (const threadIndex of lock.waiters.slice(0, IN_RELATED)) {
    const wait = graph.waits.get(threadIndex);
    if (wait !== undefined) related.push(beside(wait.place.lockSpan, 'waits-here', { thread: displayNameOf(graph, threadIndex) }));
  }
  const next = graph.waits.get(lock.waiters[IN_RELATED] ?? -1);
  if (next !== undefined) related.push(beside(next.place.lockSpan, 'more-waiters', { count: direct - IN_RELATED }));
  return tell(
    longWait,
    'long-wait-behind-lock',
    { lock: lockFacts(lock), holder, at: standsAt(thread?.thread ?? null), does, waiters: total, direct },
    {
      certainty: 'proved',
      key: ['holder', 'at'],
      span: hold?.place?.span ?? (thread?.thread == null ? first.place.span : thread.span),
      related,
      fixes: [showInGraph('show-lock', uri, lockNode(dumpIndex, lock.id))],
    },
  );
}
