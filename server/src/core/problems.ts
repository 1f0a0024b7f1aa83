import type { Span } from '../../../common/span.ts';
import type { ProblemCode, ProblemFacts } from './problems/facts.ts';
import { PROBLEMS } from './problems/words.ts';

export type * from './problems/facts.ts';
export { faultText } from './problems/words.ts';

/** A part of the input that could not be read, or only in part. */
export interface Problem {
  code: ProblemCode;
  facts: ProblemFacts[ProblemCode];
  /** The sentence for it in {@link PROBLEMS}. */
  message: string;
  span: Span;
}

export function problem<C extends ProblemCode>(code: C, facts: ProblemFacts[C], span: Span): Problem {
  return { code, facts, message: PROBLEMS[code](facts), span };
}
