import { type Draft, finding } from '../../model.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { causeText, failureTitle, followedText } from './words.ts';

export const consequentialFailure: LogRule = {
  id: 'consequential-failure',
  title: 'Failed because something else had failed',
  severity: 'hint',
  docs: `This failure is a consequence: its exception says that a peer, a producer or the job itself was already gone. It is linked with the first failure of the same attempt, which is the one to look at.`,
  check(analysis) {
    const findings: Draft[] = [];
    for (const episode of analysis.failures.episodes) {
      if (episode.symptomOnly) continue;
      const first = failureTitle(episode.first);
      for (const failure of episode.rest) {
        if (failure.consequence === null) continue;
        if (findings.length >= MAX_FINDINGS) return findings;
        findings.push(
          finding(consequentialFailure, {
            message: followedText(failure, failure.consequence, first),
            facts: { failed: failure.failed, consequence: failure.consequence, first: episode.first.failed, cause: failure.cause },
            key: ['failed', 'consequence', 'first'],
            span: failure.span,
            certainty: 'suspected',
            evidence: [failure.cause === null ? failureTitle(failure) : causeText(failure.cause)],
            missing: [],
            related: [{ message: `First failure: ${first}`, span: episode.first.span }],
          }),
        );
      }
    }
    return findings;
  },
};
