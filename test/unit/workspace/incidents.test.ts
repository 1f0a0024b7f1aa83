// Files of an incident that change under the hands of who reads them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { digestFiles } from '../../../server/src/workspace/incidents.ts';
import { memoryFiles, workspaceOf } from './memory.ts';

const RECORDING = 'test/fixtures/flink/1.20.3/heap-out-of-memory';
const text = (name: string) => readFileSync(at(RECORDING, name), 'utf8');
const unreadable = (code: string) => Object.assign(new Error(`${code}: no such luck`), { code });
const names = () => (file: { below: string }) => file.below;

describe('the files of an incident', () => {
  it('one that vanishes, one that cannot be read and one that grows keep none of the others back', async () => {
    const content: Record<string, string | Error> = {
      'mem://h/i/gone.log': text('jobmanager.log'),
      'mem://h/i/grows.log': text('taskmanager.log').slice(0, 2000),
      'mem://h/i/jobmanager.log': text('jobmanager.log'),
      'mem://h/i/torn.log': unreadable('EIO'),
    };
    const files = memoryFiles(content);
    const changing = {
      ...files,
      read: async (uri: string) => {
        content['mem://h/i/grows.log'] = text('taskmanager.log');
        return uri.endsWith('/gone.log') ? null : files.read(uri);
      },
    };
    const { digest, left } = await digestFiles(workspaceOf(changing), ['mem://h/i'], { names });
    assert.deepEqual(
      left.map(({ name, failed }) => [name, failed]),
      [
        ['gone.log', true],
        ['torn.log', true],
      ],
    );
    const { verdict, coverage } = conclude(digest);
    assert.equal(verdict.code, 'memory-exhausted');
    assert.deepEqual(
      coverage.read.map(({ source }) => source),
      ['grows.log', 'jobmanager.log'],
    );
    assert.deepEqual(
      coverage.unread.map(({ source }) => source),
      ['gone.log', 'torn.log'],
    );
  });

  it('the same file under two names is one source', async () => {
    const files = memoryFiles({ 'mem://h/a/tm.log': text('taskmanager.log'), 'mem://h/b/tm.log': text('taskmanager.log') });
    const { digest } = await digestFiles(workspaceOf(files), ['mem://h'], { names });
    assert.deepEqual(
      digest.sources.map(({ names: own }) => own),
      [['a/tm.log', 'b/tm.log']],
    );
  });
});
