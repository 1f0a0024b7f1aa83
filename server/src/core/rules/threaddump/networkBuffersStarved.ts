import { activitiesOf } from '../../analysis/threaddump/activity.ts';
import { beside, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX_RELATED = 10;

export const networkBuffersStarved: DumpRule = {
  id: 'network-buffers-starved',
  title: 'Tasks wait for exclusive network buffers',
  severity: 'warning',
  docs: `Tasks that start wait for network buffers of the whole TaskManager, because all are taken. After \`taskmanager.network.memory.exclusive-buffers-request-timeout-ms\` (30 s) they fail with "Insufficient number of network buffers".

Raise \`taskmanager.memory.network.fraction\` and \`taskmanager.memory.network.max\`, or lower the parallelism or the slots of the TaskManager. A dump taken in the first moments of a deployment can show the same for an instant.`,
  check: (analysis) =>
    analysis.dumps.flatMap((analysed) => {
      const starved = activitiesOf(analysed).filter(({ standing }) => standing?.known.id === 'network-pool-starved');
      const first = starved[0];
      if (first === undefined) return [];
      return [
        tell(
          networkBuffersStarved,
          'network-buffers-starved',
          { threads: starved.length, first: first.thread.name },
          {
            certainty: 'suspected',
            key: [],
            span: first.thread.nameSpan,
            related: starved.slice(0, MAX_RELATED).map(({ thread }) => beside(thread.nameSpan, 'waits-for-buffers', { thread: thread.name })),
          },
        ),
      ];
    }),
};
