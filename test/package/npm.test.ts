// The package for npm, installed where nothing else is.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packForNpm } from '../../scripts/lib/npmPackage.mjs';
import { at } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/process.mjs';

describe('the package for npm', function () {
  this.timeout(180_000);
  let folder: string;
  let installed: string;

  const logjam = (...args: string[]) => run(path.join(folder, 'node_modules/.bin/logjam'), args, { cwd: folder, quiet: true, timeout: 60_000 });

  before(async function () {
    if (process.platform === 'win32') this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-npm-'));
    const tarball = await packForNpm(path.join(folder, 'made'));
    const { code, stderr } = await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder, tarball], {
      cwd: folder,
      quiet: true,
    });
    assert.equal(code, 0, stderr);
    installed = path.join(folder, 'node_modules/logjam');
    mkdirSync(path.join(folder, 'incident'));
    for (const name of readdirSync(at('demo/1-deadlock'))) copyFileSync(at('demo/1-deadlock', name), path.join(folder, 'incident', name));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('needs no other package', () => {
    assert.deepEqual(
      readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.')),
      ['logjam'],
    );
    const { dependencies, scripts, description } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
    assert.deepEqual([dependencies, scripts], [undefined, undefined]);
    assert.match(description, / thread dumps/);
  });

  it('checks, draws and answers assistants', async () => {
    const checked = await logjam('check', 'incident');
    assert.equal(checked.code, 1);
    assert.match(checked.stdout, /verdict \(proved\): Deadlock/);
    assert.match((await logjam('graph', 'incident/taskmanager-jstack.txt')).stdout, /^<svg /);
    assert.match((await logjam('ask', 'open', 'incident')).stdout, /"rule": "deadlock"/);
  });

  it('leads nowhere that is not there', () => {
    const missing = [...readFileSync(path.join(installed, 'README.md'), 'utf8').matchAll(/\]\(<?([^)>\s#]+)(?:#[^)>\s]*)?>?\)/g)]
      .map((match) => match[1] as string)
      .filter((link) => !/^[a-z]+:/i.test(link))
      .filter((link) => !readdirSync(path.dirname(path.join(installed, link))).includes(path.basename(link)));
    assert.deepEqual(missing, []);
  });
});
