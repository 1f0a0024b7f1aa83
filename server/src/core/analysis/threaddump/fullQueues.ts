import { activitiesOf, type ThreadActivity, type VertexActivity, vertices } from './activity.ts';
import { type RequestCall, requestCall } from './enders.ts';
import type { AnalysedDump } from './model.ts';
import { once } from './once.ts';

/** A vertex that has as many asynchronous requests under way as it may, with the call in which they stand. */
export interface FullQueue {
  vertex: VertexActivity;
  /** Its subtasks that wait for a request to end. */
  full: ThreadActivity[];
  /** 'ending': it waits for the last of them, as its input has ended or it is being closed. */
  of: 'operator' | 'sink' | 'ending';
  requests: RequestCall;
}

/** By the ids of known frames. */
const QUEUES: ReadonlySet<string> = new Set(['async-queue-full', 'async-queue-put-old', 'async-sink-wait']);
const ENDING = /\.AsyncWaitOperator\.(?:waitInFlightInputsFinished|endInput|finish|close)$/;

/** Nothing where the dump does not show what the requests wait for: a queue may be full at any moment. */
export const fullQueuesOf = once(({ dump }: AnalysedDump) => dump, search);

function search(analysed: AnalysedDump): readonly FullQueue[] {
  const queues = vertices(activitiesOf(analysed)).flatMap((vertex) => {
    const full = vertex.subtasks.filter(({ standing }) => standing !== null && QUEUES.has(standing.known.id));
    return full.length > 0 && full.length * 2 >= vertex.subtasks.length ? [{ vertex, full }] : [];
  });
  const requests = queues.length === 0 ? null : requestCall(analysed);
  return requests === null ? [] : queues.map(({ vertex, full }) => ({ vertex, full, of: queueOf(full[0] as ThreadActivity), requests }));
}

function queueOf({ standing, thread }: ThreadActivity): FullQueue['of'] {
  if (standing?.known.id === 'async-sink-wait') return 'sink';
  return thread.methods.some((method) => ENDING.test(method)) ? 'ending' : 'operator';
}
