import { activitiesOf, mayBeBackPressured, type VertexActivity, vertices } from '../../analysis/threaddump/activity.ts';
import { type Bottleneck, bottleneckOf, working } from '../../analysis/threaddump/bottleneck.ts';
import { fullQueuesOf } from '../../analysis/threaddump/fullQueues.ts';
import { standsIn } from '../../analysis/threaddump/heldUp.ts';
import type { BottleneckFacts } from './facts.ts';
import { standing, tell } from './tell.ts';
import type { DumpRule } from './types.ts';

const MAX_RELATED = 10;

export const suspectedBottleneck: DumpRule = {
  id: 'suspected-bottleneck',
  title: 'The vertex that holds the others back',
  severity: 'info',
  docs: `Task threads of some vertices wait for output buffers: they are back-pressured, and the cause is downstream of them. The first vertex downstream that is not back-pressured itself is the bottleneck. A dump does not know the order of the vertices, so the finding names those that are at work, the busiest first, and what they stand in where all of their subtasks sleep or wait for something outside of Flink.

One dump is one instant: look at the busy and back-pressured time in the web UI, or at further dumps.`,
  check: (analysis) =>
    analysis.dumps.filter(mayBeBackPressured).flatMap((analysed) => {
      const found = bottleneckOf(vertices(activitiesOf(analysed)));
      const suspect = found?.suspects[0];
      const first = suspect?.subtasks[0];
      if (!found || !suspect || !first) return [];
      // Its queue tells more, and who is back-pressured by it.
      if (fullQueuesOf(analysed).some(({ vertex }) => vertex.task === suspect.task)) return [];
      return [
        tell(suspectedBottleneck, 'suspected-bottleneck', factsOf(found, suspect), {
          certainty: 'suspected',
          span: first.thread.nameSpan,
          related: suspect.subtasks.slice(0, MAX_RELATED).map(standing),
        }),
      ];
    }),
};

function factsOf({ pressed, suspects }: Bottleneck, suspect: VertexActivity): BottleneckFacts {
  return {
    task: suspect.task,
    working: working(suspect),
    waiting: suspect.counts.waiting,
    subtasks: suspect.subtasks.length,
    does: doesOf(suspect),
    pressed: pressed.map(({ task, counts, subtasks }) => ({ task, backPressured: counts['back-pressured'], subtasks: subtasks.length })),
    others: suspects.slice(1).map(({ task }) => task),
  };
}

function doesOf(suspect: VertexActivity): BottleneckFacts['does'] {
  const stands = standsIn(suspect);
  return stands === null ? null : { does: stands.does, at: stands.at };
}
