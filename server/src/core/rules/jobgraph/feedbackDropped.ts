import { finding } from '../../model.ts';
import { capped, iterateLoops, type JobRule } from './shared.ts';

export const feedbackDropped: JobRule = {
  id: 'feedback-dropped',
  title: 'Feedback is dropped silently when the loop is slow',
  severity: 'warning',
  docs: `With a wait time the tail offers each record to the feedback queue for that long, and does not look at the answer (StreamIterationTail: \`offer(record, t)\`). When the head is back-pressured for longer, the record is gone without a trace. The same time also ends the head when no feedback comes.

Needs the code beside the plan, since no plan contains the wait time.`,
  check(view) {
    const loop = iterateLoops(view)[0];
    if (loop === undefined || !view.primary) return [];
    return capped(
      view.context.iterateCalls
        .filter(({ waitMs }) => waitMs > 0)
        .map(({ waitMs, span }) =>
          finding(feedbackDropped, {
            certainty: 'suspected',
            message: `iterate(${waitMs}) drops feedback without a word when the head is back-pressured for more than ${waitMs} ms.`,
            span,
            related: [{ message: `A loop of the plan: ${loop.name}`, span: view.vertex(loop.head).nameSpan }],
            evidence: ['The code stands beside a plan with a loop.'],
            missing: ['Whether the head is ever back-pressured for that long.'],
          }),
        ),
    );
  },
};
