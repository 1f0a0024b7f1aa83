import type { Draft } from '../../model.ts';
import { beside, capped, iterateLoops, type JobRule, loopFact, tell, vertexFact } from './shared.ts';

export const feedbackAcrossScopes: JobRule = {
  id: 'feedback-across-scopes',
  title: 'Feedback comes from another scope than its loop',
  severity: 'error',
  docs: `What feeds the tail is not in the loop itself: it is inside an inner loop, or outside altogether. Feedback has to come from the same scope that the head opens; from an inner loop the records must leave through its exit first. \`IterativeStream.closeWith\` says so for streams of elsewhere: "Cannot close an iteration with a feedback DataStream that does not originate from said iteration".`,
  check(view) {
    if (view.hasUnknownEdges) return [];
    const findings: Draft[] = [];
    for (const loop of iterateLoops(view)) {
      if (loop.tangled) continue;
      for (const edge of view.incoming(loop.tail)) {
        const inner = view.loops.innermost[edge.from] ?? -1;
        // A chain can hold operators of several scopes.
        if (inner === loop.index || view.vertex(edge.from).isChain) continue;
        const other = view.loops.loops[inner];
        const facts = {
          loop: loopFact(loop),
          vertex: vertexFact(view.vertex(edge.from)),
          scope: other === undefined ? null : { loop: loopFact(other), level: other.level },
          inside: other !== undefined && view.inLoop(edge.from, loop),
        };
        findings.push(
          tell(feedbackAcrossScopes, 'feedback-across-scopes', facts, {
            certainty: 'proved',
            span: edge.idSpan,
            related: [beside(view.vertex(loop.head).nameSpan, 'head-at-level', { loop: loopFact(loop), level: loop.level })],
          }),
        );
      }
    }
    return capped(findings);
  },
};
