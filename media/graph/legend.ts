import { card } from '../../common/drawing/card.ts';
import { ICONS } from '../../common/drawing/icons.ts';
import { tableMeasure } from '../../common/drawing/measure.ts';
import { DEFS, edgeSvg, nodeInner } from '../../common/drawing/svg.ts';
import { EDGE_STYLE } from '../../common/drawing/theme.ts';
import type { EdgeKind, Emphasis, GraphDocument, GraphNode, LegendEntry, NodeKind } from '../../common/graph.ts';
import { el } from '../shared/dom.ts';
import { SHARED } from '../shared/words.ts';

const isEdge = (name: string): name is EdgeKind => name in EDGE_STYLE;
const isNode = (name: string): name is NodeKind => name in ICONS;

const EMPHASES = new Set<string>(['cycle', 'victim', 'violation', 'suspect', 'critical', 'added', 'removed', 'changed', 'muted']);

function sample(entry: LegendEntry): string {
  const name = entry.for;
  if (isEdge(name)) {
    const edge = { id: 'x', from: 'a', to: 'b', kind: name, description: entry.text };
    const route = {
      points: [
        { x: 2, y: 11 },
        { x: 42, y: 11 },
      ],
    };
    return edgeSvg(edge, route, 0, tableMeasure);
  }
  const emphasis = EMPHASES.has(name) ? (name as Emphasis) : undefined;
  const kind: NodeKind = isNode(name) ? name : 'thread';
  const node: GraphNode<unknown> = { id: 'x', kind, label: '', description: '', ...(emphasis === undefined ? {} : { emphasis }) };
  if (emphasis === undefined && !isNode(name)) return `<g class="t-${name}"><rect class="bar" x="4" y="7" width="36" height="8" rx="4"/></g>`;
  const geometry = card({ ...node, emphasis: 'none' }, 'job', tableMeasure);
  const inner = nodeInner(node, { ...geometry, title: { text: '', x: 38, y: 24 }, badges: [], lines: [] }, { x: 0, y: 0, width: 60, height: 34 });
  return `<g class="k-${kind}${emphasis === undefined ? '' : ` e-${emphasis}`}" transform="translate(4 2) scale(.55)">${inner}</g>`;
}

/** What shapes, lines and marks mean, drawn with the same code as the graph. */
export function legend(graph: GraphDocument<unknown>): HTMLElement {
  const list = el('ul', { class: 'legend floating', 'aria-label': SHARED.legend });
  for (const entry of graph.legend) {
    const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    picture.setAttribute('class', 'canvas');
    picture.setAttribute('width', '46');
    picture.setAttribute('height', '22');
    picture.setAttribute('aria-hidden', 'true');
    picture.innerHTML = `${DEFS}${sample(entry)}`;
    list.append(el('li', {}, picture, el('span', {}, entry.text)));
  }
  return list;
}
