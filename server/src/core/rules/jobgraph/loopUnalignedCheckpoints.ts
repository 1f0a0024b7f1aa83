import { beside, headOf, iterateLoops, type JobRule, loopFact, setConfiguration, tell } from './shared.ts';

export const FORCED = 'execution.checkpointing.unaligned.forced';

export const loopUnalignedCheckpoints: JobRule = {
  id: 'loop-unaligned-checkpoints',
  title: 'Unaligned checkpoints in a job with a loop',
  severity: 'error',
  docs: `Unaligned checkpoints are not supported for iterative jobs: StreamingJobGraphGenerator.preValidate refuses the job, unless \`${FORCED}\` is set. With it the job runs, but a savepoint of it cannot be rescaled with any guarantee.

Switch unaligned checkpoints off for this job.`,
  check(view) {
    const { checkpoints, configuration } = view.context;
    const loop = iterateLoops(view)[0];
    if (loop === undefined || checkpoints?.unaligned !== true || !view.primary) return [];
    const forced = configuration.get(FORCED);
    const isForced = forced?.value === 'true';
    return [
      tell(
        loopUnalignedCheckpoints,
        isForced ? 'loop-unaligned-checkpoints-forced' : 'loop-unaligned-checkpoints',
        { loop: loopFact(loop) },
        {
          certainty: 'proved',
          severity: isForced ? 'warning' : 'error',
          span: checkpoints.unalignedSpan ?? checkpoints.span,
          related: [headOf(view, loop), ...(forced === undefined ? [] : [beside(forced.span, 'option', { name: FORCED })])],
          fixes: [setConfiguration('execution.checkpointing.unaligned.enabled', 'false', 'slower-checkpoints')],
        },
      ),
    ];
  },
};
