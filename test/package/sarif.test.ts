// What code scanning takes, by the judgement of SARIF's own validator and the rules that GitHub adds.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at, cache } from '../../scripts/lib/paths.mjs';
import { unpack } from '../../scripts/lib/pinned.mjs';
import { run } from '../../scripts/lib/process.mjs';

const VALIDATOR = {
  spec: '@microsoft/sarif-multitool-linux@5.7.0',
  integrity: 'sha512-NxUbpq6ISCWoTQ/NfOYEwEDKq1Heka/rMoJ5R5LMydcAZQX/X7g5mWHcgxDub+0M07LC96tZ5LZHvF1Qy3gjTA==',
};

/** There is no address of the project to give. */
const KNOWN = /SARIF2005: .*does not provide 'informationUri'/;

describe('findings as SARIF', function () {
  this.timeout(180_000);
  const home = path.join(cache, 'sarif-multitool-5.7.0');
  const validator = path.join(home, 'Sarif.Multitool');
  let folder: string;

  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-sarif-'));
    if (!existsSync(validator)) await unpack(VALIDATOR, home);
    chmodSync(validator, 0o755);
  });
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  for (const [what, inputs] of Object.entries({
    'of Java, with fixes and related places': ['test/fixtures/java'],
    'of logs, dumps and plans': ['demo', 'test/fixtures/flink/2.3.0'],
    'of a file that cannot be read': ['test/fixtures/java', 'there-is-none.log'],
  })) {
    it(`${what} are valid for code scanning`, async () => {
      const output = path.join(folder, 'findings.sarif');
      await run(process.execPath, [at('dist/cli/logjam.js'), 'check', ...inputs, '--format', 'sarif', '--fail-on', 'never', '--output', output], {
        quiet: true,
      });
      const { stdout } = await run(
        validator,
        ['validate', output, '--rule-kind', 'Sarif;Ghas', '--output', path.join(folder, 'judged.sarif'), '--log', 'ForceOverwrite'],
        {
          quiet: true,
          env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', HOME: folder },
        },
      );
      assert.match(stdout, /Analysis completed successfully/);
      const complaints = stdout.split('\n').filter((line) => /: (?:error|warning) /.test(line) && !KNOWN.test(line));
      assert.deepEqual(complaints, []);
    });
  }
});
