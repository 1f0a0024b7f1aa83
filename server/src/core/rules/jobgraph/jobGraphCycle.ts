import { finding } from '../../model.ts';
import { capped, type JobRule } from './shared.ts';

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
            return finding(jobGraphCycle, {
              certainty: 'proved',
              message: `The input from ${view.vertex(edge.from).label} into ${view.vertex(edge.to).label} closes a cycle of job vertices, which Flink cannot have written.`,
              span: edge.idSpan,
              related: [{ message: 'The cycle leads back to here', span: view.vertex(edge.to).nameSpan }],
            });
          }),
        ),
    );
  },
};
