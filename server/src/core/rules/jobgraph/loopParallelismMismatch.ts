import type { Vertex } from '../../jobgraph/vertex.ts';
import type { Draft, Fix } from '../../model.ts';
import { finding } from '../../model.ts';
import { capped, iterateLoops, type JobRule, loopName } from './shared.ts';

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
      const report = (vertex: Vertex, what: string): void => {
        findings.push(
          finding(loopParallelismMismatch, {
            certainty: loop.origin === 'iterate' ? 'proved' : 'suspected',
            message: `${what} of ${loopName(loop)}, ${vertex.label}, has parallelism ${vertex.parallelism}, but the head has ${head.parallelism}. Feedback goes from subtask to subtask of the same number, so both must be equal.`,
            span: vertex.parallelismSpan ?? vertex.nameSpan,
            related: [{ message: `The head has parallelism ${head.parallelism}`, span: head.parallelismSpan ?? head.nameSpan }],
            evidence: loop.origin === 'iterate' ? [] : ['Head and tail are paired by order.'],
            fixes: parallelismFixes(vertex, head.parallelism ?? 1),
          }),
        );
      };
      if (tail.parallelism !== null && tail.parallelism !== head.parallelism) report(tail, 'The tail');
      for (const edge of view.incoming(loop.tail)) {
        const producer = view.vertex(edge.from);
        if (edge.ship !== 'forward' || producer.parallelism === null || producer.parallelism === head.parallelism) continue;
        report(producer, 'The operator before the tail');
      }
    }
    return capped(findings);
  },
};

function parallelismFixes(vertex: Vertex, parallelism: number): Fix[] {
  const fixes: Fix[] = [{ title: `Copy .setParallelism(${parallelism})`, kind: 'quickfix', by: 'copy', copy: `.setParallelism(${parallelism})` }];
  if (vertex.parallelismSpan !== null) {
    fixes.push({
      title: `Set the parallelism in this plan to ${parallelism}`,
      kind: 'quickfix',
      by: 'edits',
      edits: [{ span: vertex.parallelismSpan, newText: String(parallelism) }],
      cost: 'Changes the file only, to try what follows; the job needs .setParallelism in its code.',
    });
  }
  return fixes;
}
