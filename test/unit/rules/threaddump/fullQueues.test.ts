// Requests that others carry: an asynchronous operator whose queue is full, a client of the JDK for HTTP, a task that sleeps.

import assert from 'node:assert/strict';
import { headline } from '../../../../server/src/core/rules/saying.ts';
import { threadDumpReport } from '../../../../server/src/core/views/threaddump/report.ts';
import { analyseText, hotspot, thread } from '../../analysis/threaddump/dumps.ts';

const PARK = 'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)';
const SIGNALLED = '- parking to wait for  <0x00000000d0000001> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)';
const RUN = 'java.lang.Thread.run(java.base@17.0.15/Thread.java:840)';
const MAIL = [PARK, SIGNALLED, 'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take(TaskMailboxImpl.java:149)'];
const LOOP = [
  'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.runMailboxLoop(MailboxProcessor.java:231)',
  'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)',
  RUN,
];
const YIELD = [...MAIL, 'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl.yield(MailboxExecutorImpl.java:84)'];
const OPERATOR = 'org.apache.flink.streaming.api.operators.async.AsyncWaitOperator';
const FULL = [...YIELD, `${OPERATOR}.addToWorkQueue(AsyncWaitOperator.java:349)`, `${OPERATOR}.processElement(AsyncWaitOperator.java:254)`, ...LOOP];
const ENDING = [
  ...YIELD,
  `${OPERATOR}.waitInFlightInputsFinished(AsyncWaitOperator.java:370)`,
  `${OPERATOR}.endInput(AsyncWaitOperator.java:312)`,
  ...LOOP,
];
const SINK = [...YIELD, 'org.apache.flink.connector.base.sink.writer.AsyncSinkWriter.write(AsyncSinkWriter.java:283)', ...LOOP];
const IDLE = [...MAIL, ...LOOP];
const BUFFERS = ['org.apache.flink.runtime.io.network.buffer.LocalBufferPool.requestMemorySegmentBlocking(LocalBufferPool.java:383)', ...LOOP];
const READ = [
  'sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)',
  'sun.nio.ch.NioSocketImpl.tryRead(java.base@17.0.15/NioSocketImpl.java:266)',
  'java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)',
];
const WORKER = [
  'java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)',
  'java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)',
  RUN,
];
const PERMIT = [
  PARK,
  '- parking to wait for  <0x00000000d0000003> (a java.util.concurrent.Semaphore$NonfairSync)',
  'java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)',
];
const SEND = [
  PARK,
  '- parking to wait for  <0x00000000d0000002> (a java.util.concurrent.CompletableFuture$Signaller)',
  'java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)',
  'java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)',
  'jdk.internal.net.http.HttpClientImpl.send(java.net.http@17.0.15/HttpClientImpl.java:554)',
  'jdk.internal.net.http.HttpClientFacade.send(java.net.http@17.0.15/HttpClientFacade.java:123)',
];
const SLEEP = ['java.lang.Thread.sleep(java.base@17.0.15/Native Method)'];
const TIMED = 'TIMED_WAITING (sleeping)';
const WAITING = 'WAITING (parking)';

const subtask = (name: string, frames: readonly string[], number = 1, of = 2): string =>
  thread(`${name} (${number}/${of})#0`, frames === FULL ? 'TIMED_WAITING (parking)' : WAITING, frames);
const ASKED = 'com.shop.geo.Lookup.lambda$asyncInvoke$0(Lookup.java:31)';
const GET = [...READ, 'com.shop.geo.Client.get(Client.java:17)'];
const asks = (number: number): string => thread(`geo-${number}`, 'RUNNABLE', [...GET, ASKED, ...WORKER]);
const full = [1, 2].map((number) => subtask('geo lookup', FULL, number));

const findings = async (threads: readonly string[]) => (await analyseText(hotspot(threads))).findings;
const told = async (...threads: string[]): Promise<string[]> => (await findings(threads)).map(headline);

describe('an asynchronous operator whose queue is full', () => {
  const FOUND = 'Suspected: Queue of "geo lookup" is full: its requests wait for the network in Client.get';

  it('is told by the call in which its requests stand', async () => {
    const threads = [...full, subtask('Source: clicks', IDLE, 1, 1), asks(1), asks(2)];
    const [one, ...others] = await findings(threads);
    assert.deepEqual(others, []);
    assert.ok(one !== undefined);
    assert.equal(headline(one), FOUND);
    assert.equal(one.severity, 'info');
    assert.match(one.advice[0] ?? '', /timeouts .* capacity/);
    assert.match(one.evidence[0] ?? '', /^"geo-1" and 1 more read from a socket in Client\.get/);
    const report = threadDumpReport(await analyseText(hotspot(threads)), 'dump');
    assert.match(report, /\| geo lookup \| 2 of 2 \| 0 \| 0 \| 0 \| 0 \| 2 \| 0 \|/, 'it waits, and is not busy');
  });

  it('with who is back-pressured by it, and not as a bottleneck beside that', async () => {
    const all = await findings([...full, subtask('Source: clicks', BUFFERS, 1, 1), asks(1)]);
    assert.deepEqual(all.map(headline), [FOUND]);
    assert.ok(all[0]?.details.includes('Back-pressured meanwhile: "Source: clicks".'));
  });

  it('whatever carries the requests: tasks without a lambda, HTTP, a gate before the call', async () => {
    const called = (number: number, top: readonly string[], state = 'RUNNABLE'): string =>
      thread(`pool-7-thread-${number}`, state, [...top, 'com.shop.geo.Lookup$Request.call(Lookup.java:52)', ...WORKER]);
    assert.deepEqual(await told(...full, called(1, GET), called(2, GET)), [FOUND]);
    const sends = [...SEND, 'com.shop.geo.Client.get(Client.java:17)'];
    assert.deepEqual(await told(...full, called(1, sends, WAITING), called(2, sends, WAITING)), [FOUND]);
    const gate = [...PERMIT, 'com.shop.geo.Client.get(Client.java:15)'];
    assert.deepEqual(await told(...full, called(1, GET), called(2, gate, WAITING)), [FOUND]);
  });

  it('a sink, and an operator that waits for its last requests, say so', async () => {
    assert.deepEqual(await told(subtask('geo lookup', ENDING, 1, 1), asks(1)), [
      'Suspected: "geo lookup" waits for its last requests, which wait for the network in Client.get',
    ]);
    const submits = thread('put-1', 'RUNNABLE', [...GET, 'com.shop.Put.lambda$submitRequestEntries$1(Put.java:8)', ...WORKER]);
    assert.deepEqual(await told(subtask('out: Writer', SINK, 1, 1), submits), [
      'Suspected: "out: Writer" waits for its requests, which wait for the network in Client.get',
    ]);
  });

  it('is none where the dump does not show its requests, some compute, or most subtasks take records', async () => {
    assert.deepEqual(await told(...full), []);
    const computes = thread('geo-2', 'RUNNABLE', ['com.shop.geo.Parser.parse(Parser.java:9)', ASKED, ...WORKER]);
    assert.deepEqual(await told(...full, asks(1), computes), []);
    const other = thread('geo-2', 'RUNNABLE', [...READ, 'com.shop.geo.Backup.get(Backup.java:17)', ASKED, ...WORKER]);
    assert.deepEqual(await told(...full, asks(1), other), [], 'which of the two calls decides');
    const fine = [2, 3].map((number) => subtask('geo lookup', IDLE, number, 3));
    assert.deepEqual(await told(subtask('geo lookup', FULL, 1, 3), ...fine, asks(1)), []);
    assert.deepEqual(await told(subtask('geo lookup', IDLE, 1, 1), asks(1)), [], 'requests under way, and room for more');
  });
});

describe('a request of the HTTP client of the JDK', () => {
  const fetcher = (number: number): string =>
    thread(`Source Data Fetcher for Source: feed (${number}/2)#0`, WAITING, [
      ...SEND,
      'com.shop.feed.Poller.poll(Poller.java:16)',
      'com.shop.feed.Poller.fetch(Poller.java:15)',
      'org.apache.flink.connector.base.source.reader.fetcher.FetchTask.run(FetchTask.java:58)',
      ...WORKER,
    ]);

  it('in a fetch is a wait for an answer, and no pool that waits for itself', async () => {
    const all = await findings([fetcher(1), fetcher(2)]);
    assert.deepEqual(all.map(headline), ['Suspected: "Source: feed" is stuck in fetch, waiting for an HTTP answer in Poller.poll']);
    assert.match(all[0]?.advice[0] ?? '', /HttpRequest\.Builder\.timeout/);
  });

  it('nor is a pool all of whose threads send one; one that waits for other futures is', async () => {
    const sends = (number: number): string => thread(`ask-${number}`, WAITING, [...SEND, 'com.shop.Ask.one(Ask.java:5)', ...WORKER]);
    assert.deepEqual(await told(sends(1)), []);
    assert.deepEqual(await told(sends(1), sends(2), sends(3)), []);
    const waits = thread('ask-1', WAITING, [...SEND.slice(0, 4), 'com.shop.Ask.one(Ask.java:5)', ...WORKER]);
    assert.deepEqual(await told(waits), ['Suspected: "ask", alone in its pool, waits for a result in Ask.one']);
  });

  it('nobody who wants the lock of a thread that sends one is to end it', async () => {
    const lock = '<0x00000000e0000001> (a com.shop.Ask)';
    const holder = thread('asker', WAITING, [...SEND, 'com.shop.Ask.one(Ask.java:5)', `- locked ${lock}`, RUN]);
    const wants = thread('other', 'BLOCKED (on object monitor)', ['com.shop.Ask.two(Ask.java:9)', `- waiting to lock ${lock}`, RUN]);
    assert.deepEqual(
      (await told(holder, wants)).filter((one) => one.includes('and waits for')),
      [],
    );
  });
});

describe('a bottleneck', () => {
  const source = subtask('Source: ticks', BUFFERS, 1, 1);
  const sleeps = (number: number, at = 'com.shop.Throttle.pause(Throttle.java:11)'): string =>
    thread(`Sink: pager (${number}/2)#0`, TIMED, [...SLEEP, at, 'com.shop.Pager.invoke(Pager.java:10)', ...LOOP]);

  it('that sleeps is told with where, and is not at work', async () => {
    const threads = [source, sleeps(1), sleeps(2)];
    const [one] = await findings(threads);
    assert.ok(one !== undefined);
    assert.equal(headline(one), 'Suspected: Bottleneck: "Sink: pager", sleeping in Throttle.pause; 1 task is back-pressured');
    assert.equal(one.details[0], '2 of its 2 subtasks here: sleeping in Throttle.pause (Throttle.java:11).');
    assert.match(one.advice[0] ?? '', /sleep/);
    const report = threadDumpReport(await analyseText(hotspot(threads)), 'dump');
    assert.match(report, /\| Sink: pager \| 2 of 2 \| 0 \| 0 \| 0 \| 0 \| 2 \| 0 \|/);
  });

  it('is told so too where back-pressure is only to be guessed', async () => {
    const report = threadDumpReport(await analyseText(hotspot([subtask('Source: ticks', IDLE, 1, 1), sleeps(1), sleeps(2)])), 'dump');
    assert.match(report, /\*\*Perhaps the bottleneck: "Sink: pager", sleeping in Throttle\.pause\*\*/);
  });

  it('that waits for the network in one call is told with it, without a place where there are two', async () => {
    const reads = (number: number, at: string): string => thread(`Sink: pager (${number}/2)#0`, 'RUNNABLE', [...READ, at, ...LOOP]);
    const call = 'com.shop.Pager.send(Pager.java:10)';
    assert.deepEqual(await told(source, reads(1, call), reads(2, call)), [
      'Suspected: Bottleneck: "Sink: pager", waiting for the network in Pager.send',
    ]);
    assert.deepEqual(await told(source, reads(1, call), reads(2, 'com.shop.Pager.login(Pager.java:2)')), [
      'Suspected: Bottleneck: "Sink: pager", waiting for the network; 1 task is back-pressured',
    ]);
  });

  it('of which one computes is at work', async () => {
    const computes = thread('Sink: pager (2/2)#0', 'RUNNABLE', ['com.shop.Pager.format(Pager.java:30)', ...LOOP]);
    const [one] = await findings([source, sleeps(1), computes]);
    assert.ok(one !== undefined);
    assert.equal(headline(one), 'Suspected: Bottleneck: "Sink: pager"; 1 task is back-pressured meanwhile');
    assert.equal(one.details[0], '2 of its 2 subtasks here are at work.');
  });
});
