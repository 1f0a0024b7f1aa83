import { bottlenecksOf } from '../../analysis/jobgraph/criticalPath.ts';
import { beside, capped, type JobRule, setConfiguration, tell, vertexFact } from './shared.ts';

export const bottleneck: JobRule = {
  id: 'bottleneck',
  title: 'The operator that holds up the ones before it',
  severity: 'warning',
  docs: `A producer is back-pressured, and this operator after it is busy and not back-pressured itself: it is the first that cannot keep up. Everything before it waits; everything after it is idle. Raising the parallelism elsewhere does nothing.

Colours of the Web UI mean the same: dark (back-pressured) before, red (busy) here, blue after. Ratios come from the back-pressure documents, or from the accumulated times of the job document (1.16+), which are averages since the start.`,
  check: (view) =>
    capped(
      bottlenecksOf(view).map(({ vertex, busy, producer, backPressured, accumulated }) =>
        tell(
          bottleneck,
          'bottleneck',
          { vertex: vertexFact(view.vertex(vertex)), busy, producer: vertexFact(view.vertex(producer)), backPressured, accumulated },
          {
            certainty: 'suspected',
            span: view.vertex(vertex).nameSpan,
            related: [beside(view.vertex(producer).nameSpan, 'back-pressured', { ratio: backPressured })],
            fixes: [setConfiguration('parallelism.default', String((view.vertex(vertex).parallelism ?? 1) * 2), 'every-operator')],
          },
        ),
      ),
    ),
};
