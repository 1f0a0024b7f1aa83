import { capped, type JobRule, loopFact, reach, streamingLoops, tailOf, tell, walkable } from './shared.ts';

/** Sinks chained into a vertex of the loop, as REST plans show them. */
const CHAINED_SINK = /\bSink\b|: Writer|: Committer|discarding/i;

export const loopWithoutExit: JobRule = {
  id: 'loop-without-exit',
  title: 'Records never leave a loop',
  severity: 'warning',
  docs: `No edge leads from the loop's body to a sink outside: whatever goes in circulates until a filter drops it. A loop of FLIP-15 has two results, the feedback and the output; here the output is missing, or its consumers are.

Add the output: \`iteration.filter(done)…\` beside \`closeWith(iteration.filter(again))\`.`,
  check(view) {
    if (view.hasUnknownEdges) return [];
    const operators = view.plan.format === 'execution-plan';
    return capped(
      walkable(view.plan.edges.length, streamingLoops(view))
        .filter((loop) => {
          const body = view.body(loop);
          if (body.some((vertex) => CHAINED_SINK.test(view.vertex(vertex).name) && vertex !== loop.tail)) return false;
          const outside = body.flatMap((vertex) => view.consumers(vertex)).filter((vertex) => !view.inLoop(vertex, loop));
          if (outside.length === 0) return true;
          // An inner loop may hand its output to the outer one; whether that has an exit is the outer loop's finding.
          if (loop.parent !== null) return false;
          return ![...reach(view, outside)].some((vertex) => view.consumers(vertex).length === 0 && view.vertex(vertex).kind !== 'loop-tail');
        })
        .map((loop) =>
          tell(
            loopWithoutExit,
            'loop-without-exit',
            { loop: loopFact(loop), operators },
            { certainty: operators ? 'proved' : 'suspected', span: view.vertex(loop.head).nameSpan, related: [tailOf(view, loop)] },
          ),
        ),
    );
  },
};
