import { bySeverity } from '../../findings.ts';
import type { Finding } from '../../model.ts';
import { knownIssue } from '../../rules/threaddump/knownIssue.ts';

/** What is worth telling: worst first, and what a deadlock is an instance of before the deadlock. The first is the verdict. */
export function toldFindings(findings: readonly Finding[]): Finding[] {
  const rank = ({ id }: Finding): number => (id === knownIssue.id ? 0 : 1);
  return findings.filter(({ severity }) => severity !== 'hint').sort((a, b) => bySeverity(a.severity, b.severity) || rank(a) - rank(b));
}
