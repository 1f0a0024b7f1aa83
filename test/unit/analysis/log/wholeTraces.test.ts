import assert from 'node:assert/strict';
import { read } from '../../log/helpers.ts';

const ATTEMPT = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb1_0_0';
const line = (ms: string, level: string, thread: string, logger: string, message: string, ...trace: string[]) =>
  [`2031-05-06 08:07:00,${ms} ${level} [${thread}] ${logger} - ${message}`, ...trace].join('\n');
const fails = (...trace: string[]) =>
  line(
    '500',
    'WARN ',
    'Source: orders (1/2)#0',
    'org.apache.flink.runtime.taskmanager.Task',
    `Source: orders (1/2)#0 (${ATTEMPT}) switched from RUNNING to FAILED with failure cause:`,
    ...trace,
  );

const FETCHER = [
  'java.lang.RuntimeException: SplitFetcher thread 0 received unexpected exception while polling the records',
  '\tat org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher.runOnce(SplitFetcher.java:168)',
  'Caused by: java.net.SocketException: Connection reset',
  '\tat java.net.SocketInputStream.read(SocketInputStream.java:1)',
];
const CHECKED = [
  'java.lang.RuntimeException: One or more fetchers have encountered exception',
  '\tat org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherManager.checkErrors(SplitFetcherManager.java:333)',
];
const WRITE = ['java.io.IOException: Could not write batch 17 of orders', '\tat com.shop.Sink.write(Sink.java:9)'];
const WRITE_WHOLE = [
  ...WRITE,
  'Caused by: java.net.SocketException: Connection reset',
  '\tat java.net.SocketInputStream.read(SocketInputStream.java:1)',
];

async function causeOf(...records: string[]): Promise<[string, string]> {
  const { failures } = await read(`${records.join('\n')}\n`);
  const { first } = failures;
  return [first?.cause?.code === 'exception' ? first.cause.facts.root.className : '', first?.causeCertainty ?? ''];
}

describe('a failure whose exception is cut, after a record that has the whole of it', () => {
  const logged = (thread: string, trace: readonly string[]) =>
    line('100', 'ERROR', thread, 'com.shop.Reader', 'Received uncaught exception.', ...trace);

  it('gets its root: proved by the thread, by the subtask that the fetcher is named after, else suspected', async () => {
    const found = ['java.net.SocketException', 'proved'];
    assert.deepEqual(await causeOf(logged('Source Data Fetcher for Source: orders (1/2)#0', FETCHER), fails(...CHECKED)), found);
    assert.deepEqual(await causeOf(logged('Source: orders (1/2)#0', WRITE_WHOLE), fails(...WRITE)), found);
    assert.deepEqual(await causeOf(logged('Source: orders (1/2)#0', WRITE_WHOLE), fails('java.io.IOException: Could not write batch 17...')), found);
    assert.deepEqual(await causeOf(logged('pool-3-thread-1', WRITE_WHOLE), fails(...WRITE)), ['java.net.SocketException', 'suspected']);
  });

  it('is proved where what is printed with the failure says the words of the root', async () => {
    const slot = 'replication slot "shop_orders" is active for PID 311';
    const part = [`java.io.IOException: Read split stream error due to ERROR: ${slot}.`, '\tat com.shop.Reader.fetch(Reader.java:9)'];
    const whole = [...part, `Caused by: org.postgresql.util.PSQLException: ERROR: ${slot}`, '\tat org.postgresql.core.v3.X.y(X.java:1)'];
    assert.deepEqual(await causeOf(logged('debezium-1', whole), fails(...part)), ['org.postgresql.util.PSQLException', 'proved']);
    // A root of few words may be that of anybody.
    const short = [...part.map((text) => text.replace(`ERROR: ${slot}`, 'EOF')), 'Caused by: java.io.EOFException: EOF'];
    assert.deepEqual(await causeOf(logged('debezium-1', short), fails(...part.map((text) => text.replace(`ERROR: ${slot}`, 'EOF')))), [
      'java.io.EOFException',
      'suspected',
    ]);
  });

  it('gets none of another subtask, of another message, or of long before', async () => {
    const own = ['java.io.IOException', 'proved'];
    assert.deepEqual(await causeOf(logged('Source Data Fetcher for Source: orders (2/2)#0', FETCHER), fails(...CHECKED)), [
      'java.lang.RuntimeException',
      'proved',
    ]);
    const other = WRITE_WHOLE.map((text) => text.replace('batch 17', 'batch 16'));
    assert.deepEqual(await causeOf(logged('Source: orders (1/2)#0', other), fails(...WRITE)), own);
    const before = logged('Source: orders (1/2)#0', WRITE_WHOLE).replace('08:07:00', '08:06:00');
    assert.deepEqual(await causeOf(before, fails(...WRITE)), own);
  });

  describe('of a job or a process', () => {
    const QUERY = 'com.shop.MetaException: Could not read the partitions of orders';
    const COORDINATOR = [QUERY, '\tat com.shop.Meta.read(Meta.java:5)', 'Caused by: java.net.UnknownHostException: meta', '\t... 3 more'];
    const coordinator = line('100', 'ERROR', 'SourceCoordinator-Source: orders', 'com.shop.Coordinator', 'Failed to start', ...COORDINATOR);
    const global = (query: string) =>
      line(
        '120',
        'INFO ',
        'flink-akka.actor.default-dispatcher-5',
        'org.apache.flink.runtime.jobmaster.JobMaster',
        'Trying to recover from a global failure.',
        "org.apache.flink.util.FlinkException: Global failure triggered by OperatorCoordinator for 'Source: orders' (operator aaaa).",
        '\tat org.apache.flink.runtime.operators.coordination.OperatorCoordinatorHolder$LazyInitializedCoordinatorContext.failJob(OperatorCoordinatorHolder.java:556)',
        `Caused by: ${query}`,
        '\t... 9 more',
      );
    const FATAL = [
      'java.util.concurrent.CompletionException: org.apache.flink.client.deployment.application.ApplicationExecutionException: Could not execute application.',
      '\t... 15 more',
    ];
    const application = line(
      '100',
      'WARN ',
      'flink-dispatcher-3',
      'org.apache.flink.client.deployment.application.ApplicationDispatcherBootstrap',
      'Application failed unexpectedly: ',
      FATAL[0] as string,
      '\tat java.util.concurrent.CompletableFuture.encodeThrowable(CompletableFuture.java:315)',
      'Caused by: org.apache.flink.client.deployment.application.ApplicationExecutionException: Could not execute application.',
      '\t... 13 more',
      'Caused by: com.shop.NoPriceException: there is no price for 17',
      '\tat com.shop.Job.main(Job.java:7)',
    );
    const fatal = line(
      '130',
      'ERROR',
      'main',
      'org.apache.flink.runtime.entrypoint.ClusterEntrypoint',
      'Fatal error occurred in the cluster entrypoint.',
      ...FATAL,
    );

    it('gets the root that its coordinator or its program has logged', async () => {
      assert.deepEqual(await causeOf(coordinator, global(QUERY)), ['java.net.UnknownHostException', 'proved']);
      assert.deepEqual(await causeOf(application, fatal), ['com.shop.NoPriceException', 'proved']);
    });

    it('gets none of another message, and is none the surer where a message was cut', async () => {
      assert.deepEqual(await causeOf(coordinator, global(QUERY.replace('orders', 'prices'))), ['com.shop.MetaException', 'proved']);
      assert.deepEqual(await causeOf(coordinator, global(`${QUERY.slice(0, -10)}...`)), ['java.net.UnknownHostException', 'suspected']);
    });
  });
});
