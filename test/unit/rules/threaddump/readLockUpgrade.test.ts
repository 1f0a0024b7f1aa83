import assert from 'node:assert/strict';
import { analyse } from '../../../../server/src/core/kinds/index.ts';

const updater = (outer: string, listed: string) => `2031-05-05 10:00:00
Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode, sharing):

"price-updater" #31 prio=5 os_prio=0 cpu=1.22ms elapsed=31.1s tid=0x00007f5c0c0d1000 nid=0x51 waiting on condition  [0x00007f5bf0bfe000]
   java.lang.Thread.State: WAITING (parking)
	at jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)
	- parking to wait for  <0x000000062b1a7f18> (a java.util.concurrent.locks.ReentrantReadWriteLock$NonfairSync)
	at java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)
	at java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)
	at java.util.concurrent.locks.ReentrantReadWriteLock$WriteLock.lock(java.base@17.0.15/ReentrantReadWriteLock.java:959)
	at org.shop.Prices.put(Prices.java:57)
	at ${outer}
	at org.shop.Updater.run(Updater.java:22)
	at java.lang.Thread.run(java.base@17.0.15/Thread.java:840)
${listed}
"main" #1 prio=5 os_prio=0 cpu=93.93ms elapsed=31.2s tid=0x00007f5c0c0d2800 nid=0x52 waiting on condition  [0x00007f5bf0afd000]
   java.lang.Thread.State: TIMED_WAITING (sleeping)
	at java.lang.Thread.sleep(java.base@17.0.15/Native Method)
	at org.shop.Main.main(Main.java:9)
${listed}
JNI global refs: 12, weak refs: 0
`;
const NONE = '\n   Locked ownable synchronizers:\n\t- None\n';

const upgrades = async (text: string) =>
  (await analyse({ uri: 'file:///a.txt', text })).findings
    .filter(({ id }) => id === 'read-lock-upgrade')
    .map(({ certainty, missing }) => [certainty, missing.length]);

describe('an upgrade from the read to the write lock', () => {
  it('is suspected with the list of locks, and without it, where it asks for the list', async () => {
    assert.deepEqual(await upgrades(updater('org.shop.Prices.getOrLoad(Prices.java:41)', NONE)), [['suspected', 1]]);
    assert.deepEqual(await upgrades(updater('org.shop.Prices.getOrLoad(Prices.java:41)', '')), [['suspected', 2]]);
  });

  it('is none where the class is entered once, or another thread is inside it', async () => {
    assert.deepEqual(await upgrades(updater('org.shop.Other.load(Other.java:41)', '')), []);
    const text = updater('org.shop.Prices.getOrLoad(Prices.java:41)', '').replace('org.shop.Main.main', 'org.shop.Prices.all');
    assert.deepEqual(await upgrades(text), []);
  });
});
