import type { Draft } from '../../model.ts';
import { beside, capped, type JobRule, tell, vertexFact } from './shared.ts';

export const scopeLevelsSkipped: JobRule = {
  id: 'scope-levels-skipped',
  title: 'An edge crosses several levels of loops at once',
  severity: 'error',
  docs: `Each iteration nests one level and each exit leaves one (StreamScope nest and unnest in FLIP-15). An edge that skips a level leaves or enters a loop around the other end without passing its exit or entry, so that loop cannot know about the records.

Route the stream through every loop: an operator in the outer loop behind the inner loop's exit, or before its entry. An operator that is the entry of all the loops it is entered through is in order.`,
  check(view) {
    const findings: Draft[] = [];
    if (!view.loops.loops.some((loop) => loop.level > 1)) return findings;
    for (const edge of view.plan.edges) {
      if (edge.kind === 'feedback') continue;
      const from = view.level(edge.from);
      const to = view.level(edge.to);
      // A chain can hold operators of several scopes.
      if (Math.abs(from - to) < 2 || view.vertex(edge.from).isChain || view.vertex(edge.to).isChain) continue;
      const around = view.loopsAround(to > from ? edge.to : edge.from);
      if (around.some((loop) => loop.tangled || loop.origin === 'step-function')) continue;
      if (to > from && around.every((loop) => view.inLoop(edge.from, loop) || view.isEntry(edge.to, loop))) continue;
      const facts = { from: vertexFact(view.vertex(edge.from)), fromLevel: from, to: vertexFact(view.vertex(edge.to)), toLevel: to };
      findings.push(
        tell(scopeLevelsSkipped, 'scope-levels-skipped', facts, {
          certainty: 'proved',
          span: edge.idSpan,
          related: [beside(view.vertex(edge.from).nameSpan, 'level', { level: from })],
        }),
      );
      if (findings.length > 200) break;
    }
    return capped(findings);
  },
};
