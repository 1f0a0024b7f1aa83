import { beside, capped, headOf, type JobRule, loopFact, MAX_RELATED, tell, vertexFact } from './shared.ts';

/** Loops that the message names. */
const MAX_NAMED = 4;

export const loopsInterleaved: JobRule = {
  id: 'loops-interleaved',
  title: 'Loops overlap without one holding the other',
  severity: 'error',
  docs: `Two loops share operators, and neither contains the other. Scopes form a tree, so there is no level that such operators could have; FLIP-15's prototype refuses to build it ("An inner iteration should be closed first"). Logjam shows the loops of such a group as one and orders nothing among them.

Close the inner loop before the outer one: the outer feedback must come from behind the inner loop's exit.`,
  check: (view) =>
    capped(
      view.loops.interleavings.map(({ loops, shared }) => {
        const all = loops.map((index) => view.loops.loops[index]).filter((loop) => loop !== undefined);
        const first = all[0];
        return tell(
          loopsInterleaved,
          'loops-interleaved',
          { loops: all.slice(0, MAX_NAMED).map(loopFact), count: all.length, vertices: shared.length },
          {
            certainty: 'proved',
            span: first === undefined ? view.plan.span : view.vertex(first.head).nameSpan,
            related: [
              ...all.slice(1, MAX_RELATED + 1).map((loop) => headOf(view, loop)),
              ...shared.slice(0, MAX_RELATED).map((index) => {
                const vertex = view.vertex(index);
                return beside(vertex.nameSpan, 'in-both', { vertex: vertexFact(vertex) });
              }),
            ].slice(0, MAX_RELATED),
          },
        );
      }),
    ),
};
