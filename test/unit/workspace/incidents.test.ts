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

  it('what was read so far is an incident that names the rest, and is no all-clear', async () => {
    const names = [
      'jobmanager.log',
      'taskmanager-jstack-1.txt',
      'taskmanager-jstack-2.txt',
      'taskmanager-jstack-3.txt',
      'taskmanager.log',
      'job.json',
    ];
    const read = (name: string) => readFileSync(at('test/fixtures/flink/2.3.0/healthy', name), 'utf8');
    const files = memoryFiles(Object.fromEntries(names.map((name) => [`mem://h/i/${name}`, read(name)])));
    const told: [number, number, string][] = [];
    const { digest } = await digestFiles(workspaceOf(files), ['mem://h/i'], {
      soFar: async ({ done, of, read: soFar }) => {
        const { verdict, coverage } = conclude(soFar().digest);
        assert.equal(coverage.unread.length, of - done);
        told.push([done, of, verdict.health]);
      },
    });
    assert.deepEqual(
      told,
      [1, 2, 3, 4, 5].map((done) => [done, 6, 'unknown']),
    );
    assert.equal(conclude(digest).verdict.health, 'healthy');
  });

  it('where the person had enough, the verdict says that files were not read', async () => {
    const names = [
      'job.json',
      'jobmanager.log',
      'taskmanager-jstack-1.txt',
      'taskmanager-jstack-2.txt',
      'taskmanager-jstack-3.txt',
      'taskmanager.log',
    ];
    const read = (name: string) => readFileSync(at('test/fixtures/flink/2.3.0/healthy', name), 'utf8');
    const files = memoryFiles({
      ...Object.fromEntries(names.map((name) => [`mem://h/i/${name}`, read(name)])),
      'mem://h/i/zookeeper.log': text('taskmanager.log'),
    });
    let begun = 0;
    const { digest } = await digestFiles(workspaceOf(files), ['mem://h/i'], { say: () => begun++, enough: () => begun === names.length });
    const { verdict } = conclude(digest);
    assert.equal(verdict.health, 'unknown');
    assert.equal(verdict.sentence, 'No fault found in what was read; 1 file was not.');
  });

  it('each is shown as it was read, so that nobody has to read it again', async () => {
    const files = memoryFiles(Object.fromEntries(['job.json', 'jobmanager.log'].map((name) => [`mem://h/i/${name}`, text(name)])));
    const kinds = new Map<string, string>();
    await digestFiles(workspaceOf(files), ['mem://h/i'], { seen: ({ uri, analysis }) => void kinds.set(uri, analysis.kind) });
    assert.deepEqual(Object.fromEntries(kinds), { 'mem://h/i/job.json': 'job-graph', 'mem://h/i/jobmanager.log': 'flink-log' });
  });

  it('an empty answer is named as one', async () => {
    const files = memoryFiles({ 'mem://h/i/vertex-1-metrics.json': '[]\n', 'mem://h/i/answer.json': ' { } ', 'mem://h/i/other.json': '[1]' });
    const { digest } = await digestFiles(workspaceOf(files), ['mem://h/i'], { names });
    const why = Object.fromEntries(digest.unread.map((one) => [one.name, one.why]));
    assert.match(why['vertex-1-metrics.json'] ?? '', /^An empty list of metrics/);
    assert.match(why['answer.json'] ?? '', /^An empty answer/);
    assert.match(why['other.json'] ?? '', /^Not recognised/);
  });

  it('small files are read first, then from the largest on', async () => {
    const line = `${text('jobmanager.log').split('\n')[0]}\n`;
    const long = (megabytes: number) => line.repeat((megabytes * 1e6) / line.length);
    const files = memoryFiles({
      'mem://h/i/a.log': long(5),
      'mem://h/i/b.log': long(6),
      'mem://h/i/c.log': line,
      'mem://h/i/d.log': `${line}${line}`,
    });
    const order: string[] = [];
    await digestFiles(workspaceOf(files), ['mem://h/i'], { say: (message) => order.push(message) });
    assert.deepEqual(order, ['c.log, 1 of 4', 'd.log, 2 of 4', 'b.log, 3 of 4', 'a.log, 4 of 4']);
  });
});
