import type { CommandCall } from '../../../../common/commands.ts';
import { activitiesOf } from '../../core/analysis/threaddump/activity.ts';
import { lockFacts } from '../../core/analysis/threaddump/deadlockModel.ts';
import { lockoutsOf } from '../../core/analysis/threaddump/lockouts.ts';
import { displayNameOf, frameName } from '../../core/analysis/threaddump/names.ts';
import { firstView } from '../../core/kinds/index.ts';
import { threadNode } from '../../core/nodeIds/lockWait.ts';
import { isCrowded } from '../../core/views/threaddump/readable.ts';
import { verdictOfOne } from '../../core/views/threaddump/verdict.ts';
import type { Lens } from '../types.ts';
import { type DumpDocument, type DumpLookup, elementsOf } from './elements.ts';
import { LENSES } from './words.ts';

const MAX_BLOCKERS = 200;

/** Above the members of a cycle and above root blockers: what they hold up, and the way to the graph. */
export function lenses(document: DumpDocument): Lens[] {
  const { dumps } = elementsOf(document);
  return dumps.flatMap((dump) => [
    ...readableLens(document, dump),
    ...dumpLenses(document, dump, dumps.length),
    ...cycleLenses(document, dump),
    ...waitLenses(document, dump),
    ...blockerLenses(document, dump),
  ]);
}

/** The way to a form that people can read. */
function readableLens({ uri, text }: DumpDocument, { analysed: { dump }, index }: DumpLookup): Lens[] {
  if (!isCrowded(dump, text)) return [];
  return [
    {
      span: { start: dump.span.start, end: dump.span.start },
      title: `$(list-flat) ${LENSES.readable}`,
      tooltip: LENSES.readableWhy,
      command: { id: 'logjam.showContent', arguments: [uri, 'readable', index] },
    },
  ];
}

/** The way to the stacks, and at the head of each of several dumps what it says by itself. */
function dumpLenses({ uri, analysis }: DumpDocument, { analysed, index }: DumpLookup, count: number): Lens[] {
  const { dump } = analysed;
  const at = { start: dump.span.start, end: dump.span.start };
  const result: Lens[] = [];
  if (index === 0 && firstView(analysis) !== 'stacks') {
    result.push({
      span: at,
      title: `$(list-tree) ${LENSES.stacks}`,
      tooltip: LENSES.stacksWhy,
      command: { id: 'logjam.showStacks', arguments: [uri] },
    });
  }
  if (count > 1) {
    result.push({
      span: at,
      title: `$(book) ${LENSES.ofDump(index + 1, count, verdictOfOne(analysis, analysed).text)}`,
      tooltip: LENSES.openReport,
      command: { id: 'logjam.openReport', arguments: [uri] },
    });
  }
  if (count > 1 && index === 0) {
    result.push({
      span: at,
      title: `$(git-compare) ${LENSES.compare(count)}`,
      tooltip: LENSES.compareWhy,
      command: { id: 'logjam.compareDumps', arguments: [uri] },
    });
  }
  return result;
}

function cycleLenses({ uri }: DumpDocument, dump: DumpLookup): Lens[] {
  const { graph } = dump;
  const result: Lens[] = [];
  for (const deadlock of dump.analysed.deadlocks) {
    for (const wait of deadlock.waits) {
      const graphThread = graph.threads[wait.threadIndex];
      if (graphThread?.thread == null) continue;
      const owner = wait.owner === null ? null : wait.owner === wait.threadIndex ? 'itself' : displayNameOf(graph, wait.owner);
      result.push({
        span: graphThread.thread.nameSpan,
        title: `$(error) ${LENSES.deadlock(deadlock.threads.length, deadlock.certainty === 'proved', lockFacts(wait.lock), owner)}`,
        tooltip: LENSES.showGraph,
        command: showGraph(uri, dump.index, wait.threadIndex),
      });
    }
  }
  return result;
}

/** Above the threads of subtasks that wait in user or connector code. */
function waitLenses({ uri }: DumpDocument, { analysed }: DumpLookup): Lens[] {
  return activitiesOf(analysed)
    .flatMap(({ thread, wait }) => (wait === null ? [] : [{ thread, wait }]))
    .slice(0, MAX_BLOCKERS)
    .map(({ thread, wait }) => ({
      span: thread.nameSpan,
      title: `$(debug-pause) ${LENSES.wait(wait.for, frameName(wait.caller))}`,
      tooltip: LENSES.waitWhy,
      command: { id: 'logjam.openReport', arguments: [uri] },
    }));
}

function blockerLenses({ uri }: DumpDocument, dump: DumpLookup): Lens[] {
  const held = new Map<number, number>();
  for (const { root, total, lock } of dump.analysed.contention) {
    // Only the locks that the root blocker itself holds; the others are counted in their totals.
    if (root === null || dump.graph.waits.get(lock.waiters[0] ?? -1)?.owner !== root) continue;
    held.set(root, (held.get(root) ?? 0) + total);
  }
  const waiting = new Set(lockoutsOf(dump.analysed).map(({ holder }) => holder.index));
  const result: Lens[] = [];
  for (const [root, total] of held) {
    const graphThread = dump.graph.threads[root];
    if (graphThread?.thread == null || result.length >= MAX_BLOCKERS) continue;
    result.push({
      span: graphThread.thread.nameSpan,
      title: `$(lock) ${LENSES.holdsUp(total)}`,
      tooltip: waiting.has(root) ? LENSES.holderWaits : LENSES.holderRuns,
      command: showGraph(uri, dump.index, root),
    });
  }
  return result;
}

function showGraph(uri: string, dump: number, threadIndex: number): CommandCall {
  return { id: 'logjam.showGraphAt', arguments: [uri, 'lock-wait', threadNode(dump, threadIndex)] };
}
