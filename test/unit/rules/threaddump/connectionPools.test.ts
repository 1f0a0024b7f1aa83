import assert from 'node:assert/strict';
import { analyse } from '../../../../server/src/core/kinds/index.ts';
import { CONNECTION_POOLS, connectionPoolOf } from '../../../../server/src/core/knowledge/connectionPools.ts';
import { analyseText } from '../../analysis/threaddump/dumps.ts';

const PARK = ['jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)', 'java.util.concurrent.locks.LockSupport.park(LockSupport.java:211)'];
const CONDITION = [...PARK, 'java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await(AbstractQueuedSynchronizer.java:1630)'];
const EXECUTOR = [
  'java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)',
  'java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:635)',
  'java.lang.Thread.run(Thread.java:840)',
];
const TASK = [
  'org.shop.DbSink.invoke(DbSink.java:17)',
  'org.apache.flink.streaming.api.operators.StreamSink.processElement(StreamSink.java:54)',
  'org.apache.flink.streaming.runtime.tasks.StreamTask.processInput(StreamTask.java:554)',
  'org.apache.flink.streaming.runtime.tasks.StreamTask.invoke(StreamTask.java:837)',
  'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)',
  'java.lang.Thread.run(Thread.java:840)',
];

const thread = (name: string, id: number, frames: readonly string[], state = 'WAITING (parking)') =>
  `"${name}" #${id} prio=5 os_prio=0 tid=0x00007f5c0c0d1${id} nid=0x${id} waiting on condition  [0x00007f5bf0bfe000]\n   java.lang.Thread.State: ${state}\n${frames.map((frame) => `\tat ${frame}\n`).join('')}\n`;

const told = async (text: string) =>
  (await analyse({ uri: 'file:///a.txt', text })).findings.map(({ id, certainty, message }) => [id, certainty, message]);

/** How threads stand in pools of connections that have none left, and which call they are in. */
const EXHAUSTED: [string, string, string[]][] = [
  [
    'HikariCP',
    'HikariDataSource.getConnection',
    [
      ...PARK,
      'java.util.concurrent.SynchronousQueue.poll(SynchronousQueue.java:903)',
      'com.zaxxer.hikari.util.ConcurrentBag.borrow(ConcurrentBag.java:151)',
      'com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:180)',
      'com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:100)',
    ],
  ],
  [
    'DBCP',
    'BasicDataSource.getConnection',
    [
      ...CONDITION,
      'org.apache.commons.pool2.impl.LinkedBlockingDeque.takeFirst(LinkedBlockingDeque.java:1324)',
      'org.apache.commons.pool2.impl.GenericObjectPool.borrowObject(GenericObjectPool.java:316)',
      'org.apache.commons.dbcp2.PoolingDataSource.getConnection(PoolingDataSource.java:134)',
      'org.apache.commons.dbcp2.BasicDataSource.getConnection(BasicDataSource.java:734)',
    ],
  ],
  [
    'Jedis',
    'JedisPool.getResource',
    [
      ...CONDITION,
      'org.apache.commons.pool2.impl.LinkedBlockingDeque.takeFirst(LinkedBlockingDeque.java:1324)',
      'org.apache.commons.pool2.impl.GenericObjectPool.borrowObject(GenericObjectPool.java:316)',
      'redis.clients.jedis.util.Pool.getResource(Pool.java:38)',
      'redis.clients.jedis.JedisPool.getResource(JedisPool.java:378)',
    ],
  ],
  [
    'Tomcat, by a latch',
    'DataSourceProxy.getConnection',
    [
      ...PARK,
      'java.util.concurrent.CountDownLatch.await(CountDownLatch.java:230)',
      'org.apache.tomcat.jdbc.pool.FairBlockingQueue.poll(FairBlockingQueue.java:146)',
      'org.apache.tomcat.jdbc.pool.ConnectionPool.borrowConnection(ConnectionPool.java:682)',
      'org.apache.tomcat.jdbc.pool.DataSourceProxy.getConnection(DataSourceProxy.java:132)',
    ],
  ],
];

describe('pools of connections', () => {
  for (const { name, samples, nearMisses, uses, opens, atWork } of CONNECTION_POOLS)
    it(`${name}: its samples and near misses`, () => {
      const works = (method: string): boolean => uses?.test(method) === true || opens?.test(method) === true;
      for (const sample of atWork) assert.ok(works(sample), sample);
      for (const taking of samples) assert.ok(!works(taking), taking);
      for (const sample of samples) assert.equal(connectionPoolOf(sample)?.name, name, sample);
      for (const miss of nearMisses) assert.equal(connectionPoolOf(miss), undefined, miss);
    });

  for (const [name, call, frames] of EXHAUSTED) {
    it(`${name}: four threads wait, the pool is exhausted`, async () => {
      const text = [30, 31, 32, 33]
        .map((id) => thread(`http-${id}`, id, [...frames, 'org.shop.Dao.load(Dao.java:21)', 'org.shop.Api$1.run(Api.java:3)', ...EXECUTOR]))
        .join('');
      assert.deepEqual(await told(text), [['resource-pool-exhausted', 'suspected', `Connection pool exhausted: 4 threads wait in ${call}`]]);
    });

    it(`${name}: a task waits for a connection, in code of a library`, async () => {
      assert.deepEqual(await told(thread('Sink: db (1/2)#0', 50, [...frames, ...TASK])), [
        ['task-waits-in-user-code', 'suspected', 'Connection pool exhausted: "Sink: db" waits in DbSink.invoke'],
      ]);
    });
  }

  it('threads that fill or clean a pool are idle', async () => {
    const creator = thread('Druid-ConnectionPool-Create-1', 40, [
      ...CONDITION,
      'com.alibaba.druid.pool.DruidDataSource$CreateConnectionThread.run(DruidDataSource.java:2785)',
    ]);
    assert.deepEqual(
      await told(
        creator.repeat(1) +
          creator.replace('Create-1', 'Create-2').replace('#40', '#41') +
          creator.replace('Create-1', 'Create-3').replace('#40', '#42'),
      ),
      [],
    );
  });

  it('virtual threads that wait for a connection are counted too, although their dump prints no state', async () => {
    const stack = [
      'java.base/java.lang.VirtualThread.parkNanos(VirtualThread.java:631)',
      'java.base/java.util.concurrent.locks.LockSupport.parkNanos(LockSupport.java:269)',
      'java.base/java.util.concurrent.SynchronousQueue.poll(SynchronousQueue.java:601)',
      'com.zaxxer.hikari.util.ConcurrentBag.borrow(ConcurrentBag.java:151)',
      'com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:99)',
      'com.shop.Orders.load(Orders.java:31)',
    ];
    const threads = [1, 2, 3, 4].map((tid) => ({ tid: `${tid}`, name: '', virtual: true, stack }));
    const container = { container: '<root>', parent: null, owner: null, threads, threadCount: '4' };
    const text = JSON.stringify({ threadDump: { processId: '7', runtimeVersion: '21.0.4+7-LTS', threadContainers: [container] } });
    assert.deepEqual(
      (await analyseText(text)).findings.map(({ message }) => message),
      ['Connection pool exhausted: 4 threads wait in HikariDataSource.getConnection'],
    );
  });
});
