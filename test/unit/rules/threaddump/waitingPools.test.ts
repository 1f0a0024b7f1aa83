// Pools, executors and connections that somebody waits for: what decides is told first, and nothing where somebody else may decide.

import assert from 'node:assert/strict';
import { conclude } from '../../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../../server/src/core/incident/digest/merge.ts';
import { digestsOf } from '../../../support/incidentFolder.ts';
import { analyseText, hotspot, thread } from '../../analysis/threaddump/dumps.ts';

const PARK = 'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)';
const JOIN = [
  PARK,
  '- parking to wait for  <0x00000000d0000002> (a java.util.concurrent.CompletableFuture$Signaller)',
  'java.util.concurrent.locks.LockSupport.park(java.base@17.0.15/LockSupport.java:211)',
  'java.util.concurrent.CompletableFuture$Signaller.block(java.base@17.0.15/CompletableFuture.java:1864)',
  'java.util.concurrent.ForkJoinPool.unmanagedBlock(java.base@17.0.15/ForkJoinPool.java:3465)',
  'java.util.concurrent.CompletableFuture.waitingGet(java.base@17.0.15/CompletableFuture.java:1898)',
  'java.util.concurrent.CompletableFuture.join(java.base@17.0.15/CompletableFuture.java:2117)',
];
const PERMIT = [
  PARK,
  '- parking to wait for  <0x00000000d0000003> (a java.util.concurrent.Semaphore$NonfairSync)',
  'java.util.concurrent.locks.AbstractQueuedSynchronizer.acquire(java.base@17.0.15/AbstractQueuedSynchronizer.java:715)',
  'java.util.concurrent.Semaphore.acquire(java.base@17.0.15/Semaphore.java:318)',
];
const READ = [
  'sun.nio.ch.SocketDispatcher.read0(java.base@17.0.15/Native Method)',
  'sun.nio.ch.NioSocketImpl.tryRead(java.base@17.0.15/NioSocketImpl.java:266)',
  'sun.nio.ch.NioSocketImpl.implRead(java.base@17.0.15/NioSocketImpl.java:317)',
  'java.net.Socket$SocketInputStream.read(java.base@17.0.15/Socket.java:966)',
];
const SELECT = [
  'sun.nio.ch.EPoll.wait(java.base@17.0.15/Native Method)',
  'sun.nio.ch.EPollSelectorImpl.doSelect(java.base@17.0.15/EPollSelectorImpl.java:118)',
  'sun.nio.ch.SelectorImpl.select(java.base@17.0.15/SelectorImpl.java:146)',
];
const RUN = 'java.lang.Thread.run(java.base@17.0.15/Thread.java:840)';
const ASYNC = [
  'java.util.concurrent.CompletableFuture$AsyncSupply.run(java.base@17.0.15/CompletableFuture.java:1768)',
  'java.util.concurrent.ThreadPoolExecutor.runWorker(java.base@17.0.15/ThreadPoolExecutor.java:1136)',
  'java.util.concurrent.ThreadPoolExecutor$Worker.run(java.base@17.0.15/ThreadPoolExecutor.java:635)',
  RUN,
];
const FLINK = [
  'org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)',
  'org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.runMailboxLoop(MailboxProcessor.java:231)',
  'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)',
  RUN,
];
const WAITING = 'WAITING (parking)';

const findings = async (threads: readonly string[]) => (await analyseText(hotspot(threads))).findings;
const told = async (...threads: string[]): Promise<string[]> =>
  (await findings(threads)).map(({ id, severity, message }) => `${severity} ${id}: ${message}`);

/** The verdict on a folder with nothing but the dump. */
const ofFolder = async (...threads: string[]): Promise<string> =>
  conclude(mergeAll(await digestsOf([{ name: 'jstack.txt', text: hotspot(threads) }]))).verdict.sentence;

const task = (subtask: number): string =>
  thread(`price -> sink (${subtask}/2)#0`, WAITING, [...JOIN, 'com.shop.Prices.price(Prices.java:11)', ...FLINK]);

describe('a pool that waits for itself', () => {
  const worker = (n: number, ...top: string[]): string =>
    thread(`price-worker-${n}`, WAITING, [...JOIN, ...top, 'com.shop.Prices.lambda$price$0(Prices.java:11)', ...ASYNC]);
  const inPool = [1, 2, 3].map((n) => worker(n, 'com.shop.Parts.net(Parts.java:20)'));
  const SELF = 'warning pool-may-wait-for-itself: Pool "price-worker" waits for itself: all 3 threads wait in Parts.net';
  const DOUBTED = [
    'warning task-waits-in-user-code: "price" waits for a future in user code, Prices.price',
    'info pool-may-wait-for-itself: All 3 threads of pool "price-worker" wait for a result in Parts.net',
  ];

  /** The same, of a task whose name tells its sink too. */
  const doubted = DOUBTED.map((line) => line.replace('"price"', '"price -> sink"'));

  it('is told with the tasks that wait for it, which are told with nothing else', async () => {
    assert.deepEqual(await told(task(1), task(2), ...inPool), [SELF]);
    assert.equal(await ofFolder(task(1), task(2), ...inPool), '"price -> sink" waits for the pool "price-worker", which waits for itself.');
    const [only] = await findings([task(1), task(2), ...inPool]);
    assert.equal(only?.certainty, 'suspected');
    assert.equal(only?.details[0], '"price -> sink" waits for it in Prices.price (Prices.java:11): 2 of 2 subtasks.');
    assert.match(only?.missing.join(' ') ?? '', /An asynchronous client that has not answered would look the same\./);
  });

  it('is told of two threads and of one too, wherever in this code they wait', async () => {
    const both = [worker(1, 'com.shop.Parts.net(Parts.java:20)'), worker(2, 'com.shop.Parts.tax(Parts.java:31)')];
    assert.deepEqual(await told(task(1), ...both), [
      'warning pool-may-wait-for-itself: Pool "price-worker" waits for itself: both threads wait for results',
    ]);
    assert.deepEqual(await told(task(1), worker(1)), [
      'warning pool-may-wait-for-itself: Pool "price-worker" waits for itself: its only thread waits in Prices.lambda$price$0',
    ]);
  });

  it('is not told where one of its threads is idle', async () => {
    const idle = thread('price-worker-4', WAITING, [
      PARK,
      'java.util.concurrent.LinkedBlockingQueue.take(java.base@17.0.15/LinkedBlockingQueue.java:435)',
      'java.util.concurrent.ThreadPoolExecutor.getTask(java.base@17.0.15/ThreadPoolExecutor.java:1062)',
      ...ASYNC.slice(1),
    ]);
    assert.deepEqual(await told(task(1), ...inPool, idle), doubted.slice(0, 1));
  });

  for (const [who, other] of [
    ['a thread of a client reads its answers', thread('price-io', 'RUNNABLE', [...READ, 'com.shop.net.Reader.run(Reader.java:7)', RUN])],
    ['another pool does such work', thread('rates-1', 'RUNNABLE', ['com.shop.rates.Rates.find(Rates.java:9)', ...ASYNC])],
    [
      'an asynchronous client has a selector',
      thread('HttpClient-1-SelectorManager', 'RUNNABLE', [
        ...SELECT,
        'jdk.internal.net.http.HttpClientImpl$SelectorManager.run(java.net.http@17.0.15/HttpClientImpl.java:865)',
      ]),
    ],
    ['futures may end by a timeout', thread('CompletableFutureDelayScheduler', WAITING, [PARK, RUN])],
    ['virtual threads are not in the dump', thread('VirtualThread-unparker', WAITING, [PARK, RUN])],
  ] as const) {
    it(`stays a possibility where ${who}`, async () => {
      assert.deepEqual(await told(task(1), ...inPool, other), doubted);
    });
  }

  it('stays a possibility where its waits have a timeout, and where no task waits for it', async () => {
    const timed = inPool.map((one) => one.replaceAll('WAITING (parking)', 'TIMED_WAITING (parking)'));
    assert.deepEqual(await told(task(1), ...timed), doubted);
    assert.deepEqual(await told(...inPool), doubted.slice(1));
  });

  it('is none where spare threads are started for those that wait', async () => {
    const workers = [1, 2, 3].map((n) =>
      thread(`ForkJoinPool-1-worker-${n}`, WAITING, [
        ...JOIN,
        'com.shop.Parts.net(Parts.java:20)',
        'java.util.concurrent.CompletableFuture$AsyncSupply.exec(java.base@17.0.15/CompletableFuture.java:1760)',
        'java.util.concurrent.ForkJoinPool.runWorker(java.base@17.0.15/ForkJoinPool.java:1622)',
        'java.util.concurrent.ForkJoinWorkerThread.run(java.base@17.0.15/ForkJoinWorkerThread.java:165)',
      ]),
    );
    assert.equal((await told(task(1), ...workers))[0], doubted[0]);
  });
});

describe('a wait that ends with work of other threads', () => {
  const lookup = (n: number, state: string, ...top: string[]): string =>
    thread(`lookup-${n}`, state, [...top, 'com.shop.Prices.lambda$price$0(Prices.java:11)', ...ASYNC]);
  const reads = (n: number): string => lookup(n, 'RUNNABLE', ...READ, 'com.shop.http.Client.get(Client.java:63)');
  const gated = (n: number): string =>
    lookup(n, WAITING, ...PERMIT, 'com.shop.http.Gate.enter(Gate.java:22)', 'com.shop.http.Client.get(Client.java:57)');
  const OUTSIDE = 'warning task-waits-in-user-code: "price -> sink" waits for Client.get, which waits for the network';
  const UNKNOWN = 'warning task-waits-in-user-code: "price -> sink" waits for a future in user code, Prices.price';

  it('is told by the call outside in which all of it stands, or into which it is not let', async () => {
    assert.deepEqual(await told(task(1), reads(1), reads(2), gated(3), gated(4), gated(5)), [OUTSIDE]);
    assert.equal(await ofFolder(task(1), reads(1), gated(3)), '"price -> sink" waits for Client.get, which waits for the network.');
    const [only] = await findings([task(1), gated(3), reads(1), reads(2), gated(4), gated(5)]);
    assert.deepEqual(only?.evidence.slice(1), [
      'Perhaps one of them is to end the wait: "lookup-1" and 1 more read from a socket in Client.get (Client.java:63), so the other side has not answered.',
      'Perhaps one of them is to end the wait: "lookup-3" and 2 more wait for a permit in Gate.enter (Gate.java:22).',
    ]);
  });

  it('is not told by it where some of the work does something else, nor by a thread that runs by itself', async () => {
    assert.deepEqual(await told(task(1), reads(1), lookup(2, 'RUNNABLE', 'com.shop.http.Client.parse(Client.java:80)')), [UNKNOWN]);
    assert.deepEqual(await told(task(1), thread('feed', 'RUNNABLE', [...READ, 'com.shop.Prices$Feed.run(Prices.java:90)', RUN])), [UNKNOWN]);
  });

  it('is not told by work of other packages', async () => {
    const elsewhere = thread('mail-1', 'RUNNABLE', [...READ, 'com.post.Mail.send(Mail.java:5)', ...ASYNC]);
    assert.deepEqual(await told(task(1), elsewhere), [UNKNOWN]);
  });

  it('is told by virtual threads, which park for a socket and may have no name', async () => {
    const stack = (...frames: string[]): string => frames.map((frame) => `    at ${frame}\n`).join('');
    const virtual = (id: number, name: string, ...frames: string[]): string =>
      `#${id} "${name}" virtual\n${stack('java.base/java.lang.VirtualThread.park(VirtualThread.java:742)', ...frames, 'com.shop.Prices.lambda$price$0(Prices.java:33)', 'java.base/java.util.concurrent.FutureTask.run(FutureTask.java:328)', 'java.base/java.lang.VirtualThread.run(VirtualThread.java:460)')}\n`;
    const read = (method: string): string[] => [
      'java.base/java.lang.System$1.parkVirtualThread(System.java:2285)',
      'java.base/sun.nio.ch.Poller.poll(Poller.java:142)',
      'java.base/sun.nio.ch.NioSocketImpl.park(NioSocketImpl.java:174)',
      `java.base/sun.nio.ch.NioSocketImpl.${method}(NioSocketImpl.java:307)`,
      'com.shop.Client.get(Client.java:63)',
    ];
    const gate = ['java.base/java.util.concurrent.Semaphore.acquire(Semaphore.java:318)', 'com.shop.Gate.enter(Gate.java:22)'];
    const dump = (method: string): string =>
      `4711\n2026-12-01T02:33:34.355248118Z\n25.0.3+9-LTS\n\n#21 "price -> sink (1/1)#0"\n${stack('java.base/jdk.internal.misc.Unsafe.park(Native Method)', 'java.base/java.util.concurrent.CompletableFuture.join(CompletableFuture.java:2138)', 'com.shop.Prices.price(Prices.java:11)', ...FLINK)}\n${virtual(30, 'lookup-7', ...gate)}${virtual(31, '', ...read(method))}`;
    const said = async (method: string) => (await analyseText(dump(method))).findings;
    const [only] = await said('implRead');
    assert.equal(only?.message, '"price -> sink" waits for Client.get, which waits for the network');
    assert.match(only?.evidence[1] ?? '', /"#31" reads from a socket in Client\.get/);
    assert.match((await said('connect'))[0]?.evidence[1] ?? '', /"#31" waits for the network in Client\.get/);
  });
});

describe('a task that is being cancelled', () => {
  const cancelled = (...top: string[]): string[] => [
    thread('Sink: bills (1/1)#0', 'TIMED_WAITING (parking)', [
      ...top,
      'com.shop.Writer.close(Writer.java:12)',
      'org.apache.flink.streaming.runtime.tasks.StreamTask.cleanUp(StreamTask.java:1085)',
      ...FLINK.slice(-2),
    ]),
    thread('Canceler/Interrupts for Sink: bills (1/1)#0 (b65a8ed4f46e3b576aa63eabc0a77e36_0).', 'TIMED_WAITING (on object monitor)', [
      'java.lang.Object.wait(java.base@17.0.15/Native Method)',
      'org.apache.flink.runtime.taskmanager.Task$TaskInterrupter.run(Task.java:1756)',
    ]),
  ];
  const sender = (n: number, state: string, ...top: string[]): string =>
    thread(`bill-sender-${n}`, state, [...top, 'com.shop.Writer.lambda$write$1(Writer.java:9)', ...ASYNC]);
  const TERMINATION = [PARK, 'java.util.concurrent.ThreadPoolExecutor.awaitTermination(java.base@17.0.15/ThreadPoolExecutor.java:1464)'];

  it('is told with the executor whose end it waits for, and with what the threads of this are at', async () => {
    const hangs = [1, 2].map((n) => sender(n, 'RUNNABLE', ...READ, 'com.shop.Api.post(Api.java:14)'));
    const [only, ...others] = await findings([...cancelled(...TERMINATION), ...hangs]);
    assert.deepEqual(others, []);
    assert.equal(only?.message, '"Sink: bills (1/1)#0" is being cancelled and waits for an executor to end');
    assert.equal(only?.details[0], 'It stands at Writer.close (Writer.java:12), although interrupted.');
    assert.equal(
      only?.evidence[1],
      'Perhaps of this executor: "bill-sender-1" and 1 more read from a socket in Api.post (Api.java:14), so the other side has not answered.',
    );
  });

  it('is told with threads that compute as well', async () => {
    const [only] = await findings([...cancelled(...TERMINATION), sender(1, 'RUNNABLE', 'com.shop.Api.sign(Api.java:30)')]);
    assert.equal(only?.evidence[1], 'Perhaps of this executor: "bill-sender-1" is in Api.sign (Api.java:30).');
  });

  it('is told by what else it waits for, and as before where it does not wait', async () => {
    const latch = [PARK, 'java.util.concurrent.CountDownLatch.await(java.base@17.0.15/CountDownLatch.java:230)'];
    assert.equal((await findings(cancelled(...latch)))[0]?.message, '"Sink: bills (1/1)#0" is being cancelled and waits for a latch');
    const busy = cancelled().map((one) => one.replace('TIMED_WAITING (parking)', 'RUNNABLE'));
    assert.equal((await findings(busy))[0]?.message, '"Sink: bills (1/1)#0" is being cancelled and does not end, although interrupted');
  });
});

describe('who uses the connections of a pool that has none left', () => {
  const hikari = thread('load -> sink (1/1)#0', 'TIMED_WAITING (parking)', [
    PARK,
    'java.util.concurrent.SynchronousQueue.poll(java.base@17.0.15/SynchronousQueue.java:903)',
    'com.zaxxer.hikari.util.ConcurrentBag.borrow(ConcurrentBag.java:151)',
    'com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:164)',
    'com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:100)',
    'com.shop.CustomerDao.tier(CustomerDao.java:18)',
    ...FLINK,
  ]);
  const EXHAUSTED = 'Connection pool exhausted: "load -> sink" waits in CustomerDao.tier';
  const first = async (...others: string[]) => {
    const [only] = await findings([hikari, ...others]);
    return [only?.severity, only?.message, only?.details[1]];
  };
  const NOBODY = [
    'warning',
    EXHAUSTED,
    'The pool (HikariCP) has none left, yet no thread of the dump is in a call through one: they were taken and probably never given back.',
  ];

  it('nobody: they were probably never given back, and the pool can tell by whom', async () => {
    assert.deepEqual(await first(), NOBODY);
    assert.equal(await ofFolder(hikari), `${EXHAUSTED}.`);
    const [only] = await findings([hikari]);
    assert.match(only?.advice[0] ?? '', /Set leakDetectionThreshold of HikariCP, which logs who keeps one\.$/);
  });

  it('nobody, where only threads of the driver and of the pool itself are there', async () => {
    const cleaner = thread('mysql-cj-abandoned-connection-cleanup', 'TIMED_WAITING (on object monitor)', [
      'java.lang.Object.wait(java.base@17.0.15/Native Method)',
      'java.lang.ref.ReferenceQueue.remove(java.base@17.0.15/ReferenceQueue.java:155)',
      'com.mysql.cj.jdbc.AbandonedConnectionCleanupThread.run(AbandonedConnectionCleanupThread.java:91)',
      ...ASYNC.slice(1),
    ]);
    assert.deepEqual(await first(cleaner), NOBODY);
  });

  it('others: they may hold them, and the wait may end', async () => {
    const query = thread('report-1', 'RUNNABLE', [
      ...READ,
      'org.postgresql.core.v3.QueryExecutorImpl.execute(QueryExecutorImpl.java:377)',
      'com.zaxxer.hikari.pool.HikariProxyPreparedStatement.executeQuery(HikariProxyPreparedStatement.java)',
      'com.shop.Report.run(Report.java:40)',
      RUN,
    ]);
    assert.deepEqual(await first(query), [
      'info',
      EXHAUSTED,
      'The pool (HikariCP) has none left: "report-1" is in a call through one, in QueryExecutorImpl.execute (QueryExecutorImpl.java:377), and may hold them.',
    ]);
  });

  it('a thread that opens one, or tries again and again: perhaps the database cannot be reached', async () => {
    for (const [state, ...top] of [
      ['RUNNABLE', ...READ, 'org.postgresql.Driver.connect(Driver.java:263)', 'com.zaxxer.hikari.pool.PoolBase.newConnection(PoolBase.java:364)'],
      [
        'TIMED_WAITING (sleeping)',
        'java.lang.Thread.sleep(java.base@17.0.15/Native Method)',
        'com.zaxxer.hikari.util.UtilityElf.quietlySleep(UtilityElf.java:57)',
      ],
    ] as const) {
      const adder = thread('crm connection adder', state, [
        ...top,
        'com.zaxxer.hikari.pool.HikariPool$PoolEntryCreator.call(HikariPool.java:726)',
        ...ASYNC.slice(1),
      ]);
      const [severity, message, detail] = await first(adder);
      assert.deepEqual([severity, message], ['info', '"load -> sink" waits for a connection in CustomerDao.tier']);
      assert.match(detail ?? '', /^"crm connection adder" is about to open a connection for the pool \(HikariCP\), in .*cannot be reached\.$/);
    }
  });
});
