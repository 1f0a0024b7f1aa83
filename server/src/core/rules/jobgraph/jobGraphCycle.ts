import { beside, capped, type JobRule, tell, vertexFact } from './shared.ts';

export const jobGraphCycle: JobRule = {
  id: 'job-graph-cycle',
  title: 'The job vertices form a cycle',
  severity: 'error',
  docs: `A JobGraph has no cycles by construction: it is sorted topologically before it runs, and loops appear in it as a head and a tail without an edge between them. A cycle in a REST plan means that the file was damaged or edited by hand.`,
  check(view) {
    if (view.plan.format !== 'rest-plan' && view.plan.format !== 'rest-job') return [];
    return capped(
      view.loops.loops
        .filter((loop) => loop.origin === 'cycle')
        .flatMap((loop) =>
          loop.feedback.map((index) => {
            const edge = view.edge(index);
            const facts = { from: vertexFact(view.vertex(edge.from)), to: vertexFact(view.vertex(edge.to)) };
            return tell(jobGraphCycle, 'job-graph-cycle', facts, {
              certainty: 'proved',
              span: edge.idSpan,
              related: [beside(view.vertex(edge.to).nameSpan, 'cycle-leads-here', {})],
            });
          }),
        ),
    );
  },
};
