import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { setUri } from '../../../common/virtual.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import { gather } from '../../../server/src/workspace/gather.ts';
import { memoryFiles, workspaceOf } from './memory.ts';

const RECORDING = 'test/fixtures/flink/1.20.3/heap-out-of-memory';
const text = (name: string) => readFileSync(at(RECORDING, name), 'utf8');
const unreadable = (code: string) => Object.assign(new Error(`${code}: no such luck`), { code });

describe('the workspace', () => {
  it('a file that is named in two spellings is read once', async () => {
    const log = text('jobmanager.log');
    const files = memoryFiles({ 'file:///c%3A/h/a.log': log, 'file:///C:/h/a.log': log });
    const { files: found } = await gather(files, ['file:///c%3A/h/a.log', 'file:///C:/h/a.log']);
    assert.deepEqual(
      found.map(({ uri }) => uri),
      ['file:///c%3A/h/a.log'],
    );
  });

  it('a file that cannot be read keeps none of the others back, and is named', async () => {
    const files = memoryFiles({ 'mem://h/i/jm.log': text('jobmanager.log'), 'mem://h/i/tm.log': unreadable('EIO') });
    const set = await workspaceOf(files).analysis(setUri(['mem://h/i']));
    assert.equal(set?.analysis.kind, 'flink-log');
    assert.ok(set.analysis.problems.some(({ message }) => message === 'tm.log: cannot be read (the device fails to read or write).'));
    assert.deepEqual(
      set.left.map(({ message, failed }) => [message, failed]),
      [['tm.log: cannot be read (the device fails to read or write).', true]],
    );
  });

  it('an entry of an archive is a file of its own, alone and in a set', async () => {
    const packed = zipSync({ 'a/jm.log': Buffer.from(text('jobmanager.log')), 'a/tm.log': Buffer.from(text('taskmanager.log')) });
    const workspace = workspaceOf(memoryFiles({ 'mem://h/logs.zip': packed }));
    const set = await workspace.analysis(setUri(['mem://h/logs.zip']));
    assert.ok(set?.parts !== undefined);
    const uris = set.parts.map((part) => part.uri);
    assert.equal(new Set(uris).size, 2);
    const finding = set.analysis.findings.find(({ id }) => id === 'first-failure') ?? assert.fail('no first failure');
    const place = await workspace.places.withPlaces(set, (placeOf) => placeOf(finding.at));
    const entry = await workspace.analysis(place.uri ?? '');
    assert.match(entry?.text.split('\n')[place.start.line] ?? '', /FAILED|OutOfMemoryError/);
  });

  it('what is known of a file holds for one state of it and of the settings', async () => {
    const content: Record<string, string> = { 'mem://h/a.log': text('jobmanager.log') };
    const files = memoryFiles(content);
    const settings = { stamp: '1', of: async () => DEFAULT_SETTINGS };
    const workspace = workspaceOf(files, settings);
    const one = await workspace.analysis('mem://h/a.log');
    assert.equal(await workspace.analysis('mem://h/a.log'), one);
    settings.stamp = '2';
    const other = await workspace.analysis('mem://h/a.log');
    assert.notEqual(other, one);
    content['mem://h/a.log'] += '\n';
    assert.notEqual(await workspace.analysis('mem://h/a.log'), other);
    delete content['mem://h/a.log'];
    assert.equal(await workspace.analysis('mem://h/a.log'), null);
  });

  it('the GC log of the JVM is there when the rules are asked', async () => {
    const lost = (time: string) =>
      `2026-11-20 ${time},000 WARN  org.apache.flink.runtime.jobmaster.JobMaster [] - The heartbeat of TaskManager with id tm-1 timed out.\n`;
    const pause = '[2026-11-20T12:10:01.000+0000][info][gc] GC(0) Pause Full (Ergonomics) 255M->250M(256M) 60000.000ms\n';
    const files = memoryFiles({ 'mem://h/jm.log': lost('12:10:00') + lost('12:20:00'), 'mem://h/gc.log': pause });
    const gc = [{ uri: 'mem://h/gc.log', name: 'gc.log' }];
    const workspace = workspaceOf(files);
    const document = (await workspace.analysis('mem://h/jm.log', { gc })) ?? assert.fail('no analysis');
    const analysis = document.analysis as LogAnalysis;
    assert.equal(analysis.gcCases[0]?.verdict, 'confirmed');
    const found = analysis.findings.find(({ id }) => id === 'heartbeat-lost-in-gc') ?? assert.fail('no finding');
    const [pauseAt] = found.related;
    const place = await workspace.places.withPlaces(document, (placeOf) => placeOf(pauseAt?.at ?? assert.fail('no pause')));
    assert.deepEqual([place.uri, place.start.line], ['mem://h/gc.log', 0]);
  });
});

describe('gathering files', () => {
  const files = memoryFiles({
    'mem://h/i/build/jm.log': '',
    'mem://h/i/a.log': '',
    'mem://h/i/.git/x.log': '',
    'mem://h/i/z/node_modules/y.log': '',
    'mem://h/i/b/c/d.log': '',
  });
  const below = async (...args: Parameters<typeof gather>) => (await gather(...args)).files.map((file) => file.below);

  it('in the order of the names; only what nobody means is passed by, and it is said', async () => {
    assert.deepEqual(await below(files, ['mem://h/i']), ['a.log', 'b/c/d.log', 'build/jm.log']);
    assert.deepEqual((await gather(files, ['mem://h/i'])).skipped, ['mem://h/i/.git', 'mem://h/i/z/node_modules']);
    assert.deepEqual(await below(files, ['mem://h/i/.git', 'mem://h/i/a.log']), ['x.log', '']);
  });

  it('where a folder has more than the limit, what is named otherwise comes before many that are named alike', async () => {
    const many = Array.from({ length: 50 }, (_, i) => [`mem://h/many/a-${i}.log`, 'x'] as const);
    const { files: found, more } = await gather(memoryFiles(Object.fromEntries([...many, ['mem://h/many/z-jstack.txt', 'x']])), ['mem://h/many'], {
      limit: 10,
    });
    assert.equal(more, true);
    assert.equal(found.length, 10);
    assert.ok(found.some(({ uri }) => uri.endsWith('z-jstack.txt')));
  });

  it('a limit cuts what is deepest below, and it is said', async () => {
    const { files: found, more } = await gather(files, ['mem://h/i'], { limit: 2 });
    assert.deepEqual([found.map((file) => file.below), more], [['a.log', 'build/jm.log'], true]);
    assert.equal((await gather(files, ['mem://h/i'], { limit: 3 })).more, false);
  });

  it('what is not there or cannot be listed is told of, and the rest is given', async () => {
    const broken = { ...files, list: async (uri: string) => (uri.endsWith('/b') ? Promise.reject(unreadable('EACCES')) : files.list(uri)) };
    const found = await gather(broken, ['mem://h/gone', 'mem://h/i']);
    assert.deepEqual(found.failed, [
      { uri: 'mem://h/gone', why: 'there is no such file or folder' },
      { uri: 'mem://h/i/b', why: 'permission denied' },
    ]);
    assert.equal(found.files.length, 2);
  });
});
