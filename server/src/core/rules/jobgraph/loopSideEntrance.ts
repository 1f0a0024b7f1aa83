import type { Draft } from '../../model.ts';
import { capped, headOf, type JobRule, loopFact, tell, vertexFact } from './shared.ts';

export const loopSideEntrance: JobRule = {
  id: 'loop-side-entrance',
  title: 'An edge enters a loop beside its entry',
  severity: 'error',
  docs: `A stream from outside is joined into the body of a loop behind its entry. FLIP-15 forbids it: union, connect, join and coGroup take streams of one scope only, because what comes in sideways is not part of the loop's flow control, progress or termination. The released \`iterate()\` builds such a job, and leaves the consequences to it: event time and end of input of the side stream do not fit the loop.

Bring the stream in at the entry, together with the loop's input (a tagged union, or \`connect\` before \`iterate\`).`,
  check(view) {
    const findings: Draft[] = [];
    if (view.loops.loops.length === 0) return findings;
    for (const edge of view.plan.edges) {
      // A chain can begin outside of the loop that its later operators are in.
      if (edge.kind === 'feedback' || findings.length > 200 || view.vertex(edge.to).isChain) continue;
      const entered = view.loopsAround(edge.to).filter((loop) => !view.inLoop(edge.from, loop));
      const loop = entered.findLast((one) => (one.origin === 'iterate' || one.origin === 'cycle') && !one.tangled && !view.isEntry(edge.to, one));
      if (loop === undefined) continue;
      const facts = { vertex: vertexFact(view.vertex(edge.from)), loop: loopFact(loop), entered: vertexFact(view.vertex(edge.to)) };
      findings.push(tell(loopSideEntrance, 'loop-side-entrance', facts, { certainty: 'proved', span: edge.idSpan, related: [headOf(view, loop)] }));
    }
    return capped(findings);
  },
};
