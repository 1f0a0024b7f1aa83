import { finding } from '../../model.ts';
import { plural } from '../../wording.ts';
import { capped, type JobRule, loopName, MAX_RELATED } from './shared.ts';

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
        return finding(loopsInterleaved, {
          certainty: 'proved',
          message: `${all.map(loopName).slice(0, 4).join(' and ')}${all.length > 4 ? ` and ${all.length - 4} more` : ''} overlap in ${plural(shared.length, 'vertex', 'vertices')}, and neither holds the other. Close the inner loop before the outer one.`,
          span: first === undefined ? view.plan.span : view.vertex(first.head).nameSpan,
          related: [
            ...all.slice(1).map((loop) => ({ message: `Head of ${loopName(loop)}`, span: view.vertex(loop.head).nameSpan })),
            ...shared.map((vertex) => ({ message: `${view.vertex(vertex).label} is in both`, span: view.vertex(vertex).nameSpan })),
          ].slice(0, MAX_RELATED),
        });
      }),
    ),
};
