import { finding } from '../../model.ts';
import { capped, type JobRule } from './shared.ts';

export const loopHalfOpen: JobRule = {
  id: 'loop-half-open',
  title: 'A loop has only one of its two ends',
  severity: 'error',
  docs: `A head without its tail, or a tail without its head. Either the file is only a part of the plan, or the iteration was never closed: Flink refuses such a job ("The iteration … does not have any feedback edges", StreamGraphGenerator.transformFeedback).

Close the loop with \`iteration.closeWith(feedback)\`, or save the plan again as a whole.`,
  check: (view) =>
    capped(
      view.loops.halves
        .filter((half) => half.origin === 'iterate')
        .map(({ vertex, missing, name }) => {
          const here = view.vertex(vertex);
          const other = missing === 'tail' ? `IterationSink-${name}` : `IterationSource-${name}`;
          return finding(loopHalfOpen, {
            certainty: view.plan.truncated ? 'suspected' : 'proved',
            message: `${here.label} has no ${missing}: there is no ${other} in this plan. The file is a part of the plan, or the iteration was never closed.`,
            span: here.nameSpan,
            ...(view.plan.truncated ? { evidence: ['The plan ends in the middle.'], missing: ['The rest of the plan.'] } : {}),
          });
        }),
    ),
};
