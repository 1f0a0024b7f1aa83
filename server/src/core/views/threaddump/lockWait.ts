import type { GraphDocument, LegendEntry } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { dumpOfNode } from '../../nodeIds/lockWait.ts';
import { plural } from '../../wording.ts';
import { legendOf } from '../legend.ts';
import { lockWaitNodes } from './lockWaitNodes.ts';
import { selectLocks } from './lockWaitSelect.ts';

/** Threads and locks of one dump: who waits for what, and who holds it. `focus` is a node id or the offset of a finding. */
export function lockWaitGraph(analysis: ThreadDumpAnalysis, focus?: string): GraphDocument<Span> {
  const index = chooseDump(analysis, focus);
  const analysed = analysis.dumps[index];
  if (analysed === undefined) return empty('Lock-wait graph', 'There is no thread dump in this file that could be read.');
  const title = titleOf(analysis, index);
  const notes = otherDumps(analysis, index);
  const selection = selectLocks(analysed, index, focus);
  if (selection.locks.length === 0) return { ...empty(title, emptyReason(analysed)), notes };

  const { nodes, edges } = lockWaitNodes(analysed, index, selection);
  const shown = new Set(nodes.map((node) => node.id));
  return {
    view: 'lock-wait',
    title,
    nodes,
    groups: [],
    edges: edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to)),
    legend: legendOf(LEGEND, nodes, edges),
    notes: [...notes, ...selection.notes, ...limits(analysed)],
    direction: 'right',
  };
}

/** The dump that is asked for, else the first with a deadlock, else the one with the longest queue. */
function chooseDump({ dumps }: ThreadDumpAnalysis, focus: string | undefined): number {
  if (focus !== undefined) {
    const named = dumpOfNode(focus);
    if (named !== null && named < dumps.length) return named;
    const offset = Number(focus);
    const at = dumps.findIndex(({ dump }) => offset >= dump.span.start && offset <= dump.span.end);
    if (at !== -1) return at;
  }
  const withDeadlock = dumps.findIndex(({ deadlocks }) => deadlocks.length > 0);
  if (withDeadlock !== -1) return withDeadlock;
  let best = 0;
  for (const [index, { contention }] of dumps.entries()) {
    if ((contention[0]?.total ?? 0) > (dumps[best]?.contention[0]?.total ?? 0)) best = index;
  }
  return best;
}

function titleOf({ dumps }: ThreadDumpAnalysis, index: number): string {
  const time = dumps[index]?.dump.time ?? null;
  if (dumps.length === 1) return 'Lock-wait graph';
  return `Lock-wait graph of dump ${index + 1} of ${dumps.length}${time === null ? '' : ` (${time})`}`;
}

function otherDumps({ dumps }: ThreadDumpAnalysis, index: number): string[] {
  if (dumps.length < 2) return [];
  return [
    `The file has ${dumps.length} dumps; this is number ${index + 1}. Put the cursor into another one and open the graph from there to see it.`,
  ];
}

function empty(title: string, reason: string): GraphDocument<Span> {
  return { view: 'lock-wait', title, nodes: [], groups: [], edges: [], legend: [], empty: reason, notes: [], direction: 'right' };
}

/** Why there is nothing to draw; the difference between "nobody waits" and "this dump cannot show it" matters. */
function emptyReason({ dump, waits }: AnalysedDump): string {
  const count = plural(dump.threads.length, 'thread');
  if (dump.threads.length === 0) return 'No thread of this dump could be read.';
  if (!dump.shows.monitors && !dump.shows.synchronizers) {
    return `The dump has ${count}, but this format does not say who waits for which lock. Take jstack -l, or jcmd Thread.print -l, to see it.`;
  }
  const signals = waits.signals.size;
  const idle =
    signals === 0
      ? ''
      : ` ${plural(signals, 'thread')} ${signals === 1 ? 'waits' : 'wait'} for a signal (a notify, a condition, a future), which nobody holds.`;
  const synchronizers = dump.shows.synchronizers ? '' : ' Holders of java.util.concurrent locks are not part of this dump; jstack -l lists them.';
  return `None of the ${count} of this dump waits for a lock.${idle}${synchronizers}`;
}

/** What the reader has to know about what this dump can show. */
function limits({ dump, waits }: AnalysedDump): string[] {
  const notes: string[] = [];
  const shown = waits.waits.size;
  const idle = dump.threads.length - shown;
  if (idle > 0) notes.push('Threads that neither wait for a lock nor hold one that is waited for are left out.');
  if (!dump.shows.complete) notes.push('The dump breaks off; locks may have holders and waiters that are missing here.');
  if (dump.threads.some((thread) => thread.framesCut)) notes.push('Stacks are cut, so a lock may have a holder that is not shown.');
  if (!dump.shows.synchronizers)
    notes.push('The dump does not list who holds java.util.concurrent locks; only owners that it names otherwise are shown.');
  if (dump.dialect.startsWith('dump-to-file')) notes.push('The threads were sampled one after the other, not at one moment.');
  return notes;
}

const LEGEND: LegendEntry[] = [
  { for: 'thread', text: 'Thread' },
  { for: 'virtual-thread', text: 'Virtual thread' },
  { for: 'monitor', text: 'Monitor (synchronized)' },
  { for: 'synchronizer', text: 'java.util.concurrent lock' },
  { for: 'class-init', text: 'Class being initialised' },
  { for: 'aggregate', text: 'Several threads that wait alike' },
  { for: 'waits-for', text: 'waits for' },
  { for: 'held-by', text: 'is held by' },
  { for: 'cycle', text: 'Part of a deadlock' },
  { for: 'victim', text: 'Waits behind a deadlock' },
  { for: 'suspect', text: 'Root blocker: holds up others and waits for no lock' },
];
