import { finding } from '../../model.ts';
import { capped, iterateLoops, type JobRule } from './shared.ts';

export const loopEndsApart: JobRule = {
  id: 'loop-ends-apart',
  title: 'Head and tail of a loop are in different slot sharing groups',
  severity: 'hint',
  docs: `Head and tail exchange records through a queue in one process, so Flink puts their subtasks into the same slot (co-location group \`IterationCoLocationGroup-N\`). Different slot sharing groups contradict that; the document is of a job that cannot be scheduled, or was put together from several. Slot sharing groups are in job documents since 1.20.`,
  check: (view) =>
    capped(
      iterateLoops(view).flatMap((loop) => {
        const head = view.vertex(loop.head);
        const tail = view.vertex(loop.tail);
        if (head.slotSharingGroup === null || tail.slotSharingGroup === null || head.slotSharingGroup === tail.slotSharingGroup) return [];
        return [
          finding(loopEndsApart, {
            certainty: 'proved',
            message: `Head and tail of loop ${loop.name} are in different slot sharing groups, but must run in the same slot.`,
            span: head.nameSpan,
            related: [{ message: `The tail is in group ${tail.slotSharingGroup}`, span: tail.nameSpan }],
          }),
        ];
      }),
    ),
};
