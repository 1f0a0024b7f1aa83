import type { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { Loop } from '../../analysis/jobgraph/scopes.ts';
import type { Edge } from '../../jobgraph/edge.ts';
import type { Severity } from '../../model.ts';
import { shorten } from '../../wording.ts';
import type { AmplifierFact } from './facts.ts';
import { capped, type JobRule, loopFact, reach, tailOf, tell, vertexFact, walkable } from './shared.ts';

/** Operators that commonly give several records for one. */
const AMPLIFIER = /flat ?map|process|window|correlate|unnest|expand|broadcast/i;

export const loopBoundedFeedback: JobRule = {
  id: 'loop-bounded-feedback',
  title: 'Back-pressure can travel around a loop and stop it for ever',
  severity: 'warning',
  docs: `Every buffer along this loop is bounded: the exchanges between its operators, and the feedback queue, which holds one record a subtask in released Flink (StreamIterationHead, ArrayBlockingQueue(1)). When more records come out of the body than go in, all of them fill up, each operator waits for the next, and the first waits for the last: a deadlock without any lock. FLIP-15, part II: a loop is free of it only if at least one resource on every cycle has no bound.

An error where the body multiplies records (BROADCAST inside the loop, several ways into the tail, FlatMap, Process, Window …), a warning otherwise, a hint for flink-ml, whose feedback queue can spill to disk (FLINK-32704).

Filter before feeding back, limit the fan-out, give the loop more network buffers (this moves the limit, it does not remove it), or feed back through something without a bound, such as Kafka.`,
  check(view) {
    if (view.plan.truncated) return [];
    return capped(
      walkable(
        view.plan.edges.length,
        view.loops.loops.filter((loop) => !loop.tangled && (loop.origin === 'iterate' || loop.origin === 'cycle' || loop.origin === 'flink-ml')),
      ).flatMap((loop) => {
        if (!closesOverBoundedEdges(view, loop)) return [];
        const found = amplifiers(view, loop);
        const severity: Severity = loop.origin === 'flink-ml' ? 'hint' : found.length > 0 ? 'error' : 'warning';
        const facts = { loop: loopFact(loop), exchangesNamed: view.plan.edges.some((edge) => edge.exchange !== null), amplifiers: found };
        return [
          tell(loopBoundedFeedback, 'loop-bounded-feedback', facts, {
            certainty: 'suspected',
            severity,
            span: view.vertex(loop.head).nameSpan,
            related: [tailOf(view, loop)],
          }),
        ];
      }),
    );
  },
};

function isBounded(edge: Edge): boolean {
  return edge.exchange === null || edge.exchange === 'pipelined_bounded' || edge.exchange === 'pipelined_approximate';
}

/** Whether some way from head to tail meets no exchange that is unbounded or on disk. */
function closesOverBoundedEdges(view: JobView, loop: Loop): boolean {
  const along = reach(view, [loop.head], (vertex) =>
    view
      .outgoing(vertex)
      .filter((edge) => isBounded(edge) && view.inLoop(edge.to, loop))
      .map((edge) => edge.to),
  );
  return along.has(loop.tail);
}

function amplifiers(view: JobView, loop: Loop): AmplifierFact[] {
  const body = view.body(loop);
  const found: AmplifierFact[] = [];
  const broadcast = body
    .flatMap((vertex) => view.outgoing(vertex))
    .find((edge) => edge.ship === 'broadcast' && view.inLoop(edge.to, loop) && (view.vertex(edge.to).parallelism ?? 2) > 1);
  if (broadcast !== undefined) {
    const { parallelism } = view.vertex(broadcast.to);
    found.push({ kind: 'broadcast', from: vertexFact(view.vertex(broadcast.from)), subtasks: parallelism });
  }
  const back = view.producers(loop.tail).length;
  if (loop.origin !== 'cycle' && back > 1) found.push({ kind: 'ways-into-tail', count: back });
  const named = body.find((vertex) => AMPLIFIER.test(view.vertex(vertex).name));
  if (named !== undefined) found.push({ kind: 'operator', name: shorten(view.vertex(named).name, 200) });
  return found;
}
