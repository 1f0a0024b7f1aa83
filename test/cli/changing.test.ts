// Files that change while they are read: what could not be read is named and the exit code is 2, the others are read.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../scripts/lib/paths.mjs';
import { logjam } from './harness.ts';

const LOG = readFileSync(at('test/fixtures/flink/1.20.3/failing-sink/taskmanager.log'), 'utf8');
const node = ['--require', at('test/support/changing.cjs')];
/** Above it a log is read as a stream. */
const STREAMED = 51 << 20;

describe('files that change while they are read', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-changing-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const LARGE = LOG.repeat(Math.ceil(STREAMED / LOG.length));
  for (const [how, code, said] of [
    ['vanishes', 2, /no such file or folder/],
    ['shrinks', 2, /it became shorter while it was read/],
    ['grows', 1, /^$/],
  ] as const) {
    for (const [size, text] of [
      ['', LOG],
      [', as a stream', LARGE],
    ] as const)
      it(`one that ${how}${size}`, async () => {
        const file = path.join(folder, `${how}.log`);
        writeFileSync(file, text);
        const result = await logjam(['check', file], { node, timeout: 100_000 });
        assert.equal(result.code, code, result.stderr);
        assert.match(result.stderr, said);
        assert.equal(/error/.test(result.stdout), code === 1, result.stdout);
      });

    for (const command of [['check'], ['report'], ['relations', '--together']])
      it(`one that ${how}, among others of a folder: ${command.join(' ')}`, async () => {
        writeFileSync(path.join(folder, `${how}.log`), LOG);
        writeFileSync(path.join(folder, 'taskmanager.log'), LOG);
        const result = await logjam([...command, folder], { node });
        assert.match(result.stdout + result.stderr, code === 2 ? said : /Sink/);
        assert.match(result.stdout, /Sink/);
        assert.equal(result.code === 2, code === 2, result.stderr);
      });
  }
});
