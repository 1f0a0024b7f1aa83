import { finding } from '../../model.ts';
import { plural } from '../../wording.ts';
import { FORCED } from './loopUnalignedCheckpoints.ts';
import { type JobRule, MAX_RELATED, setConfiguration } from './shared.ts';

export const customPartitionerUnaligned: JobRule = {
  id: 'custom-partitioner-unaligned',
  title: 'Unaligned checkpoints with a custom partitioner',
  severity: 'error',
  docs: `Records in flight are part of an unaligned checkpoint and have to be sent again after rescaling; with a partitioner of the job's own Flink cannot tell where they belong. StreamingJobGraphGenerator.preValidate refuses it unless \`${FORCED}\` is set; then rescaling has no guarantee.`,
  check(view) {
    const { checkpoints, configuration } = view.context;
    if (checkpoints?.unaligned !== true || !view.primary) return [];
    const custom = view.plan.edges.filter((edge) => edge.ship === 'custom');
    const first = custom[0];
    if (first === undefined) return [];
    const forced = configuration.get(FORCED)?.value === 'true';
    return [
      {
        ...finding(customPartitionerUnaligned, {
          certainty: 'proved',
          message: `${plural(custom.length, 'edge')} with a custom partitioner and unaligned checkpoints: ${forced ? 'forced, so the job runs but cannot be rescaled with any guarantee' : 'Flink refuses this unless it is forced'}.`,
          span: first.shipSpan ?? first.idSpan,
          related: [
            { message: 'Unaligned checkpoints are on', span: checkpoints.unalignedSpan ?? checkpoints.span },
            ...custom.slice(1, MAX_RELATED).map((edge) => ({ message: 'Another custom partitioner', span: edge.shipSpan ?? edge.idSpan })),
          ],
          fixes: [
            setConfiguration('execution.checkpointing.unaligned.enabled', 'false', 'Checkpoints take longer under back-pressure.'),
            setConfiguration(FORCED, 'true', 'The job cannot be rescaled from such a checkpoint with any guarantee.'),
          ],
        }),
        severity: forced ? 'warning' : 'error',
      },
    ];
  },
};
