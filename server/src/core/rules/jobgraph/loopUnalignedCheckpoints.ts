import { finding } from '../../model.ts';
import { iterateLoops, type JobRule, setConfiguration } from './shared.ts';

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
      {
        ...finding(loopUnalignedCheckpoints, {
          certainty: 'proved',
          message: isForced
            ? 'Unaligned checkpoints are forced for a job with a loop: it runs, but cannot be rescaled with any guarantee.'
            : 'Unaligned checkpoints are on and the job has a loop: Flink refuses this unless it is forced.',
          span: checkpoints.unalignedSpan ?? checkpoints.span,
          related: [
            { message: `Head of loop ${loop.name}`, span: view.vertex(loop.head).nameSpan },
            ...(forced === undefined ? [] : [{ message: FORCED, span: forced.span }]),
          ],
          fixes: [setConfiguration('execution.checkpointing.unaligned.enabled', 'false', 'Checkpoints take longer under back-pressure.')],
        }),
        severity: isForced ? 'warning' : 'error',
      },
    ];
  },
};
