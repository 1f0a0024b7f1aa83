import type { GraphDocument, GraphEdge, GraphGroup, GraphNode } from '../../../common/graph.ts';
import type { Range } from '../../../common/span.ts';
import type { GraphView } from '../../../common/views.ts';

/** Small graphs in a line of text: "a>b" is an edge, "a" a node, "[g a b]" a group. */
export function graph(text: string, more: Partial<GraphDocument<Range>> = {}): GraphDocument<Range> {
  const nodes = new Map<string, GraphNode<Range>>();
  const groups: GraphGroup<Range>[] = [];
  const edges: GraphEdge<Range>[] = [];
  const node = (id: string): GraphNode<Range> => {
    const found = nodes.get(id) ?? {
      id,
      kind: id.startsWith('L') ? ('monitor' as const) : ('thread' as const),
      label: id,
      description: `node ${id}`,
    };
    nodes.set(id, found);
    return found;
  };
  for (const [, group, single] of text.matchAll(/\[([^\]]*)\]|(\S+)/g)) {
    if (group !== undefined) {
      const [id = '', ...members] = group.trim().split(/\s+/);
      const [name = '', parent] = id.split('<');
      groups.push({ id: name, label: name, kind: 'scope', description: `group ${name}`, ...(parent === undefined ? {} : { parent }) });
      for (const member of members) node(member).group = name;
      continue;
    }
    const [from = '', to] = (single ?? '').split('>');
    node(from);
    if (to === undefined) continue;
    node(to);
    edges.push({ id: `${from}>${to}`, from, to, kind: 'waits-for', description: `${from} waits for ${to}` });
  }
  return { view: 'lock-wait', title: 'test', nodes: [...nodes.values()], groups, edges, legend: [], notes: [], direction: 'down', ...more };
}

/** `locks` locks, each with a holder and its share of `threads` waiters; the first two locks are in a deadlock. */
export function lockGraph(threads: number, locks: number): GraphDocument<Range> {
  const result = graph('');
  for (let lock = 0; lock < locks; lock++) {
    const emphasis = lock < 2 ? ({ emphasis: 'cycle' } as const) : {};
    result.nodes.push({ id: `L${lock}`, kind: 'monitor', label: `0x${(0x7000000 + lock * 16).toString(16)}`, description: 'a monitor', ...emphasis });
    result.nodes.push({ id: `H${lock}`, kind: 'thread', label: `holder-${lock}`, description: 'a holder', ...emphasis });
    result.edges.push({ id: `h${lock}`, from: `L${lock}`, to: `H${lock}`, kind: 'held-by', description: 'held', ...emphasis });
  }
  result.edges.push(
    { id: 'c0', from: 'H0', to: 'L1', kind: 'waits-for', description: 'waits', emphasis: 'cycle' },
    { id: 'c1', from: 'H1', to: 'L0', kind: 'waits-for', description: 'waits', emphasis: 'cycle' },
  );
  for (let thread = 0; thread < threads; thread++) {
    // The lower a lock's number, the more threads wait for it.
    const lock = Math.floor(locks * (thread / threads) ** 2);
    result.nodes.push({ id: `T${thread}`, kind: 'thread', label: `pool-${lock}-thread-${thread}`, lines: ['BLOCKED'], description: 'a waiter' });
    result.edges.push({ id: `w${thread}`, from: `T${thread}`, to: `L${lock}`, kind: 'waits-for', description: 'waits' });
  }
  return result;
}

/** A job of `size` vertices in groups of ten, groups in groups of five; a quarter of the edges cross a border. */
export function compoundGraph(size: number, view: GraphView = 'scopes'): GraphDocument<Range> {
  const result = graph('', { view });
  let seed = 42;
  const random = () => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return seed / 0x7fffffff;
  };
  for (let at = 0; at < size; at++) {
    const [group, parent] = [Math.floor(at / 10), Math.floor(at / 50)];
    if (at % 50 === 0) result.groups.push({ id: `P${parent}`, label: `Scope ${parent}`, kind: 'scope', level: 1, description: 'outer' });
    if (at % 10 === 0)
      result.groups.push({ id: `G${group}`, label: `Scope ${parent}.${group}`, kind: 'scope', level: 2, parent: `P${parent}`, description: 'inner' });
    result.nodes.push({
      id: `N${at}`,
      kind: 'vertex',
      label: `Map-${at} -> Filter`,
      lines: ['parallelism 4'],
      group: `G${group}`,
      description: 'a vertex',
    });
    if (at > 0) {
      const from = random() < 0.8 && at % 10 !== 0 ? at - 1 : Math.max(0, at - 1 - Math.floor(random() * 60));
      result.edges.push({ id: `E${at}`, from: `N${from}`, to: `N${at}`, kind: 'forward', description: 'sends' });
    }
  }
  return result;
}
