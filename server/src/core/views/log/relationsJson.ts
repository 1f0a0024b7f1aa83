import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { Relations } from '../../analysis/log/relations.ts';
import { collectorEvidence, conclusionText, subjectText } from '../../rules/log/collectorWords.ts';
import { groundsText, predictionText, relationText } from './words.ts';

/** The answer of `logjam relations --format json` for one log. Lines are 0-based. */
export function relationsJson({ log }: LogAnalysis, { relations, calls, gcCases, prediction }: Relations, name: string): unknown {
  const cases = gcCases.map((one) => ({
    what: subjectText(one.subject),
    line: one.line,
    verdict: one.verdict,
    text: conclusionText(one),
    evidence: collectorEvidence(one.evidence),
  }));
  const [first] = cases;
  return {
    path: name,
    answer: relations.some((one) => one.code !== 'gc') ? 'YES' : 'NO',
    relations: relations.map((one) => ({
      kind: one.code,
      ...relationText(one),
      grade: groundsText(one),
      certainty: one.certainty,
      lines: one.lines,
      count: one.count,
    })),
    calls: { methods: calls.methods.map((one) => one.key), edges: calls.edges.map((one) => [one.from, one.to]) },
    gc:
      first === undefined
        ? null
        : {
            verdict: first.verdict,
            text: first.text,
            evidence: first.evidence,
            prediction: prediction === null ? null : predictionText(prediction, log.clock === 'epoch'),
          },
    gcCases: cases,
  };
}
