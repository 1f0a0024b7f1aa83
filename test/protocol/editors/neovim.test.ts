// A real editor that is not VS Code, where it is installed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { at } from '../../../scripts/lib/paths.mjs';
import { run } from '../../../scripts/lib/process.mjs';

describe('Neovim', function () {
  this.timeout(120_000);

  it('has findings, hovers, definitions, actions and an outline', async function () {
    if (spawnSync('nvim', ['--version']).status !== 0) this.skip();
    const script = at('test/protocol/editors/neovim.lua');
    const { stdout, stderr } = await run(
      'nvim',
      ['--headless', '-u', 'NONE', '-n', '-i', 'NONE', at('demo/1-deadlock/taskmanager-jstack.txt'), '-c', `luafile ${script}`],
      { quiet: true, timeout: 100_000, env: { ...process.env, LOGJAM_NODE: process.execPath, LOGJAM_CLI: at('dist/cli/logjam.js') } },
    );
    const { diagnostics, hover, definition, actions, symbols } = JSON.parse(stdout || stderr);
    assert.match(diagnostics[0].message, /FLINK-22946|Deadlock of 2 threads/);
    assert.match(hover.contents.value, /^\*\*FLINK-22946: /);
    assert.ok([definition].flat().length > 0);
    assert.ok(actions.length > 0 && symbols.length > 0);
  });
});
