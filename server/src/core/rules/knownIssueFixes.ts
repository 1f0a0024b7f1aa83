import type { KnownIssue } from '../knowledge/issues/index.ts';
import { nearestFix } from '../knowledge/versions.ts';
import type { Fix, FlinkVersion } from '../model.ts';

/** What can be done about a known bug: the nearest release with its fix, and settings that work around it. */
export function knownIssueFixes(issue: KnownIssue, version: FlinkVersion | null): Fix[] {
  const result: Fix[] = [];
  const oldest = version?.candidates[0];
  const target = oldest === undefined ? null : nearestFix(oldest, issue.fixed);
  if (target !== null) {
    result.push({
      title: `Upgrade Flink to ${target}`,
      kind: 'quickfix',
      by: 'command',
      command: { id: 'logjam.upgradeFlink', arguments: [issue.key] },
    });
  }
  for (const { key, value, cost } of issue.settings ?? []) {
    result.push({
      title: `Set ${key}: ${value}`,
      kind: 'quickfix',
      by: 'command',
      cost,
      command: { id: 'logjam.setConfiguration', arguments: [key, value, cost] },
    });
  }
  return result;
}
