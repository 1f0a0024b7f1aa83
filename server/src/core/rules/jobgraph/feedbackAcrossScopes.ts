import type { Draft } from '../../model.ts';
import { finding } from '../../model.ts';
import { capped, iterateLoops, type JobRule, loopName } from './shared.ts';

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
        const where = other === undefined ? 'outside of every loop' : `in ${loopName(other)}, level ${other.level}`;
        const hint =
          other !== undefined && view.inLoop(edge.from, loop)
            ? 'Leave the inner loop first.'
            : 'Only what comes from the head can be fed back to it.';
        findings.push(
          finding(feedbackAcrossScopes, {
            certainty: 'proved',
            message: `The feedback of ${loopName(loop)} comes from ${view.vertex(edge.from).label}, which is ${where}, not in the loop itself. ${hint}`,
            span: edge.idSpan,
            related: [{ message: `Head of ${loopName(loop)}, level ${loop.level}`, span: view.vertex(loop.head).nameSpan }],
          }),
        );
      }
    }
    return capped(findings);
  },
};
