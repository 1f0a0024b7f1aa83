import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { activitiesOf, symptoms } from '../../../server/src/core/analysis/threaddump/activity.ts';
import { notExcluded } from '../../../server/src/core/analysis/threaddump/knownIssues.ts';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { analyseLog } from '../../../server/src/core/kinds/flinkLog.ts';
import { threadDumpKind } from '../../../server/src/core/kinds/threadDump.ts';
import { KNOWN_ISSUES, type KnownIssue, type Sample } from '../../../server/src/core/knowledge/issues/index.ts';
import { MAX_MESSAGE } from '../../../server/src/core/model.ts';
import { matchesOf } from '../../../server/src/core/rules/threaddump/issueMatches.ts';
import { hotspotDump } from '../../support/sampleDump.ts';

/** The records of a sample, each a minute after the one before. */
const logText = (records: string | readonly string[]): string =>
  [records]
    .flat()
    .map((message, minute) => `2026-01-02 03:${String(minute).padStart(2, '0')}:00,000 WARN  org.apache.flink.runtime.Sample [] - ${message}\n`)
    .join('');

/** Whether the bug is told, as a finding or in the report, for a sample. */
async function tells(issue: KnownIssue, sample: Sample): Promise<boolean> {
  const settings = { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': sample.version ?? '' };
  if ('log' in sample) {
    assert.equal(issue.signature.shape, 'log');
    const told = (await analyseLog({ uri: 'file:///log', text: logText(sample.log) }, { settings, checkpoint: NO_CHECKPOINT })).findings;
    const finding = told.find(({ id, knownIssue }) => id === 'known-issue-in-log' && knownIssue === issue.key);
    if (finding !== undefined) assert.ok(finding.message.length <= MAX_MESSAGE - 'suspected: '.length, finding.message);
    return finding !== undefined;
  }
  const analysis = await threadDumpKind.analyse({ uri: 'file:///dump', text: hotspotDump(sample.threads) }, { settings, checkpoint: NO_CHECKPOINT });
  assert.equal(analysis.dumps.length, 1);
  const dump = analysis.dumps[0] as (typeof analysis.dumps)[0];
  assert.equal(
    dump.dump.threads.length,
    sample.threads.reduce((sum, thread) => sum + (thread.times ?? 1), 0),
  );
  if (issue.signature.shape === 'symptom') return notExcluded(symptoms(activitiesOf(dump)), analysis.flinkVersion).some((one) => one.issue === issue);
  assert.ok(matchesOf(analysis).length >= 0);
  return analysis.findings.some(({ knownIssue }) => knownIssue === issue.key);
}

describe('known issues', () => {
  for (const issue of KNOWN_ISSUES) {
    it(`${issue.key} is told`, async () => {
      assert.ok(issue.samples.length > 0);
      for (const sample of issue.samples) assert.ok(await tells(issue, sample), JSON.stringify(sample).slice(0, 300));
    });
    it(`${issue.key} is silent on near misses`, async () => {
      assert.ok(issue.nearMisses.length > 0);
      for (const sample of issue.nearMisses) assert.ok(!(await tells(issue, sample)), JSON.stringify(sample).slice(0, 300));
    });
  }

  it('gives every cause in two sentences and every key once', () => {
    for (const { key, cause } of KNOWN_ISSUES) assert.equal(cause.match(/[.!?](?=\s|$)/g)?.length, 2, `${key}: ${cause}`);
    const keys = KNOWN_ISSUES.flatMap(({ key, also }) => [key, ...(also ?? [])]);
    assert.equal(new Set(keys).size, keys.length);
  });
});
