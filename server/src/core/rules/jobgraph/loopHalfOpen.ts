import { capped, type JobRule, tell, vertexFact } from './shared.ts';

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
          const { truncated } = view.plan;
          const other = missing === 'tail' ? `IterationSink-${name}` : `IterationSource-${name}`;
          return tell(
            loopHalfOpen,
            'loop-half-open',
            { vertex: vertexFact(here), missing, other, truncated },
            { certainty: truncated ? 'suspected' : 'proved', span: here.nameSpan },
          );
        }),
    ),
};
