// `logjam report`, `digest` and `merge` on folders, archives and folders that mean no good.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { zipSync } from 'fflate';
import type { Incident } from '../../common/incident.ts';
import { at } from '../../scripts/lib/paths.mjs';
import { logjam, logjamJson } from './harness.ts';

const FOLDER = 'test/fixtures/flink/2.3.0/monitor-deadlock';
const read = (name: string) => readFileSync(at(FOLDER, name));

describe('logjam report on several files', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-incident-'));
  after(() => rmSync(scratch, { recursive: true }));

  it('is one page, whose first sentence names the cause', async () => {
    const { code, stdout } = await logjam(['report', FOLDER]);
    assert.equal(code, 0);
    assert.match(stdout, /^\*\*Deadlock: "(?:debit|credit)" and "(?:debit|credit)" wait for each other\.\*\* \(proved\)$/m);
    assert.match(stdout, /^\*\*Next:\*\* `logjam graph test\/fixtures\/flink\/2\.3\.0\/monitor-deadlock\/taskmanager-\S+ --view lock-wait/m);
    assert.match(stdout, /<summary>Time axis: /);
  });

  it('is JSON that its schema allows, and one file of HTML without anything from elsewhere', async () => {
    const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(at('docs/incident.schema.json'), 'utf8')));
    for (const folder of [FOLDER, 'test/fixtures/flink/1.18.1/taskmanager-killed', 'test/fixtures/flink/2.3.0/sql-explain', 'demo']) {
      const { value } = await logjamJson<Incident>(['report', folder]);
      assert.equal(validate(value), true, `${folder}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
    }
    const { stdout } = await logjam(['report', FOLDER, '--format', 'html']);
    assert.match(stdout, /^<!doctype html>/);
    assert.doesNotMatch(stdout, /<script|<link|src=|@import|url\(/);
    assert.match(stdout, /<strong>Deadlock: /);
  });

  it('is the same where threads read the files as where each is read for itself', async () => {
    const folder = path.join(scratch, 'large');
    mkdirSync(folder);
    const lines = read('taskmanager.log').toString('utf8');
    const names = ['a.log', 'b.log', 'c.log', 'd.log'].map((name) => path.join(folder, name));
    for (const [index, name] of names.entries()) writeFileSync(name, `${lines}\n`.repeat(Math.ceil(9e6 / lines.length) + index));
    writeFileSync(path.join(folder, 'broken.zip'), Buffer.from('PK\x03\x04 and no more'));
    const whole = await logjam(['digest', folder]);
    const parts = await Promise.all([...names, path.join(folder, 'broken.zip')].map((name) => logjam(['digest', name])));
    const merged = await logjam(['merge', '-'], { input: parts.map(({ stdout }) => stdout).join('') });
    assert.equal(whole.code, 2);
    assert.deepEqual(JSON.parse(whole.stdout).sources, JSON.parse(merged.stdout).sources);
    assert.match(whole.stderr, /broken\.zip/);
  });

  it('of one file is the report of that file', async () => {
    const { stdout } = await logjam(['report', `${FOLDER}/taskmanager-jstack-l.txt`]);
    assert.doesNotMatch(stdout, /## Coverage/);
  });

  it('is the same for a folder, an archive, and digests that are merged', async () => {
    const zip = path.join(scratch, 'all.zip');
    const names = ['jobmanager.log', 'taskmanager.log', 'taskmanager-jstack-l.txt', 'plan.json'];
    writeFileSync(zip, zipSync(Object.fromEntries(names.map((name) => [`in/${name}`, read(name)]))));
    const whole = await logjamJson<Incident>(['report', zip]);
    assert.equal(whole.value.verdict.code, 'deadlock');
    assert.equal(whole.value.coverage.read.length, 4);
    const parts = await Promise.all(names.map((name) => logjam(['digest', `${FOLDER}/${name}`])));
    const files = parts.map(({ stdout }, index) => {
      const file = path.join(scratch, `part-${index}.json`);
      writeFileSync(file, stdout);
      return file;
    });
    const merged = await logjam(['merge', ...files]);
    const again = await logjam(['merge', '-'], {
      input: [...parts]
        .reverse()
        .map(({ stdout }) => stdout)
        .join(''),
    });
    assert.equal(merged.code, 0);
    assert.equal(again.stdout, merged.stdout);
    const sums = path.join(scratch, 'all.digest');
    writeFileSync(sums, merged.stdout);
    const fromDigests = await logjamJson<Incident>(['report', sums]);
    assert.deepEqual(fromDigests.value.verdict.sentence, whole.value.verdict.sentence);
    assert.deepEqual(
      fromDigests.value.findings.map(({ message }) => message),
      whole.value.findings.map(({ message }) => message),
    );
  });

  it('check on a folder says the verdict last', async () => {
    const { stdout } = await logjam(['check', FOLDER]);
    assert.match(stdout, /\nverdict \(proved\): Deadlock: .*\nnext: logjam graph .*\n$/);
    const { value } = await logjamJson<{ verdict?: { code: string } }>(['check', FOLDER]);
    assert.equal(value.verdict?.code, 'deadlock');
  });

  it('what is no digest is refused in one line', async () => {
    const { code, stderr } = await logjam(['merge', 'package.json']);
    assert.equal(code, 2);
    assert.match(stderr, /package\.json: not a digest as "logjam digest" writes it/);
    const file = path.join(scratch, 'odd.json');
    writeFileSync(file, '{"schema":1,"sources":[{"id":"1","kind":"flink-log","names":["a"],"findings":[],"body":{}}],"counted":[],"unread":[]}\n');
    const odd = await logjam(['report', file, '--format', 'json']);
    assert.equal(odd.code, 2);
    assert.match(odd.stderr, /odd\.json, line 1: its digest is damaged, or another version of Logjam wrote it/);
  });
});

describe('folders that mean no good', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-hostile-'));
  after(() => rmSync(folder, { recursive: true }));

  it('one damaged file among good ones, links in circles, archives in archives: the good ones are read, the rest is listed', async () => {
    for (const name of ['jobmanager.log', 'taskmanager.log', 'taskmanager-jstack-l.txt']) writeFileSync(path.join(folder, name), read(name));
    writeFileSync(path.join(folder, 'damaged.log.gz'), gzipSync(read('jobmanager.log')).subarray(0, 3000));
    writeFileSync(path.join(folder, 'noise.bin'), Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256)));
    writeFileSync(path.join(folder, 'broken.zip'), Buffer.from('PK\u0003\u0004 no archive'));
    const inner = zipSync({ 'dump.txt': read('taskmanager-jcmd.txt') });
    writeFileSync(path.join(folder, 'outer.zip'), zipSync({ 'inner.zip': inner }));
    mkdirSync(path.join(folder, 'circle'));
    symlinkSync(folder, path.join(folder, 'circle', 'back'));
    symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'gone.log'));
    const { value, code } = await logjamJson<Incident>(['report', folder]);
    assert.equal(code, 2);
    assert.equal(value.verdict.code, 'deadlock');
    const readNames = value.coverage.read.map(({ source }) => path.basename(source));
    for (const name of ['jobmanager.log', 'taskmanager.log', 'taskmanager-jstack-l.txt']) assert.ok(readNames.includes(name), name);
    const unread = value.coverage.unread.map(({ source, why }) => `${source}: ${why}`).join('\n');
    for (const name of ['damaged.log.gz', 'noise.bin', 'broken.zip', 'gone.log', 'back']) assert.ok(unread.includes(name), `${name}\n${unread}`);
  });

  it('a hundred thousand files: those nearest are read, and that there are more is said', async () => {
    const many = mkdtempSync(path.join(tmpdir(), 'logjam-many-'));
    try {
      writeFileSync(path.join(many, '0-jobmanager.log'), read('jobmanager.log'));
      writeFileSync(path.join(many, '0-taskmanager-jstack-l.txt'), read('taskmanager-jstack-l.txt'));
      for (let i = 0; i < 100; i++) {
        const part = path.join(many, `part-${i}`);
        mkdirSync(part);
        for (let j = 0; j < 1000; j++) writeFileSync(path.join(part, `f${j}`), '');
      }
      const { value } = await logjamJson<Incident>(['report', many], { timeout: 170_000 });
      assert.equal(value.verdict.code, 'deadlock');
      assert.ok(value.coverage.unread.some(({ why }) => /more than 10000 files/.test(why)));
    } finally {
      rmSync(many, { recursive: true });
    }
  }).timeout(180_000);
});
