import type { Failure } from '../../analysis/log/failureModel.ts';
import type { ConsequenceReason } from '../../knowledge/consequences.ts';
import { type Draft, finding } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import { type LogRule, MAX_FINDINGS } from './types.ts';
import { causeText, failureTitle, LOG_FINDINGS, LOG_NOTES } from './words.ts';

export const consequentialFailure: LogRule = {
  id: 'consequential-failure',
  title: 'Failed because something else had failed',
  severity: 'hint',
  docs: `This failure is a consequence: its exception says that a peer, a producer or the job itself was already gone. It is linked with the first failure of the same attempt, which is the one to look at.`,
  check(analysis) {
    const findings: Draft[] = [];
    for (const episode of analysis.failures.episodes) {
      if (episode.symptomOnly) continue;
      for (const alike of byReason(episode.rest)) {
        if (findings.length >= MAX_FINDINGS) return findings;
        findings.push(told(episode.first, alike));
      }
    }
    return findings;
  },
};

const MAX_RELATED = 20;

/** What followed from one failure for one reason is one thing to say. */
function byReason(failures: readonly Failure[]): Failure[][] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    if (failure.consequence === null) continue;
    groups.set(failure.consequence, [...(groups.get(failure.consequence) ?? []), failure]);
  }
  return [...groups.values()];
}

function told(first: Failure, alike: readonly Failure[]): Draft {
  const { failed, consequence, cause, span } = alike[0] as Failure;
  const facts = { failed, consequence: consequence as ConsequenceReason, first: first.failed, count: alike.length };
  return finding(consequentialFailure, {
    ...saidOf(LOG_FINDINGS.consequence, facts),
    facts: { ...facts, cause },
    key: ['failed', 'consequence', 'first'],
    span,
    certainty: 'suspected',
    evidence: [cause === null ? failureTitle(alike[0] as Failure) : causeText(cause)],
    related: [
      { message: LOG_NOTES.failedFirst, span: first.span },
      ...alike.slice(1, 1 + MAX_RELATED).map((one) => ({ message: failureTitle(one), span: one.span })),
    ],
  });
}
