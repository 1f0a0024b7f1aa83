import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { compareVersions } from '../../../server/src/core/flinkVersion.ts';
import { KNOWN_ISSUES } from '../../../server/src/core/knowledge/issues/index.ts';
import TABLE from '../../../server/src/core/knowledge/releases.json' with { type: 'json' };
import FINGERPRINTS from '../../../server/src/core/knowledge/versionFingerprints.json' with { type: 'json' };
import {
  hasFix,
  inRanges,
  isNewerThanTable,
  nearestFix,
  RELEASES,
  rangesText,
  versionOfFrames,
} from '../../../server/src/core/knowledge/versions.ts';

describe('Flink versions', () => {
  for (const [version, ranges, expected] of [
    ['1.13.1', ['1.13.0-1.13.1'], true],
    ['1.13.2', ['1.13.0-1.13.1'], false],
    ['1.9.3', ['1.5-1.9'], true],
    ['1.10.0', ['1.5-1.9'], false],
    ['1.8.1', ['<=1.8.1'], true],
    ['1.8.2', ['<=1.8.1'], false],
    ['1.8.3', ['<=1.8'], true],
    ['2.0.1', ['2.0'], true],
    ['2.4.0', ['1.11.0-'], true],
    ['1.10.3', ['1.11.0-'], false],
  ] as const) {
    it(`${version} ${expected ? 'in' : 'not in'} ${ranges}`, () => assert.equal(inRanges(version, ranges), expected));
  }

  const FIXED = ['1.11.4', '1.12.5', '1.13.2', '1.14.0'];
  for (const [version, expected, target] of [
    ['1.13.1', false, '1.13.2'],
    ['1.13.2', true, '1.13.2'],
    ['1.12.4', false, '1.12.5'],
    ['1.10.0', false, '1.11.4'],
    ['1.15.0', true, null],
    ['2.1.0', true, null],
  ] as const) {
    it(`${version}: ${expected ? 'has' : 'lacks'} the fix, nearest ${target}`, () => {
      assert.equal(hasFix(version, FIXED), expected);
      assert.equal(nearestFix(version, FIXED), target);
    });
  }

  const frame = (className: string, method: string, line: number) => ({ className: `org.apache.flink.${className}`, method, line });
  it('tells 1.13.1 by the frames of FLINK-22946', () => {
    const version = versionOfFrames([
      frame('runtime.io.network.partition.consumer.BufferManager', 'recycle', 200),
      frame('runtime.io.network.buffer.LocalBufferPool', 'fireBufferAvailableNotification', 507),
      frame('streaming.runtime.tasks.StreamTask', 'invoke', 620),
      frame('runtime.taskmanager.Task', 'doRun', 779),
    ]);
    assert.deepEqual(version, { range: '1.13.1', evidence: 'frame-lines', candidates: ['1.13.1'] });
  });
  it('gives a range when one frame is all there is', () => {
    assert.equal(versionOfFrames([frame('runtime.io.network.partition.consumer.BufferManager', 'recycle', 200)])?.range, '1.13.0 - 1.13.1');
  });
  it('does not exclude releases whose lines were never looked up', () => {
    const version = versionOfFrames([frame('runtime.taskmanager.Task', 'doRun', 763), frame('runtime.taskmanager.Task', 'restoreAndInvoke', 949)]);
    assert.equal(version?.range, '1.20.0 - 1.20.5 or a later 1.20');
    assert.ok(version?.candidates.includes('1.20.3'));
  });
  it('leaves the future open', () => {
    assert.match(versionOfFrames([frame('runtime.taskmanager.Task', 'run', 579)])?.range ?? '', /^2\.3\.0 or later$/);
  });
  it('takes an unknown line of the one frame that every task has for a release that was not looked up', () => {
    const version = versionOfFrames([frame('runtime.taskmanager.Task', 'run', 4711), frame('runtime.taskmanager.Task', 'doRun', 763)]);
    assert.deepEqual(version?.candidates, ['1.20.1', '1.20.5']);
  });
  it('says nothing when frames contradict each other', () => {
    assert.equal(
      versionOfFrames([
        frame('runtime.io.network.partition.consumer.BufferManager', 'recycle', 200),
        frame('streaming.runtime.tasks.StreamTask', 'invoke', 753),
      ]),
      null,
    );
  });

  it('says ranges as a reader says them', () => {
    assert.equal(rangesText(['<=1.8.1', '1.9.0-1.9.2', '1.11.0-']), 'up to 1.8.1, 1.9.0-1.9.2, 1.11.0 and later');
  });
});

describe('the table of releases', () => {
  const DAYS_OF_USE = 150;

  it('is in the order of versions, each once', () => {
    assert.deepEqual([...RELEASES], [...new Set(RELEASES)].sort(compareVersions));
  });
  it('has every release that the rest of the knowledge names', () => {
    const named = [
      ...KNOWN_ISSUES.flatMap(({ affected, fixed }) => [...fixed, ...affected.flatMap((range) => range.replace('<=', '').split('-'))]),
      ...Object.values(FINGERPRINTS).flatMap((lines) => Object.values(lines).flat()),
    ].filter((version) => /^\d+\.\d+\.\d+$/.test(version));
    assert.deepEqual(
      named.filter((version) => !RELEASES.includes(version)),
      [],
    );
  });
  it('knows what came after it', () => {
    assert.deepEqual(['1.20.5', '1.20.6', '2.3.0', '2.3.1', '2.4.0', '1.13.7', '2.4-SNAPSHOT'].filter(isNewerThanTable), [
      '1.20.6',
      '2.3.1',
      '2.4.0',
      '1.13.7',
      '2.4-SNAPSHOT',
    ]);
  });
  it('is not old: npm run releases', function () {
    // A copy of the project is no checkout.
    const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%cs'], { encoding: 'utf8' });
    if (status !== 0) this.skip();
    const commit = stdout.trim();
    const days = (Date.parse(commit) - Date.parse(TABLE.asked)) / 86_400_000;
    assert.ok(days <= DAYS_OF_USE, `the table of ${TABLE.asked} (newest ${RELEASES.at(-1)}) is ${Math.round(days)} days older than the last commit`);
  });
});
