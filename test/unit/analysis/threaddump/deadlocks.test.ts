import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../../scripts/lib/paths.mjs';
import { analyseText, firstDump, hotspot, thread, told } from './dumps.ts';

const monitorCycle = [
  thread('A', 'BLOCKED (on object monitor)', [
    'app.Left.run(Left.java:10)',
    '- waiting to lock <0x0000000000000002> (a app.Two)',
    '- locked <0x0000000000000001> (a app.One)',
  ]),
  thread('B', 'BLOCKED (on object monitor)', [
    'app.Right.run(Right.java:20)',
    '- waiting to lock <0x0000000000000001> (a app.One)',
    '- locked <0x0000000000000002> (a app.Two)',
  ]),
];
const PARK = 'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)';
const NONFAIR = '(a java.util.concurrent.locks.ReentrantLock$NonfairSync)';

/** Name, text, what has to be found. */
const CASES: [string, string, string[]][] = [
  ['two monitors', hotspot(monitorCycle), ['monitor proved [A, B]']],
  [
    'a thread that only waits for the cycle is a victim, and who waits for that one as well',
    hotspot([
      thread('late', 'BLOCKED (on object monitor)', ['app.X.x(X.java:1)', '- waiting to lock <0x0000000000000003> (a app.Three)']),
      thread('behind', 'BLOCKED (on object monitor)', [
        'app.X.y(X.java:2)',
        '- waiting to lock <0x0000000000000001> (a app.One)',
        '- locked <0x0000000000000003> (a app.Three)',
      ]),
      ...monitorCycle,
    ]),
    ['monitor proved [A, B] +late,behind'],
  ],
  [
    'two cycles in one dump',
    hotspot([
      ...monitorCycle,
      thread('C', 'BLOCKED (on object monitor)', [
        'app.X.x(X.java:1)',
        '- waiting to lock <0x0000000000000012> (a app.Two)',
        '- locked <0x0000000000000011> (a app.One)',
      ]),
      thread('D', 'BLOCKED (on object monitor)', [
        'app.X.y(X.java:2)',
        '- waiting to lock <0x0000000000000011> (a app.One)',
        '- locked <0x0000000000000012> (a app.Two)',
      ]),
    ]),
    ['monitor proved [A, B]', 'monitor proved [C, D]'],
  ],
  [
    'a holder in wait() has given the monitor up',
    hotspot([
      thread('A', 'WAITING (on object monitor)', [
        'java.lang.Object.wait(java.base@17/Native Method)',
        '- waiting on <0x0000000000000001> (a app.One)',
        'app.Left.run(Left.java:1)',
        '- locked <0x0000000000000001> (a app.One)',
        '- locked <0x0000000000000002> (a app.Two)',
      ]),
      thread('B', 'BLOCKED (on object monitor)', ['app.Right.run(Right.java:2)', '- waiting to lock <0x0000000000000001> (a app.One)']),
    ]),
    [],
  ],
  [
    'a thread that takes its monitor back after wait() is part of a cycle',
    hotspot([
      thread('A', 'BLOCKED (on object monitor)', [
        'java.lang.Object.wait(java.base@17/Native Method)',
        '- waiting to re-lock in wait() <0x0000000000000001> (a app.One)',
        'app.Left.run(Left.java:1)',
        '- locked <0x0000000000000001> (a app.One)',
        '- locked <0x0000000000000002> (a app.Two)',
      ]),
      thread('B', 'BLOCKED (on object monitor)', [
        'app.Right.run(Right.java:2)',
        '- waiting to lock <0x0000000000000002> (a app.Two)',
        '- locked <0x0000000000000001> (a app.One)',
      ]),
    ]),
    ['monitor proved [A, B]'],
  ],
  [
    'an eliminated lock is held by nobody',
    hotspot([
      thread('A', 'BLOCKED (on object monitor)', [
        'app.Left.run(Left.java:1)',
        '- waiting to lock <0x0000000000000002> (a app.Two)',
        '- eliminated <0x0000000000000001> (a app.One)',
      ]),
      thread('B', 'BLOCKED (on object monitor)', [
        'app.Right.run(Right.java:2)',
        '- waiting to lock <0x0000000000000001> (a app.One)',
        '- locked <0x0000000000000002> (a app.Two)',
      ]),
    ]),
    [],
  ],
  [
    'ownable synchronizers from the lists of -l',
    hotspot([
      thread('A', 'WAITING (parking)', [PARK, `- parking to wait for  <0x0000000000000002> ${NONFAIR}`], [`<0x0000000000000001> ${NONFAIR}`]),
      thread('B', 'WAITING (parking)', [PARK, `- parking to wait for  <0x0000000000000001> ${NONFAIR}`], [`<0x0000000000000002> ${NONFAIR}`]),
    ]),
    ['ownable proved [A, B]'],
  ],
  [
    'a tryLock with a timeout makes it suspected only',
    hotspot([
      thread('A', 'TIMED_WAITING (parking)', [PARK, `- parking to wait for  <0x0000000000000002> ${NONFAIR}`], [`<0x0000000000000001> ${NONFAIR}`]),
      thread('B', 'WAITING (parking)', [PARK, `- parking to wait for  <0x0000000000000001> ${NONFAIR}`], [`<0x0000000000000002> ${NONFAIR}`]),
    ]),
    ['ownable suspected [A, B]'],
  ],
  [
    'a lock class of the application that is listed as owned',
    hotspot([
      thread(
        'A',
        'WAITING (parking)',
        [PARK, '- parking to wait for  <0x0000000000000002> (a app.Mutex$Sync)'],
        ['<0x0000000000000001> (a app.Mutex$Sync)'],
      ),
      thread(
        'B',
        'WAITING (parking)',
        [PARK, '- parking to wait for  <0x0000000000000001> (a app.Mutex$Sync)'],
        ['<0x0000000000000002> (a app.Mutex$Sync)'],
      ),
    ]),
    ['ownable proved [A, B]'],
  ],
  [
    'a monitor and a synchronizer are mixed',
    hotspot([
      thread(
        'A',
        'WAITING (parking)',
        [PARK, `- parking to wait for  <0x0000000000000002> ${NONFAIR}`, 'app.A.a(A.java:1)', '- locked <0x0000000000000001> (a app.One)'],
        [],
      ),
      thread(
        'B',
        'BLOCKED (on object monitor)',
        ['app.B.b(B.java:1)', '- waiting to lock <0x0000000000000001> (a app.One)'],
        [`<0x0000000000000002> ${NONFAIR}`],
      ),
    ]),
    ['mixed proved [A, B]'],
  ],
  [
    'conditions, futures and latches have no owner',
    hotspot([
      thread(
        'A',
        'WAITING (parking)',
        [
          PARK,
          '- parking to wait for  <0x0000000000000002> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)',
          'app.A.a(A.java:1)',
          '- locked <0x0000000000000001> (a app.One)',
        ],
        [],
      ),
      thread('B', 'BLOCKED (on object monitor)', ['app.B.b(B.java:1)', '- waiting to lock <0x0000000000000001> (a app.One)'], []),
    ]),
    [],
  ],
  [
    'class initialisers that need each other; the third thread only waits',
    hotspot([
      thread('A', 'RUNNABLE', [
        'app.One.<clinit>(One.java:3)',
        '- waiting on the Class initialization monitor for app.Two',
        'app.Main.a(Main.java:1)',
      ]),
      thread('B', 'RUNNABLE', [
        'app.Two.<clinit>(Two.java:4)',
        '- waiting on the Class initialization monitor for app.One',
        'app.Main.b(Main.java:2)',
      ]),
      thread('late', 'RUNNABLE', ['app.Main.c(Main.java:3)', '- waiting on the Class initialization monitor for app.One']),
    ]),
    ['class-init proved [A, B] +late'],
  ],
  [
    'class initialisers on a JVM that does not print what they wait for',
    hotspot([
      thread('A', 'RUNNABLE', ['app.One.<clinit>(One.java:3)', 'app.Main.a(Main.java:1)']).replace(' runnable ', ' in Object.wait() '),
      thread('B', 'RUNNABLE', ['app.Two.<clinit>(Two.java:4)', 'app.Main.b(Main.java:2)']).replace(' runnable ', ' in Object.wait() '),
    ]),
    ['class-init suspected [A, B]'],
  ],
  [
    'one thread inside a class initialiser waits for nobody',
    hotspot([
      thread('A', 'RUNNABLE', ['app.One.<clinit>(One.java:3)', 'app.Main.a(Main.java:1)']),
      thread('B', 'RUNNABLE', ['app.Main.b(Main.java:2)', '- waiting on the Class initialization monitor for app.One']),
    ]),
    [],
  ],
  [
    'a longer cycle begins with the thread that comes first and goes in waiting order',
    hotspot(
      [3, 1, 2, 0].map((n) =>
        thread(`T${n}`, 'BLOCKED (on object monitor)', [
          'app.X.x(X.java:1)',
          `- waiting to lock <0x000000000000010${(n + 1) % 4}> (a app.L)`,
          `- locked <0x000000000000010${n}> (a app.L)`,
        ]),
      ),
    ),
    ['monitor proved [T3, T0, T1, T2]'],
  ],
  [
    'class initialisers in a format that says nothing of such waits: two threads stand in two of them',
    '"A" Id=1 RUNNABLE\n\tat app//app.One.<clinit>(One.java:3)\n\tat app//app.Main.a(Main.java:1)\n\n"B" Id=2 RUNNABLE\n\tat app//app.Two.<clinit>(Two.java:4)\n\tat app//app.Main.b(Main.java:2)\n\n',
    ['class-init suspected [A, B]'],
  ],
  [
    'near miss: one of the two is deep inside of what its initialiser calls',
    '"A" Id=1 RUNNABLE\n\tat app//app.One.<clinit>(One.java:3)\n\n"B" Id=2 RUNNABLE\n\tat app//app.Loader.load(Loader.java:9)\n\tat app//app.Two.<clinit>(Two.java:4)\n\n',
    [],
  ],
];

describe('deadlocks', () => {
  for (const [name, text, expected] of CASES) {
    it(name, async () => assert.deepEqual(told(await firstDump(text)), expected));
  }

  it('finds the cycle of FLINK-22946 in the ticket as Jira shows it, and nothing else', async () => {
    const text = readFileSync(at('test/fixtures/dumps/packed/flink-22946-jira.txt'), 'utf8');
    const analysis = await analyseText(text);
    assert.equal(analysis.dumps.length, 1);
    const [dump] = analysis.dumps;
    assert.ok(dump);
    assert.equal(dump.dump.threads.length, 2);
    assert.deepEqual(told(dump), ['monitor proved [Channel state writer Join(xxxxxx) (34/256)#1, Join(xxxxxx) (34/256)#1]']);
    const [found, ...others] = analysis.findings;
    assert.deepEqual(
      others.map(({ id }) => id),
      ['known-issue'],
    );
    assert.equal(found?.id, 'deadlock');
    // Every related place is exactly the id of a lock, in the ticket's own text.
    assert.deepEqual(
      found?.related.map(({ at: { span } }) => text.slice(span.start, span.end)),
      ['0x00000007296dfa90', '0x00000007296dfa90', '0x00000007296bc450', '0x00000007296bc450'],
    );
    const first = text.indexOf('- waiting to lock <0x00000007296dfa90>');
    assert.equal(found?.at.span.start, first);
  });
});
