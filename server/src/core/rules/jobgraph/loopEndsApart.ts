import { beside, capped, iterateLoops, type JobRule, loopFact, tell } from './shared.ts';

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
        const facts = { loop: loopFact(loop), headGroup: head.slotSharingGroup, tailGroup: tail.slotSharingGroup };
        return [
          tell(loopEndsApart, 'loop-ends-apart', facts, {
            certainty: 'proved',
            span: head.nameSpan,
            related: [beside(tail.nameSpan, 'tail-group', { group: tail.slotSharingGroup })],
          }),
        ];
      }),
    ),
};
