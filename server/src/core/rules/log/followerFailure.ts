import { type Draft, finding } from '../../model.ts';
import { type LogRule, MOST_FINDINGS } from './types.ts';

export const followerFailure: LogRule = {
  id: 'follower-failure',
  title: 'Failed because something else had failed',
  severity: 'hint',
  docs: `This failure is a consequence: its exception says that a peer, a producer or the job itself was already gone. It is linked with the first failure of the same attempt, which is the one to look at.`,
  check(analysis) {
    const findings: Draft[] = [];
    for (const episode of analysis.failures.episodes) {
      if (episode.symptomOnly) continue;
      for (const failure of episode.rest) {
        if (failure.follower === null) continue;
        if (findings.length >= MOST_FINDINGS) return findings;
        findings.push(
          finding(followerFailure, {
            message: `${failure.title} as a consequence: ${failure.follower}. What failed first is ${episode.first.title}.`,
            span: failure.span,
            certainty: 'suspected',
            evidence: [failure.cause ?? failure.title],
            missing: [],
            related: [{ message: `First failure: ${episode.first.title}`, span: episode.first.span }],
          }),
        );
      }
    }
    return findings;
  },
};
