import { finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import { collectorEvidence, conclusionText } from './collectorWords.ts';
import type { LogRule } from './types.ts';
import { LOG_FINDINGS } from './words.ts';

export const collectorPause: LogRule = {
  id: 'heartbeat-lost-in-gc',
  title: 'A heartbeat timed out because the JVM stood still in collections',
  severity: 'error',
  docs: `The GC log of the process that was not heard of shows that it stood still in collections for most of the heartbeat's timeout. The process was alive all the time: what looks like a lost machine or network is a full heap, or a heap that is too large for its collector.

Give the process more heap, or find what fills it (the report on the GC log says which of the two it is). A longer \`heartbeat.timeout\` only hides it. Where the log prints no time zone, the finding says how both clocks were brought together.`,
  check: ({ gcCases }) =>
    gcCases.flatMap((one) => {
      if (one.verdict !== 'confirmed' || one.subject.code !== 'heartbeat') return [];
      return finding(collectorPause, {
        certainty: one.certainty,
        ...saidOf(LOG_FINDINGS.collectorPause, one.subject.facts),
        details: [conclusionText(one)],
        facts: { subject: one.subject, conclusion: one.conclusion },
        key: ['subject'],
        span: one.span,
        evidence: collectorEvidence(one.evidence),
        related: one.pauses.flatMap(({ kind, span }) => (span === undefined ? [] : [{ message: kind, span }])),
      });
    }),
};
