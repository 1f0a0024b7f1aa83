import type { Emphasis, GraphDocument, GraphGroup } from '../graph.ts';

const RANK: Record<Emphasis, number> = {
  cycle: 0,
  violation: 0,
  suspect: 1,
  removed: 2,
  added: 2,
  changed: 2,
  victim: 3,
  critical: 3,
  none: 4,
  muted: 5,
};

export const rank = (emphasis: Emphasis | undefined): number => RANK[emphasis ?? 'none'];

/** An id in which numbers compare as numbers: "t2" before "t10". */
const sortKey = (id: string): string => id.replace(/\d+/g, (digits) => digits.padStart(12, '0'));

/** Sorted by emphasis, then by id; keys are made once, because large graphs have tens of thousands of ids. */
function sorted<T extends { id: string; emphasis?: Emphasis }>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, rank: rank(item.emphasis), key: sortKey(item.id) }))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.item.id < b.item.id ? -1 : a.item.id > b.item.id ? 1 : 0))
    .map(({ item }) => item);
}

function unique<T extends { id: string }>(items: readonly T[], taken: Set<string>): T[] {
  return items.filter((item) => {
    if (taken.has(item.id)) return false;
    taken.add(item.id);
    return true;
  });
}

/** Groups in an order in which every parent comes before its children; a parent that is missing or circular is dropped. */
function nested<P>(groups: readonly GraphGroup<P>[]): GraphGroup<P>[] {
  const byName = new Map(groups.map((group) => [group.id, group]));
  const done = new Map<string, GraphGroup<P>>();
  const visit = (group: GraphGroup<P>) => {
    const line: GraphGroup<P>[] = [];
    for (let at: GraphGroup<P> | undefined = group; at !== undefined && !done.has(at.id) && !line.includes(at); ) {
      line.push(at);
      at = at.parent === undefined ? undefined : byName.get(at.parent);
    }
    for (const one of line.reverse()) {
      const { parent, ...rest } = one;
      done.set(one.id, parent !== undefined && done.has(parent) ? { ...rest, parent } : rest);
    }
  };
  for (const group of groups) visit(group);
  return [...done.values()];
}

/**
 * The graph as layout needs it: ids once, no edge or group that leads nowhere, and in an order that is the same
 * whatever the order of the input, because ELK's drawing follows that order.
 */
export function tidy<P>(graph: GraphDocument<P>): GraphDocument<P> {
  const taken = new Set<string>();
  const groups = nested(sorted(unique(graph.groups, taken)));
  const groupIds = new Set(groups.map((group) => group.id));
  const nodes = sorted(
    unique(graph.nodes, taken).map((node) => {
      if (node.group === undefined || groupIds.has(node.group)) return node;
      const { group: _, ...rest } = node;
      return rest;
    }),
  );
  const ends = new Set(nodes.map((node) => node.id));
  const edges = sorted(unique(graph.edges, new Set()).filter((edge) => ends.has(edge.from) && ends.has(edge.to)));
  return { ...graph, groups, nodes, edges };
}
