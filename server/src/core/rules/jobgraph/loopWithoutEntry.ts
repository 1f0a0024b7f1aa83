import { capped, type JobRule, loopFact, reach, streamingLoops, tailOf, tell, walkable } from './shared.ts';

export const loopWithoutEntry: JobRule = {
  id: 'loop-without-entry',
  title: 'A loop is fed by nothing but itself',
  severity: 'warning',
  docs: `No source outside reaches the loop's body. With no record ever coming in, none can circulate: the loop is idle for ever, and with \`iterate()\` without a wait it also keeps the job alive.`,
  check(view) {
    if (view.hasUnknownEdges) return [];
    return capped(
      walkable(view.plan.edges.length, streamingLoops(view))
        .filter((loop) => {
          const body = new Set(view.body(loop));
          const origins = reach(view, [...body], (vertex) => view.producers(vertex));
          return ![...origins].some((vertex) => {
            const { kind, name } = view.vertex(vertex);
            return (kind === 'source' && !body.has(vertex)) || /^Source: (?!Iteration)/.test(name);
          });
        })
        .map((loop) =>
          tell(
            loopWithoutEntry,
            'loop-without-entry',
            { loop: loopFact(loop) },
            { certainty: 'proved', span: view.vertex(loop.head).nameSpan, related: [tailOf(view, loop)] },
          ),
        ),
    );
  },
};
