import assert from 'node:assert/strict';
import { activitiesOf, vertices } from '../../../../server/src/core/analysis/threaddump/activity.ts';
import type { AnalysedDump, ThreadDumpAnalysis } from '../../../../server/src/core/analysis/threaddump/model.ts';
import { analyse } from '../../../../server/src/core/kinds/index.ts';

const IDLE = `WAITING (parking)
	at jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)
	at java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)
	at java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)
	at org.shop.Main.main(Main.java:9)`;

const updater = (outer: string, listed: string, asks = 'org.shop.Prices.put(Prices.java:57)') => `2031-05-05 10:00:00
Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):

"price-updater" #31 prio=5 os_prio=0 cpu=1.22ms elapsed=31.1s tid=0x00007f5c0c0d1000 nid=0x51 waiting on condition  [0x00007f5bf0bfe000]
   java.lang.Thread.State: WAITING (parking)
	at jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)
	- parking to wait for  <0x000000062b1a7f18> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)
	at java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)
	at java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)
	at java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)
	at ${asks}
	at ${outer}
	at org.shop.Updater.run(Updater.java:22)
	at java.lang.Thread.run(java.base@17.0.15/Thread.java:840)
${listed}
"main" #1 prio=5 os_prio=0 cpu=93.93ms elapsed=31.2s tid=0x00007f5c0c0d2800 nid=0x52 waiting on condition  [0x00007f5bf0afd000]
   java.lang.Thread.State: ${IDLE}
${listed}
JNI global refs: 12, weak refs: 0
`;
const NONE = '\n   Locked ownable synchronizers:\n\t- None\n';

const upgrades = async (text: string) =>
  (await analyse({ uri: 'file:///a.txt', text })).findings
    .filter(({ id }) => id === 'read-lock-upgrade')
    .map(({ severity, certainty, missing }) => [severity, certainty, missing.length]);

/** The same of a StampedLock, which no list shows. */
const stamped = (text: string) =>
  text
    .replace('ReentrantReadWriteLock$NonfairSync', 'StampedLock')
    .replace(
      'ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)',
      'StampedLock.writeLock(java.base@17.0.15/StampedLock.java:480)',
    );

/** One that waits for the same lock behind it. */
const behind = (text: string, name: string) =>
  text.replace(
    '"main" #1',
    `"${name}" #32 prio=5 os_prio=0 cpu=1.22ms elapsed=31.1s tid=0x00007f5c0c0d1800 nid=0x53 waiting on condition  [0x00007f5bf0cfe000]
   java.lang.Thread.State: WAITING (parking)
	at jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)
	- parking to wait for  <0x000000062b1a7f18> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)
	at java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)
	at java.util.concurrent.locks.ReentrantReadWriteLock$ReadLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:738)
	at org.shop.Prices.get(Prices.java:71)
	at org.shop.Convert.map(Convert.java:15)
${NONE}
"main" #1`,
  );

const OUTER = 'org.shop.Prices.getOrLoad(Prices.java:41)';
const ELSEWHERE = 'org.shop.Other.load(Other.java:41)';

describe('an upgrade from the read to the write lock', () => {
  it('is suspected with the list of locks, and without it, where it asks for the list', async () => {
    assert.deepEqual(await upgrades(updater(OUTER, NONE)), [['warning', 'suspected', 1]]);
    assert.deepEqual(await upgrades(updater(OUTER, '')), [['warning', 'suspected', 2]]);
  });

  it('in one method is an information: a reader that kept the lock looks the same', async () => {
    assert.deepEqual(await upgrades(updater(ELSEWHERE, NONE)), [['info', 'suspected', 2]]);
    assert.deepEqual(await upgrades(behind(updater(ELSEWHERE, NONE), 'audit-1')), [['info', 'suspected', 2]]);
  });

  it('in one method is none where another thread is at work in the package, which may be a reader', async () => {
    for (const at of ['Report.sum(Report.java:9)', 'Main.main(Main.java:9)']) {
      const text = updater(ELSEWHERE, NONE).replace(IDLE, `RUNNABLE\n\tat org.shop.${at}`);
      assert.deepEqual(await upgrades(text), []);
    }
  });

  it('with a task behind it is a warning', async () => {
    const text = behind(updater(ELSEWHERE, NONE), 'convert (1/1)#0');
    assert.deepEqual(await upgrades(text), [['warning', 'suspected', 2]]);
    const analysis = (await analyse({ uri: 'file:///a.txt', text })) as ThreadDumpAnalysis;
    const { findings, dumps } = analysis;
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['read-lock-upgrade'],
    );
    assert.deepEqual(
      vertices(activitiesOf(dumps[0] as AnalysedDump)).map(({ task, counts }) => [task, counts.blocked]),
      [['convert', 1]],
    );
    assert.match(findings[0]?.details.join(' ') ?? '', /1 other thread waits behind it/);
  });

  it('of a StampedLock is suspected too, in a task as beside it, and told once', async () => {
    for (const name of ['price-updater', 'prices (1/1)#0']) {
      const text = stamped(updater(OUTER, NONE)).replace('price-updater', name);
      const { findings } = await analyse({ uri: 'file:///a.txt', text });
      assert.deepEqual(
        findings.map(({ id, severity, missing }) => [id, severity, missing.length]),
        [['read-lock-upgrade', 'warning', 2]],
      );
      // Its holder stands in no list, whatever jstack is asked for.
      assert.doesNotMatch(`${findings[0]?.evidence} ${findings[0]?.missing}`, /is held for reading|jstack/);
    }
    assert.deepEqual(await upgrades(stamped(updater(ELSEWHERE, NONE))), [['info', 'suspected', 3]]);
  });

  it('is none where only a wrapper of the lock is seen, or another thread is inside the class', async () => {
    assert.deepEqual(await upgrades(updater(ELSEWHERE, NONE, 'org.shop.NamesLock.write(NamesLock.java:57)')), []);
    assert.deepEqual(await upgrades(updater(ELSEWHERE, NONE, 'org.shop.Names.acquireForWrite(Names.java:57)')), []);
    assert.deepEqual(await upgrades(updater(OUTER, '').replace('org.shop.Main.main', 'org.shop.Prices.all')), []);
    assert.deepEqual(await upgrades(updater(ELSEWHERE, '').replace('org.shop.Main.main', 'org.shop.Prices.all')), []);
  });
});
