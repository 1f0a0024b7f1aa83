import type { CommandCall } from '../../../../common/commands.ts';
import { scopeGroup, vertexNode } from '../../core/nodeIds/job.ts';
import type { Lens } from '../types.ts';
import { elementsOf, type JobDocument } from './elements.ts';
import { JOB_FEATURE_WORDS } from './words.ts';

const { lens: WORDS } = JOB_FEATURE_WORDS;

/** Lenses on single vertices are for plans that one reads; larger ones keep those on plans and loops. */
const MAX_VERTICES = 200;
const MAX_LOOPS = 200;

/** Above a plan: the ways to its graphs; above a vertex: its level and how many inputs and outputs it has. */
export function lenses(document: JobDocument): Lens[] {
  const result: Lens[] = [];
  const { uri, analysis } = document;
  const show = (view: 'job' | 'scopes', node: string): CommandCall => ({ id: 'logjam.showGraphAt', arguments: [uri, view, node] });
  for (const [index, view] of elementsOf(document).views.entries()) {
    const { plan, loops } = view;
    const first = plan.vertices[0];
    if (first === undefined) continue;
    const span = { start: plan.span.start, end: plan.span.start };
    result.push({ span, title: WORDS.graph(plan.vertices.length), command: show('job', vertexNode(index, 0)) });
    if (loops.loops.length > 0) {
      const depth = Math.max(...loops.loops.slice(0, 10_000).map((loop) => loop.level));
      result.push({ span, title: WORDS.loops(loops.loops.length, depth), command: show('scopes', scopeGroup(index, 0)) });
    }
    // Trees have a line for every operator already.
    const vertices =
      plan.format === 'explain-tree' || plan.vertices.length > MAX_VERTICES ? loopEnds(view.loops.loops.slice(0, MAX_LOOPS)) : plan.vertices.keys();
    for (const at of vertices) {
      const vertex = view.vertex(at);
      const [loop] = view.loopsAround(at);
      const around = loop === undefined ? null : { name: loop.name.slice(0, 40), level: loop.level };
      result.push({
        span: vertex.span,
        title: WORDS.vertex(around, view.incoming(at).length, view.outgoing(at).length),
        tooltip: WORDS.show,
        command: show(loop === undefined ? 'job' : 'scopes', vertexNode(index, at)),
      });
    }
  }
  return analysis.plans.length === 0 ? [] : result;
}

function loopEnds(loops: readonly { head: number; tail: number }[]): number[] {
  return loops.flatMap(({ head, tail }) => (head === tail ? [head] : [head, tail]));
}
