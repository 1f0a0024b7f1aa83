// The steps of the GitHub Action, run as its runner does, with the built command line in the place of the published one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { at } from '../../scripts/lib/paths.mjs';

interface Action {
  inputs: Record<string, { default: string }>;
  runs: { steps: { run?: string; env?: Record<string, string> }[] };
}

const action = parse(readFileSync(at('action.yml'), 'utf8')) as Action;
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string };

describe('the GitHub Action', () => {
  let folder: string;

  before(function () {
    if (process.platform === 'win32') this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-action-'));
    mkdirSync(path.join(folder, 'src main'));
    copyFileSync(at('test/fixtures/java/ChannelBuffers.java'), path.join(folder, 'src main/ChannelBuffers.java'));
    const npx = path.join(folder, 'npx');
    writeFileSync(npx, `#!/bin/sh\necho "$2" > "${folder}/asked"\nshift 2\nexec "${process.execPath}" "${at('dist/cli/logjam.js')}" "$@"\n`);
    chmodSync(npx, 0o755);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** The exit code of the job, and what its steps put out. */
  function run(inputs: Record<string, string>): { code: number | null; outputs: string } {
    const output = path.join(folder, 'outputs');
    writeFileSync(output, '');
    const filled = (text: string): string =>
      text
        .replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? '')
        .replace(
          /\$\{\{ steps\.check\.outputs\.(\w+) \}\}/g,
          (_, name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(readFileSync(output, 'utf8'))?.[1] ?? '',
        );
    let code: number | null = 0;
    for (const step of action.runs.steps) {
      if (step.run === undefined || code !== 0) continue;
      const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text)]));
      const made = spawnSync('bash', ['-eo', 'pipefail', '-c', step.run], {
        cwd: folder,
        env: { ...process.env, PATH: `${folder}:${process.env['PATH']}`, GITHUB_OUTPUT: output, ...env },
      });
      code = made.status;
    }
    return { code, outputs: readFileSync(output, 'utf8') };
  }

  it('writes one run of SARIF with paths from the workspace on, and fails as it is asked to', () => {
    const { code } = run({ paths: 'src main', 'fail-on': 'warning' });
    assert.equal(code, 1);
    const { runs } = JSON.parse(readFileSync(path.join(folder, 'logjam.sarif'), 'utf8'));
    assert.equal(runs.length, 1);
    assert.equal(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, 'src%20main/ChannelBuffers.java');
    assert.match(runs[0].results[0].partialFingerprints['logjam/v1'], /^[0-9a-f]{16}$/);
    assert.equal(run({ paths: 'src main', 'fail-on': 'never' }).code, 0);
  });

  it('takes no input for a command', () => {
    const { code } = run({ paths: 'src main\n$(touch owned); `touch owned`', 'fail-on': 'never' });
    assert.equal(code, 2);
    assert.equal(spawnSync('ls', [path.join(folder, 'owned')]).status, 2);
  });

  it('asks for the version that is here', () => {
    run({ paths: 'src main', 'fail-on': 'never' });
    assert.equal(readFileSync(path.join(folder, 'asked'), 'utf8').trim(), `logjam@${version}`);
    const hook = parse(readFileSync(at('.pre-commit-hooks.yaml'), 'utf8'))[0] as { entry: string };
    assert.ok(hook.entry.includes(`logjam@${version} `));
  });
});
