import { activitiesOf, mayLackNetworkBuffers } from '../../analysis/threaddump/activity.ts';
import { finding } from '../../model.ts';
import { plural, quoted } from '../../wording.ts';
import type { DumpRule } from './types.ts';

export const networkBuffersStarved: DumpRule = {
  id: 'network-buffers-starved',
  title: 'Tasks wait for exclusive network buffers',
  severity: 'warning',
  docs: `Tasks that start wait for network buffers of the whole TaskManager, because all are taken. After \`taskmanager.network.memory.exclusive-buffers-request-timeout-ms\` (30 s) they fail with "Insufficient number of network buffers".

Raise \`taskmanager.memory.network.fraction\` and \`taskmanager.memory.network.max\`, or lower the parallelism or the slots of the TaskManager. A dump taken in the first moments of a deployment can show the same for an instant.`,
  check: (analysis) =>
    analysis.dumps.filter(mayLackNetworkBuffers).flatMap((analysed) => {
      const starved = activitiesOf(analysed).filter(({ standing }) => standing?.known.id === 'network-pool-starved');
      const first = starved[0];
      if (first === undefined) return [];
      return [
        finding(networkBuffersStarved, {
          certainty: 'suspected',
          facts: { threads: starved.length, first: first.thread.name },
          key: [],
          message: `${plural(starved.length, 'thread')} wait for network buffers of the TaskManager, the first being ${quoted(first.thread.name)}. Raise taskmanager.memory.network.fraction or max if they stay there.`,
          span: first.thread.nameSpan,
          related: starved.slice(0, 10).map(({ thread }) => ({ message: `${quoted(thread.name)} waits for network buffers`, span: thread.nameSpan })),
          evidence: [`${plural(starved.length, 'thread')} stand in NetworkBufferPool.`],
          missing: ['A second dump some seconds later: at the start of a job this can be a matter of milliseconds.'],
        }),
      ];
    }),
};
