import type { GraphDocument } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import { isWithoutLocks } from '../../analysis/threaddump/gaps.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import { dumpOfNode } from '../../nodeIds/lockWait.ts';
import { legendOf } from '../legend.ts';
import { lockWaitNodes } from './lockWaitNodes.ts';
import { selectLocks } from './lockWaitSelect.ts';
import { GRAPH, LEGEND } from './lockWaitWords.ts';
import { GAPS } from './words.ts';

/** Threads and locks of one dump: who waits for what, and who holds it. `focus` is a node id or the offset of a finding. */
export function lockWaitGraph(analysis: ThreadDumpAnalysis, focus?: string): GraphDocument<Span> {
  const index = chooseDump(analysis, focus);
  const analysed = analysis.dumps[index];
  if (analysed === undefined) return empty(GRAPH['graph-title']({ dump: 1, of: 1, time: null }), GRAPH['no-dump']({}));
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
  return GRAPH['graph-title']({ dump: index + 1, of: dumps.length, time });
}

function otherDumps({ dumps }: ThreadDumpAnalysis, index: number): string[] {
  return dumps.length < 2 ? [] : [GRAPH['other-dumps']({ dump: index + 1, of: dumps.length })];
}

function empty(title: string, reason: string): GraphDocument<Span> {
  return { view: 'lock-wait', title, nodes: [], groups: [], edges: [], legend: [], empty: reason, notes: [], direction: 'right' };
}

/** Why there is nothing to draw; the difference between "nobody waits" and "this dump cannot show it" matters. */
function emptyReason({ dump, waits }: AnalysedDump): string {
  const threads = dump.threads.length;
  if (threads === 0) return GRAPH['no-threads']({});
  if (!dump.shows.monitors && !dump.shows.synchronizers) return GRAPH['format-without-locks']({ threads });
  const told = GRAPH['nobody-waits']({ threads, signals: waits.signals.size, synchronizers: dump.shows.synchronizers });
  return isWithoutLocks({ dump, waits }) ? `${told} ${GAPS['taken-without-locks']({ threads })}` : told;
}

/** What the reader has to know about what this dump can show. */
function limits({ dump, waits }: AnalysedDump): string[] {
  const notes: string[] = [];
  if (dump.threads.length > waits.waits.size) notes.push(GRAPH['idle-left-out']({}));
  if (!dump.shows.complete) notes.push(GRAPH['breaks-off']({}));
  if (dump.threads.some((thread) => thread.framesCut)) notes.push(GRAPH['stacks-cut']({}));
  if (!dump.shows.synchronizers) notes.push(GRAPH['owners-not-listed']({}));
  if (isWithoutLocks({ dump, waits })) notes.push(GAPS['taken-without-locks']({ threads: dump.threads.length }));
  if (dump.dialect.startsWith('dump-to-file')) notes.push(GRAPH['sampled-dump']({}));
  return notes;
}
