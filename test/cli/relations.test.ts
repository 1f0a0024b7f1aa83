// `logjam relations` and `logjam report` on logs: the answer, several files as one, errors.
import assert from 'node:assert/strict';
import { at } from '../../scripts/lib/paths.mjs';
import { logjam, logjamJson } from './harness.ts';

const MANAGED = at('test/fixtures/logs/tm-managed-memory-1.12.2.log');
const FOLDER = at('test/fixtures/flink/1.20.3/heap-out-of-memory');

describe('logjam relations', () => {
  it('says YES, who is related, and that the fix of the known bug is in already', async () => {
    const { code, stdout } = await logjam(['relations', MANAGED]);
    assert.equal(code, 0);
    assert.match(stdout, /^YES: HashJoin -> Calc -> Expand; TaskExecutor -> JobManager/);
    assert.match(stdout, /Calls: 17 methods, 17 edges \(1 from a method to itself or an overload\)/);
    assert.match(stdout, /The FLINK-20663 pattern, but 1\.12\.2 already contains its fix\./);
  });

  it('as JSON', async () => {
    const { value } = await logjamJson<{ files: { answer: string; calls: { methods: string[]; edges: string[][] } }[] }>(['relations', MANAGED]);
    const [file] = value.files;
    assert.deepEqual([file?.answer, file?.calls.methods.length, file?.calls.edges.length], ['YES', 17, 17]);
  });

  it('a folder together, with the GC log in it', async () => {
    const { code, stdout } = await logjam(['relations', '--together', FOLDER]);
    assert.equal(code, 0);
    assert.match(stdout, /garbage collector: confirmed/);
    assert.match(stdout, /taskmanager\.log:\d+/);
  });

  it('a file that is no log is bad usage', async () => {
    const { code, stderr } = await logjam(['relations', at('package.json')]);
    assert.equal(code, 2);
    assert.match(stderr, /relations are read from logs/);
  });

  it('report on a folder', async () => {
    const { code, stdout } = await logjam(['report', FOLDER]);
    assert.equal(code, 0);
    assert.match(stdout, /^## Root cause\n\njava\.lang\.OutOfMemoryError: Java heap space/m);
  });
});
