import assert from 'node:assert/strict';
import { canonical, decodedPath, hasPathPart, UriMap } from '../../../common/uri.ts';

/** Spellings of one file each. */
const SAME: readonly (readonly string[])[] = [
  [
    'file:///c%3A/Users/a%20b/taskmanager.log',
    'file:///C:/Users/a b/taskmanager.log',
    'file:///C%3a/Users/a%20b/taskmanager.log',
    'FILE:///c:/Users/a b/taskmanager.log',
  ],
  ['file://server/share/%C3%A4%20%C3%9F%20%231%20100%25.log', 'file://SERVER/share/ä ß %231 100%25.log'],
  ['file:///tmp/x.log', 'file://localhost/tmp/x.log'],
  ['vscode-remote://ssh-remote%2Bhost/a%2Bb.log', 'vscode-remote://ssh-remote+host/a+b.log'],
  ['file:///tmp/a%28b%29.log', 'file:///tmp/a(b).log'],
];

const OTHERS: readonly (readonly [string, string])[] = [
  ['file:///tmp/a.log', 'file:///tmp/A.log'],
  ['file:///c%3A/a.log', 'file:///d%3A/a.log'],
  ['file:///tmp/a%2Fb.log', 'file:///tmp/a/b.log'],
  ['file:///tmp/a.log', 'untitled:/tmp/a.log'],
  ['file:///tmp/a.log?1', 'file:///tmp/a.log?2'],
  ['file:///tmp/%E9.log', 'file:///tmp/%E8.log'],
];

/** One name, its accent as part of the letter and as a sign of its own. */
const COMPOSED = 'file:///tmp/caf\u00e9.log';
const APART = 'file:///tmp/cafe%CC%81.log';

describe('uris', () => {
  for (const spellings of SAME)
    it(`${spellings[0]} is one file in ${spellings.length} spellings`, () => {
      assert.equal(new Set(spellings.map((one) => canonical(one))).size, 1);
    });

  for (const [one, other] of OTHERS) it(`${one} is not ${other}`, () => assert.notEqual(canonical(one), canonical(other)));

  it('the form of Unicode tells no files apart on macOS, and does elsewhere', () => {
    assert.equal(canonical(COMPOSED, 'unicode'), canonical(APART, 'unicode'));
    assert.notEqual(canonical(COMPOSED), canonical(APART));
  });

  it('what is no uri, or one without a path, stands for itself', () => {
    for (const odd of ['', 'x', 'untitled:Untitled-1', 'logjam:/a?{"name":"text"}', '%', 'file:', 'C:\\a\\b.log']) assert.equal(canonical(odd), odd);
  });

  it('a map finds a value by any spelling and answers in the one that was set', () => {
    const map = new UriMap<number>('unicode');
    map.set(COMPOSED, 1);
    assert.equal(map.get(APART), 1);
    assert.equal(map.spelled(APART), COMPOSED);
    assert.equal(map.spelled('file:///tmp/other.log'), 'file:///tmp/other.log');
    assert.deepEqual(map.uris(), [COMPOSED]);
    assert.equal(map.delete(APART), true);
    assert.equal(map.get(COMPOSED), undefined);
  });

  it('a path is decoded where it can be', () => {
    assert.equal(decodedPath('file:///c%3A/my%20connector/A.java'), '/c:/my connector/A.java');
    assert.equal(decodedPath('vscode-remote://ssh/a%2520b?x#y'), '/a%20b');
    assert.equal(decodedPath('file:///%E9/A.java'), '/%E9/A.java');
  });

  it('a part of a path is found as a person writes it', () => {
    assert.equal(hasPathPart('file:///c%3A/my%20connector/A.java', ['\\My Connector\\'], false), true);
    assert.equal(hasPathPart('file:///home/my%20connector/A.java', ['/My Connector/'], false), false);
    assert.equal(hasPathPart('file:///home/my%20connector/A.java', ['/My Connector/'], true), true);
    assert.equal(hasPathPart('file:///home/%C3%A4/A.java', ['/ä/'], false), true);
    assert.equal(hasPathPart('file:///home/a/A.java', ['', '/b/'], false), false);
  });
});
