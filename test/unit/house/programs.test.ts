// How the scripts start and end programs on the systems that are not at hand.
import assert from 'node:assert/strict';
import { argumentLine, callOf, enderOf } from '../../../scripts/lib/call.mjs';

describe('programs of other systems', () => {
  for (const [program, args, platform, expected] of [
    ['mvn', ['-q', '-Dx=a b'], 'linux', { command: 'mvn', args: ['-q', '-Dx=a b'], shell: false }],
    ['mvn', ['-q', '-Dx=C:\\a b\\c'], 'win32', { command: 'mvn.cmd', args: ['-q', '"-Dx=C:\\a b\\c"'], shell: true }],
    ['npm', ['pack', 'a@1.0.0', 'x&y', '100%'], 'win32', { command: 'npm.cmd', args: ['pack', 'a@1.0.0', '"x&y"', '"100"^%""'], shell: true }],
    ['java', ['-version'], 'win32', { command: 'java', args: ['-version'], shell: false }],
  ] as const)
    it(`${program} ${args.join(' ')} on ${platform}`, () => assert.deepEqual(callOf(program, args, platform), expected));

  it('end with all of their children', () => {
    assert.deepEqual(enderOf(7, 'win32'), { command: 'taskkill', args: ['/pid', '7', '/T', '/F'] });
    assert.equal(enderOf(7, 'linux'), null);
  });

  it('take paths with spaces from argument files of javac', () => {
    assert.equal(argumentLine('C:\\a b\\ä.java'), '"C:\\\\a b\\\\ä.java"');
    assert.equal(argumentLine('/tmp/a "b"/c.java'), '"/tmp/a \\"b\\"/c.java"');
  });
});
