import type { EdgeKind, Emphasis, GraphDocument, GraphGroup, GraphNode, NodeKind } from '../graph.ts';
import { visible } from '../visible.ts';
import { badgesOf } from './card.ts';
import { FOLDED } from './words.ts';

/** The graph in Graphviz's language, for people who go on with it elsewhere. */

const quote = (text: string) => `"${visible(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;

const SHAPES: Partial<Record<NodeKind, string>> = {
  monitor: 'octagon',
  synchronizer: 'octagon',
  'class-init': 'octagon',
  aggregate: 'box3d',
  source: 'cds',
  sink: 'cds',
  method: 'plain',
  component: 'component',
};

const STYLES: Partial<Record<EdgeKind, string>> = { feedback: 'dashed', 'waits-in': 'dotted', 'talks-to': 'dashed', chained: 'bold' };

const COLOURS: Partial<Record<Emphasis, string>> = {
  cycle: 'red',
  violation: 'red',
  removed: 'red',
  suspect: 'orange',
  victim: 'orange',
  added: 'darkgreen',
  changed: 'blue',
  muted: 'gray',
};

function attributes(pairs: [string, string | undefined][]): string {
  const said = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return said.length === 0 ? '' : ` [${said.map(([key, value]) => `${key}=${quote(value)}`).join(', ')}]`;
}

function nodeLine(node: GraphNode<unknown>, graph: GraphDocument<unknown>, indent: string): string {
  const meters = (node.meters ?? []).map((meter) => `${meter.label} ${meter.text}`);
  const badges = badgesOf(node, graph.view).map((badge) => `[${badge.text}]`);
  const label = [node.label, ...(node.lines ?? []), ...meters, ...(badges.length > 0 ? [badges.join(' ')] : [])].join('\n');
  return `${indent}${quote(node.id)}${attributes([
    ['label', label],
    ['shape', SHAPES[node.kind] ?? 'box'],
    ['tooltip', node.description],
    ['color', COLOURS[node.emphasis ?? 'none']],
    ['peripheries', node.emphasis === 'cycle' && node.kind !== 'method' ? '2' : undefined],
  ])};`;
}

export function dotDocument(graph: GraphDocument<unknown>): string {
  const children = new Map<string | undefined, GraphGroup<unknown>[]>();
  for (const group of graph.groups) children.set(group.parent, [...(children.get(group.parent) ?? []), group]);
  const members = new Map<string | undefined, GraphNode<unknown>[]>();
  for (const node of graph.nodes) {
    const list = members.get(node.group);
    if (list === undefined) members.set(node.group, [node]);
    else list.push(node);
  }
  const lines = [`digraph ${quote(graph.title)} {`, `  rankdir=${graph.direction === 'right' ? 'LR' : 'TB'};`, '  node [fontname="sans-serif"];'];
  for (const note of graph.notes) lines.push(`  // ${visible(note).replace(/\s+/g, ' ')}`);
  const inside = (group: string | undefined, indent: string) => {
    for (const child of children.get(group) ?? []) {
      const level = child.level === undefined ? '' : ` (${FOLDED.level(child.level)})`;
      lines.push(`${indent}subgraph ${quote(`cluster_${child.id}`)} {`, `${indent}  label=${quote(child.label + level)};`);
      inside(child.id, `${indent}  `);
      lines.push(`${indent}}`);
    }
    for (const node of members.get(group) ?? []) lines.push(nodeLine(node, graph, indent));
  };
  inside(undefined, '  ');
  for (const edge of graph.edges) {
    lines.push(
      `  ${quote(edge.from)} -> ${quote(edge.to)}${attributes([
        ['label', edge.label],
        ['style', STYLES[edge.kind]],
        ['color', COLOURS[edge.emphasis ?? 'none']],
        ['penwidth', edge.emphasis === 'cycle' ? '2.5' : undefined],
        ['tooltip', edge.description],
        ['constraint', edge.kind === 'feedback' ? 'false' : undefined],
      ])};`,
    );
  }
  lines.push('}', '');
  return lines.join('\n');
}
