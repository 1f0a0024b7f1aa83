import type { Deadlock } from '../../analysis/threaddump/deadlockModel.ts';
import { type IssueMatch, matchIssues } from '../../analysis/threaddump/knownIssues.ts';
import type { ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';

const MATCHES = new WeakMap<ThreadDumpAnalysis['dumps'], IssueMatch[]>();

/** The matches of all dumps of a file, computed once. */
export function matchesOf({ dumps, flinkVersion }: ThreadDumpAnalysis): IssueMatch[] {
  let matches = MATCHES.get(dumps);
  if (matches === undefined) {
    matches = dumps.flatMap((analysed, index) => matchIssues(analysed, index, flinkVersion));
    MATCHES.set(dumps, matches);
  }
  return matches;
}

/** The bug is told only when the version may have it; without a version only when the shape is unmistakable, or when no version would decide. */
export function isWorthTelling({ version, issue, deadlock }: IssueMatch): boolean {
  if (version === 'fixed' || version === 'not-affected') return false;
  const ofLibrary = issue.affected.length === 0 && issue.fixed.length === 0;
  return version !== 'unknown' || deadlock !== null || ofLibrary || issue.signature.shape !== 'count';
}

/** Key of the known bug that a deadlock is told to be; null where it is told as itself alone. */
export function toldIssueOf(analysis: ThreadDumpAnalysis, deadlock: Deadlock): string | null {
  return matchesOf(analysis).find((match) => match.deadlock === deadlock && isWorthTelling(match))?.issue.key ?? null;
}
