// A file that the analysis does not come to an end with, or that ends its thread: it is named, and every other one is told.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { at } from '../../scripts/lib/paths.mjs';
import { logjam } from './harness.ts';

const DUMP = at('demo/1-deadlock/taskmanager-jstack.txt');
/** Puts the faults into the analysis. */
const node = ['--require', at('test/protocol/hostile.cjs')];
const LIMIT = ['--setting', 'analysis.timeLimit=3'];

describe('a file that the command line does not come to an end with', function () {
  this.timeout(60_000);
  let folder: string;
  const inside = (name: string) => path.join(folder, name);

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-stopped-'));
    const text = readFileSync(DUMP, 'utf8');
    for (const name of ['a.txt', 'c.txt', 'e.txt']) copyFileSync(DUMP, inside(name));
    writeFileSync(inside('b.txt'), `${text}\nSPIN-FOREVER\n`);
    writeFileSync(inside('d.txt'), `${text}\nEND-THE-THREAD\n`);
    writeFileSync(inside('f.zip'), zipSync({ 'one.txt': strToU8(`${text}\nSPIN-FOREVER\n`), 'two.txt': strToU8(text) }));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('check says so and tells all others once, those of an archive too', async () => {
    const { code, stdout, stderr } = await logjam(['check', folder, ...LIMIT], { node });
    assert.equal(code, 2);
    assert.deepEqual(
      stdout
        .split('\n')
        .flatMap((line) => /([\w.]+(?:[/:!]\w+\.txt)?): thread-dump/.exec(line)?.[1] ?? [])
        .map((name) => name.replace(/^.*[/:!]/, '')),
      ['a.txt', 'c.txt', 'e.txt', 'two.txt'],
    );
    assert.match(stderr, /b\.txt: took longer than 3 s and was stopped; the setting logjam\.analysis\.timeLimit allows more/);
    assert.match(stderr, /d\.txt: ended the process that it ran in \(exit code 7\)/);
    assert.match(stderr, /one\.txt: took longer than 3 s/);
    assert.equal(stderr.match(/b\.txt/g)?.length, 1);
  });

  it('JSON names it among the failures', async () => {
    const { code, stdout } = await logjam(['check', inside('a.txt'), inside('b.txt'), '--format', 'json', ...LIMIT], { node });
    const { files, failures } = JSON.parse(stdout);
    assert.equal(code, 2);
    assert.deepEqual([files.length, failures.length], [1, 1]);
    assert.match(failures[0].message, /^took longer than 3 s/);
  });

  it('report, relations and graph end', async () => {
    for (const command of ['report', 'relations', 'graph']) {
      const { code, stderr } = await logjam([command, inside('b.txt'), ...LIMIT], { node });
      assert.equal(code, 2, command);
      assert.match(stderr, /took longer than 3 s/, command);
    }
  });

  it('standard input is read once', async () => {
    const { code, stdout, stderr } = await logjam(['check', inside('b.txt'), '-', ...LIMIT], { node, input: readFileSync(DUMP, 'utf8') });
    assert.equal(code, 2);
    assert.match(stdout, /^-: thread-dump/m);
    assert.match(stderr, /b\.txt: took longer/);
  });
});
