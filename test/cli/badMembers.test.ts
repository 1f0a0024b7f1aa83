// A folder with members that nobody can read, or that never come to an end: the others are read and these are named.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { at } from '../../scripts/lib/paths.mjs';
import { logjam, logjamJson } from './harness.ts';

const LOG = at('test/fixtures/flink/1.20.3/failing-sink/taskmanager.log');

describe('a folder with bad members', function () {
  if (process.platform === 'win32') return;
  this.timeout(120_000);
  let folder: string;
  const inside = (name: string) => path.join(folder, name);

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-bad-'));
    copyFileSync(LOG, inside('taskmanager.log'));
    mkdirSync(inside('more'));
    execFileSync('mkfifo', [inside('pipe.log')]);
    symlinkSync('/nowhere', inside('gone.log'));
    symlinkSync('/dev/zero', inside('zero.log'));
    symlinkSync('..', inside('more/circle'));
    symlinkSync('../taskmanager.log', inside('more/linked.log'));
    writeFileSync(inside('sparse.bin'), '');
    truncateSync(inside('sparse.bin'), 700_000_000);
    const zip = zipSync({ a: strToU8('first\n'), b: strToU8('other\n') }, { level: 0 });
    const view = new DataView(zip.buffer);
    for (let byte = 0; byte + 46 < zip.length; byte++) if (view.getUint32(byte, true) === 0x02014b50) view.setUint32(byte + 42, 0, true);
    writeFileSync(inside('bomb.zip'), zip);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is checked: the others are there, what could not be read is among the failures', async () => {
    const { value } = await logjamJson<{ files: { path: string; kind: string }[]; failures: { path: string }[] }>(['check', folder]);
    assert.deepEqual(
      value.files.map((file) => path.relative(folder, file.path)),
      // What a link leads to is read once, under its own name.
      ['taskmanager.log'],
    );
    assert.deepEqual(
      value.failures.map((failure) => path.relative(folder, failure.path)),
      ['bomb.zip'],
    );
  });

  for (const command of [['check'], ['report'], ['relations'], ['relations', '--together']])
    it(`is read by ${command.join(' ')}, and all that is left out is named`, async () => {
      const { code, stdout, stderr } = await logjam([...command, folder]);
      assert.equal(code, 2);
      assert.match(stdout, /taskmanager\.log|Sink/);
      for (const name of ['bomb.zip', 'pipe.log', 'gone.log', 'zero.log', 'circle']) assert.ok(stderr.includes(name), `${name}:\n${stderr}`);
    });

  for (const name of ['pipe.log', 'zero.log'])
    it(`a ${name} that is named is refused at once`, async () => {
      const { code, stderr } = await logjam(['check', inside(name)]);
      assert.equal(code, 2);
      assert.match(stderr, /a device, a pipe or a socket, not a file/);
    });
});
