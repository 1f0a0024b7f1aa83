import { scopeGroup, vertexNode } from '../../core/nodeIds/job.ts';
import type { Lens } from '../types.ts';
import { type JobDocument, placesOf } from './places.ts';

/** Lenses on single vertices are for plans that one reads; larger ones keep those on plans and loops. */
const MAX_VERTICES = 200;
const MAX_LOOPS = 200;

/** Above a plan: the ways to its graphs; above a vertex: its level and how many inputs and outputs it has. */
export function lenses(document: JobDocument): Lens[] {
  const result: Lens[] = [];
  const { uri, analysis } = document;
  const show = (view: 'job' | 'scopes', node: string) => ({ id: 'logjam.showGraphAt', arguments: [uri, view, node] });
  for (const [index, view] of placesOf(document).views.entries()) {
    const { plan, loops } = view;
    const first = plan.vertices[0];
    if (first === undefined) continue;
    const span = { start: plan.span.start, end: plan.span.start };
    result.push({ span, title: `$(type-hierarchy) Job graph of ${plan.vertices.length} vertices`, command: show('job', vertexNode(index, 0)) });
    if (loops.loops.length > 0) {
      const depth = Math.max(...loops.loops.slice(0, 10_000).map((loop) => loop.level));
      const title = `$(sync) ${loops.loops.length} ${loops.loops.length === 1 ? 'loop' : 'loops'}, ${depth} ${depth === 1 ? 'level' : 'levels'} deep`;
      result.push({ span, title, command: show('scopes', scopeGroup(index, 0)) });
    }
    // Trees have a line for every operator already.
    const vertices =
      plan.format === 'explain-tree' || plan.vertices.length > MAX_VERTICES ? loopEnds(view.loops.loops.slice(0, MAX_LOOPS)) : plan.vertices.keys();
    for (const at of vertices) {
      const vertex = view.vertex(at);
      const [loop] = view.loopsAround(at);
      const scope = loop === undefined ? 'level 0' : `level ${loop.level} in loop ${loop.name.slice(0, 40)}`;
      const title = `${scope} · ${view.incoming(at).length} in · ${view.outgoing(at).length} out`;
      result.push({
        span: vertex.span,
        title,
        tooltip: 'Show it in the graph',
        command: show(loop === undefined ? 'job' : 'scopes', vertexNode(index, at)),
      });
    }
  }
  return analysis.plans.length === 0 ? [] : result;
}

function loopEnds(loops: readonly { head: number; tail: number }[]): number[] {
  return loops.flatMap(({ head, tail }) => (head === tail ? [head] : [head, tail]));
}
