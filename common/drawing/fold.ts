import type { GraphDocument, GraphGroup, GraphNode, NodeKind } from '../graph.ts';
import { type Merge, mergeNodes, strongest } from './merge.ts';
import { components, relations } from './relations.ts';
import { rank } from './tidy.ts';
import { FOLDED } from './words.ts';

/** Ways to draw fewer nodes. Each keeps what is emphasised in sight and says what it stands for. */

const MEMBERS = 200;
/** This many of a set of twins stay nodes of their own. */
const SHOWN_TWINS = 3;

const weight = (node: GraphNode<unknown>) => Math.max(1, node.count ?? 1);

const kindsOf = (nodes: readonly GraphNode<unknown>[]): NodeKind[] => nodes.map(({ kind }) => kind);

function foldedNode<P>(id: string, label: string, nodes: readonly GraphNode<P>[], group: string | undefined): GraphNode<P> {
  const count = nodes.reduce((sum, node) => sum + weight(node), 0);
  const emphasis = strongest(nodes);
  const names = nodes.slice(0, MEMBERS).map((node) => node.label);
  return {
    id,
    kind: 'aggregate',
    label,
    description: FOLDED.open(label, names.slice(0, 5), nodes.length > 5),
    members: names,
    count,
    ...(group === undefined ? {} : { group }),
    ...(emphasis === undefined ? {} : { emphasis }),
  };
}

/** Nodes of one kind with exactly the same neighbours: "+997 threads". */
export function foldTwins<P>(graph: GraphDocument<P>, opened: ReadonlySet<string>, owner: Map<string, string>): GraphDocument<P> {
  const signature = new Map<string, string[]>(graph.nodes.map((node) => [node.id, []]));
  for (const edge of graph.edges) {
    signature.get(edge.from)?.push(`>${edge.kind} ${edge.to}`);
    signature.get(edge.to)?.push(`<${edge.kind} ${edge.from}`);
  }
  const classes = new Map<string, GraphNode<P>[]>();
  for (const node of graph.nodes) {
    const links = signature.get(node.id) ?? [];
    // A node with many neighbours has no twin worth looking for.
    if (node.kind === 'aggregate' || rank(node.emphasis) < rank('victim') || links.length === 0 || links.length > 4) continue;
    const key = JSON.stringify([node.kind, node.group, node.emphasis, links.sort()]);
    const twins = classes.get(key);
    if (twins === undefined) classes.set(key, [node]);
    else twins.push(node);
  }
  const merges: Merge<P>[] = [];
  for (const twins of classes.values()) {
    const rest = twins.slice(SHOWN_TWINS);
    const [first] = rest;
    if (rest.length < SHOWN_TWINS || first === undefined) continue;
    const id = `fold:twins:${first.id}`;
    if (opened.has(id)) continue;
    const count = rest.reduce((sum, node) => sum + weight(node), 0);
    merges.push({ into: foldedNode(id, `+${FOLDED.nodes(count, kindsOf(rest))}`, rest, first.group), ids: rest.map((node) => node.id) });
  }
  return mergeNodes(graph, merges, owner);
}

/** Every group in `closed` drawn as one node; a group within a closed one goes with it. */
export function closeGroups<P>(graph: GraphDocument<P>, closed: ReadonlySet<string>, owner: Map<string, string>): GraphDocument<P> {
  if (closed.size === 0) return graph;
  const parent = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const closedAt = new Map<string, string | undefined>();
  // Groups come parents first, so an answer for the parent is always there.
  for (const group of graph.groups) {
    closedAt.set(group.id, (group.parent === undefined ? undefined : closedAt.get(group.parent)) ?? (closed.has(group.id) ? group.id : undefined));
  }
  const inside = new Map<string, GraphNode<P>[]>();
  for (const node of graph.nodes) {
    const at = node.group === undefined ? undefined : closedAt.get(node.group);
    if (at === undefined) continue;
    const nodes = inside.get(at);
    if (nodes === undefined) inside.set(at, [node]);
    else nodes.push(node);
  }
  const merges: Merge<P>[] = [];
  for (const group of graph.groups) {
    if (closedAt.get(group.id) !== group.id) {
      const at = closedAt.get(group.id);
      if (at !== undefined) owner.set(group.id, at);
      continue;
    }
    const nodes = inside.get(group.id) ?? [];
    const { emphasis: _, ...node } = foldedNode(group.id, group.label, nodes, parent.get(group.id));
    const emphasis = strongest([group, ...nodes]);
    const level = group.level === undefined ? [] : [FOLDED.level(group.level)];
    merges.push({
      into: {
        ...node,
        lines: [[...level, FOLDED.inside(nodes.length, kindsOf(nodes))].join(' · ')],
        description: FOLDED.closed(group.description, nodes.length, kindsOf(nodes)),
        ...(emphasis === undefined ? {} : { emphasis }),
        ...(group.place === undefined ? {} : { place: group.place }),
      },
      ids: nodes.map((one) => one.id),
    });
  }
  const kept = graph.groups.filter((group) => closedAt.get(group.id) === undefined);
  return mergeNodes({ ...graph, groups: kept }, merges, owner);
}

/** Groups to close, the smallest gain in sight lost first: deepest, then largest, until at most `budget` nodes stay. */
export function groupsToClose(graph: GraphDocument<unknown>, budget: number, opened: ReadonlySet<string>): Set<string> {
  const depth = new Map<string, number>();
  for (const group of graph.groups) depth.set(group.id, group.parent === undefined ? 0 : (depth.get(group.parent) ?? 0) + 1);
  const size = new Map<string, number>();
  for (const node of graph.nodes) if (node.group !== undefined) size.set(node.group, (size.get(node.group) ?? 0) + 1);
  const order = graph.groups
    .filter((group) => !opened.has(group.id))
    .sort((a, b) => (depth.get(b.id) ?? 0) - (depth.get(a.id) ?? 0) || (size.get(b.id) ?? 0) - (size.get(a.id) ?? 0) || (a.id < b.id ? -1 : 1));
  const closed = new Set<string>();
  let count = graph.nodes.length;
  for (const group of order) {
    if (count <= budget) break;
    closed.add(group.id);
    const own = size.get(group.id) ?? 0;
    count -= own - 1;
    // The closed group is one node of its parent from now on.
    if (group.parent !== undefined) size.set(group.parent, (size.get(group.parent) ?? 0) + 1);
  }
  return closed;
}

/** The parts of the graph that matter most, and one node for all smaller ones. */
export function foldParts<P>(graph: GraphDocument<P>, budget: number, owner: Map<string, string>, id: string): GraphDocument<P> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const parts = components([...nodes.keys()], relations(graph)).map((ids) => {
    const members = ids.flatMap((one) => nodes.get(one) ?? []);
    return {
      members,
      best: members.reduce((least, node) => Math.min(least, rank(node.emphasis)), 9),
      total: members.reduce((sum, node) => sum + weight(node), 0),
    };
  });
  if (parts.length < 2) return graph;
  parts.sort((a, b) => a.best - b.best || b.total - a.total);
  let used = 0;
  let shown = 0;
  for (const part of parts) {
    if (shown > 0 && used + part.members.length > budget) break;
    used += part.members.length;
    shown++;
  }
  const rest = parts.slice(shown).flatMap((part) => part.members);
  if (rest.length < 2) return graph;
  const label = FOLDED.parts(parts.length - shown);
  const folded = foldedNode(id, label, rest, undefined);
  return mergeNodes(
    dropEmptyGroups(graph, rest),
    [{ into: { ...folded, lines: [FOLDED.nodes(folded.count ?? 0, kindsOf(rest))] }, ids: rest.map((node) => node.id) }],
    owner,
  );
}

function dropEmptyGroups<P>(graph: GraphDocument<P>, going: readonly GraphNode<P>[]): GraphDocument<P> {
  const gone = new Set(going.map((node) => node.id));
  return {
    ...graph,
    groups: withNodes(
      graph.groups,
      graph.nodes.filter((node) => !gone.has(node.id)),
    ),
  };
}

/** Groups that hold at least one of the nodes, at any depth. */
export function withNodes<P>(groups: readonly GraphGroup<P>[], nodes: readonly GraphNode<P>[]): GraphGroup<P>[] {
  const parent = new Map(groups.map((group) => [group.id, group.parent]));
  const used = new Set<string>();
  for (const node of nodes) for (let at = node.group; at !== undefined && !used.has(at); at = parent.get(at)) used.add(at);
  return groups.filter((group) => used.has(group.id));
}

/** Last resort for one large connected graph: neighbours in the order of a walk along the edges become one node. */
export function foldRuns<P>(graph: GraphDocument<P>, budget: number, opened: ReadonlySet<string>, owner: Map<string, string>): GraphDocument<P> {
  const important = graph.nodes.filter((node) => rank(node.emphasis) <= rank('suspect')).slice(0, Math.floor(budget / 2));
  const keep = new Set(important.map((node) => node.id));
  const links = relations(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const order: GraphNode<P>[] = [];
  const seen = new Set<string>();
  const starts = [...graph.nodes.filter((node) => links.in.get(node.id)?.length === 0), ...graph.nodes];
  for (const start of starts) {
    const stack = [start.id];
    while (stack.length > 0) {
      const id = stack.pop();
      const node = id === undefined ? undefined : nodes.get(id);
      if (node === undefined || seen.has(node.id)) continue;
      seen.add(node.id);
      if (!keep.has(node.id)) order.push(node);
      stack.push(...(links.out.get(node.id) ?? []).toReversed());
    }
  }
  const size = Math.ceil(order.length / Math.max(1, budget - keep.size));
  if (size < 2) return graph;
  const merges: Merge<P>[] = [];
  for (let at = 0; at < order.length; at += size) {
    const run = order.slice(at, at + size);
    const [first] = run;
    if (first === undefined || run.length < 2) continue;
    const id = `fold:run:${first.id}`;
    if (opened.has(id)) continue;
    const sameGroup = run.every((node) => node.group === first.group) ? first.group : undefined;
    merges.push({
      into: { ...foldedNode(id, first.label, run, sameGroup), lines: [FOLDED.twins(run.length - 1, kindsOf(run))] },
      ids: run.map((node) => node.id),
    });
  }
  const gone = merges.flatMap((merge) => (merge.into.group === undefined ? merge.ids.flatMap((id) => nodes.get(id) ?? []) : []));
  return mergeNodes(dropEmptyGroups(graph, gone), merges, owner);
}

/** The name without numbers and ids: "Window(…) (3/8)" and "Window(…) (4/8)" have the same. */
export function namePrefix(label: string): string {
  return label
    .replace(/[({[<].*$/s, '')
    .replace(/\b(0x)?[0-9a-f]{6,}\b/gi, '')
    .replace(/(?<![\d#:_.-])[\d#:_.-]+$/, '')
    .replace(/(?:[-_ ]|(?<![-_ \d]))\d+\b.*/s, '')
    .trim();
}

/** Nodes of one group whose names begin alike become one node. */
export function foldNames<P>(graph: GraphDocument<P>, opened: ReadonlySet<string>, owner: Map<string, string>): GraphDocument<P> {
  const families = new Map<string, GraphNode<P>[]>();
  for (const node of graph.nodes) {
    if (node.kind === 'aggregate') continue;
    const prefix = namePrefix(node.label);
    if (prefix === '') continue;
    const key = JSON.stringify([node.kind, node.group, prefix]);
    const family = families.get(key);
    if (family === undefined) families.set(key, [node]);
    else family.push(node);
  }
  const merges: Merge<P>[] = [];
  for (const family of families.values()) {
    const [first] = family;
    if (first === undefined || family.length < 2) continue;
    const id = `fold:name:${first.id}`;
    if (opened.has(id)) continue;
    merges.push({
      into: {
        ...foldedNode(id, `${namePrefix(first.label)} ×${family.length.toLocaleString('en')}`, family, first.group),
        lines: [FOLDED.named(family.length, kindsOf(family))],
      },
      ids: family.map((node) => node.id),
    });
  }
  return mergeNodes(graph, merges, owner);
}
