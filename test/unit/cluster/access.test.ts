// The files that say how a cluster is reached: what is wrong is named by its key, never by its value.
import assert from 'node:assert/strict';
import { readAccess } from '../../../common/clusterAccess.ts';
import { printedBy } from '../../../server/src/io/headerCommand.ts';

describe('an access file', () => {
  it('says how a cluster is reached', () => {
    const access = { token: 't', headers: { 'X-Key': 'v' }, headersCommand: ['a', 'b'], ca: 'x', insecure: true };
    assert.deepEqual(readAccess(JSON.stringify(access)), access);
    assert.deepEqual(readAccess('{}'), {});
  });

  for (const [text, wrong] of [
    ['secret', /not JSON/],
    ['"secret"', /not an object/],
    ['{"passwort":"secret"}', /"passwort"/],
    ['{"token":7}', /"token"/],
    ['{"token":""}', /"token"/],
    ['{"headers":{"a b":"secret"}}', /"headers/],
    ['{"headers":{"A":"secret\\nB: secret"}}', /"headers/],
    ['{"headersCommand":"secret"}', /"headersCommand"/],
  ] as const)
    it(`is none: ${text}`, () => {
      const found = readAccess(text);
      assert.ok('wrong' in found);
      assert.match(found.wrong, wrong);
      assert.doesNotMatch(found.wrong, /secret/);
    });
});

describe('a program that prints headers', () => {
  it('is run with its arguments, without a shell', async () => {
    assert.equal(await printedBy([process.execPath, '-p', '"$HOME;" + 1']), '$HOME;1\n');
  });

  it('that fails is named, and what it said is not shown', async () => {
    await assert.rejects(printedBy([process.execPath, '-e', 'console.error("secret"); process.exit(3)']), (error: Error) => {
      assert.match(error.message, /^node(?:\.exe)? ended with 3$/);
      return true;
    });
    await assert.rejects(printedBy(['no-such-program-anywhere']), /no-such-program-anywhere ended with (?:ENOENT|EACCES)/);
  });
});
