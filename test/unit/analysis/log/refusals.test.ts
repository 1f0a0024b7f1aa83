import assert from 'node:assert/strict';
import { fails, record, saidOf } from './failing.ts';

interface Case {
  trace: string[];
  headline: RegExp;
  advice: RegExp;
  never?: RegExp;
}

const FETCHERS = [
  'java.lang.RuntimeException: One or more fetchers have encountered exception',
  '\tat org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherManager.checkErrors(SplitFetcherManager.java:333)',
];
const caused = (thrown: string): string[] => [...FETCHERS, `Caused by: ${thrown}`, '\tat com.vendor.client.Call.run(Call.java:7)'];
const blocked = (block: string): string =>
  `ElasticsearchException[Elasticsearch exception [type=cluster_block_exception, reason=index [orders-2031.05] blocked by: [${block}];]]`;
const binlog = (said: string): string[] => caused(`com.github.shyiko.mysql.binlog.network.ServerException: ${said}`);
const SNAPSHOT = /^A new snapshot/;
const GENERIC = /release notes of their own|thrown by Flink itself|Credentials, role or ACL/;
const BINLOG: Omit<Case, 'trace'> = { headline: /The position in the binary log of MySQL is no longer there$/, advice: SNAPSHOT, never: GENERIC };

const SERVICES: Readonly<Record<string, Case>> = {
  'a flood-stage block is a full disk': {
    trace: caused(blocked('TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block')),
    headline: /Elasticsearch has made the index read-only: a disk is full$/,
    advice: /^Space on the disks/,
    never: /back-off/,
  },
  'so it is in the words of OpenSearch': {
    trace: caused(
      'org.opensearch.client.opensearch._types.OpenSearchException: Request failed: [cluster_block_exception] index [orders] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];',
    ),
    headline: /a disk is full$/,
    advice: /^Space on the disks/,
  },
  'a read-only index of older versions': {
    trace: caused(blocked('FORBIDDEN/12/index read-only / allow delete (api)')),
    headline: /made the index read-only$/,
    advice: /^As a rule a disk/,
  },
  'a block that was set': {
    trace: caused(blocked('FORBIDDEN/8/index write (api)')),
    headline: /forbids writing$/,
    advice: /^Which block/,
    never: /back-off/,
  },
  'a closed index': { trace: caused(blocked('FORBIDDEN/4/index closed')), headline: /is closed$/, advice: /^Who closed it/ },
  'no master': { trace: caused(blocked('SERVICE_UNAVAILABLE/2/no master')), headline: /no elected master$/, advice: /^GET _cluster\/health/ },
  'an overload stays one': {
    trace: caused(
      'ElasticsearchException[Elasticsearch exception [type=es_rejected_execution_exception, reason=rejected execution of coordinating operation [coordinating_and_primary_bytes=53687091]]]',
    ),
    headline: /it is overloaded$/,
    advice: /^Fewer and smaller bulks/,
  },
  'purged logs with GTIDs': {
    trace: binlog(
      'The slave is connecting using CHANGE MASTER TO MASTER_AUTO_POSITION = 1, but the master has purged binary logs containing GTIDs that the slave requires.',
    ),
    ...BINLOG,
  },
  'purged logs in the words of MySQL 8': {
    trace: binlog(
      'Cannot replicate because the source purged required binary logs. Replicate the missing transactions from elsewhere, or provision a new replica from backup.',
    ),
    ...BINLOG,
  },
  'a log file that is gone': { trace: binlog('Could not find first log file name in binary log index file'), ...BINLOG },
  'a slot that was invalidated': {
    trace: caused(
      'org.postgresql.util.PSQLException: ERROR: cannot read from logical replication slot "flink"\n  Detail: This slot has been invalidated because it exceeded the maximum reserved size.',
    ).flatMap((line) => line.split('\n')),
    headline: /cannot read from logical replication slot "flink"/,
    advice: SNAPSHOT,
    never: GENERIC,
  },
  'a segment of WAL that is gone': {
    trace: caused('org.postgresql.util.PSQLException: ERROR: requested WAL segment 000000010000000000000012 has already been removed'),
    headline: /PostgreSQL has removed the log that the slot needs$/,
    advice: SNAPSHOT,
  },
  'a redo log that is gone': {
    trace: caused('java.sql.SQLException: ORA-01291: missing log file'),
    headline: /ORA-01291: missing log file$/,
    advice: SNAPSHOT,
    never: GENERIC,
  },
  'undo that is gone': {
    trace: caused('java.sql.SQLException: ORA-01555: snapshot too old: rollback segment number 9 with name "x" too small'),
    headline: /ORA-01555/,
    advice: /^Queries of a snapshot/,
  },
  'a change table of SQL Server': {
    trace: caused(
      'com.microsoft.sqlserver.jdbc.SQLServerException: An insufficient number of arguments were supplied for the procedure or function cdc.fn_cdc_get_all_changes_ ... .',
    ),
    headline: /no longer in the change tables of SQL Server$/,
    advice: SNAPSHOT,
  },
  'Pulsar is named where its client only has an answer of HTTP': {
    trace: [
      ...caused('org.apache.pulsar.client.admin.PulsarAdminException$NotAuthorizedException: HTTP 401 Unauthorized'),
      'Caused by: javax.ws.rs.NotAuthorizedException: HTTP 401 Unauthorized',
      '\tat org.glassfish.jersey.client.JerseyInvocation.convertToException(JerseyInvocation.java:1033)',
    ],
    headline: /Pulsar does not accept the credentials: HTTP 401 Unauthorized$/,
    advice: /pulsar\.client\.authParams/,
    never: GENERIC,
  },
  'what Pulsar does not allow': {
    trace: caused(
      'org.apache.pulsar.client.api.PulsarClientException$AuthorizationException: {"errorMsg":"Client is not authorized to Get Partition Metadata","reqId":1}',
    ),
    headline: /Pulsar does not allow it: Client is not authorized to Get Partition/,
    advice: /grant-permission/,
  },
  'what Kafka does not allow': {
    trace: caused('org.apache.kafka.common.errors.GroupAuthorizationException: Not authorized to access group: orders-reader'),
    headline: /Kafka does not allow it: Not authorized to access group: orders-reader$/,
    advice: /^ACLs of this user/,
    never: GENERIC,
  },
  'a file of an Iceberg table': {
    trace: caused('org.apache.iceberg.exceptions.NotFoundException: File does not exist: s3://lake/db/orders/data/day=3/00000-0-a.parquet'),
    headline: /00000-0-a\.parquet$/,
    advice: /^Who deleted it/,
    never: GENERIC,
  },
};

const PLANNER =
  '\tat org.apache.flink.table.planner.plan.optimize.program.FlinkChangelogModeInferenceProgram$Visitor.createNewNode(FlinkChangelogModeInferenceProgram.scala:397)';

/** Sentences whose decisive words stand behind what they are about. */
const SENTENCES: Readonly<Record<string, Case>> = {
  'sizes of memory': {
    trace: [
      'org.apache.flink.configuration.IllegalConfigurationException: Sum of configured Framework Heap Memory (128.000mb (134217728 bytes)), Framework Off-Heap Memory (128.000mb (134217728 bytes)), Task Off-Heap Memory (1.000gb (1073741824 bytes)), Managed Memory (716.800mb (751619296 bytes)) and Network Memory (179.200mb (187904824 bytes)) exceed configured Total Flink Memory (1.750gb (1879048192 bytes)).',
    ],
    headline: /exceed configured Total Flink Memory \(1\.750gb\)$/,
    advice: /^The sizes of memory do not fit together/,
  },
  'a sum of two kinds of memory, named without their sizes': {
    trace: [
      'org.apache.flink.configuration.IllegalConfigurationException: Sum of configured Framework Heap Memory (128.000mb (134217728 bytes)) and Task Heap Memory (1.000gb (1073741824 bytes)) exceed configured Total Flink Memory (1.000gb (1073741824 bytes)).',
    ],
    headline: /Sum of configured Framework Heap Memory and Task Heap Memory exceed confi/,
    advice: /^The sizes of memory do not fit together/,
  },
  'a range of memory': {
    trace: [
      'org.apache.flink.configuration.IllegalConfigurationException: Derived JVM Overhead size (64.000mb (67108864 bytes)) is not in configured JVM Overhead range [192.000mb (201326592 bytes), 1.000gb (1073741824 bytes)].',
    ],
    headline: /Derived JVM Overhead size \(64\.000mb\) is not in configured JVM Overhead/,
    advice: /^The sizes of memory do not fit together/,
  },
  'a right that a service account lacks': {
    trace: [
      'io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: GET at: https://10.96.0.1/api/v1/namespaces/flink/configmaps/orders. Message: configmaps "orders" is forbidden: User "system:serviceaccount:flink:default" cannot get resource "configmaps" in API group "" in the namespace "flink".',
    ],
    headline: /User "default" cannot get resource "configmaps" in the n/,
    advice: /^The role of the service account/,
  },
  'the same of a watch and a long name': {
    trace: [
      'io.fabric8.kubernetes.client.KubernetesClientException: pods is forbidden: User "system:serviceaccount:flink-production-namespace:orders-flink-service-account" cannot watch resource "pods" in API group "" in the namespace "flink-production-namespace"',
    ],
    headline: /User "orders-flink-service-account" cannot watch resource "pods"/,
    advice: /^The role of the service account/,
  },
  'a sink that takes no updates': {
    trace: [
      "org.apache.flink.table.api.TableException: Table sink 'default_catalog.default_database.daily_totals' doesn't support consuming update changes which is produced by node GroupAggregate(groupBy=[customer_id, day], select=[customer_id, day, SUM(amount) AS total])",
      PLANNER,
    ],
    headline: /Table sink 'daily_totals' doesn't support consuming update changes/,
    advice: /^What the query hands on has updates/,
  },
  'which savepoint is missing': {
    trace: [
      "java.io.FileNotFoundException: Cannot find checkpoint or savepoint file/directory 's3://acme-prod-flink-state/savepoints/orders-enrichment/savepoint-61a1b2-0f3c2d1e9a8b' on file system 's3'.",
      '\tat org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(AbstractFsCheckpointStorageAccess.java:275)',
    ],
    headline: /Cannot find checkpoint or savepoint '…\/savepoint-61a1b2-0f3c2d1e9a8b'$/,
    advice: /^A file of that checkpoint is gone/,
  },
  'a disk that is full, behind a long path': {
    trace: [
      'org.apache.flink.util.FlinkRuntimeException: Error while adding data to RocksDB',
      'Caused by: org.rocksdb.RocksDBException: While appending to file: /tmp/flink-io-2f1c/job_5b6c7d8e9fa0b1c2d3e4f5a6b7c8d9e0_op_WindowOperator_0a448493b4782967b150582570326227__1_2__uuid_1/db/000042.log: No space left on device',
    ],
    headline: /No space left on device$/,
    advice: /^df -h/,
  },
  'credentials for a time': {
    trace: [
      'com.amazonaws.services.s3.model.AmazonS3Exception: The provided token has expired. (Service: Amazon S3; Status Code: 400; Error Code: ExpiredToken; Request ID: 1)',
    ],
    headline: /The provided token has expired$/,
    advice: /^Temporary credentials have run out/,
  },
  'a savepoint that is not there': {
    trace: [
      'org.apache.flink.runtime.client.JobInitializationException: Could not start the JobMaster.',
      "Caused by: java.io.FileNotFoundException: Cannot find checkpoint or savepoint file/directory 's3://state/savepoints/savepoint-5b6c7d-0011' on file system 's3'.",
    ],
    headline: /Cannot find checkpoint or savepoint/,
    advice: /^A file of that checkpoint is gone/,
    never: /network policies/,
  },
  'a field of JSON': {
    trace: [
      'java.io.IOException: Corrupt Debezium JSON message.',
      'Caused by: org.apache.flink.formats.json.JsonToRowDataConverters$JsonParseException: Fail to deserialize at field: price.',
      'Caused by: java.lang.NumberFormatException: For input string: "12,50"',
    ],
    headline: /JsonParseException: price: For input string: "12,50"$/,
    advice: /^The record/,
  },
  'a connection, with whom it was to be': {
    trace: [
      'java.io.IOException: Could not connect to BlobServer at address jobmanager/10.0.0.9:6124',
      'Caused by: java.net.ConnectException: Connection refused (Connection refused)',
    ],
    headline: /Could not connect to BlobServer at address jobmanager\/10\.0\.0\.9:6124$/,
    advice: /^Can the two processes reach each other/,
  },
  'a jar without the main class': {
    trace: [
      "org.apache.flink.client.program.ProgramInvocationException: The program's entry point class 'com.shop.Job' was not found in the jar file.",
      'Caused by: java.lang.ClassNotFoundException: com.shop.Job',
    ],
    headline: /ClassNotFoundException: com\.shop\.Job$/,
    advice: /^The main class/,
    never: /resolve-order/,
  },
  'a long class whose sentence fits': {
    trace: [
      "org.apache.flink.core.fs.UnsupportedFileSystemSchemeException: Could not find a file system implementation for scheme 's3'. The scheme is directly supported by Flink through the following plugin(s): flink-s3-fs-hadoop, flink-s3-fs-presto.",
    ],
    headline: /Could not find a file system implementation for scheme 's3'$/,
    advice: /^The plugin's jar/,
  },
  'a right that a store does not give': {
    trace: [
      'org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException: Operation failed: "This request is not authorized to perform this operation using this permission.", 403, PUT, https://lake.dfs.core.windows.net/raw/orders/part-0?resource=file&timeout=90, AuthorizationPermissionMismatch',
    ],
    headline: /AbfsRestOperationException: This request is not authorized to perform/,
    advice: /^The key or role/,
  },
  'what was null, behind what was to be done with it': {
    trace: [
      'java.lang.NullPointerException: Cannot invoke "com.shop.Price.value()" because the return value of "com.shop.Order.price()" is null',
      '\tat com.shop.PriceMapper.map(PriceMapper.java:31)',
    ],
    headline: /NullPointerException: "com\.shop\.Order\.price\(\)" is null$/,
    advice: /^Nearest code of the job/,
  },
  'which constraint a row violates, behind the statement': {
    trace: [
      'java.sql.BatchUpdateException: Batch entry 0 INSERT INTO public.orders(order_id, customer_id, amount, created_at, updated_at) VALUES (7, 12, 12.50) was aborted: ERROR: duplicate key value violates unique constraint "orders_pkey"',
    ],
    headline: /The database refuses a row: duplicate key value violates/,
    advice: /^The row against the types/,
  },
  'records without timestamps': {
    trace: [
      "java.lang.RuntimeException: Record has Long.MIN_VALUE timestamp (= no timestamp marker). Is the time characteristic set to 'ProcessingTime', or did you forget to call 'DataStream.assignTimestampsAndWatermarks(...)'?",
      '\tat org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows.assignWindows(TumblingEventTimeWindows.java:83)',
    ],
    headline: /Record has Long\.MIN_VALUE timestamp/,
    advice: /^Records reach an operator of event time without timestamps/,
    never: GENERIC,
  },
  'code that the planner generated is none of the job': {
    trace: [
      'java.lang.RuntimeException: Rowtime timestamp is not defined. Please make sure that a proper TimestampAssigner is defined and the stream environment uses the EventTime time characteristic.',
      '\tat StreamExecCalc$12.processElement(Unknown Source)',
    ],
    headline: /Rowtime timestamp is not defined$/,
    advice: /^Records reach an operator of event time without timestamps/,
    never: /Nearest code/,
  },
};

describe('what systems outside refuse', () => {
  for (const [what, { trace, headline, advice, never }] of Object.entries({ ...SERVICES, ...SENTENCES })) {
    it(what, async () => {
      const told = await saidOf(fails(...trace));
      assert.match(told.headline, headline);
      assert.ok(told.headline.length <= 89 && told.verdict.length <= 100, told.verdict);
      // A folder has more room than a file, and says the same.
      assert.match(told.verdict, new RegExp(headline.source.replace(/\$$/, '')));
      assert.match(told.advice[0] ?? '', advice);
      if (never !== undefined) assert.doesNotMatch(told.advice.join('\n'), never);
    });
  }

  it('a quota comes before slots, of which there are none because of it', async () => {
    const refused = record(
      10,
      'resourcemanager.active.ActiveResourceManager',
      'Failed requesting worker with resource spec WorkerResourceSpec {cpuCores=1.0}, current pending count: 1',
      'io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: POST at: https://10.96.0.1/api/v1/namespaces/flink/pods. Message: pods "tm-1-3" is forbidden: exceeded quota: team-a, requested: limits.memory=4Gi, used: limits.memory=14Gi, limited: limits.memory=16Gi.',
      '\tat io.fabric8.kubernetes.client.KubernetesClientException.copyAsCause(KubernetesClientException.java:238)',
    );
    const { advice } = await saidOf(
      `${refused}${fails('org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.')}`,
    );
    assert.match(advice[0] ?? '', /^Raise the ResourceQuota/);
    assert.doesNotMatch(advice.join('\n'), /More TaskManagers or slots|Slots needed|slot\.request\.timeout/);
  });

  it('slots that are missing after a failure of its own kind are no advice on it', async () => {
    const missing = 'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.';
    const later = fails(missing)
      .replace('08:00:20', '08:04:20')
      .replace('RUNNING to FAILED on tm-1 @ host (dataPort=1)', 'SCHEDULED to FAILED on [unassigned resource]');
    const { headline, advice } = await saidOf(
      `${fails('java.lang.NullPointerException: no list', '\tat com.shop.Prices.of(Prices.java:8)')}${later}`,
    );
    assert.match(headline, /NullPointerException/);
    assert.doesNotMatch(advice.join('\n'), /slots/);
    const alone = await saidOf(later);
    assert.match(alone.advice.join('\n'), /More TaskManagers or slots/);
  });

  it('what differs between versions is told once where the version is not known', async () => {
    const slots = await saidOf(
      fails('org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Could not acquire the minimum required resources.'),
    );
    assert.equal(slots.advice.filter((text) => text.startsWith('slot.request.timeout')).length, 1);
    const call = await saidOf(
      fails(
        'java.util.concurrent.CompletionException: akka.pattern.AskTimeoutException: Ask timed out on [Actor[akka://flink/user/a]] after [10000 ms].',
      ),
    );
    assert.equal(call.advice.filter((text) => text.startsWith('A call that timed out')).length, 1);
    assert.match(call.advice.join('\n'), /which begin with akka before 1\.18/);
  });
});
