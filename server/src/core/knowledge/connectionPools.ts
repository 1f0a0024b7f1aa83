/**
 * Sources: of the options, HikariCP's README (leakDetectionThreshold), the configuration of Commons DBCP (DBCP-435) and of the
 * Tomcat JDBC pool, "Configuring to Debug and Workaround Broken Client Applications" of c3p0, Druid's DruidAbstractDataSource;
 * of the frames, these libraries.
 */

/** A library that hands out connections, or objects that are as dear. */
export interface ConnectionPool {
  name: string;
  /** Against "package.Class.method" of a frame that takes one out, or waits for it. */
  takes: RegExp;
  /** Against a frame of a thread that is in a call through one that it has taken; null: no frame tells it for sure. */
  uses: RegExp | null;
  /** Against a frame of a thread that opens a new one for the pool; null: whoever takes one opens it. */
  opens: RegExp | null;
  /** Options with which the pool finds out who keeps one. */
  leakOptions: readonly string[];
  samples: readonly string[];
  nearMisses: readonly string[];
  /** Frames that {@link uses} and {@link opens} match. */
  atWork: readonly string[];
}

/** What pools of database connections hand out ends in a driver. */
const DRIVERS =
  'org\\.(?:postgresql|mariadb\\.jdbc|h2|sqlite|hsqldb|apache\\.(?:derby|hive\\.jdbc))|com\\.(?:mysql|microsoft\\.sqlserver\\.jdbc|ibm\\.db2\\.jcc|clickhouse|sap\\.db\\.jdbc|dameng)|oracle\\.jdbc|dm\\.jdbc|net\\.snowflake\\.client';
const orDriver = (proxies: string): RegExp => new RegExp(`^(?:${proxies}|${DRIVERS})\\.`);

export const CONNECTION_POOLS: readonly ConnectionPool[] = [
  {
    name: 'HikariCP',
    takes: /^com\.zaxxer\.hikari\.[\w.$]{1,100}\.(?:borrow|getConnection)$/,
    uses: orDriver('com\\.zaxxer\\.hikari\\.pool\\.(?:Hikari)?Proxy\\w{1,40}'),
    opens: /^com\.zaxxer\.hikari\.pool\.(?:HikariPool\$PoolEntryCreator\.call|PoolBase\.newConnection)$/,
    leakOptions: ['leakDetectionThreshold'],
    samples: ['com.zaxxer.hikari.util.ConcurrentBag.borrow', 'com.zaxxer.hikari.HikariDataSource.getConnection'],
    nearMisses: ['com.zaxxer.hikari.pool.HikariPool.shutdown', 'com.zaxxer.hikari.pool.HikariPool$HouseKeeper.run'],
    atWork: [
      'com.zaxxer.hikari.pool.HikariProxyPreparedStatement.executeQuery',
      'org.postgresql.core.v3.QueryExecutorImpl.execute',
      'com.zaxxer.hikari.pool.HikariPool$PoolEntryCreator.call',
    ],
  },
  {
    name: 'Commons Pool',
    takes: /^org\.apache\.commons\.pool2?\.impl\.\w{1,60}\.(?:takeFirst|pollFirst|borrowObject)$/,
    uses: null,
    opens: null,
    leakOptions: [],
    samples: ['org.apache.commons.pool2.impl.LinkedBlockingDeque.takeFirst', 'org.apache.commons.pool2.impl.GenericObjectPool.borrowObject'],
    nearMisses: ['org.apache.commons.pool2.impl.BaseGenericObjectPool$Evictor.run'],
    atWork: [],
  },
  {
    name: 'Commons DBCP',
    takes: /^org\.apache\.commons\.dbcp2?\.\w{1,60}\.getConnection$/,
    uses: orDriver('org\\.apache\\.commons\\.dbcp2?\\.Delegating\\w{1,40}'),
    opens: /^org\.apache\.commons\.dbcp2?\.\w{1,60}\.makeObject$/,
    leakOptions: ['removeAbandonedOnBorrow', 'logAbandoned'],
    samples: ['org.apache.commons.dbcp2.BasicDataSource.getConnection'],
    nearMisses: ['org.apache.commons.dbcp2.BasicDataSource.close'],
    atWork: ['org.apache.commons.dbcp2.DelegatingPreparedStatement.executeQuery', 'org.apache.commons.dbcp2.PoolableConnectionFactory.makeObject'],
  },
  {
    name: 'Druid',
    takes: /^com\.alibaba\.druid\.pool\.\w{1,60}\.(?:takeLast|pollLast|getConnection\w{0,20})$/,
    uses: orDriver('com\\.alibaba\\.druid\\.pool\\.DruidPooled\\w{1,40}'),
    opens: /^com\.alibaba\.druid\.pool\.(?:DruidAbstractDataSource\.createPhysicalConnection|DruidDataSource\$CreateConnectionThread\.run)$/,
    leakOptions: ['removeAbandoned', 'logAbandoned'],
    samples: ['com.alibaba.druid.pool.DruidDataSource.takeLast', 'com.alibaba.druid.pool.DruidDataSource.getConnectionInternal'],
    nearMisses: ['com.alibaba.druid.pool.DruidDataSource$CreateConnectionThread.run'],
    atWork: [
      'com.alibaba.druid.pool.DruidPooledPreparedStatement.executeQuery',
      'com.alibaba.druid.pool.DruidAbstractDataSource.createPhysicalConnection',
    ],
  },
  {
    name: 'c3p0',
    takes: /^com\.mchange\.v2\.[\w.$]{1,100}\.(?:awaitAvailable|prelimCheckoutResource|checkoutResource|checkoutPooledConnection|getConnection)$/,
    uses: null,
    opens: null,
    leakOptions: ['unreturnedConnectionTimeout', 'debugUnreturnedConnectionStackTraces'],
    samples: ['com.mchange.v2.resourcepool.BasicResourcePool.awaitAvailable', 'com.mchange.v2.c3p0.ComboPooledDataSource.getConnection'],
    nearMisses: ['com.mchange.v2.async.ThreadPoolAsynchronousRunner$PoolThread.run'],
    atWork: [],
  },
  {
    name: 'Tomcat JDBC',
    takes: /^org\.apache\.tomcat\.jdbc\.pool\.\w{1,60}\.(?:poll|borrowConnection|getConnection)$/,
    uses: orDriver('org\\.apache\\.tomcat\\.jdbc\\.pool\\.(?:ProxyConnection|StatementFacade|DisposableConnectionFacade)[\\w$]{0,40}'),
    opens: /^org\.apache\.tomcat\.jdbc\.pool\.PooledConnection\.connect\w{0,20}$/,
    leakOptions: ['removeAbandoned', 'logAbandoned'],
    samples: ['org.apache.tomcat.jdbc.pool.FairBlockingQueue.poll', 'org.apache.tomcat.jdbc.pool.ConnectionPool.borrowConnection'],
    nearMisses: ['org.apache.tomcat.jdbc.pool.ConnectionPool$PoolCleaner.run'],
    atWork: ['org.apache.tomcat.jdbc.pool.StatementFacade$StatementProxy.invoke', 'org.apache.tomcat.jdbc.pool.PooledConnection.connectUsingDriver'],
  },
  {
    name: 'Apache HttpClient',
    takes: /^org\.apache\.(?:http|hc)\.[\w.$]{1,120}\.(?:getPoolEntryBlocking|leaseConnection|lease)$/,
    uses: /^org\.apache\.(?:http|hc)\.[\w.$]{1,120}\.(?:HttpRequestExecutor\.execute|(?:ContentLength|Chunked|Identity|EofSensor)InputStream\.read|\w{0,40}ConnectionOperator\.connect)$/,
    opens: null,
    leakOptions: [],
    samples: [
      'org.apache.http.pool.AbstractConnPool.getPoolEntryBlocking',
      'org.apache.http.impl.conn.PoolingHttpClientConnectionManager.leaseConnection',
    ],
    nearMisses: ['org.apache.http.impl.execchain.MainClientExec.execute'],
    atWork: [
      'org.apache.http.protocol.HttpRequestExecutor.execute',
      'org.apache.http.impl.io.ChunkedInputStream.read',
      'org.apache.http.impl.conn.DefaultHttpClientConnectionOperator.connect',
    ],
  },
  {
    name: 'Jedis',
    takes: /^redis\.clients\.jedis\.(?:[\w$]{1,60}\.){1,3}getResource$/,
    uses: /^redis\.clients\.jedis\.(?:Connection|Jedis|BinaryJedis|Protocol|Pipeline\w{0,20}|Transaction\w{0,20})\.\w{1,60}$/,
    opens: /^redis\.clients\.jedis\.\w{1,40}\.makeObject$/,
    leakOptions: [],
    samples: ['redis.clients.jedis.JedisPool.getResource', 'redis.clients.jedis.util.Pool.getResource'],
    nearMisses: ['redis.clients.jedis.Jedis.get'],
    atWork: [
      'redis.clients.jedis.Connection.readProtocolWithCheckingBroken',
      'redis.clients.jedis.Jedis.get',
      'redis.clients.jedis.JedisFactory.makeObject',
    ],
  },
  {
    name: 'MongoDB driver',
    takes: /^com\.mongodb\.internal\.connection\.[\w$]{1,80}\.(?:acquirePermit\w{0,20}|get|getPooledConnection)$/,
    uses: null,
    opens: null,
    leakOptions: [],
    samples: [
      'com.mongodb.internal.connection.ConcurrentPool.acquirePermit',
      'com.mongodb.internal.connection.DefaultConnectionPool.getPooledConnection',
    ],
    nearMisses: ['com.mongodb.internal.connection.DefaultServerMonitor$ServerMonitorRunnable.run'],
    atWork: [],
  },
  {
    name: 'R2DBC Pool, Reactor Pool or Vibur',
    takes: /^(?:reactor\.pool|io\.r2dbc\.pool|org\.vibur\.(?:dbcp|objectpool))\.[\w.$]{1,100}\.(?:acquire|create|take|tryTake|getConnection)$/,
    uses: null,
    opens: null,
    leakOptions: [],
    samples: ['org.vibur.objectpool.ConcurrentPool.take'],
    nearMisses: ['reactor.pool.SimpleDequePool.drainLoop'],
    atWork: [],
  },
];

/** The pool that a method takes something out of; undefined where it is of none. */
export const connectionPoolOf = (method: string): ConnectionPool | undefined => CONNECTION_POOLS.find(({ takes }) => takes.test(method));
