import type { GraphDocument, GraphGroup } from '../graph.ts';

/**
 * Groups that are a node of their own while closed (operator chains): the node in place of what is inside. Every edge
 * stays one edge, other than with a stack of folded nodes, because the closed chain is what runs. `owner` gains an
 * entry for everything that went.
 */
export function closeChains<P>(graph: GraphDocument<P>, closed: ReadonlySet<string>, owner: Map<string, string>): GraphDocument<P> {
  const shut = new Map<string, GraphGroup<P>>();
  for (const group of graph.groups) if (group.closedAs !== undefined && closed.has(group.id)) shut.set(group.id, group);
  if (shut.size === 0) return graph;
  const at = new Map<string, string>();
  const nodes = graph.nodes.filter(({ id, group }) => {
    if (group === undefined || !shut.has(group)) return true;
    at.set(id, group);
    owner.set(id, group);
    return false;
  });
  for (const { id, parent, closedAs } of shut.values()) {
    if (closedAs !== undefined) nodes.push({ ...closedAs, id, ...(parent === undefined ? {} : { group: parent }) });
  }
  const edges = graph.edges.flatMap((edge) => {
    const from = at.get(edge.from) ?? edge.from;
    const to = at.get(edge.to) ?? edge.to;
    // From an operator to the next within the chain; a loop of the chain itself has two different kinds of end.
    return edge.kind === 'chained' && from === to ? [] : [from === edge.from && to === edge.to ? edge : { ...edge, from, to }];
  });
  return { ...graph, nodes, edges, groups: graph.groups.filter((group) => !shut.has(group.id)) };
}
