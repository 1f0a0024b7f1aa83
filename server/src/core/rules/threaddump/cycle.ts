import { type Deadlock, lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { callbackId, callbacksOf } from '../../analysis/threaddump/dumpCallbacks.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { displayName, nameOf, takenAt } from '../../analysis/threaddump/names.ts';
import { threadName, type Wait, type WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import { type Draft, type Fix, finding, type RelatedDraft, type RuleContext, type Severity } from '../../model.ts';
import { threadNode } from '../../nodeIds/lockWait.ts';
import { plural, say } from '../../wording.ts';
import { explainDeadlock } from './explain.ts';
import { CYCLE, DOUBTS, EVIDENCE, shortLock } from './words.ts';

/** How much of a long cycle is told in the message and in related places. */
const IN_MESSAGE = 4;
const IN_RELATED = 30;

/** The finding for a cycle, whatever its kind. */
export function cycleFinding(
  rule: { id: string; severity: Severity },
  analysed: AnalysedDump,
  dumpIndex: number,
  deadlock: Deadlock,
  context: RuleContext,
): Draft {
  const { waits: graph } = analysed;
  const first = deadlock.waits[0] as Wait;
  return finding(rule, {
    certainty: deadlock.certainty,
    facts: {
      kind: deadlock.kind,
      threads: deadlock.threads.map((threadIndex) => threadName(graph, threadIndex)),
      locks: deadlock.locks.map(lockFacts),
      victims: deadlock.victims.length,
    },
    key: ['kind', 'threads'],
    message: message(graph, deadlock),
    span: first.place.span,
    related: related(graph, deadlock),
    evidence: deadlock.evidence.map((one) => say(EVIDENCE, one)),
    missing: deadlock.doubts.map((one) => say(DOUBTS, one)),
    fixes: cycleFixes(graph, dumpIndex, deadlock, context.uri),
  });
}

function message(graph: WaitGraph, deadlock: Deadlock): string {
  const steps = deadlock.waits.slice(0, IN_MESSAGE).map((wait) => ({
    thread: nameOf(graph, wait.threadIndex),
    lock: wait.lock,
    owner: wait.owner === null ? null : wait.owner === wait.threadIndex ? 'itself' : nameOf(graph, wait.owner),
  }));
  return CYCLE.message({
    kind: deadlock.kind,
    proved: deadlock.certainty === 'proved',
    names: deadlock.threads.map((threadIndex) => displayName(graph.threads[threadIndex] ?? { name: '?', thread: null })),
    steps,
    victims: deadlock.victims.length,
  });
}

/** Every member's waiting line, and the line that shows the lock as held. */
function related(graph: WaitGraph, deadlock: Deadlock): RelatedDraft[] {
  const result: RelatedDraft[] = [];
  for (const wait of deadlock.waits.slice(0, IN_RELATED)) {
    result.push({ message: `${nameOf(graph, wait.threadIndex)} waits here for ${shortLock(wait.lock)}`, span: wait.place.lockSpan });
    const hold = wait.lock.holds.find((one) => one.threadIndex === wait.owner);
    if (hold?.place == null || wait.owner === null) continue;
    const taken = takenAt(graph, wait);
    result.push({
      message: `${nameOf(graph, wait.owner)} ${wait.lock.kind === 'class-init' ? 'is initialising' : 'holds'} ${shortLock(wait.lock)}${taken === '' ? '' : `, taken in ${taken}`}`,
      span: hold.place.lockSpan,
    });
  }
  if (deadlock.waits.length > IN_RELATED) {
    const next = deadlock.waits[IN_RELATED] as Wait;
    result.push({ message: `… and ${plural(deadlock.waits.length - IN_RELATED, 'thread')} more in this cycle`, span: next.place.lockSpan });
  }
  return result;
}

/** Show it and copy it; also for lenses and the editor's own actions. */
export function cycleFixes(graph: WaitGraph, dumpIndex: number, deadlock: Deadlock, uri: string): Fix[] {
  return [
    {
      title: 'Show the deadlock in the lock-wait graph',
      kind: 'show',
      by: 'command',
      command: { id: 'logjam.showGraphAt', arguments: [uri, 'lock-wait', threadNode(dumpIndex, deadlock.threads[0] as number)] },
    },
    { title: 'Copy an explanation of the deadlock', kind: 'show', by: 'copy', copy: explainDeadlock(graph, deadlock) },
    ...callbacksOf(graph, deadlock).map(
      ({ callback }, n): Fix => ({
        title: `Move ${callback.entry.method} outside the synchronized block in ${callback.file}`,
        kind: 'quickfix',
        by: 'command',
        command: { id: 'logjam.fixFromDump', arguments: [uri, callbackId(dumpIndex, deadlock, n)] },
      }),
    ),
  ];
}
