// A real editor that is not VS Code, where it is installed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { run } from '../../../scripts/lib/process.mjs';
import { installedIn, sectionOf } from './readme.ts';

/** The minor version of Neovim 0; null where there is none. */
function version(): number | null {
  const { status, stdout } = spawnSync('nvim', ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number(/v0\.(\d+)/.exec(stdout)?.[1]) : null;
}

describe('Neovim', function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-neovim-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** @param settings the file of settings, NONE for none */
  async function holds(settings: string): Promise<void> {
    const script = at('test/protocol/editors/neovim.lua');
    const { stdout, stderr } = await run(
      'nvim',
      ['--headless', '-u', settings, '-n', '-i', 'NONE', at('demo/1-deadlock/taskmanager-jstack.txt'), '-c', `luafile ${script}`],
      { quiet: true, timeout: 100_000, env: installedIn(folder) },
    );
    const { diagnostics, hover, definition, actions, symbols } = JSON.parse(stdout || stderr);
    assert.match(diagnostics[0].message, /FLINK-22946|Deadlock of 2 threads/);
    assert.match(hover.contents.value, /^\*\*FLINK-22946: /);
    assert.ok([definition].flat().length > 0);
    assert.ok(actions.length > 0 && symbols.length > 0);
  }

  it('has findings, hovers, definitions, actions and an outline', async function () {
    if (version() === null) this.skip();
    await holds('NONE');
  });

  it('has them with the settings of README.md, from 0.11 on', async function () {
    if ((version() ?? 0) < 11) this.skip();
    const settings = path.join(folder, 'init.lua');
    writeFileSync(settings, sectionOf('In Neovim 0.11 or newer:', 'lua'));
    await holds(settings);
  });
});
