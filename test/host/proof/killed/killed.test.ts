// Not part of the suites: proof.test.ts runs it to see that the death of the extension host is reported.
import assert from 'node:assert/strict';

describe('a suite whose extension host dies', () => {
  it('passes', () => assert.equal(1, 1));
  it('is killed', () => {
    process.kill(process.pid, 'SIGKILL');
  });
  it('is never reached', () => assert.equal(1, 1));
});
