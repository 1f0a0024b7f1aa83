// What is different on Windows and in other locales, with the paths and surroundings of those as they are there.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { artifactUri } from '../../../server/src/cli/artifactUri.ts';
import { asciiJson, mayMisread } from '../../../server/src/cli/charset.ts';
import { withWildcards } from '../../../server/src/cli/wildcards.ts';

describe('uris in SARIF', () => {
  for (const [file, uri, of] of [
    ['logs/tm #1 100%?.log', 'logs/tm%20%231%20100%25%3F.log', path.posix],
    ['a:b/tm.log', 'a%3Ab/tm.log', path.posix],
    ['a\\b.log', 'a%5Cb.log', path.posix],
    ['/var/log/ä.log', 'file:///var/log/%C3%A4.log', path.posix],
    ['logs\\jm\\jobmanager.log', 'logs/jm/jobmanager.log', path.win32],
    ['..\\tm.log', '../tm.log', path.win32],
    ['C:\\Users\\a b\\tm.log', 'file:///C%3A/Users/a%20b/tm.log', path.win32],
    ['\\\\server\\share\\tm.log', 'file://server/share/tm.log', path.win32],
  ] as const)
    it(`${file} is ${uri}`, () => assert.equal(artifactUri(file, of), uri));
});

describe('the character set of an output', () => {
  for (const [platform, env, expected] of [
    ['win32', {}, true],
    ['win32', { LANG: 'en_US.UTF-8' }, true],
    ['linux', {}, false],
    ['linux', { LANG: 'de_DE.UTF-8' }, false],
    ['darwin', { LANG: 'ja_JP.utf8' }, false],
    ['linux', { LC_ALL: '', LANG: 'tr_TR.ISO-8859-9' }, true],
    ['linux', { LC_ALL: 'C', LANG: 'en_US.UTF-8' }, true],
  ] as const)
    it(`on ${platform} with ${JSON.stringify(env)} ${expected ? 'may be another' : 'is UTF-8'}`, () =>
      assert.equal(mayMisread({ platform, env }), expected));

  it('JSON is the same in ASCII', () => {
    const value = { 'jobmänager 日本': '😀\u0000\u007f\u0080' };
    const text = asciiJson(JSON.stringify(value));
    assert.match(text, /^[\0-\x7f]+$/);
    assert.deepEqual(JSON.parse(text), value);
  });
});

describe('wildcards where the shell leaves them', () => {
  let folder: string;
  let from: string;
  beforeEach(() => {
    from = process.cwd();
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'logjam-wildcards-')));
    mkdirSync(path.join(folder, 'logs'));
    for (const name of ['b.log', 'a.log', 'a.txt', 'logs/c.log', 'really[1]?.log']) writeFileSync(path.join(folder, name), '');
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(from);
    rmSync(folder, { recursive: true });
  });

  for (const [platform, args, expected] of [
    ['win32', ['check', '*.LOG'], ['check', 'a.log', 'b.log', 'really[1]?.log']],
    ['win32', ['logs\\*.log', '?.txt'], ['logs/c.log', 'a.txt']],
    ['win32', ['l*'], ['logs']],
    ['win32', ['*.none', '--focus', 'x', 'really[1]?.log'], ['*.none', '--focus', 'x', 'really[1]?.log']],
    ['linux', ['*.log'], ['*.log']],
  ] as const)
    it(`${args.join(' ')} on ${platform}`, async () => assert.deepEqual(await withWildcards(args, platform), [...expected]));
});
