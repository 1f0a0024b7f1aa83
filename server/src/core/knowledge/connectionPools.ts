/** A library that hands out connections, or objects that are as dear. */
export interface ConnectionPool {
  name: string;
  /** Against "package.Class.method" of a frame that takes one out, or waits for it. */
  takes: RegExp;
  samples: readonly string[];
  nearMisses: readonly string[];
}

export const CONNECTION_POOLS: readonly ConnectionPool[] = [
  {
    name: 'HikariCP',
    takes: /^com\.zaxxer\.hikari\.[\w.$]{1,100}\.(?:borrow|getConnection)$/,
    samples: ['com.zaxxer.hikari.util.ConcurrentBag.borrow', 'com.zaxxer.hikari.HikariDataSource.getConnection'],
    nearMisses: ['com.zaxxer.hikari.pool.HikariPool.shutdown', 'com.zaxxer.hikari.pool.HikariPool$HouseKeeper.run'],
  },
  {
    name: 'Commons Pool',
    takes: /^org\.apache\.commons\.pool2?\.impl\.\w{1,60}\.(?:takeFirst|pollFirst|borrowObject)$/,
    samples: ['org.apache.commons.pool2.impl.LinkedBlockingDeque.takeFirst', 'org.apache.commons.pool2.impl.GenericObjectPool.borrowObject'],
    nearMisses: ['org.apache.commons.pool2.impl.BaseGenericObjectPool$Evictor.run'],
  },
  {
    name: 'Commons DBCP',
    takes: /^org\.apache\.commons\.dbcp2?\.\w{1,60}\.getConnection$/,
    samples: ['org.apache.commons.dbcp2.BasicDataSource.getConnection'],
    nearMisses: ['org.apache.commons.dbcp2.BasicDataSource.close'],
  },
  {
    name: 'Druid',
    takes: /^com\.alibaba\.druid\.pool\.\w{1,60}\.(?:takeLast|pollLast|getConnection\w{0,20})$/,
    samples: ['com.alibaba.druid.pool.DruidDataSource.takeLast', 'com.alibaba.druid.pool.DruidDataSource.getConnectionInternal'],
    nearMisses: ['com.alibaba.druid.pool.DruidDataSource$CreateConnectionThread.run'],
  },
  {
    name: 'c3p0',
    takes: /^com\.mchange\.v2\.[\w.$]{1,100}\.(?:awaitAvailable|prelimCheckoutResource|checkoutResource|checkoutPooledConnection|getConnection)$/,
    samples: ['com.mchange.v2.resourcepool.BasicResourcePool.awaitAvailable', 'com.mchange.v2.c3p0.ComboPooledDataSource.getConnection'],
    nearMisses: ['com.mchange.v2.async.ThreadPoolAsynchronousRunner$PoolThread.run'],
  },
  {
    name: 'Tomcat JDBC',
    takes: /^org\.apache\.tomcat\.jdbc\.pool\.\w{1,60}\.(?:poll|borrowConnection|getConnection)$/,
    samples: ['org.apache.tomcat.jdbc.pool.FairBlockingQueue.poll', 'org.apache.tomcat.jdbc.pool.ConnectionPool.borrowConnection'],
    nearMisses: ['org.apache.tomcat.jdbc.pool.ConnectionPool$PoolCleaner.run'],
  },
  {
    name: 'Apache HttpClient',
    takes: /^org\.apache\.(?:http|hc)\.[\w.$]{1,120}\.(?:getPoolEntryBlocking|leaseConnection|lease)$/,
    samples: [
      'org.apache.http.pool.AbstractConnPool.getPoolEntryBlocking',
      'org.apache.http.impl.conn.PoolingHttpClientConnectionManager.leaseConnection',
    ],
    nearMisses: ['org.apache.http.impl.execchain.MainClientExec.execute'],
  },
  {
    name: 'Jedis',
    takes: /^redis\.clients\.jedis\.(?:[\w$]{1,60}\.){1,3}getResource$/,
    samples: ['redis.clients.jedis.JedisPool.getResource', 'redis.clients.jedis.util.Pool.getResource'],
    nearMisses: ['redis.clients.jedis.Jedis.get'],
  },
  {
    name: 'MongoDB driver',
    takes: /^com\.mongodb\.internal\.connection\.[\w$]{1,80}\.(?:acquirePermit\w{0,20}|get|getPooledConnection)$/,
    samples: [
      'com.mongodb.internal.connection.ConcurrentPool.acquirePermit',
      'com.mongodb.internal.connection.DefaultConnectionPool.getPooledConnection',
    ],
    nearMisses: ['com.mongodb.internal.connection.DefaultServerMonitor$ServerMonitorRunnable.run'],
  },
  {
    name: 'R2DBC Pool, Reactor Pool or Vibur',
    takes: /^(?:reactor\.pool|io\.r2dbc\.pool|org\.vibur\.(?:dbcp|objectpool))\.[\w.$]{1,100}\.(?:acquire|create|take|tryTake|getConnection)$/,
    samples: ['org.vibur.objectpool.ConcurrentPool.take'],
    nearMisses: ['reactor.pool.SimpleDequePool.drainLoop'],
  },
];

/** The pool that a method takes something out of; undefined where it is of none. */
export const connectionPoolOf = (method: string): ConnectionPool | undefined => CONNECTION_POOLS.find(({ takes }) => takes.test(method));
