import type { ClusterTree } from './model.ts';
import type { ClusterNode } from './nodes.ts';

/** What is drawn of a tree. */
export interface Drawn {
  isOpen(id: string): boolean;
  /** What was drawn below a node last; undefined where it was not opened yet. */
  below(id: string): readonly ClusterNode[] | undefined;
  /** Those of the nodes below one that are to be drawn. */
  shown(above: ClusterNode, nodes: readonly ClusterNode[]): ClusterNode[];
  /** They are the same nodes as before, with what is known of them by now. */
  keep(above: ClusterNode, nodes: readonly ClusterNode[]): void;
}

/** More changed lines below one node are drawn with it. */
const MAX_LINES = 25;

/**
 * Asks anew for what is open of a tree, and tells what is to be drawn anew: nothing else is, so that what a person opens meanwhile
 * stays open, and what is to be drawn is known already. With a node that is told, what is open below it is drawn.
 */
export async function changesIn(tree: ClusterTree, node: ClusterNode, drawn: Drawn): Promise<ClusterNode[]> {
  const before = drawn.below(node.id);
  if (before === undefined || !drawn.isOpen(node.id)) return [];
  const now = drawn.shown(node, await tree.children(node));
  const deeper = await Promise.all(now.filter(({ branch }) => branch).map((one) => changesIn(tree, one, drawn)));
  if (now.length !== before.length || now.some(({ id }, at) => id !== before[at]?.id)) return [node];
  drawn.keep(node, now);
  const changed = now.filter((one, at) => lineOf(one) !== lineOf(before[at] as ClusterNode));
  if (changed.length > MAX_LINES) return [node];
  const own = new Set(changed.map(({ id }) => id));
  // Those below a line that is drawn anew are drawn with it.
  return [...changed, ...deeper.flat().filter(({ id }) => ![...own].some((above) => id.startsWith(`${above}/`)) && !own.has(id))];
}

/** All that shows of a node. */
const lineOf = ({ label, description, tooltip, icon, kind, branch, call, size }: ClusterNode): string =>
  JSON.stringify([label, description, tooltip, icon, kind, branch, call, size]);
