import { compareVersions, isPreRelease } from '../flinkVersion.ts';
import type { FlinkVersion } from '../model.ts';
import type { KnownIssue } from './issues/index.ts';
import { hasFix, inRanges, isNewerThanTable, mayHaveFix } from './versions.ts';

/** What the version says about a bug. */
export type VersionVerdict =
  /** Every version that fits the file has the bug. */
  | 'affected'
  /** Some versions that fit the file have it, some do not. */
  | 'possible'
  /** No version that fits the file has the bug, because all contain the fix. */
  | 'fixed'
  /** No version that fits the file has it, and none contains a fix: older than the bug, or a bug of development versions only. */
  | 'not-affected'
  | 'unknown';

export function judgeVersion(issue: KnownIssue, version: FlinkVersion | null): VersionVerdict {
  if (version === null || version.candidates.length === 0) return 'unknown';
  // Bugs of a connector, or of development versions that no number tells apart, are not decided by a release number.
  if (issue.affected.length === 0 && issue.fixed.length === 0) return 'unknown';
  const affected = version.candidates.filter((one) => isAffected(issue, one)).length;
  if (affected === version.candidates.length) {
    // A release that nobody had looked at when this was written may have the fix.
    return issue.affected.length === 0 || version.candidates.every(isNewerThanTable) ? 'possible' : 'affected';
  }
  if (affected > 0 || version.candidates.some((one) => mayHaveFix(one, issue.fixed))) return 'possible';
  return version.candidates.every((one) => hasFix(one, issue.fixed)) ? 'fixed' : 'not-affected';
}

function isAffected(issue: KnownIssue, version: string): boolean {
  if (issue.affected.length > 0) return inRanges(version, issue.affected);
  // Development versions of the line in which the bug was fixed before its first release.
  const first = issue.fixed[0];
  return first !== undefined && isPreRelease(version) && compareVersions(version, first) <= 0;
}
