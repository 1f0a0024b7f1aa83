import type { Span } from '../../../../../common/span.ts';
import type { RestAnalysis } from '../../analysis/rest/model.ts';
import { type Draft, type Facts, finding, type RelatedDraft, type Rule } from '../../model.ts';
import type { Subject } from '../../rest/model/document.ts';
import { saidOf, shorten } from '../../wording.ts';
import type { RestFacts, RestRelatedFacts, SubtaskFact } from './facts.ts';
import { REST_RULE_WORDS as WORDS } from './words.ts';

export type RestRule = Rule<RestAnalysis>;

/** Findings of one rule in one text; an archive has hundreds of documents. */
export const MAX_FINDINGS = 50;
/** Related places of one finding. */
export const MAX_RELATED = 10;

/** A finding with the words for its facts. */
export function tell<Code extends keyof RestFacts>(
  rule: RestRule,
  code: Code,
  facts: RestFacts[Code],
  parts: Pick<Draft, 'certainty' | 'span'> & Partial<Pick<Draft, 'severity' | 'related'>>,
): Draft {
  return finding(rule, { code, facts: facts as Facts, ...saidOf<RestFacts[Code]>(WORDS.findings[code], facts), ...parts });
}

/** A place beside a finding. */
export function beside<Code extends keyof RestRelatedFacts>(span: Span, code: Code, facts: RestRelatedFacts[Code]): RelatedDraft {
  return { message: WORDS.related[code](facts), span };
}

/** A subtask, which documents count from 0, as logs count it. */
export function subtaskFact(names: ReadonlyMap<string, string>, { vertex }: Subject, subtask: number, parallelism: number | null): SubtaskFact {
  const name = vertex === null ? undefined : names.get(vertex);
  return { vertex: name === undefined ? null : shorten(name, 200), subtask: subtask + 1, parallelism };
}
