import assert from 'node:assert/strict';
import { threadDumpRules } from '../../../../server/src/core/rules/threaddump/index.ts';
import { threadDumpSummary } from '../../../../server/src/core/views/threaddump/summary.ts';
import { analyseText, hotspot, thread } from '../../analysis/threaddump/dumps.ts';

const BLOCKED = 'BLOCKED (on object monitor)';
const id = (n: number): string => `<0x${n.toString(16).padStart(16, '0')}> (a app.L)`;
const waits = (name: string, wanted: number, ...held: number[]): string =>
  thread(name, BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${id(wanted)}`, ...held.map((one) => `- locked ${id(one)}`)]);

/** The JVM's section for threads that wait in a row: name, wanted lock, holder. */
function section(rows: readonly [string, number, string][]): string {
  const entries = rows.map(
    ([name, lock, holder]) =>
      `"${name}":\n  waiting to lock monitor 0x00007f0000000000 (object 0x${lock.toString(16).padStart(16, '0')}, a app.L),\n  which is held by "${holder}"\n`,
  );
  return `Found one Java-level deadlock:\n=============================\n${entries.join('')}\n`;
}

async function messages(text: string): Promise<string[]> {
  return (await analyseText(text)).findings.map(({ id: rule, severity, certainty, message }) => `${severity} ${rule} ${certainty}: ${message}`);
}

const WRITER = [
  'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)',
  '- parking to wait for  <0x0000000000000005> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)',
  'java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:938)',
  'java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)',
  'app.Cache.put(Cache.java:30)',
  `- locked ${id(1)}`,
];

describe('rules for thread dumps', () => {
  it('one cycle is one error, with every member and every holder as related places', async () => {
    const text = hotspot([waits('A', 2, 1), waits('B', 1, 2), waits('C', 1)]);
    const { findings } = await analyseText(text);
    assert.deepEqual(await messages(text), ['error deadlock proved: Deadlock of 2 threads: "A" and "B" wait for each other']);
    assert.ok(findings[0]?.details.includes('1 more thread waits behind it.'));
    assert.deepEqual(
      findings[0]?.related.map(({ message }) => message),
      [
        '"A" waits here for monitor 0x0000000000000002 (L), wanted in X.x (X.java:1)',
        '"B" holds monitor 0x0000000000000002 (L), taken in X.x (X.java:1)',
        '"B" waits here for monitor 0x0000000000000001 (L), wanted in X.x (X.java:1)',
        '"A" holds monitor 0x0000000000000001 (L), taken in X.x (X.java:1)',
      ],
    );
    assert.deepEqual(
      findings[0]?.fixes.map(({ title, kind }) => `${kind}: ${title}`),
      ['show: Show the deadlock in the lock-wait graph', 'show: Copy an explanation of the deadlock'],
    );
  });

  it('a section that agrees is no finding of its own', async () => {
    const text = hotspot(
      [waits('A', 2, 1), waits('B', 1, 2)],
      section([
        ['A', 2, 'B'],
        ['B', 1, 'A'],
      ]),
    );
    assert.deepEqual(
      (await analyseText(text)).findings.map((one) => one.id),
      ['deadlock'],
    );
  });

  it('a section that lists those behind the cycle is said to', async () => {
    const rows: [string, number, string][] = [
      ['C', 1, 'A'],
      ['A', 2, 'B'],
      ['B', 1, 'A'],
    ];
    const found = await messages(hotspot([waits('A', 2, 1), waits('B', 1, 2), waits('C', 1)], section(rows)));
    assert.equal(found[1], 'info deadlock-section-differs proved: The JVM lists 3 threads here, but only 2 of them are the deadlock');
  });

  it('a cycle of the stacks that the section does not list is said', async () => {
    const text = hotspot(
      [waits('A', 2, 1), waits('B', 1, 2), waits('C', 4, 3), waits('D', 3, 4)],
      section([
        ['A', 2, 'B'],
        ['B', 1, 'A'],
      ]),
    );
    const found = await messages(text);
    assert.equal(found.length, 3);
    assert.match(found[2] ?? '', /The JVM's own deadlock section misses that of "C" and "D"$/);
  });

  it('a cycle of the section that the stacks contradict is reported, with the doubt', async () => {
    const text = hotspot(
      [waits('A', 2, 1), thread('B', 'RUNNABLE', ['app.X.x(X.java:1)', `- locked ${id(2)}`])],
      section([
        ['A', 2, 'B'],
        ['B', 9, 'A'],
      ]),
    );
    const found = await messages(text);
    assert.match(found[0] ?? '', /^error deadlock proved/);
    assert.match(found[1] ?? '', /^info deadlock-section-differs proved: The JVM reports a deadlock that the stacks of this dump do not show$/);
  });

  it('a section without stacks gives the deadlock by name', async () => {
    const { findings, dumps } = await analyseText(
      section([
        ['A', 2, 'B'],
        ['B', 1, 'A'],
      ]),
    );
    assert.deepEqual(
      findings.map((one) => one.id),
      ['deadlock'],
    );
    const [dump] = dumps;
    assert.deepEqual(
      dump?.deadlocks[0]?.threads.map((threadIndex) => dump.waits.threads[threadIndex]?.name),
      ['A', 'B'],
    );
  });

  it('a probable reader behind a writer is suspected, as a warning', async () => {
    const reader = thread('reader', BLOCKED, ['app.Store.get(Store.java:9)', `- waiting to lock ${id(1)}`, 'app.Cache.read(Cache.java:20)'], []);
    const found = (await analyseText(hotspot([thread('writer', 'WAITING (parking)', WRITER, []), reader]))).findings;
    assert.deepEqual(
      found.map(({ id: rule, severity, certainty }) => [rule, severity, certainty]),
      [['read-lock-deadlock', 'warning', 'suspected']],
    );
    assert.ok((found[0]?.evidence.length ?? 0) > 0 && (found[0]?.missing.length ?? 0) > 0);
  });

  it('near misses of it: a bystander of another class, a dump without the lists of owners, a writer that is listed', async () => {
    const other = thread('other', BLOCKED, ['app.Store.get(Store.java:9)', `- waiting to lock ${id(1)}`, 'app.Report.run(Report.java:20)'], []);
    // The one may still wait for itself.
    const found = (await analyseText(hotspot([thread('writer', 'WAITING (parking)', WRITER, []), other]))).findings;
    assert.deepEqual(
      found.map(({ id: rule, severity }) => [rule, severity]),
      [['read-lock-upgrade', 'info']],
    );
    const unlisted = thread('reader', BLOCKED, ['app.Store.get(Store.java:9)', `- waiting to lock ${id(1)}`, 'app.Cache.read(Cache.java:20)']);
    assert.deepEqual((await analyseText(hotspot([thread('writer', 'WAITING (parking)', WRITER), unlisted]))).findings, []);
    const holder = thread(
      'holder',
      'RUNNABLE',
      ['app.Cache.size(Cache.java:50)'],
      ['<0x0000000000000005> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)'],
    );
    const listed = thread('reader', BLOCKED, ['app.Store.get(Store.java:9)', `- waiting to lock ${id(1)}`, 'app.Cache.read(Cache.java:20)'], []);
    assert.deepEqual((await analyseText(hotspot([thread('writer', 'WAITING (parking)', WRITER, []), listed, holder]))).findings, []);
  });

  it('a very long name does not make a very long message', async () => {
    const name = 'x'.repeat(3000);
    const [found] = await messages(hotspot([waits(name, 2, 1), waits('B', 1, 2)]));
    assert.ok((found?.length ?? 0) < 600);
  });

  it('the summary has what the command line promises', async () => {
    const analysis = await analyseText(hotspot([waits('A', 2, 1), waits('B', 1, 2), thread('C', 'RUNNABLE', ['app.X.x(X.java:1)'])]));
    assert.deepEqual(threadDumpSummary(analysis), {
      dumps: [
        {
          dialect: 'hotspot',
          jvm: 'OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing)',
          time: '2026-11-20 11:34:02',
          threads: 3,
          states: { BLOCKED: 2, RUNNABLE: 1 },
          deadlocks: [{ threads: ['A', 'B'], locks: ['0x0000000000000002', '0x0000000000000001'], kind: 'monitor', certainty: 'proved' }],
        },
      ],
    });
  });

  it('every rule has an id of words, a title and docs', () => {
    for (const { id: rule, title, docs } of threadDumpRules) {
      assert.match(rule, /^[a-z]+(?:-[a-z]+)+$|^deadlock$/);
      assert.ok(title.length > 10 && docs.length > 100, rule);
    }
  });
});
