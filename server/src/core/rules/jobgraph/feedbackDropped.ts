import { beside, capped, iterateLoops, type JobRule, loopFact, tell } from './shared.ts';

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
          tell(
            feedbackDropped,
            'feedback-dropped',
            { waitMs },
            {
              certainty: 'suspected',
              span,
              related: [beside(view.vertex(loop.head).nameSpan, 'loop-of-plan', { loop: loopFact(loop) })],
            },
          ),
        ),
    );
  },
};
