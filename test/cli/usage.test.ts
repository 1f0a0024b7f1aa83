import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../scripts/lib/paths.mjs';
import { logjam } from './harness.ts';

describe('logjam on the command line', () => {
  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
    assert.deepEqual(await logjam(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('lists its commands', async () => {
    const { code, stdout } = await logjam(['help']);
    assert.equal(code, 0);
    for (const command of ['check', 'graph', 'lsp']) assert.match(stdout, new RegExp(`^  ${command} `, 'm'));
  });

  for (const [what, args] of [
    ['no command', []],
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['check', '--frobnicate']],
    ['an unknown format', ['check', 'README.md', '--format', 'frobnicate']],
    ['a file that is not there', ['check', 'no/such/file.txt']],
  ] as const) {
    it(`ends with 2 for ${what}`, async () => {
      const { code, stderr, stdout } = await logjam([...args]);
      assert.equal(code, 2);
      if (args.length > 0) {
        assert.match(stderr, /^logjam: [^\n]+\n$/);
        assert.equal(stdout, '');
      }
    });
  }
});
