import { capped, type JobRule, tell, vertexFact } from './shared.ts';

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
        .map((edge) => {
          const to = view.vertex(edge.to);
          const facts = { from: vertexFact(view.vertex(edge.from)), to: vertexFact(to), parallelism: to.parallelism ?? 0 };
          return tell(needlessRebalance, 'needless-rebalance', facts, { certainty: 'suspected', span: edge.shipSpan ?? edge.idSpan });
        }),
    );
  },
};
