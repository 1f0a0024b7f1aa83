import type { Span } from '../../../../../common/span.ts';
import { type Draft, finding, type RelatedDraft, type Severity } from '../../model.ts';
import { saidOf } from '../../wording.ts';
import type { JavaFacts, JavaRelatedFacts } from './facts.ts';
import { JAVA_RULE_WORDS as WORDS } from './words.ts';

/** A finding with the words for its facts. */
export function tell<Code extends keyof JavaFacts>(
  rule: { id: string; severity: Severity },
  code: Code,
  facts: JavaFacts[Code],
  parts: Pick<Draft, 'certainty' | 'span'> & Partial<Pick<Draft, 'key' | 'related' | 'fixes' | 'knownIssue'>> & { variant?: string },
): Draft {
  return finding(rule, { facts, ...saidOf<JavaFacts[Code]>(WORDS.findings[code], facts), ...parts });
}

/** A place beside a finding. */
export function beside<Code extends keyof JavaRelatedFacts>(span: Span, code: Code, facts: JavaRelatedFacts[Code]): RelatedDraft {
  return { message: WORDS.related[code](facts), span };
}
