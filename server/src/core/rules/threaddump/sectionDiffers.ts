import type { Deadlock } from '../../analysis/threaddump/deadlockModel.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { displayNameOf } from '../../analysis/threaddump/names.ts';
import type { SectionCycle, Wait, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import type { Draft } from '../../model.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

export const sectionDiffers: DumpRule = {
  id: 'deadlock-section-differs',
  title: "The JVM's deadlock section and the stacks do not say the same",
  severity: 'info',
  docs: `HotSpot prints "Found one Java-level deadlock" from a search of its own. This finding says where the stacks of the same dump lead to something else:

- the section lists threads that only wait for the cycle (it prints the whole walk that led there), so the exact members are fewer;
- the stacks close a cycle that the section does not list, although it is of a kind that it looks for;
- the section reports a cycle that the stacks do not show. Stacks and section are taken one after the other, so things may have moved in between; then the dump is not of one moment and deserves a second one.`,
  check(analysis) {
    return analysis.dumps.flatMap(({ dump, waits, deadlocks }) => (dump.section === null ? [] : compare({ dump, waits, deadlocks })));
  },
};

function compare({ dump, waits: graph, deadlocks }: Pick<AnalysedDump, 'dump' | 'waits' | 'deadlocks'>): Draft[] {
  const findings: Draft[] = [];
  const matched = new Map(deadlocks.filter((one) => one.section !== null).map((one) => [one.section as number, one]));
  for (const [index, cycle] of graph.section.entries()) {
    const same = matched.get(index);
    if (cycle.members.length === 0) continue;
    if (cycle.tails.length > 0) findings.push(tails(graph, cycle));
    if (same === undefined || contradicted(graph, same)) findings.push(notInStacks(graph, cycle));
  }
  for (const deadlock of deadlocks) {
    if (deadlock.section === null && dump.shows.complete && looksFor(deadlock)) findings.push(notInSection(graph, deadlock));
  }
  return findings;
}

const PROVED = { certainty: 'proved', key: ['threads'] } as const;

function tails(graph: WaitGraph, { members, tails: behind, span }: SectionCycle): Draft {
  const facts = { threads: names(graph, members), tails: names(graph, behind) };
  return tell(sectionDiffers, 'deadlock-section-differs-tails', facts, { ...PROVED, span });
}

function notInStacks(graph: WaitGraph, { members, span }: SectionCycle): Draft {
  const related = members.flatMap((threadIndex) => {
    const wait = graph.waits.get(threadIndex);
    return wait === undefined ? [] : [beside(wait.place.lockSpan, 'waits-here', { thread: displayNameOf(graph, threadIndex) })];
  });
  return tell(sectionDiffers, 'deadlock-section-differs-not-in-stacks', { threads: names(graph, members) }, { ...PROVED, span, related });
}

function notInSection(graph: WaitGraph, { threads, waits }: Deadlock): Draft {
  const { span } = (waits[0] as Wait).place;
  return tell(sectionDiffers, 'deadlock-section-differs-not-in-section', { threads: names(graph, threads) }, { ...PROVED, span });
}

/** The stacks are there and show another wait than the section does. */
function contradicted(graph: WaitGraph, deadlock: Deadlock): boolean {
  return deadlock.waits.some((wait) => {
    const thread = graph.threads[wait.threadIndex]?.thread;
    const shown = graph.waits.get(wait.threadIndex);
    if (thread == null || thread.frames.length === 0 || shown === undefined) return false;
    // A wait that only the section knows of, by a thread that runs as far as its stack goes.
    if (shown.action === null) return thread.state === 'RUNNABLE' && shown.inferred === null;
    return shown.lock !== wait.lock || shown.owner !== wait.owner;
  });
}

/** HotSpot's search follows monitors and ownable synchronizers of platform threads, and no thread's wait for itself. */
function looksFor(deadlock: Deadlock): boolean {
  return (
    ['monitor', 'ownable', 'mixed'].includes(deadlock.kind) &&
    deadlock.threads.length > 1 &&
    !deadlock.locks.some((lock) => lock.kind === 'class-init')
  );
}

const names = (graph: WaitGraph, threads: readonly number[]): string[] => threads.map((threadIndex) => displayNameOf(graph, threadIndex));
