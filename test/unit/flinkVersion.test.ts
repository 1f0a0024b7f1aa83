// One reader of Flink versions and one order of them, for every kind of file.
import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import { NO_CHECKPOINT } from '../../server/src/core/checkpoint.ts';
import { compareVersions, isPreRelease, lineOf, readVersion, versionSet } from '../../server/src/core/flinkVersion.ts';
import { analyse } from '../../server/src/core/kinds/index.ts';
import { KNOWN_ISSUES } from '../../server/src/core/knowledge/issues/index.ts';
import { judgeVersion } from '../../server/src/core/knowledge/issueVersions.ts';

describe('the version of Flink', () => {
  for (const [text, expected] of [
    ['1.13.6', '1.13.6'],
    [' 1.13.6 ', '1.13.6'],
    ['v1.17.2', '1.17.2'],
    ['Flink 1.19', '1.19'],
    ['1.19-SNAPSHOT', '1.19-SNAPSHOT'],
    ['1.15.3-amzn-0', '1.15.3-amzn-0'],
    ['', null],
    ['  ', null],
    ['latest', null],
    ['2', null],
  ] as const)
    it(`is read from "${text}" as ${expected}`, () => assert.equal(readVersion(text), expected));

  it('of the setting stands for itself alone, and for nothing where none can be read', () => {
    assert.deepEqual(versionSet(' 1.13.6 '), { range: '1.13.6', evidence: 'setting', candidates: ['1.13.6'] });
    assert.equal(versionSet('newest'), null);
  });

  it('is ordered by number; before a release come its development versions, a vendor name behind it changes nothing', () => {
    const ordered = ['1.9.3', '1.10.0', '1.19-SNAPSHOT', '1.19', '1.19.1-rc1', '1.19.1', '2.0-preview1', '2.0.0'];
    assert.deepEqual([...ordered].reverse().sort(compareVersions), ordered);
    assert.equal(compareVersions('1.13', '1.13.0'), 0);
    assert.equal(compareVersions('1.15.3-amzn-0', '1.15.3'), 0);
    assert.ok(compareVersions('1.19-SNAPSHOT', '1.19.0') < 0);
    assert.ok(isPreRelease('1.19-SNAPSHOT') && isPreRelease('1.13.0-rc2') && !isPreRelease('1.15.3-amzn-0'));
  });

  it('belongs to a line whatever stands behind its numbers', () => {
    assert.deepEqual(['1.13.6', '1.13-SNAPSHOT', '1.15.3-amzn-0', '2.0'].map(lineOf), ['1.13', '1.13', '1.15', '2.0']);
  });

  it('of a development version decides nothing about a fix that came with its release', () => {
    const issue = KNOWN_ISSUES.find((one) => one.key === 'FLINK-22946');
    assert.ok(issue !== undefined);
    const judged = ['1.13.1', ' 1.13.6 ', '1.13.1-amzn-0', '1.13.2-SNAPSHOT', '1.13.0-SNAPSHOT', '1.18-SNAPSHOT'].map((text) =>
      judgeVersion(issue, versionSet(text)),
    );
    assert.deepEqual(judged, ['affected', 'fixed', 'affected', 'possible', 'affected', 'fixed']);
  });

  it('that a compiled plan names is told by the plan', async () => {
    const text = JSON.stringify({
      flinkVersion: '1.18',
      nodes: [{ id: 1, type: 'stream-exec-values_1', tuples: [[]], outputType: 'ROW<`A` INT>', description: 'Values(tuples=[[]])' }],
      edges: [],
    });
    const plan = await analyse({ uri: 'file:///plan.json', text });
    assert.equal(plan.kind, 'job-graph');
    assert.deepEqual(plan.flinkVersion, { range: '1.18', evidence: 'plan', candidates: ['1.18'] });
    const settings = { ...DEFAULT_SETTINGS, 'logjam.flinkVersion': ' 1.19.1 ' };
    const set = await analyse({ uri: 'file:///plan.json', text }, { settings, checkpoint: NO_CHECKPOINT });
    assert.deepEqual(set.flinkVersion, { range: '1.19.1', evidence: 'setting', candidates: ['1.19.1'] });
  });
});
