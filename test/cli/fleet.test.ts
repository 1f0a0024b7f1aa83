// Files that come over standard input, a digest a line for each: what workers of a fleet run.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import type { Incident } from '../../common/incident.ts';
import { at } from '../../scripts/lib/paths.mjs';
import type { Digest } from '../../server/src/core/incident/digest/model.ts';
import { generateFleet } from '../bench/fleetGenerator.ts';
import { logjam, logjamJson } from './harness.ts';

const RECORDINGS = 'test/fixtures/flink/2.3.0';
const filesIn = (folder: string): string[] =>
  readdirSync(at(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(at('.'), path.join(entry.parentPath, entry.name)))
    .sort();

const FOLDER = `${RECORDINGS}/convoy`;
const FILES = filesIn(FOLDER);

const frame = (name: string, bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from(`${JSON.stringify({ name, bytes: bytes.length })}\n`), bytes]);
const frames = (files: readonly (readonly [name: string, bytes: Uint8Array])[]) => Buffer.concat(files.map(([name, bytes]) => frame(name, bytes)));
const linesOf = (text: string): Digest[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const namesIn = ({ sources, unread }: Digest) => [...sources.flatMap(({ names }) => names), ...unread.map(({ name, why }) => `${name}: ${why}`)];

describe('digests of files that come over standard input', function () {
  this.timeout(60_000);

  // Some documents of slots-missing are told by their names.
  for (const folder of ['convoy', 'slots-missing']) {
    it(`merge to that of the folder, as paths and as frames: ${folder}`, async () => {
      const files = filesIn(`${RECORDINGS}/${folder}`);
      const whole = await logjam(['digest', `${RECORDINGS}/${folder}`]);
      const paths = await logjam(['digest', '--paths'], { input: `${files.join('\n')}\n` });
      const framed = await logjam(['digest', '--frames'], { input: frames(files.map((name) => [name, readFileSync(at(name))])) });
      for (const { code, stdout, stderr } of [paths, framed]) {
        assert.deepEqual([code, stderr, linesOf(stdout).length], [0, '', files.length]);
        assert.equal((await logjam(['merge', '-'], { input: stdout })).stdout, whole.stdout);
      }
    });
  }

  it('are in their order, say what was not read, and go on', async () => {
    const log = readFileSync(at(FOLDER, 'taskmanager.log'));
    const { code, stdout } = await logjam(['digest', '--frames'], {
      input: frames([
        ['host-1/damaged.zip', Buffer.from('PK\x03\x04 and no more')],
        ['host-1/taskmanager.log.gz', gzipSync(log)],
        ['notes.txt', Buffer.from('nothing of ours')],
        ['none.log', Buffer.alloc(0)],
        ['host-2/taskmanager.log', log],
      ]),
    });
    assert.equal(code, 0);
    const read = linesOf(stdout).map(namesIn);
    assert.match(read[0]?.[0] ?? '', /^host-1\/damaged\.zip: /);
    assert.deepEqual([read[1], read[4]], [['host-1/taskmanager.log.gz'], ['host-2/taskmanager.log']]);
    assert.match(read[2]?.[0] ?? '', /^notes\.txt/);
  });

  it('go to the file of --output, and to standard output nothing', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'logjam-fleet-'));
    try {
      const input = `${filesIn(FOLDER).join('\n')}\n`;
      const file = path.join(folder, 'fleet.digest');
      const { stdout } = await logjam(['digest', '--paths'], { input });
      const written = await logjam(['digest', '--paths', '--output', file], { input });
      assert.deepEqual([written.code, written.stdout, readFileSync(file, 'utf8')], [0, '', stdout]);
      const nowhere = await logjam(['digest', '--paths', '-o', path.join(folder, 'none/fleet.digest')], { input });
      assert.deepEqual([nowhere.code, nowhere.stdout], [2, '']);
      assert.match(nowhere.stderr, /fleet\.digest is not written: no such file or folder/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('name a file whose frame is cut off, and say that the input was not whole', async () => {
    const whole = frame('a.log', readFileSync(at(FOLDER, 'taskmanager.log')));
    const { code, stdout } = await logjam(['digest', '--frames'], { input: Buffer.concat([whole, whole.subarray(0, 2000)]) });
    assert.equal(code, 2);
    assert.deepEqual(linesOf(stdout).map(namesIn), [['a.log'], ['a.log: the input ends in the middle of it']]);
  });

  it('end where no frame stands, with what was read before', async () => {
    const input = Buffer.concat([frame('a.log', readFileSync(at(FOLDER, 'taskmanager.log'))), Buffer.from('2026-11-30 a log\n')]);
    const { code, stdout, stderr } = await logjam(['digest', '--frames'], { input });
    assert.equal(code, 2);
    assert.equal(linesOf(stdout).length, 1);
    assert.equal(stderr, 'logjam: no frame: a line {"name": …, "bytes": N} was expected, not "2026-11-30 a log"\n');
    assert.equal((await logjam(['digest', '--paths', FOLDER])).code, 2);
  });

  it('leave out what ends the thread or holds it up, and read all others', async () => {
    const text = readFileSync(at('demo/1-deadlock/taskmanager-jstack.txt'), 'utf8');
    const packed = zipSync({ 'one.txt': strToU8(`${text}\nEND-THE-THREAD\n`), 'two.txt': strToU8(text) });
    const { code, stdout } = await logjam(['digest', '--frames', '--setting', 'analysis.timeLimit=3'], {
      node: ['--require', at('test/protocol/hostile.cjs')],
      input: frames([
        ['a.txt', Buffer.from(`${text}\nSPIN-FOREVER\n`)],
        ['b.txt', Buffer.from(text)],
        ['c.zip', packed],
        ['d.txt', Buffer.from(text)],
      ]),
    });
    assert.equal(code, 0);
    const read = linesOf(stdout).map(namesIn);
    assert.match(read[0]?.[0] ?? '', /^a\.txt: took longer than 3 s/);
    assert.deepEqual(read[1], ['b.txt']);
    assert.match(read[2]?.join('\n') ?? '', /^c\.zip!two\.txt\nc\.zip: c\.zip!one\.txt: ended the process/);
    assert.deepEqual(read[3], ['d.txt']);
  });
});

describe('a fleet of TaskManagers whose clocks differ', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-fleet-'));
  const truth = generateFleet(folder, 90, 900_000);
  after(() => rmSync(folder, { recursive: true }));

  it('has its first failure and all that follow from it named, and nobody else', async () => {
    const { value } = await logjamJson<Incident>(['report', folder]);
    const { verdict, axis } = value;
    assert.deepEqual([verdict.code, verdict.certainty], ['first-failure', 'proved']);
    assert.match(verdict.evidence[0]?.text ?? '', new RegExp(truth.first.cause));
    assert.equal(path.relative(folder, verdict.evidence[0]?.at?.source ?? ''), truth.first.file);
    const failed = (kind: string) =>
      axis.entries.filter((entry) => entry.kind === kind).map(({ text }) => text.replace(/^Subtask (\d+\/\d+) of (.*?) failed.*$/s, '$2 ($1)'));
    assert.deepEqual(failed('failure'), [truth.first.subtask]);
    assert.deepEqual(failed('consequence').sort(), truth.followers);
    assert.deepEqual(
      axis.entries.filter(({ kind }) => kind === 'pause').map(({ process }) => path.relative(folder, process ?? '')),
      truth.paused,
    );
  });

  it('is the same to the byte however many workers have read it', async () => {
    const whole = await logjam(['digest', folder]);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const workers = await Promise.all(
      [0, 1, 2].map((worker) => logjam(['digest', '--paths'], { input: files.filter((_, at) => at % 3 === worker).join('\n') })),
    );
    const merged = await logjam(['merge', '-'], { input: workers.map(({ stdout }) => stdout).join('') });
    assert.equal(merged.stdout, whole.stdout);
  });
});

describe('logjam merge', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-merge-'));
  after(() => rmSync(scratch, { recursive: true }));

  it('takes files of many lines, packed ones too, and names the lines that are none', async () => {
    const { stdout } = await logjam(['digest', '--paths'], { input: FILES.join('\n') });
    const lines = stdout.trimEnd().split('\n');
    const half = lines.length >> 1;
    const [one, other] = ['one.digests', 'other.digests.gz'].map((name) => path.join(scratch, name)) as [string, string];
    writeFileSync(one, [...lines.slice(0, half), 'no digest', ''].join('\n'));
    writeFileSync(other, gzipSync(lines.slice(half - 3).join('\n')));
    const merged = await logjam(['merge', one, other]);
    assert.equal(merged.code, 2);
    assert.match(merged.stderr, new RegExp(`one\\.digests, line ${half + 1}: not a digest`));
    assert.equal(merged.stdout, (await logjam(['digest', FOLDER])).stdout);
  });
});
