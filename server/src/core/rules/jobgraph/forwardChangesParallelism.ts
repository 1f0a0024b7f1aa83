import type { Draft, Fix } from '../../model.ts';
import { beside, capped, copyFix, editFix, type JobRule, tell, vertexFact } from './shared.ts';

export const forwardChangesParallelism: JobRule = {
  id: 'forward-changes-parallelism',
  title: 'A FORWARD edge between different parallelism',
  severity: 'error',
  docs: `FORWARD connects each subtask with the subtask of the same number, so both sides need the same parallelism. Flink refuses anything else: "Forward partitioning does not allow change of parallelism" (StreamGraph.addEdge).

Use \`.rebalance()\` or \`.rescale()\`, or the same parallelism on both sides.`,
  check(view) {
    const { format, edges } = view.plan;
    if (format !== 'execution-plan' && format !== 'rest-plan' && format !== 'rest-job' && format !== 'stream-graph') return [];
    const findings: Draft[] = [];
    for (const edge of edges) {
      if (edge.ship !== 'forward' || edge.kind === 'feedback') continue;
      const from = view.vertex(edge.from);
      const to = view.vertex(edge.to);
      if (from.parallelism === null || to.parallelism === null || from.parallelism === to.parallelism) continue;
      const fixes: Fix[] = [];
      if (edge.shipSpan !== null) fixes.push(editFix('set-ship', { ship: 'REBALANCE' }, edge.shipSpan, 'REBALANCE', 'file-only-rebalance'));
      fixes.push(copyFix('.rebalance()'));
      const facts = { from: vertexFact(from), fromParallelism: from.parallelism, to: vertexFact(to), toParallelism: to.parallelism };
      findings.push(
        tell(forwardChangesParallelism, 'forward-changes-parallelism', facts, {
          certainty: 'proved',
          span: edge.shipSpan ?? edge.idSpan,
          related: [from, to].map((end) => beside(end.parallelismSpan ?? end.nameSpan, 'parallelism', { parallelism: end.parallelism })),
          fixes,
        }),
      );
      if (findings.length > 200) break;
    }
    return capped(findings);
  },
};
