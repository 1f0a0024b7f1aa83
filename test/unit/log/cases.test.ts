import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { studyOf } from '../../../server/src/core/analysis/log/study.ts';
import { detect } from '../../../server/src/core/detect.ts';
import { causeText, verdictText } from '../../../server/src/core/rules/log/words.ts';
import { logReport } from '../../../server/src/core/views/log/report/index.ts';
import { categoryText } from '../../../server/src/core/views/log/words.ts';
import { fixture, read } from './helpers.ts';

interface Expected {
  records?: number;
  /** First sentence of the verdict. */
  says?: string;
  /** Beginning of the headline where nothing is known to have failed. */
  headline?: RegExp;
  category?: string;
  cause?: string;
  /** Failures that followed. */
  followed?: number;
  version?: string;
  /** The one that failed first. */
  task?: string;
}

const NO_STOCK = 'First failure: IllegalStateException: no stock.';
const GONE = 'First failure: IOException: file is gone.';
const PRICE = 'First failure: IllegalArgumentException: price below zero.';
const LOST = 'Lost process.';
const CODE = 'Code of the job.';

/** Each file of test/fixtures/logs/cases, and what is to be said of it. */
const CASES: Record<string, Expected> = {
  'json-logstash-trace.ndjson': { records: 6, says: NO_STOCK, category: CODE },
  'json-ecs-frames-alone.ndjson': { records: 2, says: NO_STOCK, followed: 0 },
  'hs_err_pid7.docker.ndjson': { says: 'The JVM crashed with SIGBUS in libzstd-jni-1.5.5.so.', category: LOST },
  'json-pretty-printed.json': { records: 2, says: NO_STOCK },
  'json-managed-flink.ndjson': { records: 2, says: NO_STOCK },
  'pod-evicted-connection.log': {
    says: 'The container was evicted from its node: The node was low on resource: memory.',
    category: LOST,
    followed: 1,
  },
  'json-without-time.ndjson': { records: 5, headline: /^Nothing failed as far as this text goes: 3 checkpoints were completed\.$/ },
  'class-loaded-twice.log': {
    says: 'First failure: KafkaException: class StringDeserializer is not an instance of Deserializer.',
    category: 'Classes: missing, or of another version.',
  },
  'opensearch-blocked.log': {
    says: 'First failure: OpenSearchException: A setting of OpenSearch forbids writing.',
    category: 'Connector or external system.',
  },
  'state-of-another-serializer.log': { says: 'The state serializer changed from IntSerializer to LongSerializer, which is not compatible.' },
  'transaction-forgotten.log': { says: 'First failure: InvalidPidMappingException: Kafka no longer knows the transactional id.' },
  'certificate-untrusted.log': {
    says: 'First failure: SSLHandshakeException: The certificate of the other side is not trusted.',
    category: 'Authentication or permissions.',
  },
  'head-class-and-line.log': { records: 2, says: PRICE, task: 'Count' },
  'head-dashes.log': { records: 2, says: PRICE, task: 'Count' },
  'head-bars.log': { records: 2, says: PRICE, task: 'Count' },
  'head-blank-in-time.log': { records: 2, says: PRICE, task: 'Count' },
  'threshold-after-decline.log': { records: 2, says: 'Checkpoint 9 failed: IOException: file is gone.' },
  'json-in-json.json': { says: 'First failure: Refused: quota.', cause: 'org.shop.Refused: quota' },
  'state-on-slot-object.log': { records: 1, says: GONE },
  'state-unassigned.log': {
    says: 'First failure: Could not acquire the minimum required resources.',
    category: 'Resources: not enough slots, quota or TaskManagers.',
  },
  'entrypoint-failed.log': {
    says: "First failure: Could not find a file system implementation for scheme 's3'.",
    category: 'File system: its plugin is missing.',
    followed: 1,
  },
  'application-failed.log': { says: 'First failure: IllegalStateException: no address of the database.' },
  'cause-behind-cut.log': { says: 'First failure: The position in the binary log of MySQL is no longer there.' },
  'parts-in-columns.csv': { records: 2, says: PRICE, task: 'Count', category: CODE },
  'kryo-field.log': {
    says: 'First failure: KryoException: UnsupportedOperationException: labels (org.shop.Order).',
    category: 'Serialization: a record cannot be read or written.',
  },
  'remote-exception.log': {
    says: 'First failure: SafeModeException: Cannot create file/a.',
    cause: 'org.apache.hadoop.hdfs.server.namenode.SafeModeException: Cannot create file/a. Name node is in safe mode.',
  },
  'start-script-exception.txt': {
    says: 'First failure: IllegalConfigurationException: TaskManager memory is too small.',
    category: 'Configuration.',
  },
  'told-to-stop.log': { headline: /^Told to stop from outside \(SIGTERM\); no failure is reported in these 3 records\. / },
  'shaded-client.log': {
    says: 'First failure: ResourceNotFoundException: Stream clicks under account 1 not found.',
    category: 'Connector or external system.',
  },
  'cause-behind-path.log': {
    says: 'First failure: RocksDBException: While appending to file… No space left on device.',
    category: 'Disk full.',
  },
  'service-answer.log': {
    says: 'First failure: The database refuses a row: duplicate key value violates unique constraint "prices_…',
    category: 'Connector or external system.',
  },
  'quota-behind-slots.ndjson': {
    says: 'No TaskManager could be started: KubernetesClientException: exceeded quota: team-a, requested: pod…',
    category: 'Resources: not enough slots, quota or TaskManagers.',
  },
  'entrypoint-told-to-stop.log': { headline: /^No failure is reported in this record\. / },
  'entrypoint-succeeded.log': { headline: /^Nothing failed as far as this text goes: 1 job finished\.$/ },
  'jvm-crash-in-log.log': { records: 1, says: 'The JVM crashed with SIGBUS in libzstd-jni-1.5.5.so.', category: LOST },
  'jvm-no-memory.out': {
    says: 'The JVM got no memory from the operating system: Native memory allocation (mmap) failed to map 163…',
    category: 'Memory.',
  },
  'hs_err_pid7.log': { says: 'The JVM crashed with SIGBUS in libzstd-jni-1.5.5.so.', category: LOST },
  'jobmanager-does-not-start.log': {
    says: 'First failure: TimeoutException: Could not start the ActorSystem within 10000 ms.',
    category: 'Submission or start of the cluster.',
    version: '1.18.1',
  },
  'taskmanager-unreachable.log': { says: 'Lost contact with TaskManager tm-b:6122-7c19e2; read its log.', category: LOST, version: '2.1.0' },
  'subtask-initialising.log': {
    headline:
      /^\*\*Suspected: Source: orders does not begin to run: INITIALIZING for 8 min 59 s, no checkpoint since\.\*\* See line 2\. No failure is reported\.$/,
  },
  'cancellation-ignored.log': { says: 'Enrich ignores its cancellation, in Retry.again.', category: 'Stuck cancellation.' },
  'leadership-lease.log': {
    says: 'Leadership lost: its lease was not renewed for 15 s (SocketTimeoutException: connect timed out).',
    category: 'High availability: leadership.',
  },
  'leadership-zookeeper.log': { says: 'Leadership lost: the connection to ZooKeeper is gone.', category: 'High availability: leadership.' },
  'slots-required.log': {
    says: 'Not enough slots: 8 required, 3 offered.',
    category: 'Resources: not enough slots, quota or TaskManagers.',
  },
  'savepoint-unmapped.log': {
    says: 'Operator 20ba6b65f97481d5570070de90e4e791 of the restored state is not in the job.',
    category: 'State: it cannot be restored by this program.',
  },
  'elasticsearch-brackets.log': {
    says: 'First failure: ElasticsearchStatusException: index_closed_exception: closed.',
    cause: 'ElasticsearchStatusException: Elasticsearch exception [type=index_closed_exception, reason=closed]',
    category: 'Connector or external system.',
  },
  'client-of-cassandra.log': { category: 'Connector or external system.' },
  'client-of-rabbitmq.log': { category: 'Authentication or permissions.' },
  'restart-refused.log': { records: 2, says: 'Lost contact with TaskManager tm-3:4000-1f; read its log.', category: LOST, followed: 1 },
  'warned-only.log': {
    headline: /^No subtask, job or process fails in this text, but it holds 1 exception\. The first: java\.io\.IOException: slow disk, /,
  },
  'out-of-memory.out': { says: 'Out of memory.', category: 'Memory.' },
  'metaspace.out': { says: 'Out of memory: Metaspace.', category: 'Out of memory: Metaspace.' },
  'worker-evicted.log': {
    says: 'The container was evicted from its node: The node was low on resource: memory.',
    category: LOST,
    followed: 1,
  },
  'worker-preempted.log': { says: 'The container was preempted by the scheduler.', category: LOST, followed: 1 },
  'worker-node-lost.log': { says: 'The container went down with its node.', category: LOST, followed: 1 },
  'worker-fatal-handler.log': { says: 'The container was ended by its handler of fatal errors (exit code 239).', followed: 1 },
  'worker-aborted.log': { says: 'The container aborted (exit code 134, SIGABRT): its JVM crashed.', followed: 1 },
  'worker-terminated.log': { says: 'The container was told to stop from outside (exit code 143, SIGTERM).', followed: 1 },
  'worker-given-back.log': { headline: /^No failure is reported in these 2 records\. / },
  'checkpoint-threshold.log': { says: 'Checkpoint 9 expired after 3 min 0 s.', category: 'Checkpoints and their storage.' },
  'checkpoint-threshold-storage.log': { cause: 'checkpoint 4 failed: java.io.IOException: Could not flush to s3://bucket/chk-4' },
  'checkpoint-threshold-1.16.log': { cause: 'the last checkpoint failed: Checkpoint Coordinator is suspending' },
  'consequence-buffer-pool.log': { says: PRICE, followed: 1 },
  'consequence-slot-removed.log': { says: PRICE, followed: 1 },
  'consequence-lost-leadership.log': { says: PRICE, followed: 1 },
  'consequence-closed-by-interrupt.log': { says: PRICE, followed: 1 },
  'consequence-kafka-interrupt.log': { says: PRICE, followed: 1 },
  'no-route-to-host.log': { says: 'First failure: NoRouteToHostException: No route to host.', category: "Network between Flink's processes." },
  'enumerator-interrupted.log': { says: 'First failure: FlinkRuntimeException: no answer from the catalog.', followed: 0 },
  'head-thread-before-level.log': { records: 2, says: GONE },
  'head-kibana.tsv': { records: 2, says: 'First failure: subtask 1/2 of Source: orders; no exception is printed with it.' },
  'head-python-jul.log': { records: 2, says: GONE },
  'head-indented.log': { records: 3, version: '1.18.1' },
  'head-unreadable.log': { says: 'First failure: NoPrice: price below zero.' },
  'head-blank-before-milliseconds.log': { records: 2, says: GONE },
  'head-python.log': { records: 2, says: GONE },
  'head-without-logger.log': { records: 2, says: GONE },
  'head-time-only.log': { records: 2, says: GONE },
  'head-syslog.log': { records: 2, says: GONE },
  'head-logfmt.log': { records: 2, says: 'First failure: subtask 1/2 of Source: orders; no exception is printed with it.' },
  'head-glog.log': { records: 2, says: 'First failure: subtask 1/2 of Source: orders; no exception is printed with it.' },
  'shell-killed.out': { says: 'SIGKILL from outside.', category: LOST },
  'python-driver.log': { cause: "KeyError: 'currency' (in Python)", category: 'Python worker or driver.' },
  'quota-before-slots.log': {
    says: 'First failure: KubernetesClientException: exceeded quota: compute, requested: limits.c',
    category: 'Resources: not enough slots, quota or TaskManagers.',
  },
  'cause-inline-plain.log': { says: 'First failure: Error: stop here.', category: CODE },
  'cause-inline-own-class.log': { says: 'First failure: NoPrice: price below zero.', category: CODE },
  'cause-python.txt': {
    says: "First failure: ImportError: cannot import name 'table' from 'prices' (in Python).",
    category: 'Python worker or driver.',
  },
  'cause-serialized.txt': {
    cause: 'java.lang.NoSuchMethodError: org.shop.Price.of(I)Lorg/shop/Price;',
    category: 'Classes: missing, or of another version.',
  },
  'cause-yarn.txt': { says: 'The ApplicationMaster was ended by its handler of fatal errors (exit code 239).', followed: 0 },
  'cause-quota.txt': { category: 'Resources: not enough slots, quota or TaskManagers.' },
  'operator-job-failed.log': { records: 5, says: 'First failure: IllegalStateException: order 17 has no price.', category: CODE, followed: 0 },
  'operator-1.4.log': { records: 2, says: 'First failure: IllegalStateException: order 17 has no price.', category: CODE, followed: 0 },
  'operator-job-missing.log': {
    says: 'First failure: the Kubernetes operator reports "Job Not Found" of flink/orders (MISSING).',
  },
  'operator-deployment-fails.log': {
    says: 'First failure: admission webhook denied the request: image is not signed.',
    followed: 0,
  },
  'operator-healthy.log': { headline: /^No failure is reported in these 3 records\. / },
  'operator-state-only.log': { says: 'First failure: job flink/orders ended as FAILED; no exception is printed with it' },
  'submission-fails.log': { says: 'First failure: IllegalArgumentException: unknown option --topic.', category: CODE },
  'no-slots-old-words.txt': { category: 'Resources: not enough slots, quota or TaskManagers.' },
};

describe('what is said of a log, case by case', () => {
  it('every file has its line', () => {
    assert.deepEqual(readdirSync(at('test/fixtures/logs/cases')).sort(), Object.keys(CASES).sort());
  });

  for (const [name, expected] of Object.entries(CASES)) {
    it(name, async () => {
      const text = fixture(`cases/${name}`);
      assert.equal(detect(text).kind, 'flink-log');
      const analysis = await read(text);
      const { log, failures, flinkVersion } = analysis;
      const episode = failures.episodes.find(({ first }) => first === failures.first);
      const report = logReport(analysis, name);
      if (expected.records !== undefined) assert.equal(log.recordCount, expected.records);
      if (expected.task !== undefined) assert.equal(log.executions[failures.first?.execution ?? -1]?.task, expected.task);
      if (expected.version !== undefined) assert.equal(flinkVersion?.range, expected.version);
      if (expected.headline !== undefined) {
        assert.equal(episode, undefined);
        assert.match(report.split('\n')[2] ?? '', expected.headline);
      }
      if (expected.says !== undefined) {
        assert.ok(episode !== undefined && verdictText(episode).startsWith(expected.says), episode && verdictText(episode));
        assert.ok(expected.says.length <= 100);
      }
      if (expected.category !== undefined) assert.equal(categoryText(studyOf(analysis).category), expected.category);
      if (expected.cause !== undefined) assert.equal(failures.first?.cause && causeText(failures.first.cause), expected.cause);
      if (expected.followed !== undefined) assert.equal(episode?.rest.filter(({ consequence }) => consequence !== null).length, expected.followed);
      assert.doesNotMatch(name.startsWith('head-') ? '' : report, /No known remedy/);
    });
  }

  it('many JSON records with a trace in every tenth stay records', async () => {
    const lines = Array.from({ length: 1500 }, (_, index) =>
      JSON.stringify({
        '@timestamp': new Date(1_900_000_000_000 + index).toISOString(),
        message: `message ${index}`,
        logger_name: 'org.apache.flink.runtime.taskmanager.Task',
        level: index % 10 === 0 ? 'WARN' : 'INFO',
        ...(index % 10 === 0 ? { stack_trace: 'a.BException: c\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n' } : {}),
      }),
    );
    const { log } = await read(lines.join('\n'));
    assert.equal(log.recordCount, 1500);
    assert.deepEqual(log.levels, { WARN: 150, INFO: 1350 });
    assert.equal(log.exceptions.length, 150);
  });
});
