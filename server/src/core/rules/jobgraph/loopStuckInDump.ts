import { beside, capped, iterateLoops, type JobRule, loopFact, tell } from './shared.ts';

export const loopStuckInDump: JobRule = {
  id: 'loop-stuck-in-dump',
  title: 'A thread dump beside the plan shows the loop blocked',
  severity: 'hint',
  docs: `A thread dump in the same text shows the tail of a loop waiting to put into the feedback queue (\`StreamIterationTail$IterationTailOutput.collect\`) and the head of the same subtask waiting for a network buffer (\`LocalBufferPool.requestMemorySegment\`): back-pressure has gone all around the loop. See loop-bounded-feedback for the ways out.`,
  check(view) {
    if (!view.primary) return [];
    const { stuckIteration } = view.context;
    return capped(
      iterateLoops(view).flatMap((loop) => {
        const mine = stuckIteration.filter(({ subtask }) => subtask?.startsWith(`${loop.name} `));
        const tail = mine.find((one) => one.role === 'tail' && mine.some((other) => other.role === 'head' && other.subtask === one.subtask));
        const head = mine.find((one) => one.role === 'head' && one.subtask === tail?.subtask);
        if (tail === undefined || head === undefined) return [];
        return [
          tell(
            loopStuckInDump,
            'loop-stuck-in-dump',
            { loop: loopFact(loop), tail: tail.thread, head: head.thread },
            {
              certainty: 'suspected',
              span: view.vertex(loop.head).nameSpan,
              related: [beside(tail.span, 'tail-waits', {}), beside(head.span, 'head-waits', {})],
            },
          ),
        ];
      }),
    );
  },
};
