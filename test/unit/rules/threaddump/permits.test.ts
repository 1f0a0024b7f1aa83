// Threads that wait for permits of a semaphore: joined by its address, with who may have them, or that nobody seems to.

import assert from 'node:assert/strict';
import { headline } from '../../../../server/src/core/rules/saying.ts';
import { analyseText, hotspot, thread } from '../../analysis/threaddump/dumps.ts';

const RUN = 'java.lang.Thread.run(java.base@17.0.15/Thread.java:840)';
const permit = (address = '0x00000000d0000003'): string[] => [
  'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)',
  `- parking to wait for  <${address}> (a java.util.concurrent.Semaphore$FairSync)`,
  'java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)',
  'java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)',
];
const FLINK = [
  'org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)',
  'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.runMailboxLoop(MailboxProcessor.java:231)',
  'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)',
  RUN,
];
const READ = [
  'sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)',
  'java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)',
];
const WORKER = ['java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)', RUN];
const WAITING = 'WAITING (parking)';
const MAP = 'com.shop.Rate.map(Rate.java:13)';
const ENTER = 'com.shop.gate.Gate.enter(Gate.java:12)';

const rate = (number: number, top: readonly string[], state = WAITING): string => thread(`rate (${number}/3)#0`, state, [...top, MAP, ...FLINK]);
const waits = (number: number, address?: string): string => rate(number, [...permit(address), ENTER]);

const findings = async (threads: readonly string[]) => (await analyseText(hotspot(threads))).findings;
const told = async (...threads: string[]): Promise<string[]> => (await findings(threads)).map(headline);

describe('permits of a semaphore', () => {
  it('that nobody seems to have are told as used up, with what may have taken them', async () => {
    const [one, ...others] = await findings([waits(1), waits(2), waits(3)]);
    assert.deepEqual(others, []);
    assert.ok(one !== undefined);
    assert.equal(headline(one), 'Suspected: Permits used up, no holder seen: "rate" waits in Gate.enter');
    assert.deepEqual(one.details.slice(0, 2), ['All 3 subtasks wait there.', '3 threads wait for one and the same semaphore.']);
    assert.match(one.advice[0] ?? '', /finally.*too few/);
    assert.ok(one.missing.some((text) => text.includes('asynchronous client')));
  });

  it('join who waits for them at other places', async () => {
    const other = thread('price (1/1)#0', WAITING, [...permit(), 'com.shop.Price.map(Price.java:8)', ...FLINK]);
    const inPool = thread('refresh-1', WAITING, [...permit(), 'com.shop.Refresh.run(Refresh.java:8)', ...WORKER]);
    const [one, ...others] = await findings([waits(1), waits(2), other, inPool]);
    assert.deepEqual(others, []);
    assert.deepEqual(one?.details.slice(0, 2), [
      '2 of 3 subtasks wait there.',
      '4 threads wait for one and the same semaphore, "price (1/1)#0" and "refresh-1" among them.',
    ]);
  });

  it('that a subtask or a thread of a pool has while it calls out: the call is told', async () => {
    const call = [...READ, 'com.shop.gate.Client.get(Client.java:31)', ENTER];
    const message = 'Suspected: "rate" waits for Client.get, which waits for the network';
    assert.deepEqual(await told(waits(1), waits(2), rate(3, call, 'RUNNABLE')), [message]);
    assert.deepEqual(await told(waits(1), waits(2), thread('gate-1', 'RUNNABLE', [...call, ...WORKER])), [message]);
  });

  it('that somebody may have who is at work are only waited for', async () => {
    const computes = rate(3, ['com.shop.gate.Model.of(Model.java:7)', ENTER], 'RUNNABLE');
    const [one] = await findings([waits(1), waits(2), computes]);
    assert.ok(one !== undefined);
    assert.equal(headline(one), 'Suspected: "rate" waits for a permit in user code, Gate.enter');
    assert.ok(one.evidence.includes('Perhaps with a permit: "rate (3/3)#0" is in Model.of (Model.java:7).'));
    assert.match(one.advice[0] ?? '', /released in finally/);
  });

  it('of two semaphores, or of one that a single thread waits for, say nothing about who has them', async () => {
    const wait = 'Suspected: "rate" waits for a permit in user code, Gate.enter';
    assert.deepEqual(await told(waits(1)), [wait]);
    assert.deepEqual(await told(waits(1), waits(2, '0x00000000d0000004')), [wait, wait]);
    assert.match((await findings([waits(1)]))[0]?.advice[0] ?? '', /who is to release/);
  });

  it("are nobody's because of the main method of the job, or of workers without work", async () => {
    const main = thread('main', WAITING, [
      ...permit('0x00000000d0000009').slice(0, 3),
      'java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)',
      'org.apache.flink.streaming.api.environment.StreamExecutionEnvironment.execute(StreamExecutionEnvironment.java:2322)',
      'com.shop.Job.main(Job.java:60)',
    ]);
    assert.deepEqual(await told(waits(1), waits(2), main), ['Suspected: Permits used up, no holder seen: "rate" waits in Gate.enter']);
  });
});
