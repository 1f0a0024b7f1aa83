import type { GraphDocument, GraphNode } from '../../common/graph.ts';

/** Ids of nodes and groups that contain every word of the query, in document order; folded nodes are found too. */
export function search(graph: GraphDocument<unknown>, query: string): string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const matches = (parts: readonly (string | undefined)[]) => {
    const text = parts.join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const matchesNode = (node: GraphNode<unknown>) =>
    matches([
      node.label,
      ...(node.lines ?? []),
      node.description,
      ...(node.badges ?? []).map((badge) => badge.text),
      ...(node.members ?? []),
      ...(node.details ?? []).flat(),
    ]);
  const nodes = graph.nodes.filter(matchesNode);
  const groups = graph.groups.filter(
    (group) => matches([group.label, group.description]) || (group.closedAs !== undefined && matchesNode(group.closedAs)),
  );
  return [...nodes, ...groups].map((item) => item.id);
}
