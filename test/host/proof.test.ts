// Proves that the host runner cannot be green by accident: a failing suite and a killed extension host are both red.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/process.mjs';

async function runSuite(name: string) {
  const scratch = mkdtempSync(path.join(tmpdir(), 'logjam-proof-'));
  const counts = path.join(scratch, 'counts.json');
  const env = { ...process.env, LOGJAM_COUNTS: counts };
  const { code, stdout, stderr } = await run(
    process.execPath,
    ['--import', 'tsx', at('test/host/run.ts'), '--suite', at('test/host/proof', name), '--extension', at('test/host/empty-extension')],
    {
      env,
      quiet: true,
      timeout: 100_000,
    },
  );
  const result = { code, output: stdout + stderr, counts: JSON.parse(readFileSync(counts, 'utf8')) };
  rmSync(scratch, { recursive: true });
  return result;
}

describe('the host runner', () => {
  it('is red when a test of the suite fails', async () => {
    const { code, counts, output } = await runSuite('failing');
    assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 0 }, output);
    assert.equal(code, 1);
  }).timeout(120_000);

  it('is red when the extension host is killed', async () => {
    const { code, counts, output } = await runSuite('killed');
    assert.deepEqual(counts, { passed: 1, failed: 1, skipped: 0 }, output);
    assert.equal(code, 1);
    assert.match(output, /did not come to its end/);
  }).timeout(120_000);
});
