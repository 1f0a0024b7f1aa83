// Two dumps side by side: what holds the others up comes first, and what stands still because it has nothing to do not at all.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../../scripts/lib/paths.mjs';
import { diffDumps } from '../../../../server/src/core/analysis/threaddump/dumpDiff.ts';
import type { AnalysedDump } from '../../../../server/src/core/analysis/threaddump/model.ts';
import { analyseText, hotspot, thread } from './dumps.ts';

const ROOT = at('test/fixtures/flink/');

/** Names of threads told as stuck or busy, in their order, between the first two dumps of a recording. */
async function told(version: string, scenario: string): Promise<string[]> {
  const dumps: AnalysedDump[] = [];
  for (const number of [1, 2]) {
    const text = readFileSync(path.join(ROOT, version, scenario, `taskmanager-jstack-${number}.txt`), 'utf8');
    dumps.push(...(await analyseText(text)).dumps);
  }
  return diffDumps(dumps)
    .rows.filter(({ verdict }) => verdict === 'stuck' || verdict === 'busy-at-one-place')
    .map(({ verdict, name }) => `${verdict}: ${name}`);
}

describe('comparison of dumps', () => {
  const pairs = readdirSync(ROOT).flatMap((version) =>
    readdirSync(path.join(ROOT, version))
      .filter((scenario) => existsSync(path.join(ROOT, version, scenario, 'taskmanager-jstack-2.txt')))
      .map((scenario) => ({ version, scenario })),
  );

  for (const { version, scenario } of pairs.filter((one) => one.scenario === 'word-count')) {
    it(`nothing is stuck in a healthy job of ${version}`, async () => {
      assert.deepEqual(await told(version, scenario), []);
    });
  }

  for (const { version, scenario } of pairs.filter((one) => one.scenario === 'waits-for-own-checkpoint')) {
    it(`the task that waits for its own checkpoint is all that is stuck, on ${version}`, async () => {
      assert.deepEqual(await told(version, scenario), ['stuck: commit on checkpoint (1/1)#0']);
    });
  }

  it('who works is not idle, through whatever functional interfaces it is called', async () => {
    const dumps: AnalysedDump[] = [];
    for (const number of [1, 2]) {
      const text = readFileSync(path.join(ROOT, '2.3.0/skewed-key', `taskmanager-jstack-${number}.txt`), 'utf8');
      dumps.push(...(await analyseText(text)).dumps);
    }
    const moving = diffDumps(dumps).rows.filter(({ verdict }) => verdict === 'moving');
    assert.deepEqual(
      moving.map(({ name }) => name),
      ['score (4/4)#0'],
    );
  });

  it('a thread of any name that waits in its own loop is idle, unless it holds a lock that somebody wants', async () => {
    const lines = {
      queue: ['java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)'],
      notify: ['java.lang.Object.wait(Object.java:338)'],
      sleep: ['java.lang.Thread.sleep(Native Method)'],
    };
    const state = { queue: 'WAITING (parking)', notify: 'WAITING (on object monitor)', sleep: 'TIMED_WAITING (sleeping)' };
    const loop = (name: string): string[] => [`com.shop.${name}.next(${name}.java:9)`, `com.shop.${name}.run(${name}.java:5)`];
    const loops = (['queue', 'notify', 'sleep'] as const).map((one) => thread(`mail-${one}`, state[one], [...lines[one], ...loop('Mail')]));
    const holder = thread('ledger', state.notify, [...lines.notify, ...loop('Ledger'), '- locked <0x00000000d0000009> (a com.shop.Ledger)']);
    const waiter = thread('booking', 'BLOCKED (on object monitor)', [
      'com.shop.Ledger.book(Ledger.java:7)',
      '- waiting to lock <0x00000000d0000009> (a com.shop.Ledger)',
    ]);
    const text = hotspot([...loops, holder, waiter]);
    const { dumps } = await analyseText(`${text}\n${text.replace('11:34:02', '11:34:09')}`);
    assert.deepEqual(
      diffDumps(dumps).rows.map(({ name, verdict }) => `${name} ${verdict}`),
      ['ledger stuck', 'booking stuck', 'mail-queue idle', 'mail-notify idle', 'mail-sleep idle'],
    );
  });

  it('the own threads of clients that nothing is sent to are idle, one that somebody had read for him is not', async () => {
    const TAKE = 'java.util.concurrent.LinkedBlockingQueue.take(LinkedBlockingQueue.java:435)';
    const READ = 'java.net.SocketInputStream.socketRead0(Native Method)';
    const text = hotspot([
      thread('lettuce-eventExecutorLoop-1-1', 'WAITING (parking)', [
        TAKE,
        'io.netty.util.concurrent.SingleThreadEventExecutor.takeTask(SingleThreadEventExecutor.java:243)',
        'io.netty.util.concurrent.DefaultEventExecutor.run(DefaultEventExecutor.java:64)',
      ]),
      thread('AMQP Connection 10.0.0.1:5672', 'RUNNABLE', [
        READ,
        'com.rabbitmq.client.impl.SocketFrameHandler.readFrame(SocketFrameHandler.java:184)',
        'com.rabbitmq.client.impl.AMQConnection$MainLoop.run(AMQConnection.java:665)',
      ]),
      thread('batch-flusher', 'TIMED_WAITING (parking)', [
        'java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.awaitNanos(AbstractQueuedSynchronizer.java:1672)',
        'com.shop.Flusher.awaitNext(Flusher.java:9)',
        'com.shop.Flusher.loop(Flusher.java:5)',
      ]),
      thread('prices', 'RUNNABLE', [
        READ,
        'com.rabbitmq.client.impl.SocketFrameHandler.readFrame(SocketFrameHandler.java:184)',
        'com.shop.Prices.ask(Prices.java:9)',
      ]),
    ]);
    const { dumps } = await analyseText(`${text}\n${text.replace('11:34:02', '11:34:09')}`);
    assert.deepEqual(
      diffDumps(dumps).rows.map(({ name, verdict }) => `${name} ${verdict}`),
      ['prices stuck', 'lettuce-eventExecutorLoop-1-1 idle', 'AMQP Connection 10.0.0.1:5672 idle', 'batch-flusher idle'],
    );
  });

  it('a worker of a library that waits for its queue is idle; one that waits for it within its work is not', async () => {
    const worker = (at: number, ...work: string[]): string =>
      `"Curator-ConnectionStateManager-${at}" #${at + 20} daemon prio=5 os_prio=0 cpu=1.00ms elapsed=10.00s tid=0x00007f000000${at}000 nid=0x${at}1 waiting on condition  [0x00007f0000000002]\n   java.lang.Thread.State: WAITING (parking)\n\tat jdk.internal.misc.Unsafe.park(java.base@17.0.9/Native Method)\n\tat java.util.concurrent.ArrayBlockingQueue.take(java.base@17.0.9/ArrayBlockingQueue.java:420)\n${work
        .map((frame) => `\tat ${frame}(X.java:1)\n`)
        .join('')}\tat java.lang.Thread.run(java.base@17.0.9/Thread.java:840)\n`;
    const loop = 'org.apache.curator.framework.state.ConnectionStateManager.processEvents';
    const dump = (second: number): string =>
      `2026-11-29 10:00:0${second}\nFull thread dump OpenJDK 64-Bit Server VM (17.0.9+9 mixed mode):\n\n${worker(1, loop)}\n${worker(2, 'com.shop.Listener.changed', loop)}`;
    const { dumps } = await analyseText(`${dump(1)}\n${dump(6)}`);
    const verdicts = new Map(diffDumps(dumps).rows.map(({ name, verdict }) => [name, verdict]));
    assert.equal(verdicts.get('Curator-ConnectionStateManager-2'), 'stuck');
    assert.notEqual(verdicts.get('Curator-ConnectionStateManager-1'), 'stuck');
  });

  it('a loop at one place is busy only from a tenth of a core on', async () => {
    const dump = (seconds: number, used: [number, number]): string =>
      `2026-11-29 10:00:0${seconds}\nFull thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode):\n\n${['spins', 'polls']
        .map(
          (name, at) =>
            `"${name}" #${at + 20} prio=5 os_prio=0 cpu=${used[at]}.00ms elapsed=${10 + seconds}.00s tid=0x00007f000000${at}000 nid=0x${at}1 runnable  [0x00007f0000000002]\n   java.lang.Thread.State: RUNNABLE\n\tat com.shop.Loop.${name}(Loop.java:5)\n`,
        )
        .join('\n')}`;
    const { dumps } = await analyseText(`${dump(1, [100, 100])}\n${dump(6, [4100, 140])}`);
    assert.deepEqual(
      diffDumps(dumps).rows.map(({ name, verdict }) => [name, verdict]),
      [
        ['spins', 'busy-at-one-place'],
        ['polls', 'now-and-then'],
      ],
    );
  });
});
