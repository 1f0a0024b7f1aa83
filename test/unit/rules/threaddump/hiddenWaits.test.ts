// Waits for something that is not a lock: who is told, who is not, and what the first sentence says.

import assert from 'node:assert/strict';
import { analyseText, hotspot, thread } from '../../analysis/threaddump/dumps.ts';

const PARK = 'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)';
const LATCH = [
  PARK,
  '- parking to wait for  <0x00000000d0000001> (a java.util.concurrent.CountDownLatch$Sync)',
  'java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)',
];
const FUTURE = [
  PARK,
  '- parking to wait for  <0x00000000d0000002> (a java.util.concurrent.FutureTask)',
  'java.util.concurrent.FutureTask.awaitDone(java.base@17.0.15/FutureTask.java:447)',
  'java.util.concurrent.FutureTask.get(java.base@17.0.15/FutureTask.java:190)',
];
const TAKE = [
  PARK,
  '- parking to wait for  <0x00000000d0000003> (a java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject)',
  'java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(java.base@17.0.15/AbstractQueuedSynchronizer.java:1630)',
  'java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)',
];
const BUFFERS = [
  ...FUTURE.slice(0, 2),
  'java.util.concurrent.CompletableFuture.get(java.base@17.0.15/CompletableFuture.java:2072)',
  'org.apache.flink.runtime.io.network.buffer.LocalBufferPool.requestMemorySegmentBlocking(LocalBufferPool.java:383)',
];
const MAILBOX = [
  'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.runMailboxLoop(MailboxProcessor.java:231)',
  'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)',
  'java.lang.Thread.run(java.base@17.0.15/Thread.java:840)',
];
const MAP = [
  'com.shop.Enrich.map(Enrich.java:41)',
  'org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)',
  ...MAILBOX,
];
const WORKER = [
  'java.util.concurrent.FutureTask.run(java.base@17.0.15/FutureTask.java:264)',
  'java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)',
  'java.lang.Thread.run(java.base@17.0.15/Thread.java:840)',
];

async function told(...threads: string[]): Promise<string[]> {
  return (await analyseText(hotspot(threads))).findings.map(({ id, severity, message }) => `${severity} ${id}: ${message}`);
}

describe('waits for something that is no lock', () => {
  it('a task that waits in user code is told once a place, with its subtasks', async () => {
    const tasks = [1, 2].map((subtask) => thread(`enrich (${subtask}/3)#0`, 'WAITING (parking)', [...LATCH, ...MAP]));
    assert.deepEqual(await told(...tasks), ['warning task-waits-in-user-code: "enrich" waits for a latch in user code, Enrich.map']);
    assert.equal((await analyseText(hotspot(tasks))).findings[0]?.details[0], '2 of 3 subtasks wait there.');
  });

  it('who blocks for a reactive library waits, and not the library', async () => {
    const blocks = [
      PARK,
      '- parking to wait for  <0x00000000d0000001> (a reactor.core.publisher.BlockingMonoSubscriber)',
      'java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)',
      'reactor.core.publisher.BlockingSingleSubscriber.blockingGet(BlockingSingleSubscriber.java:87)',
      'reactor.core.publisher.Mono.block(Mono.java:1712)',
    ];
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'WAITING (parking)', [...blocks, ...MAP])), [
      'warning task-waits-in-user-code: "enrich" waits for a future in user code, Enrich.map',
    ]);
  });

  it('who calls a library that waits is told with it, alone where both have no room, and no name is cut for words', async () => {
    const grpc = ['io.grpc.stub.ClientCalls.blockingUnaryCall(ClientCalls.java:172)', ...MAP];
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'WAITING (parking)', [...LATCH, ...grpc])), [
      'warning task-waits-in-user-code: "enrich" waits for a latch in ClientCalls.blockingUnaryCall, called from Enrich.map',
    ]);
    const deep = ['io.grpc.stub.ClientCalls$ThreadlessExecutor.waitAndDrain(ClientCalls.java:748)', ...grpc];
    assert.deepEqual(await told(thread('enrich customers (1/1)#0', 'WAITING (parking)', [...LATCH, ...deep])), [
      'warning task-waits-in-user-code: "enrich customers" waits for a latch in Enrich.map',
    ]);
    const writer = [
      'org.apache.kafka.common.Timer.sleep(Timer.java:1)',
      'org.apache.flink.connector.kafka.sink.KafkaWriter.write(KafkaWriter.java:8)',
    ];
    assert.deepEqual(await told(thread('Sink: out (1/1)#0', 'WAITING (parking)', [...LATCH, ...writer, ...MAILBOX])), [
      'warning task-waits-in-user-code: "Sink: out" waits for a latch in Timer.sleep, called from KafkaWriter.write',
    ]);
    const coordinator = 'org.apache.flink.runtime.source.coordinator.SourceCoordinator.handleRequestSplit(SourceCoordinator.java:246)';
    const enumerator = ['com.shop.Scan.handleSplitRequest(Scan.java:8)', coordinator, ...WORKER];
    assert.deepEqual(await told(thread('SourceCoordinator-Source: table scan', 'WAITING (parking)', [...FUTURE, ...enumerator])), [
      'warning task-waits-in-user-code: The enumerator of "Source: table scan" waits for a future in Scan.handleSplitRequest',
    ]);
  });

  it('a split fetcher is told by its fetch where both have no room, a place is cut within its class, else within its method', async () => {
    const fetch = [
      'com.shop.pulsar.PartitionSplitReader.fetch(PartitionSplitReader.java:8)',
      'org.apache.flink.connector.base.source.reader.fetcher.FetchTask.run(FetchTask.java:59)',
    ];
    const fetcher = 'Source Data Fetcher for Source: all customers (1/1)#0';
    assert.deepEqual(await told(thread(fetcher, 'WAITING (parking)', [...FUTURE, ...fetch])), [
      'warning task-waits-in-user-code: "Source: all customers" is stuck in PartitionSplitReader.fetch, waiting for a future',
    ]);
    const main = 'org.apache.flink.runtime.dispatcher.Dispatcher.persistAndRunJob(Dispatcher.java:540)';
    const rpc = 'org.apache.flink.runtime.rpc.pekko.PekkoRpcActor.handleRunAsync(PekkoRpcActor.java:451)';
    const waits = async (place: string): Promise<string[]> =>
      told(thread('flink-pekko.actor.default-dispatcher-9', 'WAITING (parking)', [...LATCH, `org.apache.curator.${place}(X.java:1)`, main, rpc]));
    assert.deepEqual(await waits('CuratorZookeeperClientOfTheOldKind.blockUntilItEnds'), [
      'warning task-waits-in-user-code: The main thread of the Dispatcher waits for a latch in CuratorZookeeper….blockUntilItEnds',
    ]);
    assert.deepEqual(await waits('CuratorZookeeperClient.blockUntilConnectedOrTimedOut'), [
      'warning task-waits-in-user-code: The main thread of the Dispatcher waits for a latch in CuratorZookeeperClient.blockUntil…',
    ]);
  });

  it('a main thread that waits for the network is told as an information, a task that does so is not', async () => {
    const reads = ['sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)', 'com.shop.Catalog.tables(Catalog.java:8)'];
    const main = [
      'org.apache.flink.runtime.jobmaster.JobMaster.onStart(JobMaster.java:484)',
      'org.apache.flink.runtime.rpc.pekko.PekkoRpcActor.handleControlMessage(PekkoRpcActor.java:197)',
    ];
    assert.deepEqual(await told(thread('flink-pekko.actor.default-dispatcher-9', 'RUNNABLE', [...reads, ...main])), [
      'info task-waits-in-user-code: The main thread of the JobMaster waits for a socket in user code, Catalog.tables',
    ]);
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'RUNNABLE', [...reads, ...MAP])), []);
  });

  it('a thread that writes the state of a checkpoint and waits in a file system is told as an information', async () => {
    const upload = [
      'com.shop.fs.ColdFs$Out.write(ColdFs.java:41)',
      'org.apache.flink.runtime.state.filesystem.FsCheckpointStreamFactory$FsCheckpointStateOutputStream.flushToFile(FsCheckpointStreamFactory.java:320)',
      'org.apache.flink.streaming.runtime.tasks.AsyncCheckpointRunnable.run(AsyncCheckpointRunnable.java:124)',
    ];
    const name = 'AsyncOperations-thread-1';
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...LATCH, ...upload, ...WORKER])), [
      'info task-waits-in-user-code: The upload of a checkpoint waits for a latch in user code, ColdFs$Out.write',
    ]);
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...TAKE, ...WORKER])), []);
  });

  it('a task is told by what it runs where its name is blacked out or lost', async () => {
    assert.deepEqual(await told(thread('XXXX', 'WAITING (parking)', [...LATCH, ...MAP])), [
      'warning task-waits-in-user-code: "XXXX" waits for a latch in user code, Enrich.map',
    ]);
    const { findings } = await analyseText(
      `It hangs here:\n${thread('', 'WAITING', [...LATCH, ...MAP])
        .split('\n')
        .slice(1)
        .join('\n')}`,
    );
    assert.deepEqual(
      findings.map(({ message }) => message),
      ['"(no name)" waits for a latch in user code, Enrich.map'],
    );
  });

  it('threads that run a loop of their own around a queue are no pool of connections', async () => {
    const loop = ['com.shop.Workers.nextJob(Workers.java:40)', 'com.shop.Workers.run(Workers.java:20)', 'java.lang.Thread.run(Thread.java:840)'];
    const workers = [1, 2, 3, 4].map((at) => thread(`shop-worker-${at}`, 'WAITING (parking)', [...TAKE, ...loop]));
    assert.deepEqual(await told(...workers), []);
  });

  it('a main thread that waits in code of others is told, an idle one and one that waits in Flink are not', async () => {
    const rpc = [
      'org.apache.flink.runtime.rpc.pekko.PekkoRpcActor.handleRunAsync(PekkoRpcActor.java:451)',
      'org.apache.pekko.dispatch.Mailbox.run(Mailbox.scala:231)',
    ];
    const start = 'org.apache.flink.runtime.dispatcher.runner.SessionDispatcherLeaderProcess.startServices(SessionDispatcherLeaderProcess.java:134)';
    const name = 'flink-pekko.actor.default-dispatcher-9';
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...FUTURE, 'com.shop.ha.Services.store(Services.java:55)', start, ...rpc])), [
      'warning task-waits-in-user-code: "flink-pekko.actor.default-dispatcher-9" waits for a future in user code, Services.store',
    ]);
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...FUTURE, start, ...rpc])), []);
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...LATCH, 'com.shop.Other.run(Other.java:5)'])), []);
  });

  it('a source coordinator that waits in code of the connector is told, and told once', async () => {
    const coordinator = 'org.apache.flink.runtime.source.coordinator.SourceCoordinator.lambda$start$1(SourceCoordinator.java:246)';
    assert.deepEqual(
      await told(
        thread('SourceCoordinator-Source: files', 'WAITING (parking)', [...FUTURE, 'com.shop.Files.start(Files.java:8)', coordinator, ...WORKER]),
      ),
      ['warning task-waits-in-user-code: The enumerator of "Source: files" waits for a future in user code, Files.start'],
    );
  });

  it('the worker of a source coordinator is told as what it is, as an information', async () => {
    const name = 'SourceCoordinator-Source: files-worker-thread-1';
    const call = 'org.apache.flink.runtime.source.coordinator.ExecutorNotifier.lambda$notifyReadyAsync$2(ExecutorNotifier.java:80)';
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...LATCH, 'com.shop.Files.list(Files.java:8)', call, ...WORKER])), [
      'info task-waits-in-user-code: The enumerator of "Source: files" waits for a latch in user code, Files.list',
    ]);
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...TAKE, ...WORKER])), []);
  });

  it('a main thread is told by the endpoint that it is of, with the name of the thread', async () => {
    const name = 'flink-pekko.actor.default-dispatcher-9';
    const text = hotspot([
      thread(name, 'WAITING (parking)', [
        ...FUTURE,
        'com.shop.Files.createEnumerator(Files.java:8)',
        'org.apache.flink.runtime.source.coordinator.SourceCoordinator.start(SourceCoordinator.java:252)',
        'org.apache.flink.runtime.jobmaster.JobMaster.onStart(JobMaster.java:484)',
        'org.apache.flink.runtime.rpc.pekko.PekkoRpcActor.handleControlMessage(PekkoRpcActor.java:197)',
      ]),
    ]);
    const [found] = (await analyseText(text)).findings;
    assert.equal(found?.message, 'The main thread of the JobMaster waits for a future in user code, Files.createEnumerator');
    assert.ok(found.evidence.includes(`The thread is "${name}".`));
  });

  it('a thread that brings answers and waits in a callback for another answer is told', async () => {
    const CALLBACK = [
      'com.shop.Customers.details(Customers.java:47)',
      'com.shop.Customers.lambda$ask$0(Customers.java:43)',
      'java.util.concurrent.CompletableFuture$UniAccept.tryFire(java.base@17.0.15/CompletableFuture.java:718)',
      'java.util.concurrent.CompletableFuture.postComplete(java.base@17.0.15/CompletableFuture.java:510)',
      'java.util.concurrent.CompletableFuture.complete(java.base@17.0.15/CompletableFuture.java:2147)',
      'com.shop.Client.run(Client.java:69)',
    ];
    const io = (...numbers: number[]) => numbers.map((number) => thread(`client-io-${number}`, 'WAITING (parking)', [...FUTURE, ...CALLBACK]));
    assert.deepEqual(await told(...io(1)), [
      'info pool-may-wait-for-itself: "client-io" waits in a callback for another result, in Customers.details',
    ]);
    assert.deepEqual(await told(...io(1, 2)), [
      'info pool-may-wait-for-itself: "client-io" waits in a callback for another result, in Customers.details',
    ]);
    // A second thread of the client may still bring it, and so may another client where the wait has a timeout.
    assert.deepEqual(await told(...io(1), thread('client-io-2', 'RUNNABLE', ['com.shop.Client.run(Client.java:69)'])), []);
    assert.deepEqual(await told(thread('client-io-1', 'TIMED_WAITING (parking)', [...FUTURE, ...CALLBACK])), []);
    // Of a subtask's own thread it is told as what it is.
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'WAITING (parking)', [...FUTURE, ...CALLBACK])), [
      'warning task-waits-in-user-code: "enrich" waits for a future in user code, Customers.details',
    ]);
  });

  it('a lock that nobody is known to hold is waited for, and perhaps held by the task itself', async () => {
    const stamped = [
      PARK,
      '- parking to wait for  <0x00000000d0000001> (a java.util.concurrent.locks.StampedLock)',
      'java.util.concurrent.locks.StampedLock.acquireWrite(java.base@17.0.15/StampedLock.java:1265)',
      'java.util.concurrent.locks.StampedLock.writeLock(java.base@17.0.15/StampedLock.java:480)',
    ];
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'WAITING (parking)', [...stamped, ...MAP])), [
      'warning read-lock-upgrade: "enrich (1/1)#0" waits for the write lock, and may hold the read lock itself',
    ]);
    const other = thread('loader', 'RUNNABLE', ['com.shop.Loader.run(Loader.java:9)']);
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'WAITING (parking)', [...stamped, ...MAP]), other), [
      'warning task-waits-in-user-code: "enrich" waits for a lock in user code, Enrich.map',
    ]);
  });

  it('where no state is printed the frame that parks tells it', async () => {
    const stack = [
      'java.base/jdk.internal.misc.Unsafe.park(Native Method)',
      'java.base/java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)',
      ...MAP,
    ];
    const text = JSON.stringify({
      threadDump: {
        threadContainers: [{ container: '<root>', parent: null, threads: [{ tid: '70', name: 'enrich (1/1)#0', stack }], threadCount: '1' }],
      },
    });
    assert.deepEqual(
      (await analyseText(text)).findings.map(({ id, message }) => `${id}: ${message}`),
      ['task-waits-in-user-code: "enrich" waits for a latch in user code, Enrich.map'],
    );
  });

  it('threads that arthas only counts are told', async () => {
    const text =
      '"orders-reader" Id=32 RUNNABLE\n    at org.shop.Book.read(Book.java:61)\n    -  locked java.lang.Object@1a2b3c <---- but blocks 4 other threads!\n    at org.shop.Book.run(Book.java:25)\n';
    assert.deepEqual(
      (await analyseText(text)).findings.map(({ id, certainty, message }) => `${certainty} ${id}: ${message}`),
      ['proved blocks-other-threads: "orders-reader" holds monitor Object, for which 4 other threads wait'],
    );
  });

  it('with a timeout it is an information', async () => {
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'TIMED_WAITING (parking)', [...FUTURE, ...MAP])), [
      'info task-waits-in-user-code: "enrich" waits for a future in user code, Enrich.map',
    ]);
  });

  it('waits of Flink itself are none, below whatever user code', async () => {
    const emit = ['org.apache.flink.streaming.api.operators.CountingOutput.collect(CountingOutput.java:52)', ...MAP];
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'WAITING (parking)', [...BUFFERS, ...emit])), []);
    const take = 'org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take(TaskMailboxImpl.java:149)';
    assert.deepEqual(await told(thread('enrich (1/1)#0', 'WAITING (parking)', [...TAKE.slice(0, 3), take, ...MAILBOX])), []);
  });

  it('a task that has not begun to run is told with what it reads, too', async () => {
    const open = [
      'java.net.SocketInputStream.socketRead0(java.base@11.0.2/Native Method)',
      'java.net.SocketInputStream.read(java.base@11.0.2/SocketInputStream.java:168)',
      'com.shop.Enrich.open(Enrich.java:20)',
      'org.apache.flink.streaming.runtime.tasks.RegularOperatorChain.initializeStateAndOpenOperators(RegularOperatorChain.java:107)',
      'org.apache.flink.streaming.runtime.tasks.StreamTask.restoreInternal(StreamTask.java:700)',
    ];
    const text = hotspot([thread('enrich (1/1)#0', 'RUNNABLE', open)]);
    const [found] = (await analyseText(text)).findings;
    assert.equal(found?.message, '"enrich" waits for a socket in user code, Enrich.open');
    assert.match(found?.details.join(' ') ?? '', /INITIALIZING/);
  });

  it('a split fetcher is stuck in fetch, and idle at the queue of its splits', async () => {
    const fetch = [
      'com.shop.ShardReader.fetch(ShardReader.java:60)',
      'org.apache.flink.connector.base.source.reader.fetcher.FetchTask.run(FetchTask.java:58)',
    ];
    const name = 'Source Data Fetcher for Source: shards (1/2)#0';
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...LATCH, ...fetch])), [
      'warning task-waits-in-user-code: "Source: shards" is stuck in fetch, waiting for a latch in ShardReader.fetch',
    ]);
    const idle = 'org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher.runOnce(SplitFetcher.java:165)';
    assert.deepEqual(await told(thread(name, 'WAITING (parking)', [...TAKE, idle])), []);
    // Between two polls of a server there is nothing wrong.
    assert.deepEqual(await told(thread(name, 'TIMED_WAITING (parking)', [...TAKE, ...fetch])), []);
  });

  it('a source of the old kind that waits for buffers under the checkpoint lock is back-pressured, and so is its task', async () => {
    const lock = '<0x00000000e0000001> (a java.lang.Object)';
    const source = thread('Legacy Source Thread - Source: orders (1/1)#0', 'WAITING (parking)', [
      ...BUFFERS,
      'org.apache.flink.streaming.api.operators.StreamSourceContexts$NonTimestampContext.collect(StreamSourceContexts.java:423)',
      `- locked ${lock}`,
      'com.shop.Orders.run(Orders.java:12)',
    ]);
    const task = thread('Source: orders (1/1)#0', 'BLOCKED (on object monitor)', [
      'org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor$SynchronizedStreamTaskActionExecutor.runThrowing(StreamTaskActionExecutor.java:93)',
      `- waiting to lock ${lock}`,
      ...MAILBOX,
    ]);
    const sink = thread('billing (1/1)#0', 'WAITING (parking)', [...LATCH, 'com.shop.Billing.invoke(Billing.java:9)', ...MAP.slice(1)]);
    assert.deepEqual(await told(source, task, sink), [
      'warning task-waits-in-user-code: "billing" waits for a latch in user code, Billing.invoke',
      'info suspected-bottleneck: Bottleneck: "billing"; 1 task is back-pressured meanwhile',
    ]);
  });

  const HELD = '<0x00000000e0000002> (a com.shop.Client)';
  const wants = thread('client-io-1', 'BLOCKED (on object monitor)', ['com.shop.Client.done(Client.java:50)', `- waiting to lock ${HELD}`]);
  const holders: [string, string, string, string[]][] = [
    ['a latch', 'WAITING (parking)', 'for a latch', LATCH],
    ['a future', 'WAITING (parking)', 'for a future', FUTURE],
    ['a queue', 'WAITING (parking)', 'at a queue', TAKE],
    [
      'another thread',
      'TIMED_WAITING (on object monitor)',
      'for a thread to end',
      [
        'java.lang.Object.wait(java.base@17.0.15/Native Method)',
        '- waiting on <0x00000000d0000009> (a com.shop.Worker)',
        'java.lang.Thread.join(java.base@17.0.15/Thread.java:1304)',
      ],
    ],
    [
      'another monitor',
      'WAITING (on object monitor)',
      'to be notified',
      ['java.lang.Object.wait(java.base@17.0.15/Native Method)', '- waiting on <0x00000000d000000a> (a com.shop.Inner)'],
    ],
  ];
  for (const [what, state, words, frames] of holders) {
    it(`the holder of a wanted lock that waits for ${what} is told with the one that wants the lock`, async () => {
      const holder = thread('refresher', state, [...frames, 'com.shop.Client.refresh(Client.java:30)', `- locked ${HELD}`]);
      assert.deepEqual(await told(holder, wants), [`warning lock-holder-waits: "refresher" holds monitor Client and waits ${words}`]);
    });
  }

  it('a holder that waits on the very lock has given it up, and one that sleeps or reads goes on by itself', async () => {
    const gave = thread('refresher', 'WAITING (on object monitor)', [
      'java.lang.Object.wait(java.base@17.0.15/Native Method)',
      `- waiting on ${HELD}`,
      'com.shop.Client.refresh(Client.java:30)',
      `- locked ${HELD}`,
    ]);
    assert.deepEqual(await told(gave), []);
    const sleeps = thread('refresher', 'TIMED_WAITING (sleeping)', [
      'java.lang.Thread.sleep(java.base@17.0.15/Native Method)',
      'com.shop.Client.refresh(Client.java:30)',
      `- locked ${HELD}`,
    ]);
    assert.deepEqual(
      (await analyseText(hotspot([sleeps, wants]))).findings.map(({ id }) => id),
      ['slow-work-under-lock'],
    );
  });

  it('the only thread of a pool that waits for a result may wait for itself; one of a library does not', async () => {
    assert.deepEqual(await told(thread('geo-worker', 'WAITING (parking)', [...FUTURE, 'com.shop.Geo.find(Geo.java:8)', ...WORKER])), [
      'info pool-may-wait-for-itself: "geo-worker", alone in its pool, waits for a result in Geo.find',
    ]);
    assert.deepEqual(
      await told(
        thread('geo-worker', 'WAITING (parking)', [
          ...FUTURE,
          'org.apache.kafka.clients.producer.KafkaProducer.send(KafkaProducer.java:8)',
          ...WORKER,
        ]),
      ),
      [],
    );
  });

  it('threads in the middle of other work that wait at one queue are told; workers that wait for work are not', async () => {
    const threads = (...frames: string[]): string[] => [1, 2, 3].map((n) => thread(`http-exec-${n}`, 'WAITING (parking)', [...TAKE, ...frames]));
    assert.deepEqual(await told(...threads('com.shop.Pool.next(Pool.java:5)', 'com.shop.Handler.serve(Handler.java:20)', ...WORKER)), [
      'info resource-pool-exhausted: 3 threads wait to take something from a pool in Pool.next',
    ]);
    assert.deepEqual(await told(...threads('com.shop.Worker.run(Worker.java:5)', 'java.lang.Thread.run(java.base@17.0.15/Thread.java:840)')), []);
  });
});

describe('slow work under a lock', () => {
  const LOCK = '<0x00000000e0000001> (a com.shop.Queue)';
  const waiter = (n: number): string =>
    thread(`handler-${n}`, 'BLOCKED (on object monitor)', [`com.shop.Queue.add(Queue.java:31)`, `- waiting to lock ${LOCK}`]);
  const holder = (state: string, ...top: string[]): string =>
    thread('saver', state, [...top, 'com.shop.Queue.save(Queue.java:90)', `- locked ${LOCK}`]);
  const READ = 'java.io.FileInputStream.readBytes(java.base@17.0.15/Native Method)';
  const tells = async (...threads: string[]): Promise<string[]> =>
    (await analyseText(hotspot(threads))).findings.filter(({ id }) => id === 'slow-work-under-lock').map(({ message }) => message);

  it('is told with what the holder does', async () => {
    assert.deepEqual(await tells(waiter(1), holder('RUNNABLE', READ)), ['1 thread waits for monitor Queue while its holder reads or writes a file']);
    assert.deepEqual(
      await tells(waiter(1), waiter(2), holder('TIMED_WAITING (sleeping)', 'java.lang.Thread.sleep(java.base@17.0.15/Native Method)')),
      ['2 threads wait for monitor Queue while its holder sleeps'],
    );
  });

  it('of a connection it says what is waited for, as far as the frames below a poll tell', async () => {
    const poll = 'sun.nio.ch.Net.poll(java.base@17.0.15/Native Method)';
    const park = 'sun.nio.ch.NioSocketImpl.park(java.base@17.0.15/NioSocketImpl.java:186)';
    for (const [does, ...top] of [
      ['waits for the network', poll],
      ['waits for the network', poll, park],
      ['opens a connection', poll, park, 'sun.nio.ch.NioSocketImpl.timedFinishConnect(java.base@17.0.15/NioSocketImpl.java:548)'],
      ['opens a connection', 'java.net.PlainSocketImpl.socketConnect(Native Method)'],
      ['waits for an answer from the network', poll, park, 'sun.nio.ch.NioSocketImpl.timedRead(java.base@17.0.15/NioSocketImpl.java:280)'],
      ['waits for an answer from the network', 'java.net.SocketInputStream.socketRead0(Native Method)'],
      ['sends to the network', 'java.net.SocketOutputStream.socketWrite0(Native Method)'],
      ['waits for somebody to connect', poll, park, 'sun.nio.ch.NioSocketImpl.timedAccept(java.base@17.0.15/NioSocketImpl.java:694)'],
    ] as const) {
      assert.deepEqual(await tells(waiter(1), holder('RUNNABLE', ...top)), [`1 thread waits for monitor Queue while its holder ${does}`]);
    }
  });

  it('is not told of a holder that computes, of loggers, nor where nobody waits', async () => {
    assert.deepEqual(await tells(waiter(1), holder('RUNNABLE', 'com.shop.Queue.sort(Queue.java:77)')), []);
    assert.deepEqual(
      await tells(
        waiter(1),
        holder('RUNNABLE', READ, 'org.apache.logging.log4j.core.appender.OutputStreamManager.flush(OutputStreamManager.java:7)'),
      ),
      [],
    );
    assert.deepEqual(await tells(holder('RUNNABLE', READ)), []);
  });

  it('many waiters are a warning of their own', async () => {
    assert.deepEqual(await tells(...[1, 2, 3, 4, 5].map(waiter), holder('RUNNABLE', READ)), []);
  });

  it('workers that take turns at a listening socket or a selector wait for work', async () => {
    const long = async (...threads: string[]): Promise<number> =>
      (await analyseText(hotspot(threads))).findings.filter(({ id }) => id === 'long-wait-behind-lock').length;
    const five = [1, 2, 3, 4, 5].map(waiter);
    assert.equal(await long(...five, holder('RUNNABLE', 'com.vendor.Server.nativeAccept(Native Method)')), 0);
    assert.equal(await long(...five, holder('RUNNABLE', 'weblogic.socket.PosixSocketMuxer.poll(Native Method)')), 0);
    assert.equal(await long(...five, holder('RUNNABLE', 'sun.nio.ch.Net.connect0(java.base@17.0.15/Native Method)')), 1);
    assert.equal(await long(...five, holder('RUNNABLE', 'com.shop.Queue.sort(Queue.java:77)')), 1);
  });
});
