import { beside, iterateLoops, type JobRule, tailOf, tell } from './shared.ts';

export const loopLosesFeedback: JobRule = {
  id: 'loop-loses-feedback',
  title: 'Checkpoints leave out the feedback of a loop',
  severity: 'warning',
  docs: `Checkpointing is on and the job has an iteration. Records that are on their way back from tail to head are in no checkpoint: after a restore they are gone, so the job is not exactly-once whatever its mode says. StreamingJobGraphGenerator.preValidate refuses the job unless checkpointing was forced for iterations. FLIP-16 would have logged the feedback; it was never merged (FLINK-3257).

flink-ml iterations and Stateful Functions do save their feedback.`,
  check(view) {
    const { checkpoints } = view.context;
    const loop = iterateLoops(view)[0];
    if (loop === undefined || checkpoints === null || checkpoints.intervalMs === null || !view.primary) return [];
    const facts = {
      intervalMs: checkpoints.intervalMs,
      loops: iterateLoops(view).length,
      exactlyOnce: checkpoints.mode === 'exactly_once',
    };
    return [
      tell(loopLosesFeedback, 'loop-loses-feedback', facts, {
        certainty: 'proved',
        span: view.vertex(loop.head).nameSpan,
        related: [tailOf(view, loop), beside(checkpoints.span, 'checkpoint-configuration', {})],
      }),
    ];
  },
};
