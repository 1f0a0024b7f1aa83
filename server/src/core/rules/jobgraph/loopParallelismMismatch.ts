import type { Vertex } from '../../jobgraph/vertex.ts';
import type { Draft, Fix } from '../../model.ts';
import { beside, capped, copyFix, editFix, iterateLoops, type JobRule, loopFact, tell, vertexFact } from './shared.ts';

export const loopParallelismMismatch: JobRule = {
  id: 'loop-parallelism-mismatch',
  title: 'Head and tail of a loop differ in parallelism',
  severity: 'error',
  docs: `Each subtask of the tail hands its records to the head's subtask of the same number, through a queue in the same process. So head and tail need the same parallelism, and so does the operator that feeds the tail over a FORWARD edge. Flink refuses anything else: "Parallelism of the feedback stream must match the parallelism of the original stream" (FeedbackTransformation.addFeedbackEdge); flink-ml checks the same.

Give the operator before \`closeWith\` the parallelism of the iteration's input: \`.setParallelism(n)\`.`,
  check(view) {
    const findings: Draft[] = [];
    const loops = [...iterateLoops(view), ...view.loops.loops.filter((loop) => loop.origin === 'flink-ml')];
    for (const loop of loops) {
      const head = view.vertex(loop.head);
      const tail = view.vertex(loop.tail);
      if (head.parallelism === null) continue;
      const headParallelism = head.parallelism;
      const parts = (vertex: Vertex): Parameters<typeof tell>[3] => ({
        certainty: loop.origin === 'iterate' ? 'proved' : 'suspected',
        span: vertex.parallelismSpan ?? vertex.nameSpan,
        related: [beside(head.parallelismSpan ?? head.nameSpan, 'head-parallelism', { parallelism: headParallelism })],
        fixes: parallelismFixes(vertex, headParallelism),
      });
      if (tail.parallelism !== null && tail.parallelism !== headParallelism) {
        const facts = { loop: loopFact(loop), tail: vertexFact(tail), parallelism: tail.parallelism, headParallelism };
        findings.push(tell(loopParallelismMismatch, 'loop-parallelism-mismatch', facts, parts(tail)));
      }
      for (const edge of view.incoming(loop.tail)) {
        const producer = view.vertex(edge.from);
        const { parallelism } = producer;
        if (edge.ship !== 'forward' || parallelism === null || parallelism === headParallelism) continue;
        const facts = { loop: loopFact(loop), producer: vertexFact(producer), parallelism, headParallelism };
        findings.push(tell(loopParallelismMismatch, 'loop-parallelism-mismatch-before-tail', facts, parts(producer)));
      }
    }
    return capped(findings);
  },
};

function parallelismFixes(vertex: Vertex, parallelism: number): Fix[] {
  const fixes: Fix[] = [copyFix(`.setParallelism(${parallelism})`)];
  const span = vertex.parallelismSpan;
  if (span !== null) fixes.push(editFix('set-parallelism', { parallelism }, span, String(parallelism), 'file-only-parallelism'));
  return fixes;
}
