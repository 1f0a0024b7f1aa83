import { finding } from '../../model.ts';
import { capped, iterateLoops, type JobRule } from './shared.ts';

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
          finding(loopStuckInDump, {
            certainty: 'suspected',
            message: `Loop ${loop.name} is blocked in the thread dump beside this plan: "${tail.thread}" waits for the feedback queue, "${head.thread}" for a buffer.`,
            span: view.vertex(loop.head).nameSpan,
            related: [
              { message: 'The tail waits for the feedback queue', span: tail.span },
              { message: 'The head waits for a buffer', span: head.span },
            ],
            evidence: ['Head and tail of the same subtask wait for each other over bounded queues.'],
            missing: ['A second dump some seconds later with the same threads at the same place.'],
          }),
        ];
      }),
    );
  },
};
