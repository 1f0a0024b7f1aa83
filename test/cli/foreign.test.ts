// What other programs take in: patches, SARIF, and JSON where the bytes of a stream are not read as UTF-8.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/process.mjs';
import { logjam } from './harness.ts';

const JAVA = 'test/fixtures/java/ChannelBuffers.java';
const DUMP = 'demo/1-deadlock/taskmanager-jstack.txt';

describe('in a folder with an odd name', () => {
  let folder: string;
  before(() => {
    folder = path.join(realpathSync(mkdtempSync(path.join(tmpdir(), 'logjam-odd-'))), 'ä ß #1 100% 日本');
    mkdirSync(path.join(folder, 'src'), { recursive: true });
    copyFileSync(at(JAVA), path.join(folder, 'src', 'ChannelBuffers.java'));
    copyFileSync(at(DUMP), path.join(folder, 'dump #1?.txt'));
  });
  after(() => rmSync(path.dirname(folder), { recursive: true }));

  for (const [named, file] of [
    ['from here', () => 'src/ChannelBuffers.java'],
    ['whole', () => path.join(folder, 'src', 'ChannelBuffers.java')],
  ] as const)
    it(`git apply takes the patch of a file that is named ${named}`, async () => {
      const { stdout } = await logjam(['check', file(), '--diff'], { cwd: folder });
      assert.match(stdout, /^--- a\/src\/ChannelBuffers\.java\n/);
      const { code, stderr } = await run('git', ['apply', '--check', '-'], { cwd: folder, input: stdout, quiet: true });
      assert.equal(code, 0, stderr);
    });

  it('SARIF names a file in a way that is a uri', async () => {
    const { stdout } = await logjam(['check', 'dump #1?.txt', '--format', 'sarif'], { cwd: folder });
    const [result] = JSON.parse(stdout).runs[0].results;
    assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, 'dump%20%231%3F.txt');
  });

  it('JSON is ASCII where the locale has another character set, and says the same', async () => {
    const json = async (env: NodeJS.ProcessEnv) => (await logjam(['check', folder, '--format', 'json'], { env: { ...process.env, ...env } })).stdout;
    const [ascii, utf8] = [await json({ LC_ALL: 'C' }), await json({ LC_ALL: 'C.UTF-8' })];
    assert.match(ascii, /^[\0-\x7f]+$/);
    assert.match(utf8, /日本/);
    assert.deepEqual(JSON.parse(ascii), JSON.parse(utf8));
  });

  it('a file takes JSON in UTF-8 whatever the locale', async () => {
    const output = path.join(folder, 'out.json');
    await logjam(['check', folder, '--format', 'json', '--output', output], { env: { ...process.env, LC_ALL: 'C' } });
    assert.match(readFileSync(output, 'utf8'), /日本/);
  });
});
