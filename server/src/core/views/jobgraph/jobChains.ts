import type { GraphDocument, GraphEdge, GraphGroup, GraphNode } from '../../../../../common/graph.ts';
import type { Span } from '../../../../../common/span.ts';
import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import { chainParents } from '../../jobgraph/chain.ts';
import { chainEdge, operatorNode, vertexNode } from '../../nodeIds/job.ts';
import { shorten } from '../../wording.ts';
import { JOB_GRAPH_WORDS as WORDS } from './words.ts';

/** Operators of one chain that are drawn; a card of more than these says so. */
const MAX_OPERATORS = 60;

/**
 * The same graph with every chain as a group that opens into its operators and is the vertex's card while closed.
 * Inputs lead to the first operator, which reads them. Which operator an output leaves from no document says: it is
 * drawn from the last one, and the group says so.
 */
export function withChains(graph: GraphDocument<Span>, view: JobView, index: number): GraphDocument<Span> {
  const nodes: GraphNode<Span>[] = [];
  const groups: GraphGroup<Span>[] = [...graph.groups];
  const inner: GraphEdge<Span>[] = [];
  const last = new Map<string, string>();
  const first = new Map<string, string>();
  const byId = new Map(view.plan.vertices.map((vertex) => [vertexNode(index, vertex.index), vertex]));
  for (const card of graph.nodes) {
    const vertex = byId.get(card.id);
    const all = vertex === undefined ? [] : vertex.operators;
    if (vertex === undefined || all.length < 2) {
      nodes.push(card);
      continue;
    }
    const operators = all.slice(0, MAX_OPERATORS);
    const parents = chainParents(vertex.name, vertex.description);
    const { group: parent, ...closedAs } = card;
    groups.push({
      id: card.id,
      kind: 'chain',
      label: WORDS.chain.label(shorten(operators[0] ?? vertex.name, 40), all.length),
      description: WORDS.chain.description(card.description, all.length > operators.length ? operators.length : null),
      collapsed: true,
      closedAs,
      ...(parent === undefined ? {} : { parent }),
      ...(card.emphasis === undefined ? {} : { emphasis: card.emphasis }),
      ...(card.place === undefined ? {} : { place: card.place }),
    });
    operators.forEach((operator, at) => {
      const id = operatorNode(index, vertex.index, at);
      nodes.push({
        id,
        kind: at === 0 && card.kind === 'source' ? 'source' : 'operator',
        label: shorten(operator, 200),
        group: card.id,
        ...(card.place === undefined ? {} : { place: card.place }),
        description: WORDS.chain.operator(at + 1, all.length, shorten(vertex.name, 80), shorten(operator, 300)),
      });
      const from = parents[at] ?? -1;
      if (from < 0) return;
      inner.push({
        id: chainEdge(index, vertex.index, at),
        from: operatorNode(index, vertex.index, from),
        to: id,
        kind: 'chained',
        description: WORDS.chain.hands(shorten(operators[from] ?? '', 60), shorten(operator, 60)),
      });
    });
    first.set(card.id, operatorNode(index, vertex.index, 0));
    last.set(card.id, operatorNode(index, vertex.index, operators.length - 1));
  }
  if (first.size === 0) return graph;
  const edges = graph.edges.map((edge) => ({ ...edge, from: last.get(edge.from) ?? edge.from, to: first.get(edge.to) ?? edge.to }));
  const legend = [...graph.legend];
  if (!legend.some((entry) => entry.for === 'operator')) legend.push({ for: 'operator', text: WORDS.legend.operator });
  legend.push({ for: 'chained', text: WORDS.legend.chained });
  return { ...graph, nodes, groups, edges: [...edges, ...inner], legend };
}
