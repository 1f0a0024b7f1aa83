const runtime = (suffix: string, versions: string): string[] =>
  versions.split(' ').map((version) => `org.apache.flink:flink-runtime${suffix}:${version}`);

/** Flink's runtime, before and after its fixes. */
const RUNTIME: readonly string[] = [
  ...runtime('_2.11', '1.5.0 1.5.1 1.6.0 1.6.1 1.6.2 1.6.3 1.7.2 1.8.3 1.9.3 1.10.1 1.10.3 1.11.0 1.11.1 1.11.3 1.11.4 1.11.6'),
  ...runtime('_2.12', '1.12.0 1.12.4 1.12.5 1.12.7 1.13.0 1.13.1 1.13.2 1.13.6'),
  ...runtime('', '1.14.0 1.14.3 1.14.4 1.14.6 1.15.0 1.15.3 1.15.4 1.16.0 1.16.1 1.16.2 1.16.3 1.17.0 1.17.1 1.17.2'),
  ...runtime('', '1.18.0 1.18.1 1.19.0 1.19.1 1.19.2 1.19.3 1.20.0 1.20.1 1.20.2 1.20.3 1.20.4 1.20.5'),
  ...runtime('', '2.0.0 2.0.1 2.0.2 2.1.0 2.1.1 2.1.2 2.1.3 2.2.0 2.2.1 2.3.0'),
];

/** Where the classes come from that the rules are tried on: Flink, connectors, jobs. */
export const ARTIFACTS: readonly string[] = [
  ...RUNTIME,
  'org.apache.flink:flink-connector-kafka:3.4.0-1.20',
  'org.apache.flink:flink-connector-jdbc:3.2.0-1.19',
  'org.apache.flink:flink-connector-pulsar:4.1.0-1.18',
  'org.apache.flink:flink-connector-rabbitmq:3.0.1-1.17',
  'org.apache.flink:flink-connector-hbase-base:4.0.0-1.19',
  'org.apache.flink:flink-connector-base:1.20.0',
  'org.apache.flink:flink-connector-files:1.20.0',
  'org.apache.flink:flink-streaming-java:1.20.0',
  'org.apache.flink:flink-connector-jdbc_2.12:1.12.7',
  'org.apache.flink:flink-connector-kafka_2.12:1.14.6',
  'org.apache.flink:flink-examples-streaming:1.20.0',
  'org.apache.flink:flink-cdc-base:3.2.0',
  'org.apache.flink:flink-cdc-common:3.2.0',
  'org.apache.flink:flink-cdc-runtime:3.2.0',
  'org.apache.flink:flink-connector-mysql-cdc:3.2.0',
  'org.apache.flink:flink-connector-debezium:3.2.0',
  'org.apache.flink:flink-connector-hive_2.12:1.20.0',
  'org.apache.iceberg:iceberg-flink-1.19:1.7.0',
  'org.apache.paimon:paimon-flink-common:0.9.0',
  'com.starrocks:flink-connector-starrocks:1.2.9_flink-1.18',
  'org.apache.bahir:flink-connector-redis_2.12:1.1.0',
  'org.apache.flink:flink-state-processor-api:1.20.0',
  'org.apache.flink:flink-cep:1.20.0',
  'org.apache.flink:flink-connector-elasticsearch-base:3.0.1-1.17',
  'org.apache.flink:flink-connector-elasticsearch7:3.0.1-1.17',
  'org.apache.flink:flink-connector-opensearch:1.1.0-1.18',
  'org.apache.flink:flink-connector-mongodb:1.1.0-1.18',
  'org.apache.flink:flink-connector-aws-base:4.3.0-1.19',
  'org.apache.flink:flink-connector-kinesis:4.3.0-1.19',
  'org.apache.flink:flink-connector-dynamodb:4.3.0-1.19',
];

/** A place in a source of an artifact that must be found, or must not. */
export interface Site {
  artifact: string;
  /** End of the path. */
  file: string;
  line: number;
  /** Only a finding of this rule counts. */
  rule?: string;
  found: boolean;
  /** Only a finding of this severity counts. */
  severity?: 'warning' | 'info';
}

export const SITES: readonly Site[] = [
  { artifact: 'org.apache.flink:flink-runtime_2.12:1.13.1', file: 'BufferManager.java', line: 399, found: true, severity: 'warning' },
  { artifact: 'org.apache.flink:flink-runtime_2.12:1.13.2', file: 'BufferManager.java', line: 456, found: true, severity: 'warning' },
  { artifact: 'org.apache.flink:flink-runtime_2.12:1.13.2', file: 'BufferManager.java', line: 446, found: false, severity: 'warning' },
  // FLINK-29234: the election service is stopped under the lock of the runner.
  {
    artifact: 'org.apache.flink:flink-runtime:1.15.3',
    file: 'JobMasterServiceLeadershipRunner.java',
    line: 148,
    rule: 'java-lock-order',
    found: true,
    severity: 'warning',
  },
  {
    artifact: 'org.apache.flink:flink-runtime:1.15.4',
    file: 'JobMasterServiceLeadershipRunner.java',
    line: 153,
    rule: 'java-lock-order',
    found: false,
  },
  // FLINK-25653: the read scheduler locks by the lock that its partition has handed to it.
  {
    artifact: 'org.apache.flink:flink-runtime:1.14.3',
    file: 'SortMergeSubpartitionReader.java',
    line: 185,
    rule: 'java-callback-under-lock',
    found: true,
    severity: 'warning',
  },
  // FLINK-19026, FLINK-19391: the view is made, and told about data, under the request lock.
  {
    artifact: 'org.apache.flink:flink-runtime_2.11:1.11.6',
    file: 'LocalInputChannel.java',
    line: 144,
    rule: 'java-lock-order',
    found: true,
  },
  { artifact: 'org.apache.flink:flink-runtime_2.12:1.12.7', file: 'LocalInputChannel.java', line: 155, rule: 'java-lock-order', found: false },
];
