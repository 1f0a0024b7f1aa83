import type { Draft } from '../../model.ts';
import { finding } from '../../model.ts';
import { capped, iterateLoops, type JobRule } from './shared.ts';

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
      findings.push(
        finding(loopEndedEarly, {
          certainty: head.status === 'FINISHED' ? 'proved' : 'suspected',
          message: `Loop ${loop.name} has ended while ${running.label} still runs: its wait for feedback timed out, and later feedback is lost.`,
          span: head.nameSpan,
          related: [
            { message: 'Still RUNNING', span: running.nameSpan },
            ...(logged === undefined ? [] : [{ message: 'The log says FINISHED', span: logged.span }]),
          ],
          evidence: head.status === 'FINISHED' ? [] : ['A log line beside the plan reports the head as FINISHED.'],
          missing: head.status === 'FINISHED' ? [] : ['Whether plan and log are of the same moment.'],
        }),
      );
    }
    return capped(findings);
  },
};
