import { bySeverity } from '../findings.ts';
import type { Finding } from '../model.ts';
import { headline } from '../rules/saying.ts';

/** What is the matter with a file, in one line without Markdown: the same in its report, lens, outline, status item and ticket. */
export interface Verdict {
  text: string;
  /** The finding that it tells; null where it tells that there is none, or what only the view of a whole file shows. */
  finding: Finding | null;
  /** It accuses somebody although no finding does. */
  suspicion?: boolean;
}

/** Findings worst first; of equally grave ones first the known bug that they are an instance of, then in the order of the rules. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  const bug = ({ knownIssue }: Finding): number => (knownIssue === null ? 1 : 0);
  return [...findings].sort((a, b) => bySeverity(a.severity, b.severity) || bug(a) - bug(b));
}

/** Those that a report tells: what is only hinted at stands in the text alone. */
export const toldFindings = (findings: readonly Finding[]): Finding[] => worstFirst(findings.filter(({ severity }) => severity !== 'hint'));

export const verdictOf = (finding: Finding): Verdict => ({ text: headline(finding), finding });
