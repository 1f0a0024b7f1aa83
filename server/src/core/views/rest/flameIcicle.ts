import type { IcicleDocument, IcicleNode, IcicleStack } from '../../../../../common/icicle.ts';
import type { Span } from '../../../../../common/span.ts';
import type { FlameGraphDocument, FlameNode, ProfileDocument } from '../../rest/model/load.ts';
import { kindOfClass } from '../log/icicle.ts';
import { FLAME } from './words.ts';

const MAX_NODES = 20_000;

/** The samples of a flame graph as a call tree, which they are already. */
export const flameIcicle = ({ root, empty }: FlameGraphDocument): IcicleDocument<Span> =>
  icicleOf(root, { title: FLAME.title, empty: FLAME.empty[empty ?? 'waiting'], notes: [FLAME.samples] });

/** The same of what a profiler has sampled of a process. */
export const profileIcicle = ({ title, event, reversed, root, left }: ProfileDocument): IcicleDocument<Span> =>
  icicleOf(root, {
    title: title === '' ? FLAME.title : title,
    empty: FLAME.noCalls,
    notes: [event === null ? FLAME.profile : FLAME.events[event], ...(reversed ? [FLAME.reversed] : []), ...(left > 0 ? [FLAME.left(left)] : [])],
  });

function icicleOf(from: FlameNode | null, { title, empty, notes }: { title: string; empty: string; notes: string[] }): IcicleDocument<Span> {
  const roots: IcicleNode<Span>[] = [];
  const stacks: IcicleStack[] = [];
  let nodes = 0;
  const ids = new Set<string>();
  const open: { from: FlameNode; path: string; into: IcicleNode<Span>[] }[] = (from?.children ?? []).map((one) => ({
    from: one,
    path: '',
    into: roots,
  }));
  for (const { from: one, path, into } of open) {
    if (++nodes > MAX_NODES) break;
    const frame = frameOf(one);
    // A profile may have the same call twice below another: compiled, and not.
    const same = `${path}/${one.name}`;
    const id = ids.has(same) ? `${same}#${nodes}` : same;
    ids.add(id);
    const node: IcicleNode<Span> = { id, label: frame.label, description: one.name === '' ? FLAME.unnamed : one.name, kind: kindOf(one, frame.className), children: [], ends: [], places: [one.span] }; // biome-ignore format: a line
    into.push(node);
    // What no call below it has was measured in the frame itself.
    const own = one.value - one.children.reduce((sum, { value }) => sum + value, 0);
    if (own > 0) node.ends.push(stacks.push({ count: own, values: [], members: [] }) - 1);
    for (const child of one.children) open.push({ from: child, path: id, into: node.children });
  }
  for (const list of [roots, ...allChildren(roots)]) list.sort((a, b) => (a.label < b.label ? -1 : 1));
  return {
    title,
    unit: FLAME.unit,
    roots,
    stacks,
    facets: [],
    ...(stacks.length === 0 ? { empty } : {}),
    notes: [...notes, ...(nodes > MAX_NODES ? [FLAME.cut] : [])],
  };
}

function allChildren(roots: readonly IcicleNode<Span>[]): IcicleNode<Span>[][] {
  const nodes = [...roots];
  for (const node of nodes) nodes.push(...node.children);
  return nodes.map(({ children }) => children);
}

/** What is no Java is the machine's own, and that of the libraries that it calls. */
const kindOf = ({ what }: FlameNode, className: string): IcicleNode<Span>['kind'] => (what === 'native' ? 'library' : kindOfClass(className));

/** "java.base/java.lang.Thread.run:829" or "a.b.C.map:12"; a class that was allocated by its own name. */
function frameOf({ name, what }: FlameNode): { className: string; label: string } {
  // Flink leaves some without a name.
  if (name === '') return { className: '', label: FLAME.unnamed };
  if (what === 'native') return { className: '', label: name };
  if (what === 'class') return { className: name, label: name.slice(name.lastIndexOf('.') + 1) };
  const call = name.replace(/:-?\d+$/, '').replace(/^[\w.]+(?:@[\w.-]+)?\//, '');
  const className = call.slice(0, Math.max(0, call.lastIndexOf('.')));
  return { className, label: call.slice(className.lastIndexOf('.') + 1) };
}
