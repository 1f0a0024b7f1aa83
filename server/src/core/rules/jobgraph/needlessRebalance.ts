import { finding } from '../../model.ts';
import { capped, type JobRule } from './shared.ts';

export const needlessRebalance: JobRule = {
  id: 'needless-rebalance',
  title: 'A full shuffle between equal parallelism',
  severity: 'hint',
  docs: `REBALANCE between operators of the same parallelism sends every record over the network, round robin, and keeps them from being chained. It is right after a skewed source; otherwise FORWARD costs nothing, and RESCALE (with a multiple) far less.`,
  check(view) {
    if (view.plan.format === 'batch-plan' || view.plan.format === 'explain-tree') return [];
    return capped(
      view.plan.edges
        .filter((edge) => {
          const from = view.vertex(edge.from);
          const to = view.vertex(edge.to);
          return edge.ship === 'rebalance' && from.parallelism !== null && from.parallelism === to.parallelism && from.parallelism > 1;
        })
        .map((edge) =>
          finding(needlessRebalance, {
            certainty: 'suspected',
            message: `REBALANCE from ${view.vertex(edge.from).label} to ${view.vertex(edge.to).label}, both at parallelism ${view.vertex(edge.to).parallelism}: a full shuffle that FORWARD would spare, unless it evens out skew.`,
            span: edge.shipSpan ?? edge.idSpan,
            evidence: ['Both sides have the same parallelism.'],
            missing: ['Whether the input is skewed.'],
          }),
        ),
    );
  },
};
