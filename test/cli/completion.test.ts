// What shells complete, asked of the shells themselves where they are installed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { logjam } from './harness.ts';

/** Prints what a shell completes behind a line, one a line. */
const ASKED: Record<string, (script: string, line: string) => string> = {
  bash: (script, line) =>
    `source ${script}; COMP_WORDS=(${line} ''); [[ "${line}" == *- || "${line}" != *' ' ]] && COMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _logjam; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (script, line) => `source ${script}; complete -C '${line}'`,
};

/** A shell complains of a locale that the machine does not have, which is not what is asked here. */
const ENV = { ...process.env, LC_ALL: 'C' };

describe('logjam completion', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-completion-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const shell of ['bash', 'zsh', 'fish']) {
    it(`is a script that ${shell} reads`, async function () {
      if (spawnSync(shell, ['--version']).status !== 0) this.skip();
      const { code, stdout } = await logjam(['completion', shell]);
      assert.equal(code, 0);
      const script = path.join(folder, `logjam.${shell}`);
      writeFileSync(script, stdout);
      assert.deepEqual(spawnSync(shell, ['-n', script], { encoding: 'utf8', env: ENV }).stderr, '');
      const asked = ASKED[shell];
      if (asked === undefined) return;
      const complete = (line: string) =>
        spawnSync(shell, ['-c', asked(script, line)], { encoding: 'utf8', cwd: folder, env: ENV })
          .stdout.split('\n')
          .map((one) => one.split('\t')[0]);
      assert.ok(complete('logjam rep').includes('report'), shell);
      assert.ok(complete('logjam check --').includes('--min-severity'), shell);
      assert.ok(!complete('logjam check --').includes('--together'), shell);
    });
  }

  it('says which shells there are', async () => {
    const { code, stderr } = await logjam(['completion', 'tcsh']);
    assert.equal(code, 2);
    assert.match(stderr, /bash, zsh, fish/);
  });
});
