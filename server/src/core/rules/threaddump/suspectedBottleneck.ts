import { activitiesOf, mayBeBackPressured, type VertexActivity, vertices } from '../../analysis/threaddump/activity.ts';
import { bottleneckOf, working } from '../../analysis/threaddump/bottleneck.ts';
import { finding } from '../../model.ts';
import { quoted } from '../../wording.ts';
import type { DumpRule } from './types.ts';

export const suspectedBottleneck: DumpRule = {
  id: 'suspected-bottleneck',
  title: 'The vertex that holds the others back',
  severity: 'info',
  docs: `Task threads of some vertices wait for output buffers: they are back-pressured, and the cause is downstream of them. The first vertex downstream that is not back-pressured itself is the bottleneck. A dump does not know the order of the vertices, so the finding names those that are at work, the busiest first.

One dump is one instant: look at the busy and back-pressured time in the web UI, or at further dumps.`,
  check: (analysis) =>
    analysis.dumps.filter(mayBeBackPressured).flatMap((analysed) => {
      const found = bottleneckOf(vertices(activitiesOf(analysed)));
      const suspect = found?.suspects[0];
      const first = suspect?.subtasks[0];
      if (!found || !suspect || !first) return [];
      return [
        finding(suspectedBottleneck, {
          certainty: 'suspected',
          facts: {
            task: suspect.task,
            working: working(suspect),
            waiting: suspect.counts.waiting,
            subtasks: suspect.subtasks.length,
            pressed: found.pressed.map(({ task, counts, subtasks }) => ({
              task,
              backPressured: counts['back-pressured'],
              subtasks: subtasks.length,
            })),
          },
          message: `${quoted(suspect.task, 60)} may hold the others back. ${working(suspect)} of its ${suspect.subtasks.length} subtasks here ${suspect.counts.waiting === working(suspect) ? 'wait in user or connector code' : 'are at work'}, while ${found.pressed.map(describe).slice(0, 3).join(', ')} ${found.pressed.length === 1 ? 'waits' : 'wait'} for output buffers.`,
          span: first.thread.nameSpan,
          related: suspect.subtasks.slice(0, 10).map(({ thread, standing, activity }) => ({
            message: `${quoted(thread.name)}: ${standing?.known.title ?? activity}`,
            span: thread.nameSpan,
          })),
          evidence: [
            ...found.pressed.slice(0, 5).map((vertex) => `${describe(vertex)}: back-pressured.`),
            ...(found.suspects.length > 1
              ? [
                  `Also at work: ${found.suspects
                    .slice(1, 4)
                    .map(({ task }) => quoted(task))
                    .join(', ')}.`,
                ]
              : []),
          ],
          missing: ['The job graph: which vertex is downstream of which.', 'Busy and back-pressured time of the vertices over some minutes.'],
        }),
      ];
    }),
};

function describe({ task, counts, subtasks }: VertexActivity): string {
  return `${quoted(task)} (${counts['back-pressured']} of ${subtasks.length})`;
}
