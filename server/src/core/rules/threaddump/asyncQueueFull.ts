import { activitiesOf, type ThreadActivity, vertices } from '../../analysis/threaddump/activity.ts';
import { backPressured } from '../../analysis/threaddump/bottleneck.ts';
import { type FullQueue, fullQueuesOf } from '../../analysis/threaddump/fullQueues.ts';
import type { AnalysedDump } from '../../analysis/threaddump/model.ts';
import { frameName } from '../../analysis/threaddump/names.ts';
import type { Draft } from '../../model.ts';
import { beside, enderFacts, endersBeside, readableCall, tell, waitToo } from './tell.ts';
import type { DumpRule } from './types.ts';

const IN_RELATED = 10;

export const asyncQueueFull: DumpRule = {
  id: 'async-queue-full',
  title: 'An asynchronous operator waits for its requests',
  severity: 'info',
  docs: `Task threads wait in \`AsyncWaitOperator\` (or in an asynchronous sink): as many requests are under way as its capacity allows, and it takes no further record until one of them ends. The threads that carry the requests all stand in one call over the network, or queue to be let into it, so it is the other side that decides.

The threads of the requests are those inside of what \`asyncInvoke\` has handed on; where none is seen there, those that work for an executor in user code, if all of them stand in the one call. Nothing is reported where they do something else, or where a client without threads of its own carries the requests.

Always **suspected**, and an information: a queue may be full for a moment whenever there is much to do.

*What to do:* look at the latency of the other side and at its limits. Give the client a timeout for connecting and reading, and the operator one that is longer. Raise the capacity and the number of the client's threads only where the other side can take more.`,
  check: (analysis) => analysis.dumps.flatMap((analysed) => fullQueuesOf(analysed).map((queue) => describe(analysed, queue))),
};

function describe(analysed: AnalysedDump, { vertex, full, of, requests: { call, asked } }: FullQueue): Draft {
  const [first, ...others] = full as [ThreadActivity, ...ThreadActivity[]];
  const facts = {
    task: vertex.task,
    threads: full.length,
    parallelism: vertex.parallelism,
    queue: of,
    at: readableCall(frameName(call.frame)),
    requests: enderFacts(call),
    asked,
    pressed: backPressured(vertices(activitiesOf(analysed))).map(({ task }) => task),
  };
  return tell(asyncQueueFull, 'async-queue-full', facts, {
    certainty: 'suspected',
    key: ['task', 'at'],
    span: first.thread.nameSpan,
    related: [
      beside(first.thread.nameSpan, 'task-stands-here', {}),
      ...waitToo(others.slice(0, IN_RELATED).map(({ thread }) => ({ name: thread.name, span: thread.nameSpan }))),
      ...endersBeside([call]),
    ],
  });
}
