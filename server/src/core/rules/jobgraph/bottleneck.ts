import { bottlenecksOf } from '../../analysis/jobgraph/criticalPath.ts';
import { beside, capped, type JobRule, tell, vertexFact } from './shared.ts';

export const bottleneck: JobRule = {
  id: 'bottleneck',
  title: 'The operator that holds up the ones before it',
  severity: 'warning',
  docs: `A producer is back-pressured, and this operator after it is busy and not back-pressured itself: it is the first that cannot keep up. Everything before it waits; everything after it is idle. Raising the parallelism elsewhere does nothing.

Colours of the Web UI mean the same: dark (back-pressured) before, red (busy) here, blue after. Ratios come from the back-pressure documents, or from the accumulated times of the job document (1.16+), which are averages since the start.`,
  check(view) {
    const usual = usualParallelism(view);
    return capped(
      bottlenecksOf(view).map(({ vertex, busy, producer, backPressured, accumulated }) => {
        const { parallelism } = view.vertex(vertex);
        const own = parallelism !== null && parallelism !== usual;
        return tell(
          bottleneck,
          'bottleneck',
          { vertex: vertexFact(view.vertex(vertex)), busy, producer: vertexFact(view.vertex(producer)), backPressured, accumulated, own },
          {
            certainty: 'suspected',
            span: view.vertex(vertex).nameSpan,
            related: [beside(view.vertex(producer).nameSpan, 'back-pressured', { ratio: backPressured })],
          },
        );
      }),
    );
  },
};

/** The parallelism that most vertices have: as a rule the default of the job. */
function usualParallelism({ plan }: Parameters<JobRule['check']>[0]): number | null {
  const counts = new Map<number, number>();
  for (const { parallelism } of plan.vertices) if (parallelism !== null) counts.set(parallelism, (counts.get(parallelism) ?? 0) + 1);
  let usual: number | null = null;
  for (const [parallelism, count] of counts) if (usual === null || count > (counts.get(usual) ?? 0)) usual = parallelism;
  return usual;
}
