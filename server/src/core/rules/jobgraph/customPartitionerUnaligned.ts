import { FORCED } from './loopUnalignedCheckpoints.ts';
import { beside, type JobRule, MAX_RELATED, setConfiguration, tell } from './shared.ts';

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
      tell(
        customPartitionerUnaligned,
        forced ? 'custom-partitioner-unaligned-forced' : 'custom-partitioner-unaligned',
        { edges: custom.length },
        {
          certainty: 'proved',
          severity: forced ? 'warning' : 'error',
          span: first.shipSpan ?? first.idSpan,
          related: [
            beside(checkpoints.unalignedSpan ?? checkpoints.span, 'unaligned', {}),
            ...custom.slice(1, MAX_RELATED).map((edge) => beside(edge.shipSpan ?? edge.idSpan, 'custom-partitioner', {})),
          ],
          fixes: [
            setConfiguration('execution.checkpointing.unaligned.enabled', 'false', 'slower-checkpoints'),
            setConfiguration(FORCED, 'true', 'no-rescaling'),
          ],
        },
      ),
    ];
  },
};
