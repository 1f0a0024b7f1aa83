import type { IcicleDocument, IcicleNode, IcicleStack } from '../../../../../common/icicle.ts';
import type { Span } from '../../../../../common/span.ts';
import type { FlameGraphDocument, FlameNode } from '../../rest/model/load.ts';
import { kindOfClass } from '../log/icicle.ts';
import { FLAME } from './words.ts';

const MAX_NODES = 20_000;

/** The samples of a flame graph as a call tree, which they are already. */
export function flameIcicle({ root, empty }: FlameGraphDocument): IcicleDocument<Span> {
  const roots: IcicleNode<Span>[] = [];
  const stacks: IcicleStack[] = [];
  let nodes = 0;
  const open: { from: FlameNode; path: string; into: IcicleNode<Span>[] }[] = (root?.children ?? []).map((from) => ({ from, path: '', into: roots }));
  for (const { from, path, into } of open) {
    if (++nodes > MAX_NODES) break;
    const frame = frameOf(from.name);
    const id = `${path}/${from.name}`;
    const node: IcicleNode<Span> = { id, label: frame.label, description: from.name === '' ? FLAME.unnamed : from.name, kind: kindOfClass(frame.className), children: [], ends: [], places: [from.span] }; // biome-ignore format: a line
    into.push(node);
    // What no call below it has was measured in the frame itself.
    const own = from.value - from.children.reduce((sum, { value }) => sum + value, 0);
    if (own > 0) node.ends.push(stacks.push({ count: own, values: [], members: [] }) - 1);
    for (const child of from.children) open.push({ from: child, path: id, into: node.children });
  }
  for (const list of [roots, ...allChildren(roots)]) list.sort((a, b) => (a.label < b.label ? -1 : 1));
  return {
    title: FLAME.title,
    unit: FLAME.unit,
    roots,
    stacks,
    facets: [],
    ...(stacks.length === 0 ? { empty: FLAME.empty[empty ?? 'waiting'] } : {}),
    notes: [FLAME.samples, ...(nodes > MAX_NODES ? [FLAME.cut] : [])],
  };
}

function allChildren(roots: readonly IcicleNode<Span>[]): IcicleNode<Span>[][] {
  const nodes = [...roots];
  for (const node of nodes) nodes.push(...node.children);
  return nodes.map(({ children }) => children);
}

/** "java.base/java.lang.Thread.run:829" or "a.b.C.map:12". */
function frameOf(name: string): { className: string; label: string } {
  // Flink leaves some without a name.
  if (name === '') return { className: '', label: FLAME.unnamed };
  const call = name.replace(/:-?\d+$/, '').replace(/^[\w.]+(?:@[\w.-]+)?\//, '');
  const className = call.slice(0, Math.max(0, call.lastIndexOf('.')));
  return { className, label: call.slice(className.lastIndexOf('.') + 1) };
}
