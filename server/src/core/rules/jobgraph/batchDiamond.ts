import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import type { Draft } from '../../model.ts';
import { beside, capped, copyFix, type JobRule, reach, tell, vertexFact } from './shared.ts';

/** Operators with inputs of different priority that are looked at in one plan. */
const MAX_CONSUMERS = 200;

export const batchDiamond: JobRule = {
  id: 'batch-diamond',
  title: 'Two inputs of one producer wait for each other',
  severity: 'warning',
  docs: `An operator reads one input to its end before the other (its inputs have different priorities), and both come from the same producer. On the input that is read later nothing buffers without bound: it fills up, blocks the producer, and the producer then never finishes what the operator waits for. The planner breaks such diamonds with a BATCH exchange (DeadlockBreakupProcessor, InputPriorityGraphGenerator); in this plan there is none.

Set \`table.exec.shuffle-mode\` or \`execution.batch-shuffle-mode\` to \`ALL_EXCHANGES_BLOCKING\`.`,
  check(view) {
    const { format, mode, vertices } = view.plan;
    if (format !== 'compiled-plan' || mode !== 'batch' || view.hasUnknownEdges) return [];
    const findings: Draft[] = [];
    let examined = 0;
    for (const vertex of vertices) {
      const inputs = view.incoming(vertex.index).filter((edge) => edge.priority !== null);
      const first = Math.min(...inputs.map((edge) => edge.priority ?? 0));
      const later = inputs.filter((edge) => (edge.priority ?? 0) > first);
      if (inputs.length < 2 || later.length === 0 || ++examined > MAX_CONSUMERS) continue;
      const early = inputs.filter((edge) => edge.priority === first && (edge.dam === 'blocking' || edge.dam === 'end_input'));
      if (early.length === 0) continue;
      const before = reach(
        view,
        early.map((edge) => edge.from),
        (index) => view.producers(index),
      );
      for (const edge of later) {
        const shared = streamedFrom(view, edge).find((index) => before.has(index));
        if (shared === undefined) continue;
        findings.push(
          tell(
            batchDiamond,
            'batch-diamond',
            { vertex: vertexFact(vertex), producer: vertexFact(view.vertex(shared)) },
            {
              certainty: 'suspected',
              span: vertex.nameSpan,
              related: [beside(view.vertex(shared).nameSpan, 'common-producer', {}), beside(edge.span, 'later-input', {})],
              fixes: [copyFix('execution.batch-shuffle-mode: ALL_EXCHANGES_BLOCKING\n')],
            },
          ),
        );
        break;
      }
    }
    return capped(findings);
  },
};

/** Producers from which an input streams without anything on the way that takes it all in first. */
function streamedFrom(view: JobView, edge: Edge): number[] {
  if (!streams(edge)) return [];
  return [
    ...reach(view, [edge.from], (vertex) =>
      view
        .incoming(vertex)
        .filter(streams)
        .map((input) => input.from),
    ),
  ];
}

function streams(edge: Edge): boolean {
  return (edge.dam === null || edge.dam === 'pipelined') && edge.exchange !== 'blocking' && edge.exchange !== 'blocking_persistent';
}
