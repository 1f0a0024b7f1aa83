import { finding } from '../../model.ts';
import { collectorEvidence, conclusionText, subjectText } from './collectorWords.ts';
import type { LogRule } from './types.ts';

export const collectorPause: LogRule = {
  id: 'heartbeat-lost-in-gc',
  title: 'A heartbeat timed out because the JVM stood still in collections',
  severity: 'error',
  docs: `The GC log of the process that was not heard of shows that it stood still in collections for most of the heartbeat's timeout. The process was alive all the time: what looks like a lost machine or network is a full heap, or a heap that is too large for its collector.

Give the process more heap, or find what fills it (the report on the GC log says which of the two it is). A longer \`heartbeat.timeout\` only hides it. Where the log prints no time zone, the finding says how both clocks were brought together.`,
  check: ({ gcCases }) =>
    gcCases
      .filter(({ verdict, subject }) => verdict === 'confirmed' && subject.code === 'heartbeat')
      .map((one) =>
        finding(collectorPause, {
          certainty: one.certainty,
          message: `${subjectText(one.subject)}: ${conclusionText(one)}`,
          facts: { subject: one.subject, conclusion: one.conclusion },
          key: ['subject'],
          span: one.span,
          evidence: collectorEvidence(one.evidence),
          related: one.pauses.flatMap(({ kind, span }) => (span === undefined ? [] : [{ message: kind, span }])),
        }),
      ),
};
