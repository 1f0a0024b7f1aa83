import { type Deadlock, lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { callbackId, callbacksOf } from '../../analysis/threaddump/dumpCallbacks.ts';
import type { ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { displayNameOf, takenAt, wantedAt } from '../../analysis/threaddump/names.ts';
import type { Wait, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import type { Draft, Fix, RelatedDraft, RuleContext, Severity } from '../../model.ts';
import { threadNode } from '../../nodeIds/lockWait.ts';
import { explainDeadlock } from './explain.ts';
import type { CycleFacts, CycleSide } from './facts.ts';
import { toldIssueOf } from './issueMatches.ts';
import { beside, showInGraph, tell } from './tell.ts';
import { FIXES } from './words.ts';

/** How much of a long cycle is told in related places. */
const IN_RELATED = 30;

type CycleCode = 'deadlock' | 'class-init-deadlock' | 'read-lock-deadlock';

/** The findings for cycles of some kinds. */
export function cycleFindings(
  rule: { id: CycleCode; severity: (deadlock: Deadlock) => Severity },
  analysis: ThreadDumpAnalysis,
  isOfRule: (deadlock: Deadlock) => boolean,
  { uri }: RuleContext,
): Draft[] {
  return analysis.dumps.flatMap(({ waits: graph, deadlocks }, dump) =>
    deadlocks.filter(isOfRule).map((deadlock) => {
      const first = deadlock.waits[0] as Wait;
      return tell({ id: rule.id, severity: rule.severity(deadlock) }, rule.id, factsOf(graph, deadlock, toldIssueOf(analysis, deadlock)), {
        certainty: deadlock.certainty,
        key: ['kind', 'threads'],
        span: first.place.span,
        related: related(graph, deadlock),
        fixes: cycleFixes(graph, dump, deadlock, uri),
      });
    }),
  );
}

function factsOf(graph: WaitGraph, deadlock: Deadlock, issue: string | null): CycleFacts {
  const { kind, certainty, threads, locks, victims, evidence, doubts } = deadlock;
  return {
    kind,
    certainty,
    threads: threads.map((threadIndex) => displayNameOf(graph, threadIndex)),
    locks: locks.map(lockFacts),
    sides: sidesOf(graph, deadlock),
    victims: victims.length,
    issue,
    evidence,
    doubts,
  };
}

/** Both sides of two threads that took their locks in opposite orders. */
function sidesOf(graph: WaitGraph, { kind, waits }: Deadlock): CycleSide[] {
  const [one, other] = waits;
  if (one === undefined || other === undefined || waits.length > 2 || kind === 'class-init') return [];
  const side = (wait: Wait, back: Wait): CycleSide => ({
    thread: displayNameOf(graph, wait.threadIndex),
    took: lockFacts(back.lock),
    tookAt: takenAt(graph, back),
    wants: lockFacts(wait.lock),
    wantsAt: wantedAt(graph, wait),
  });
  const sides = [side(one, other), side(other, one)];
  return sides.every(({ tookAt, wantsAt }) => tookAt !== '' && wantsAt !== '') ? sides : [];
}

/** Every member's waiting line, and the line that shows the lock as held. */
function related(graph: WaitGraph, deadlock: Deadlock): RelatedDraft[] {
  const result: RelatedDraft[] = [];
  for (const wait of deadlock.waits.slice(0, IN_RELATED)) {
    const lock = lockFacts(wait.lock);
    result.push(beside(wait.place.lockSpan, 'waits-for', { thread: displayNameOf(graph, wait.threadIndex), lock, at: wantedAt(graph, wait) }));
    const hold = wait.lock.holds.find((one) => one.threadIndex === wait.owner);
    if (hold?.place == null || wait.owner === null) continue;
    result.push(beside(hold.place.lockSpan, 'holds', { thread: displayNameOf(graph, wait.owner), lock, taken: takenAt(graph, wait) }));
  }
  const next = deadlock.waits[IN_RELATED];
  if (next !== undefined) result.push(beside(next.place.lockSpan, 'more-in-cycle', { count: deadlock.waits.length - IN_RELATED }));
  return result;
}

/** Show it and copy it; also for lenses and the editor's own actions. */
export function cycleFixes(graph: WaitGraph, dumpIndex: number, deadlock: Deadlock, uri: string): Fix[] {
  return [
    showInGraph('show-deadlock', uri, threadNode(dumpIndex, deadlock.threads[0] as number)),
    { title: FIXES['explain-deadlock']({}), kind: 'show', by: 'copy', copy: explainDeadlock(graph, deadlock) },
    ...callbacksOf(graph, deadlock).map(
      ({ callback }, n): Fix => ({
        title: FIXES['move-callback']({ method: callback.entry.method, file: callback.file }),
        kind: 'quickfix',
        by: 'command',
        command: { id: 'logjam.fixFromDump', arguments: [uri, callbackId(dumpIndex, deadlock, n)] },
      }),
    ),
  ];
}
