import type { Span } from '../../../../common/span.ts';
import { compareVersions } from '../flinkVersion.ts';
import { hasFix, nearestFix, RELEASES } from '../knowledge/versions.ts';
import type { Upgrade, UpgradeProblem } from './upgrade.ts';
import { UPGRADE_WORDS } from './words.ts';

/** A version in the text of a build file. */
export interface VersionPlace {
  span: Span;
  version: string;
  /** What it is the version of, for descriptions. */
  of: string;
}

const LINES = new Set(RELEASES.map((release) => release.split('.').slice(0, 2).join('.')));

/** Artifacts of the group org.apache.flink that have version numbers of their own. */
const OWN_VERSIONS =
  /^flink-(shaded|ml|agents|kubernetes-operator|cdc|table-store|connector-(?:\w+-)*cdc|sql-connector-(?:\w+-)*cdc|connector-aws|connector-parent|jira|docker)\b|^flink-shaded/;

/** Whether an artifact carries the version of Flink itself. */
export function hasFlinkVersion(artifact: string): boolean {
  return artifact.startsWith('flink-') && !OWN_VERSIONS.test(artifact);
}

/** "1.13.1" of a line that was released; "3.2.0-1.19" (a connector) and "[1.13,)" are none. */
export function isFlinkVersion(version: string): boolean {
  return /^\d+\.\d+(?:\.\d+)?$/.test(version) && LINES.has(version.split('.').slice(0, 2).join('.'));
}

/** Turns places into edits: each to the nearest release with the fix, never down. */
export function upgradeOf(places: readonly VersionPlace[], fixed: readonly string[], problems: readonly UpgradeProblem[] = []): Upgrade {
  const result: Upgrade = { edits: [], versions: [], problems: [...problems] };
  const seen = new Set<number>();
  for (const { span, version, of } of [...places].sort((left, right) => left.span.start - right.span.start)) {
    if (seen.has(span.start)) continue;
    seen.add(span.start);
    const to = hasFix(version, fixed) ? version : nearestFix(version, fixed);
    result.versions.push({ from: version, to });
    if (to === null) result.problems.push({ code: 'no-release-with-fix', facts: { of, version } });
    else if (compareVersions(to, version) > 0) result.edits.push({ span, newText: to, description: UPGRADE_WORDS.raise(of, version, to) });
  }
  return result;
}

/** The text with comments blanked out, so that offsets stay. */
export function blanked(text: string, comments: RegExp): string {
  return text.replace(comments, (comment) => comment.replace(/[^\r\n]/g, ' '));
}
