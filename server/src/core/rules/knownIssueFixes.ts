import type { KnownIssue } from '../knowledge/issues/index.ts';
import { nearestFix } from '../knowledge/versions.ts';
import type { Fix, FlinkVersion } from '../model.ts';
import { ISSUE_FIXES } from './issueWords.ts';

/** The nearest release with the fix, seen from the oldest version that fits the file; null where none is known. */
export function upgradeFor(issue: KnownIssue, version: FlinkVersion | null): string | null {
  const oldest = version?.candidates[0];
  return oldest === undefined ? null : nearestFix(oldest, issue.fixed);
}

/** What can be done about a known bug: the nearest release with its fix, and settings that work around it. */
export function knownIssueFixes(issue: KnownIssue, version: FlinkVersion | null): Fix[] {
  const result: Fix[] = [];
  const target = upgradeFor(issue, version);
  if (target !== null) {
    result.push({
      title: ISSUE_FIXES.upgrade({ version: target }),
      kind: 'quickfix',
      by: 'command',
      command: { id: 'logjam.upgradeFlink', arguments: [issue.key] },
    });
  }
  for (const { key, value, cost } of issue.settings ?? []) {
    result.push({
      title: ISSUE_FIXES.set({ key, value }),
      kind: 'quickfix',
      by: 'command',
      cost,
      command: { id: 'logjam.setConfiguration', arguments: [key, value, cost] },
    });
  }
  return result;
}
