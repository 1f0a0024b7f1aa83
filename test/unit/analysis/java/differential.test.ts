import assert from 'node:assert/strict';
import { compare, hasJdk } from '../../../java/differential/differential.ts';

const PROGRAMS = 60;

describe('Java programs', () => {
  it('do the same before and after the edits that are called safe', async function () {
    this.timeout(180_000);
    if (!hasJdk()) return this.skip();
    const { edited, differences } = await compare(0, PROGRAMS, 4);
    assert.deepEqual(differences, []);
    assert.ok(edited > 10, `only ${edited} programs were edited`);
  });
});
