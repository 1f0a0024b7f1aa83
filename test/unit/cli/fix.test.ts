import assert from 'node:assert/strict';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { fixSources } from '../../../server/src/cli/fix.ts';
import { Inputs } from '../../../server/src/cli/inputs.ts';
import { uriOf } from '../../../server/src/workspace/disk.ts';

const CHANNEL = readFileSync(at('test/fixtures/java/ChannelBuffers.java'), 'utf8');

describe('fixes from the command line', () => {
  let folder: string;
  const streams = [process.stdout, process.stderr] as const;
  const originals = streams.map((stream) => stream.write);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'logjam-fix-'));
    writeFileSync(join(folder, 'ChannelBuffers.java'), CHANNEL);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What goes to standard output and error is caught: [output, error]. */
  const run = (mode: 'write' | 'diff', ...names: string[]) => runBelow(null, mode, ...names);

  async function runBelow(root: string | null, mode: 'write' | 'diff', ...names: string[]) {
    const caught = ['', ''];
    streams.forEach((stream, index) => {
      stream.write = ((text: string | Uint8Array) => {
        caught[index] += typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
        return true;
      }) as typeof stream.write;
    });
    try {
      const sources = names.map((name) => ({ path: join(folder, name), uri: uriOf(join(folder, name)), size: 0, named: root === null, root }));
      return {
        ...(await fixSources(sources, { inputs: new Inputs({ setting: [], quiet: true }), mode })),
        output: caught[0] as string,
        error: caught[1] as string,
      };
    } finally {
      streams.forEach((stream, index) => {
        stream.write = originals[index] as typeof stream.write;
      });
    }
  }
  const text = (): string => readFileSync(join(folder, 'ChannelBuffers.java'), 'utf8');

  it('writes, and has nothing to do the second time', async () => {
    const first = await run('write', 'ChannelBuffers.java');
    assert.deepEqual([first.changed, first.left], [1, 0]);
    assert.match(first.error, /recycleBuffer\(\) moved out of the lock, recycleBuffer\(\) moved out of the lock/);
    assert.match(text(), /Buffer addOwn\(/);
    const second = await run('write', 'ChannelBuffers.java');
    assert.deepEqual([second.changed, second.left, second.error], [0, 0, '']);
  });

  it('prints a patch and leaves the file', async () => {
    const { changed, output } = await run('diff', 'ChannelBuffers.java');
    assert.equal(changed, 1);
    assert.equal(text(), CHANNEL);
    assert.match(output, /^--- a\/.*ChannelBuffers\.java\n\+\+\+ b\/.*ChannelBuffers\.java\n@@ -\d+,\d+ \+\d+,\d+ @@/);
    assert.match(output, /^-\s+int addOwn\(Buffer buffer, int required\) \{\n\+\s+Buffer addOwn/m);
  });

  it('leaves a method alone that another file of the package calls', async () => {
    writeFileSync(join(folder, 'Other.java'), 'class Other { int f(ChannelBuffers.Store s) { return s.addOwn(null, 1); } }');
    const { changed, left, error } = await run('write', 'ChannelBuffers.java', 'Other.java');
    assert.deepEqual([changed, left], [1, 1]);
    assert.match(text(), /int addOwn\(/);
    assert.match(error, /ChannelBuffers\.java:\d+: not applied automatically: addOwn\(\) changes its signature/);
  });

  const bytesOf = (name = 'ChannelBuffers.java') => readFileSync(join(folder, name));
  /** The comment at the end of the file, as bytes that are to come through. */
  const withComment = (bytes: readonly number[]) => Buffer.concat([Buffer.from(`${CHANNEL}// `), Buffer.from(bytes), Buffer.from('\n')]);

  it('keeps the bytes of what it does not change, in any encoding that has ASCII in its place', async () => {
    for (const bytes of [
      [0xe9, 0xa0, 0x80, 0x9d, 0xff],
      [0xc3, 0xa9, 0xef, 0xbb, 0xbf],
    ]) {
      const content = withComment(bytes);
      writeFileSync(join(folder, 'ChannelBuffers.java'), content);
      const { output } = await run('diff', 'ChannelBuffers.java');
      assert.doesNotMatch(output, /\uFFFD/);
      assert.equal((await run('write', 'ChannelBuffers.java')).changed, 1);
      assert.deepEqual(bytesOf().subarray(-bytes.length - 4), content.subarray(-bytes.length - 4));
    }
  });

  it('keeps a byte order mark, the line ends and the permissions, and leaves nothing beside the file', async () => {
    writeFileSync(join(folder, 'ChannelBuffers.java'), `\uFEFF${CHANNEL.replaceAll('\n', '\r\n')}`);
    chmodSync(join(folder, 'ChannelBuffers.java'), 0o640);
    assert.equal((await run('write', 'ChannelBuffers.java')).changed, 1);
    assert.match(text(), /^\uFEFF/);
    assert.doesNotMatch(text(), /[^\r]\n/);
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'ChannelBuffers.java')).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder), ['ChannelBuffers.java']);
  });

  it('refuses UTF-16 with a word', async () => {
    const wide = Buffer.from(`\uFEFF${CHANNEL}`, 'utf16le');
    writeFileSync(join(folder, 'ChannelBuffers.java'), wide);
    const { changed, error } = await run('write', 'ChannelBuffers.java');
    assert.equal(changed, 0);
    assert.match(error, /ChannelBuffers\.java: not changed: its encoding/);
    assert.deepEqual(bytesOf(), wide);
  });

  it('changes what a link leads to, and the link stays one; nothing outside of a named folder', async () => {
    if (process.platform === 'win32') return;
    mkdirSync(join(folder, 'inside'));
    symlinkSync('../ChannelBuffers.java', join(folder, 'inside', 'Linked.java'));
    const outside = await runBelow(join(folder, 'inside'), 'write', 'inside/Linked.java');
    assert.equal(outside.changed, 0);
    assert.match(outside.error, /not changed: it is a link to .*ChannelBuffers\.java, outside of the folder/);
    assert.equal(text(), CHANNEL);
    assert.equal((await run('write', 'inside/Linked.java')).changed, 1);
    assert.notEqual(text(), CHANNEL);
    assert.ok(lstatSync(join(folder, 'inside', 'Linked.java')).isSymbolicLink());
  });

  it('passes by what is no Java source', async () => {
    writeFileSync(join(folder, 'dump.txt'), 'synchronized recycleBuffer() org.apache.flink');
    assert.deepEqual(await run('write', 'dump.txt'), { changed: 0, left: 0, output: '', error: '' });
  });
});
