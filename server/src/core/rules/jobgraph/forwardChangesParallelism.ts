import type { Draft, Fix } from '../../model.ts';
import { finding } from '../../model.ts';
import { capped, type JobRule } from './shared.ts';

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
      if (edge.shipSpan !== null) {
        fixes.push({
          title: 'Set the ship strategy in this plan to REBALANCE',
          kind: 'quickfix',
          by: 'edits',
          edits: [{ span: edge.shipSpan, newText: 'REBALANCE' }],
          cost: 'Changes the file only; the job needs .rebalance() in its code.',
        });
      }
      fixes.push({ title: 'Copy .rebalance()', kind: 'quickfix', by: 'copy', copy: '.rebalance()' });
      findings.push(
        finding(forwardChangesParallelism, {
          certainty: 'proved',
          message: `FORWARD from ${from.label} with parallelism ${from.parallelism} to ${to.label} with parallelism ${to.parallelism}: forward partitioning cannot change the parallelism.`,
          span: edge.shipSpan ?? edge.idSpan,
          related: [
            { message: `Parallelism ${from.parallelism}`, span: from.parallelismSpan ?? from.nameSpan },
            { message: `Parallelism ${to.parallelism}`, span: to.parallelismSpan ?? to.nameSpan },
          ],
          fixes,
        }),
      );
      if (findings.length > 200) break;
    }
    return capped(findings);
  },
};
