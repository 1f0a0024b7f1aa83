import type { Finding } from '../core/model.ts';
import { findingMarkdown } from '../core/views/findings.ts';
import type { Hover } from './types.ts';

/** Findings that stand at one place; the report has the others. */
const MAX_FINDINGS = 3;

/** What the findings at a place mean and what to do about them: the list of problems has one line of each. */
export function findingHover(findings: readonly Finding[], uri: string, offset: number): Hover | null {
  const here = findings
    .filter(({ at: { document, span } }) => document === uri && offset >= span.start && offset <= span.end)
    .sort((a, b) => length(a) - length(b))
    .slice(0, MAX_FINDINGS);
  const first = here[0];
  return first === undefined ? null : { span: first.at.span, markdown: here.map((one) => findingMarkdown(one).join('\n\n')).join('\n\n---\n\n') };
}

const length = ({ at: { span } }: Finding): number => span.end - span.start;
