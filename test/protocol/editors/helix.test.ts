// Helix in a terminal of tmux, with the settings of README.md, where both are installed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { at } from '../../../scripts/lib/paths.mjs';
import { installedIn, sectionOf } from './readme.ts';

const STEP = 250;
const TRIES = 120;

const isThere = (program: string, argument: string): boolean => spawnSync(program, [argument]).status === 0;

describe('Helix', function () {
  this.timeout(200_000);
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-helix-'));
    mkdirSync(path.join(folder, 'helix'));
    writeFileSync(path.join(folder, 'helix/languages.toml'), sectionOf('In Helix, in `languages.toml`:', 'toml'));
    env = { ...installedIn(folder), XDG_CONFIG_HOME: folder, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' };
  });
  after(() => rmSync(folder, { recursive: true }));

  const tmux = (...args: string[]): string => spawnSync('tmux', ['-S', path.join(folder, 'socket'), ...args], { encoding: 'utf8', env }).stdout;

  /** Types the keys and waits until the screen shows the words. */
  async function shows(words: RegExp, ...keys: string[]): Promise<void> {
    if (keys.length > 0) tmux('send-keys', ...keys);
    let screen = '';
    for (let left = TRIES; left > 0; left--) {
      screen = tmux('capture-pane', '-p');
      if (words.test(screen)) return;
      await setTimeout(STEP);
    }
    assert.fail(`${words} does not show:\n${screen}`);
  }

  /** Keys that come at once behind Escape would be read together with it. */
  async function leave(): Promise<void> {
    tmux('send-keys', 'Escape');
    await setTimeout(STEP);
  }

  it('has findings, hovers, actions and definitions', async function () {
    if (!isThere('hx', '--version') || !isThere('tmux', '-V')) this.skip();
    tmux('-f', '/dev/null', 'new-session', '-d', '-x', '130', '-y', '40', 'hx', at('demo/1-deadlock/taskmanager-jstack.txt'));
    try {
      await shows(/● 2/);
      await shows(/> ERROR +logjam +deadlock/, ' D');
      await shows(/98:\d+/, 'Enter');
      await shows(/Deadlock: this lock is part of a cycle of 2 threads/, ' k');
      await leave();
      await shows(/Move recycleBuffer outside the synchronized block/, ' a');
      await leave();
      await shows(/ 143:\d+/, 'gd');
    } finally {
      tmux('kill-server');
    }
  });
});
