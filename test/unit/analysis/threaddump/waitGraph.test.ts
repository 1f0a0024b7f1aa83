import assert from 'node:assert/strict';
import { firstDump, hotspot, thread, told } from './dumps.ts';

const BLOCKED = 'BLOCKED (on object monitor)';
const lock = (digit: number, className = 'app.L'): string => `<0x000000000000000${digit}> (a ${className})`;

describe('wait graph', () => {
  it('takes the owner from the header where the frames that show it are cut', async () => {
    const info = (name: string, id: number, waits: string, owner: string, ownerId: number): string =>
      `"${name}" Id=${id} BLOCKED on app.L@${waits} owned by "${owner}" Id=${ownerId}\n\tat app.X.x(X.java:1)\n\t-  blocked on app.L@${waits}\n\t...\n\n`;
    assert.deepEqual(told(await firstDump(info('A', 1, 'aa', 'B', 2) + info('B', 2, 'bb', 'A', 1))), ['monitor proved [A, B]']);
  });

  it('keeps two locks of one class@hash apart by their owners', async () => {
    const text = [
      '"A" Id=1 BLOCKED on app.L@1f owned by "H1" Id=3\n\tat app.X.x(X.java:1)\n\t-  blocked on app.L@1f\n\n',
      '"B" Id=2 BLOCKED on app.L@1f owned by "H2" Id=4\n\tat app.X.x(X.java:1)\n\t-  blocked on app.L@1f\n\n',
      '"H1" Id=3 RUNNABLE\n\tat app.X.y(X.java:2)\n\t-  locked app.L@1f\n\n',
      '"H2" Id=4 RUNNABLE\n\tat app.X.y(X.java:2)\n\t-  locked app.L@1f\n\n',
    ].join('');
    const { waits } = await firstDump(text);
    const owners = [0, 1].map((threadIndex) => waits.waits.get(threadIndex)?.owner);
    assert.deepEqual(owners, [2, 3]);
    assert.notEqual(waits.waits.get(0)?.lock, waits.waits.get(1)?.lock);
    assert.equal(waits.waits.get(0)?.lock.waiters.length, 1);
  });

  it('takes the owner of a java.util.concurrent lock from the section where the list is missing', async () => {
    const park = 'sun.misc.Unsafe.park(Native Method)';
    const sync = 'java.util.concurrent.locks.ReentrantLock$NonfairSync';
    const section = [
      'Found one Java-level deadlock:',
      '=============================',
      '"A":',
      `  waiting for ownable synchronizer 0x0000000000000001, (a ${sync}),`,
      '  which is held by "B"',
      '"B":',
      '  waiting to lock monitor 0x00007f0000000000 (object 0x0000000000000002, a app.L),',
      '  which is held by "A"',
      '',
    ].join('\n');
    const dump = await firstDump(
      hotspot(
        [
          thread('A', 'WAITING (parking)', [park, `- parking to wait for  ${lock(1, sync)}`, 'app.A.a(A.java:1)', `- locked ${lock(2)}`]),
          thread('B', BLOCKED, ['app.B.b(B.java:1)', `- waiting to lock ${lock(2)}`]),
          thread('C', 'WAITING (parking)', [park, `- parking to wait for  ${lock(1, sync)}`]),
        ],
        section,
      ),
    );
    assert.deepEqual(told(dump), ['mixed proved [A, B] +C']);
    assert.equal(dump.waits.waits.get(0)?.ownerEvidence, 'jvm-section');
    assert.equal(dump.deadlocks[0]?.section, 0);
  });

  it('tells threads of one name apart by what they wait for', async () => {
    const section = [
      'Found one Java-level deadlock:',
      '=============================',
      '"pool":',
      '  waiting to lock monitor 0x00007f0000000000 (object 0x0000000000000002, a app.L),',
      '  which is held by "pool"',
      '"pool":',
      '  waiting to lock monitor 0x00007f0000000000 (object 0x0000000000000001, a app.L),',
      '  which is held by "pool"',
      '',
    ].join('\n');
    const dump = await firstDump(
      hotspot(
        [
          thread('pool', 'RUNNABLE', ['app.X.x(X.java:1)']),
          thread('pool', BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${lock(1)}`, `- locked ${lock(2)}`]),
          thread('pool', BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${lock(2)}`, `- locked ${lock(1)}`]),
        ],
        section,
      ),
    );
    assert.deepEqual(
      dump.deadlocks.map(({ threads, section }) => [threads, section]),
      [[[1, 2], 0]],
    );
  });

  it('says so where it had to choose between two holders', async () => {
    const dump = await firstDump(
      hotspot([
        thread('A', BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${lock(1)}`, `- locked ${lock(2)}`]),
        thread('B', BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${lock(2)}`, `- locked ${lock(1)}`]),
        thread('C', 'RUNNABLE', ['app.X.x(X.java:1)', `- locked ${lock(1)}`]),
      ]),
    );
    assert.deepEqual(told(dump), ['monitor suspected [A, B]']);
    assert.deepEqual(dump.deadlocks[0]?.doubts[0], { code: 'owner-inferred', facts: { threads: ['A'], from: 'several-holders' } });
  });

  it('gives up the innermost monitor of a wait that names no object', async () => {
    const dump = await firstDump(
      hotspot([
        thread('W', 'WAITING (on object monitor)', [
          'java.lang.Object.wait(Native Method)',
          '- waiting on <no object reference available>',
          'app.X.x(X.java:1)',
          `- locked ${lock(1)}`,
          'app.X.y(X.java:2)',
          `- locked ${lock(2)}`,
        ]),
        thread('A', BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${lock(1)}`]),
        thread('B', BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${lock(2)}`]),
      ]),
    );
    assert.equal(dump.waits.waits.get(1)?.owner, null);
    assert.equal(dump.waits.waits.get(2)?.owner, 0);
  });

  it('counts a thread in wait() neither as holder nor as waiter', async () => {
    const dump = await firstDump(
      hotspot([
        thread('W', 'WAITING (on object monitor)', [
          'java.lang.Object.wait(Native Method)',
          `- waiting on ${lock(1)}`,
          'app.X.x(X.java:1)',
          `- locked ${lock(1)}`,
        ]),
      ]),
    );
    const [found] = dump.waits.locks.values();
    assert.deepEqual([found?.holds, found?.waiters, found?.inWait], [[], [], [0]]);
  });
});
