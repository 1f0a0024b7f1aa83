// Not part of the suites: proof.test.ts runs it to see that a failure is reported.
import assert from 'node:assert/strict';

describe('a suite with a failure', () => {
  it('passes', () => assert.equal(1, 1));
  it('fails', () => assert.equal(1, 2));
});
