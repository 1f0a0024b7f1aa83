import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  async function run(mode: 'write' | 'diff', ...names: string[]) {
    const caught = ['', ''];
    streams.forEach((stream, index) => {
      stream.write = ((text: string) => {
        caught[index] += text;
        return true;
      }) as typeof stream.write;
    });
    try {
      const sources = names.map((name) => ({ path: join(folder, name), uri: uriOf(join(folder, name)), named: true }));
      return {
        ...(await fixSources(sources, { inputs: new Inputs({ setting: [] }), mode })),
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
    assert.match(error, /ChannelBuffers\.java:\d+: not applied by itself: addOwn\(\) changes its signature/);
  });

  it('passes by what is no Java source', async () => {
    writeFileSync(join(folder, 'dump.txt'), 'synchronized recycleBuffer() org.apache.flink');
    assert.deepEqual(await run('write', 'dump.txt'), { changed: 0, left: 0, output: '', error: '' });
  });
});
