import type { Badge, Emphasis, GraphEdge, GraphNode, NodeKind } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import { type Deadlock, lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { doingOf } from '../../analysis/threaddump/doing.ts';
import { whyHidden } from '../../analysis/threaddump/hidden.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { displayName, displayNameOf, simpleName, standsAt } from '../../analysis/threaddump/names.ts';
import { roleOf } from '../../analysis/threaddump/roles.ts';
import { type Lock, threadName, type Wait, type WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import { groupNode, lockNode, threadNode } from '../../nodeIds/lockWait.ts';
import { doingText } from '../../rules/threaddump/words.ts';
import type { Selection } from './lockWaitSelect.ts';
import { DESCRIPTIONS, LABELS, type Standing } from './lockWaitWords.ts';
import { roleText } from './words.ts';

const { details: DETAILS } = LABELS;

interface Drawing {
  nodes: GraphNode<Span>[];
  edges: GraphEdge<Span>[];
}

/** The nodes and edges of what was selected. */
export function lockWaitNodes(analysed: AnalysedDump, dump: number, { locks, waiters }: Selection): Drawing {
  const { waits: graph, deadlocks } = analysed;
  const context: Context = { graph, dump, member: new Map(), victims: new Set(), totals: new Map(), threads: new Set() };
  for (const one of deadlocks) {
    for (const wait of one.waits) context.member.set(wait.threadIndex, { deadlock: one, wait });
    for (const threadIndex of one.victims) context.victims.add(threadIndex);
  }
  for (const entry of analysed.contention) context.totals.set(entry.lock, entry.total);

  const lockNodes: GraphNode<Span>[] = [];
  const groups: GraphNode<Span>[] = [];
  const edges: GraphEdge<Span>[] = [];
  for (const lock of locks) {
    const { shown, grouped } = waiters.get(lock) ?? { shown: [], grouped: [] };
    lockNodes.push(lockAsNode(context, lock));
    for (const threadIndex of shown) {
      context.threads.add(threadIndex);
      edges.push(waitEdge(context, threadIndex, lock));
    }
    if (grouped.length > 0) {
      groups.push(groupAsNode(context, lock, grouped));
      edges.push(groupEdge(context, lock, grouped.length));
    }
    for (const edge of holdEdges(context, lock)) edges.push(edge);
  }
  const threadNodes = [...context.threads].map((threadIndex) => threadAsNode(context, threadIndex, locks));
  // Cycle members first: the order of the model is the order of the layout.
  const rank = (node: GraphNode<Span>): number => (node.emphasis === 'cycle' ? 0 : node.emphasis === 'suspect' ? 1 : 2);
  const nodes = [...threadNodes, ...lockNodes, ...groups].sort((a, b) => rank(a) - rank(b));
  return { nodes, edges };
}

interface Context {
  graph: WaitGraph;
  dump: number;
  member: Map<number, { deadlock: Deadlock; wait: Wait }>;
  victims: Set<number>;
  totals: Map<Lock, number>;
  /** Threads that get a node. */
  threads: Set<number>;
}

const LOCK_NODE: Record<Lock['kind'], NodeKind> = {
  monitor: 'monitor',
  ownable: 'synchronizer',
  'read-lock': 'synchronizer',
  'class-init': 'class-init',
  other: 'synchronizer',
};

function inCycle({ member }: Context, lock: Lock): boolean {
  for (const threadIndex of lock.waiters) if (member.get(threadIndex)?.wait.lock === lock) return true;
  return false;
}

function lockAsNode(context: Context, lock: Lock): GraphNode<Span> {
  const { graph, dump } = context;
  const first = graph.waits.get(lock.waiters[0] ?? -1);
  const hold = lock.holds.find((one) => one.place !== null);
  const place = hold?.place?.lockSpan ?? first?.place.lockSpan;
  const owner = ownersOf(context, lock)[0];
  const total = context.totals.get(lock) ?? lock.waiters.length;
  const emphasis: Emphasis = inCycle(context, lock)
    ? 'cycle'
    : lock.waiters.some((threadIndex) => context.victims.has(threadIndex))
      ? 'victim'
      : 'none';
  const badges: Badge[] = [
    { text: LABELS.waiting(lock.waiters.length), tone: emphasis === 'cycle' ? 'bad' : lock.waiters.length > 1 ? 'warning' : 'neutral' },
  ];
  if (owner === undefined) badges.push({ text: LABELS.holderNotVisible, tone: 'info' });
  return {
    id: lockNode(dump, lock.id),
    kind: LOCK_NODE[lock.kind],
    label: simpleName(lock.ref.className ?? lock.ref.key),
    lines: lock.kind === 'class-init' ? [LABELS.classInit] : [lock.ref.key],
    badges,
    emphasis,
    ...(place === undefined ? {} : { place }),
    description: DESCRIPTIONS.lock({
      lock: lockFacts(lock),
      owner: owner === undefined ? null : displayNameOf(graph, owner),
      hidden: whyHidden(graph, lock),
      waiters: lock.waiters.length,
      total,
    }),
    details: [
      [DETAILS.class, lock.ref.className ?? LABELS.notPrinted],
      [DETAILS.id, lock.ref.key],
      [DETAILS.holder, owner === undefined ? LABELS.notVisible : threadName(graph, owner)],
      [DETAILS.waiters, String(lock.waiters.length)],
      [DETAILS.total, String(total)],
    ],
  };
}

function threadAsNode(context: Context, threadIndex: number, locks: readonly Lock[]): GraphNode<Span> {
  const { graph, dump, member, victims } = context;
  const known = graph.threads[threadIndex];
  const thread = known?.thread ?? null;
  const stands = standsAt(thread);
  const blocker = !graph.waits.has(threadIndex);
  const behind = blocker ? heldUp(context, threadIndex, locks) : 0;
  const emphasis: Emphasis = member.has(threadIndex) ? 'cycle' : victims.has(threadIndex) ? 'victim' : behind > 0 ? 'suspect' : 'none';
  const badges: Badge[] = [];
  if (thread?.state != null) badges.push({ text: thread.state, tone: thread.state === 'BLOCKED' ? 'warning' : 'neutral' });
  if (member.has(threadIndex)) badges.push({ text: LABELS.deadlock, tone: 'bad' });
  if (behind > 0) badges.push({ text: LABELS.holdsUp(behind), tone: 'warning' });
  const does = known === undefined ? null : doingOf(graph, known);
  const purpose = thread === null ? null : roleOf(thread.name);
  const standing: Standing = member.has(threadIndex)
    ? 'in-deadlock'
    : victims.has(threadIndex)
      ? 'behind-deadlock'
      : behind > 0
        ? 'holds-up'
        : 'none';
  return {
    id: threadNode(dump, threadIndex),
    kind: thread?.virtual === true ? 'virtual-thread' : 'thread',
    label: known === undefined ? '?' : displayName(known),
    lines: [purpose?.role.title ?? '', stands].filter((line) => line !== ''),
    badges,
    emphasis,
    ...(known === undefined || known.span.end === 0 ? {} : { place: known.span }),
    description: DESCRIPTIONS.thread({ thread: displayNameOf(graph, threadIndex), does, standing, behind }),
    details: [
      ...(purpose === null ? [] : [[DETAILS.role, roleText(purpose)] as [string, string]]),
      [DETAILS.state, thread?.state ?? LABELS.notPrinted],
      [DETAILS.does, does === null ? '' : doingText(does)],
      ...(stands === '' ? [] : [[DETAILS.at, stands] as [string, string]]),
    ],
  };
}

/** Threads behind the locks of a root blocker. */
function heldUp({ graph, totals }: Context, threadIndex: number, locks: readonly Lock[]): number {
  let sum = 0;
  for (const lock of locks) if (graph.waits.get(lock.waiters[0] ?? -1)?.owner === threadIndex) sum += totals.get(lock) ?? 0;
  return sum;
}

const MAX_MEMBERS = 200;

function groupAsNode({ graph, dump, victims }: Context, lock: Lock, grouped: readonly number[]): GraphNode<Span> {
  const place = graph.threads[grouped[0] as number]?.span;
  return {
    id: groupNode(dump, lock.id),
    kind: 'aggregate',
    label: LABELS.moreThreads(grouped.length),
    lines: [LABELS.waitFor(simpleName(lock.ref.className ?? lock.ref.key))],
    emphasis: victims.has(grouped[0] as number) ? 'victim' : 'none',
    ...(place === undefined ? {} : { place }),
    description: DESCRIPTIONS.group({ lock: lockFacts(lock), count: grouped.length }),
    members: grouped.slice(0, MAX_MEMBERS).map((threadIndex) => threadName(graph, threadIndex)),
    count: grouped.length,
  };
}

function waitEdge({ graph, dump, member, victims }: Context, threadIndex: number, lock: Lock): GraphEdge<Span> {
  const wait = graph.waits.get(threadIndex);
  const cyclic = member.get(threadIndex)?.wait.lock === lock;
  return {
    id: `${threadNode(dump, threadIndex)}>${lockNode(dump, lock.id)}`,
    from: threadNode(dump, threadIndex),
    to: lockNode(dump, lock.id),
    kind: 'waits-for',
    label: LABELS.waits(wait?.timed === true),
    emphasis: cyclic ? 'cycle' : victims.has(threadIndex) ? 'victim' : 'none',
    ...(wait === undefined ? {} : { place: wait.place.span }),
    description: DESCRIPTIONS.waits({ thread: displayNameOf(graph, threadIndex), lock: lockFacts(lock) }),
  };
}

function groupEdge({ dump }: Context, lock: Lock, count: number): GraphEdge<Span> {
  return {
    id: `${groupNode(dump, lock.id)}>${lockNode(dump, lock.id)}`,
    from: groupNode(dump, lock.id),
    to: lockNode(dump, lock.id),
    kind: 'waits-for',
    label: LABELS.groupWaits,
    description: DESCRIPTIONS['group-waits']({ lock: lockFacts(lock), count }),
  };
}

/** The threads that hold a lock as far as its waiters are concerned. */
function ownersOf({ graph, member }: Context, lock: Lock): number[] {
  const owners = new Set<number>();
  for (const threadIndex of lock.waiters) {
    const wait = member.get(threadIndex)?.wait ?? graph.waits.get(threadIndex);
    if (wait?.owner != null && wait.lock === lock) owners.add(wait.owner);
  }
  return [...owners].slice(0, 5);
}

function holdEdges(context: Context, lock: Lock): GraphEdge<Span>[] {
  const { graph, dump, member } = context;
  const cyclic = new Set<number>();
  let suspected = false;
  for (const threadIndex of lock.waiters) {
    const found = member.get(threadIndex);
    if (found?.wait.lock !== lock || found.wait.owner === null) continue;
    cyclic.add(found.wait.owner);
    suspected ||= found.deadlock.kind === 'read-lock';
  }
  return ownersOf(context, lock).map((owner) => {
    context.threads.add(owner);
    const hold = lock.holds.find((one) => one.threadIndex === owner);
    return {
      id: `${lockNode(dump, lock.id)}>${threadNode(dump, owner)}`,
      from: lockNode(dump, lock.id),
      to: threadNode(dump, owner),
      kind: 'held-by',
      label: LABELS.held(suspected),
      emphasis: cyclic.has(owner) ? 'cycle' : 'none',
      ...(hold?.place == null ? {} : { place: hold.place.span }),
      description: DESCRIPTIONS.held({ lock: lockFacts(lock), owner: displayNameOf(graph, owner), suspected }),
    };
  });
}
