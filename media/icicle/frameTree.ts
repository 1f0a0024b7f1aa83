import type { IcicleDocument, IcicleNode } from '../../common/icicle.ts';
import type { Place, Range } from '../../common/span.ts';

/** A frame of the call tree with what passes the filters, placed in units of stacks. */
export interface Weighed {
  node: IcicleNode<Place>;
  parent: Weighed | undefined;
  children: Weighed[];
  depth: number;
  /** Stacks through this frame, and those that end in it. */
  count: number;
  own: number;
  /** Where it begins, in stacks from the left. */
  x: number;
}

export interface Tree {
  roots: Weighed[];
  all: Weighed[];
  count: number;
  depth: number;
}

/** Which stacks pass: one allowed value for each facet, empty for all. */
export function passing(document: IcicleDocument<Range>, filters: readonly string[]): boolean[] {
  return document.stacks.map((stack) => filters.every((value, index) => value === '' || stack.values[index] === value));
}

/** Counts and places the frames that at least one passing stack goes through, the most frequent first. */
export function weigh(document: IcicleDocument<Range>, passes: readonly boolean[]): Tree {
  const all: Weighed[] = [];
  const roots: Weighed[] = [];
  const stack = document.roots.map((node) => ({ node, parent: undefined as Weighed | undefined }));
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { node, parent } = item;
    const own = node.ends.reduce((sum, index) => sum + (passes[index] === true ? (document.stacks[index]?.count ?? 0) : 0), 0);
    const made: Weighed = { node, parent, children: [], depth: parent === undefined ? 0 : parent.depth + 1, count: own, own, x: 0 };
    all.push(made);
    for (const child of node.children) stack.push({ node: child, parent: made });
  }
  // Parents stand before their children, so the way back adds up from the leaves.
  for (const made of all.toReversed()) if (made.parent !== undefined) made.parent.count += made.count;
  const kept = all.filter((made) => made.count > 0);
  for (const made of kept) (made.parent?.children ?? roots).push(made);
  const order = (a: Weighed, b: Weighed) => b.count - a.count || (a.node.label < b.node.label ? -1 : 1);
  let x = 0;
  for (const root of roots.sort(order)) {
    root.x = x;
    x += root.count;
  }
  let depth = 0;
  for (const made of kept) {
    depth = Math.max(depth, made.depth + 1);
    let at = made.x;
    for (const child of made.children.sort(order)) {
      child.x = at;
      at += child.count;
    }
  }
  return { roots, all: kept, count: x, depth };
}

/** Ids of frames that contain every word of the query. */
export function find(tree: Tree, query: string): Weighed[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return tree.all.filter(({ node }) => {
    const text = `${node.label}\n${node.description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
