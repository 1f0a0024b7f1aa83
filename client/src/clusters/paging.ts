import { type ClusterNode, type NodeKind, nodeBelow } from './nodes.ts';
import { TREE } from './words.ts';

/** VS Code draws so many lines at once; of a thousand it would take longer than all else that happens at a click. */
export const PAGE = 200;

/** What there are many of. */
const MANY: ReadonlySet<NodeKind> = new Set(['job', 'vertex', 'taskmanager', 'log']);

/** The first of what there are many of below a node, and a line that leads to the next ones. */
export function paged(above: ClusterNode, nodes: readonly ClusterNode[], pages: number): ClusterNode[] {
  const many = nodes.filter(({ kind }) => MANY.has(kind));
  const most = PAGE * pages;
  if (many.length <= most) return [...nodes];
  const left = new Set(many.slice(most));
  const [first] = left;
  const next: ClusterNode = { ...nodeBelow(above, 'page', 'page'), label: TREE.nextPage(left.size), icon: { name: 'ellipsis' } };
  return nodes.flatMap((node) => (node === first ? [next] : left.has(node) ? [] : [node]));
}
