import { bottlenecksOf } from '../../analysis/jobgraph/criticalPath.ts';
import { finding } from '../../model.ts';
import { capped, type JobRule, setConfiguration } from './shared.ts';

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;

export const bottleneck: JobRule = {
  id: 'bottleneck',
  title: 'The operator that holds up the ones before it',
  severity: 'warning',
  docs: `A producer is back-pressured, and this operator after it is busy and not back-pressured itself: it is the first that cannot keep up. Everything before it waits; everything after it is idle. Raising the parallelism elsewhere does nothing.

Colours of the Web UI mean the same: dark (back-pressured) before, red (busy) here, blue after. Ratios come from the back-pressure documents, or from the accumulated times of the job document (1.16+), which are averages since the start.`,
  check: (view) =>
    capped(
      bottlenecksOf(view).map(({ vertex, busy, producer, backPressured, accumulated }) =>
        finding(bottleneck, {
          certainty: 'suspected',
          message: `${view.vertex(vertex).label} is the bottleneck: busy ${percent(busy)}, while ${view.vertex(producer).label} before it is back-pressured ${percent(backPressured)}.`,
          span: view.vertex(vertex).nameSpan,
          related: [{ message: `Back-pressured ${percent(backPressured)}`, span: view.vertex(producer).nameSpan }],
          evidence: [
            `Busy ${percent(busy)}, not back-pressured itself.`,
            accumulated ? 'Averages over the whole run of the job.' : 'Ratios of the moment the document was taken.',
          ],
          missing: ['The skew over subtasks: one hot key looks the same from here.'],
          fixes: [
            setConfiguration(
              'parallelism.default',
              String((view.vertex(vertex).parallelism ?? 1) * 2),
              'Changes every operator without a parallelism of its own.',
            ),
          ],
        }),
      ),
    ),
};
