import type { Draft } from '../../model.ts';
import { beside, capped, iterateLoops, type JobRule, loopFact, tell, vertexFact } from './shared.ts';

export const loopEndedEarly: JobRule = {
  id: 'loop-ended-early',
  title: 'A loop ended while its sources still run',
  severity: 'warning',
  docs: `The head of the loop has finished and a source of the job still runs. \`iterate(maxWaitTime)\` ends the head when no feedback has come for that time, whether or not more is to come (StreamIterationHead, poll with a timeout). What the tail hands over afterwards is lost.

Wait longer, or end the loop by another rule: released Flink has no protocol that tells when a loop is done (FLIP-15, part III).`,
  check(view) {
    const findings: Draft[] = [];
    const running = view.plan.vertices.find((vertex) => vertex.kind === 'source' && vertex.status === 'RUNNING');
    for (const loop of iterateLoops(view)) {
      const head = view.vertex(loop.head);
      const logged = view.context.finishedTasks.find(({ name }) => name.endsWith(`IterationSource-${loop.name}`));
      if (running === undefined || (head.status !== 'FINISHED' && logged === undefined)) continue;
      const shown = head.status === 'FINISHED';
      findings.push(
        tell(
          loopEndedEarly,
          'loop-ended-early',
          { loop: loopFact(loop), source: vertexFact(running), logged: !shown },
          {
            certainty: shown ? 'proved' : 'suspected',
            span: head.nameSpan,
            related: [beside(running.nameSpan, 'still-running', {}), ...(logged === undefined ? [] : [beside(logged.span, 'logged-finished', {})])],
          },
        ),
      );
    }
    return capped(findings);
  },
};
