// The single executable, where no Node is to be found.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HERE, makeExecutable } from '../../scripts/lib/executable.mjs';
import { at } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/process.mjs';

describe('the executable', function () {
  this.timeout(180_000);
  let folder: string;
  let program: string;

  /** Started with nothing but what is said. */
  const logjam = (args: string[], env: Record<string, string> = {}) =>
    run(program, args, { cwd: folder, quiet: true, timeout: 60_000, env: { PATH: '/nonexistent', TMPDIR: folder, ...env } });
  const kept = (home: string) => {
    const [id = ''] = readdirSync(path.join(home, 'logjam'));
    return path.join(home, 'logjam', id);
  };

  before(async function () {
    if (HERE === undefined) this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-executable-'));
    program = await makeExecutable(HERE, folder);
    cpSync(at('demo/1-deadlock'), path.join(folder, 'incident'), { recursive: true });
  });
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  it('checks, draws and answers assistants, each from the files that the first start has kept', async () => {
    const home = path.join(folder, 'kept');
    const env = { XDG_CACHE_HOME: home };
    const checked = await logjam(['check', 'incident'], env);
    assert.equal(checked.code, 1, checked.stderr);
    assert.match(checked.stdout, /verdict \(proved\): Deadlock/);
    assert.match((await logjam(['graph', 'incident/taskmanager-jstack.txt'], env)).stdout, /^<svg /);
    assert.match((await logjam(['ask', 'open', 'incident'], env)).stdout, /"rule": "deadlock"/);
    assert.deepEqual(readdirSync(path.join(home, 'logjam')).length, 1);
    const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    assert.equal((await logjam(['--version'], env)).stdout, `${version}\n`);
  });

  it('mends what was kept when some of it is gone', async () => {
    const home = path.join(folder, 'damaged');
    const env = { XDG_CACHE_HOME: home };
    await logjam(['check', 'incident'], env);
    const script = path.join(kept(home), 'dist/server/threads.js');
    writeFileSync(script, 'half of it');
    assert.equal((await logjam(['check', 'incident'], env)).code, 1);
    assert.ok(readFileSync(script).length > 1000);
  });

  it('runs where nothing can be kept, and leaves nothing', async () => {
    const file = path.join(folder, 'no-folder');
    writeFileSync(file, '');
    const before = readdirSync(folder);
    const checked = await logjam(['check', 'incident'], { XDG_CACHE_HOME: file });
    assert.equal(checked.code, 1, checked.stderr);
    assert.deepEqual(readdirSync(folder), before);
  });

  it('has its checksum and the licences of all that is in it beside it', () => {
    const sum = createHash('sha256').update(readFileSync(program)).digest('hex');
    assert.equal(readFileSync(`${program}.sha256`, 'utf8'), `${sum}  ${path.basename(program)}\n`);
    const licences = readFileSync(`${program}.licences.txt`, 'utf8');
    assert.match(licences, /elkjs/);
    assert.match(licences, /Node\.js is licensed for use as follows/);
    assert.ok(!existsSync(path.join(folder, `.${HERE}`)));
  });
});
