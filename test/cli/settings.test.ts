// The settings of the command line, and files that cannot be read beside others that can.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { at } from '../../scripts/lib/paths.mjs';
import { logjam, logjamJson } from './harness.ts';

const JSTACK = at('demo/1-deadlock/taskmanager-jstack.txt');
const RECORDING = at('test/fixtures/flink/1.20.3/heap-out-of-memory');

interface Report {
  files: { path: string; flinkVersion: { range: string; evidence: string } | null }[];
  failures?: { path: string; message: string }[];
}

describe('settings of the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-settings-'));
    mkdirSync(path.join(folder, 'a/b'), { recursive: true });
    for (const name of ['dump.txt', 'a/b/dump.txt']) copyFileSync(JSTACK, path.join(folder, name));
    writeFileSync(path.join(folder, 'a/.logjam.json'), JSON.stringify({ 'logjam.flinkVersion': '1.13.6' }));
  });
  after(() => rmSync(folder, { recursive: true }));

  const versions = async (...args: string[]) => {
    const { value } = await logjamJson<Report>(['check', ...['dump.txt', 'a/b/dump.txt'].map((name) => path.join(folder, name)), ...args]);
    return value.files.map(({ flinkVersion }) => flinkVersion?.range);
  };

  it('come from the nearest .logjam.json above a file, and from --setting before that', async () => {
    const [own, configured] = await versions();
    assert.notEqual(own, '1.13.6');
    assert.equal(configured, '1.13.6');
    assert.deepEqual(await versions('--setting', 'logjam.flinkVersion=1.14.0'), ['1.14.0', '1.14.0']);
    assert.deepEqual(await versions('--setting', 'flinkVersion=1.14.0'), ['1.14.0', '1.14.0']);
    assert.deepEqual(await versions('--flink-version', '1.15.1'), ['1.15.1', '1.15.1']);
  });

  for (const [assignment, message] of [
    ['nonsense=1', /there is no setting "nonsense"; the settings are logjam\.detect, /],
    ['longWaitThreads=many', /logjam\.longWaitThreads is a number, not "many"/],
    ['longWaitThreads=1', /logjam\.longWaitThreads is at least 2, not 1/],
    ['inlayHints=maybe', /logjam\.inlayHints is a boolean, not "maybe"/],
    ['flinkVersion', /"flinkVersion" is not a setting: write KEY=VALUE/],
  ] as const) {
    it(`--setting ${assignment} is bad usage`, async () => {
      const { code, stderr, stdout } = await logjam(['check', JSTACK, '--setting', assignment]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }

  it('what a configuration says wrongly is told, the rest of it holds', async () => {
    const config = path.join(folder, '.logjam.json');
    writeFileSync(config, JSON.stringify({ 'logjam.flinkVersion': '1.16.0', 'logjam.nonsense': 1, 'logjam.longWaitThreads': 'many' }));
    const { code, stdout, stderr } = await logjam(['check', path.join(folder, 'dump.txt')]);
    assert.equal(code, 2);
    assert.match(stdout, /Flink 1\.16\.0/);
    assert.match(stderr, /\.logjam\.json: there is no setting "logjam\.nonsense"/);
    assert.match(stderr, /\.logjam\.json: logjam\.longWaitThreads is a number, not "many"/);
    writeFileSync(config, '{');
    assert.match((await logjam(['check', path.join(folder, 'dump.txt')])).stderr, /\.logjam\.json: cannot be read: /);
    rmSync(config);
  });
});

describe('a file that cannot be read', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-batch-'));
    copyFileSync(path.join(RECORDING, 'jobmanager.log'), path.join(folder, 'jobmanager.log'));
    writeFileSync(path.join(folder, 'a-damaged.log.gz'), gzipSync('2026-01-01 10:00:00').subarray(0, 15));
  });
  after(() => rmSync(folder, { recursive: true }));
  const inFolder = (name: string) => path.join(folder, name);

  it('check: the others are reported, the failing ones are named', async () => {
    const args = ['check', inFolder('gone.log'), inFolder('a-damaged.log.gz'), inFolder('jobmanager.log')];
    const { code, value } = await logjamJson<Report>(args);
    assert.equal(code, 2);
    assert.deepEqual(
      value.files.map((file) => path.basename(file.path)),
      ['a-damaged.log.gz', 'jobmanager.log'],
    );
    assert.deepEqual(
      value.failures?.map((one) => path.basename(one.path)),
      ['gone.log'],
    );
    const text = await logjam(args);
    assert.match(text.stdout, /jobmanager\.log: flink-log/);
    assert.match(text.stderr, /a-damaged\.log\.gz: the gzip data is damaged/);
    assert.match(text.stderr, /gone\.log: there is no such file or folder/);
    const [run] = JSON.parse((await logjam([...args, '--format', 'sarif'])).stdout).runs;
    assert.equal(run.invocations[0].executionSuccessful, false);
  });

  it('report and relations: the same', async () => {
    const report = await logjam(['report', inFolder('gone.log'), inFolder('jobmanager.log')]);
    assert.equal(report.code, 2);
    assert.match(report.stdout, /^# /);
    assert.match(report.stderr, /gone\.log: there is no such file or folder/);
    const relations = await logjam(['relations', at('package.json'), inFolder('jobmanager.log')]);
    assert.equal(relations.code, 2);
    assert.match(relations.stdout, /^(?:YES|NO)/);
    assert.match(relations.stderr, /package\.json: relations are read from logs/);
  });
});
