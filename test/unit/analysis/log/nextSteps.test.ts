import assert from 'node:assert/strict';
import { adviceOf } from '../../../../server/src/core/rules/log/advice.ts';
import { episodeHeadline } from '../../../../server/src/core/rules/log/words.ts';
import { read } from '../../log/helpers.ts';

const JOB = 'dddddddddddddddddddddddddddddddd';
const record = (second: number, logger: string, message: string, ...more: string[]) =>
  `${[`2031-05-06 08:00:${String(second).padStart(2, '0')},000 INFO  org.apache.flink.runtime.${logger} [] - ${message}`, ...more].join('\n')}\n`;
const banner = (version: string) =>
  record(0, 'entrypoint.ClusterEntrypoint', ` Starting StandaloneSessionClusterEntrypoint (Version: ${version}, Scala: 2.12, Rev:abc, Date:x)`);
const fails = (second: number, ...trace: string[]) =>
  record(
    second,
    'executiongraph.ExecutionGraph',
    'Map (1/2) (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb1_0_0) switched from RUNNING to FAILED on tm-1 @ host (dataPort=1).',
    ...trace,
    '\tat org.apache.flink.runtime.taskmanager.Task.run(Task.java:562)',
  );
const suspended = (second: number) => record(second, 'executiongraph.ExecutionGraph', `Job shop (${JOB}) switched from state RUNNING to SUSPENDED.`);
const worker = (second: number, ...diagnostics: string[]) =>
  record(
    second,
    'resourcemanager.active.ActiveResourceManager',
    `Worker container_7_4(node-3:8041) is terminated. Diagnostics: ${diagnostics.join('\n')}`,
  );
const LOST = [
  "org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connection unexpectedly closed by remote task manager 'node-3/10.1.1.3:40001'.",
];

/** The headline and what to do. */
async function said(text: string): Promise<{ headline: string; advice: string }> {
  const analysis = await read(text);
  const [episode] = analysis.failures.episodes;
  assert.ok(episode);
  return { headline: episodeHeadline(episode, { number: 1, of: 1, causes: 1, count: 1 }), advice: adviceOf(analysis, episode).join('\n') };
}

interface Case {
  what: string;
  text: string;
  headline: RegExp;
  wanted: RegExp[];
  never: RegExp[];
}

const INVALID_TOKEN = 'org.apache.hadoop.ipc.RemoteException(org.apache.hadoop.security.token.SecretManager$InvalidToken)';
const stated = (thrown: string, gap = ' ') =>
  record(
    5,
    'taskmanager.Task',
    `Sink: files (1/2)#5 (0102030405060708090a0b0c0d0e0f10) switched from RUNNING to FAILED with failure cause:${gap}${thrown}`,
    '\tat org.apache.hadoop.ipc.Client.getRpcResponse(Client.java:1511)',
  );

/** A token of Hadoop that is gone or too old, on the line that states the cause and on a line of its own. */
const TOKENS = [' ', '\n'].flatMap((gap): Case[] =>
  [
    { thrown: `${INVALID_TOKEN}: token (HDFS_DELEGATION_TOKEN token 88123 for flinkuser) can't be found in cache`, says: 'expired or was cancelled' },
    {
      thrown: "org.apache.hadoop.ipc.RemoteException: token (HDFS_DELEGATION_TOKEN token 88123 for flinkuser) can't be found in cache",
      says: 'expired or was cancelled',
    },
    {
      thrown: `${INVALID_TOKEN}: token (token for flinkuser: HDFS_DELEGATION_TOKEN owner=flinkuser@EXAMPLE.COM, renewer=yarn, realUser=, issueDate=1700000000000, maxDate=1700604800000, sequenceNumber=88123, masterKeyId=9) is expired, current time: 2023-11-21 09:58:01,551+0000 expected renewal time: 2023-11-21 09:13:20,000+0000`,
      says: 'has expired',
    },
  ].map(({ thrown, says }) => ({
    what: `a token of HDFS asks for a keytab: ${thrown.slice(0, 130)}, behind ${JSON.stringify(gap)}`,
    text: stated(thrown, gap),
    headline: new RegExp(`^First failure: Hadoop's delegation token ${says}$`),
    wanted: [/security\.kerberos\.login\.keytab/, /7 days/],
    never: [/role or ACL/, /time-outs and retries/],
  })),
);

const CASES: Case[] = [
  {
    what: 'an object store that refuses asks for keys and policies',
    text: fails(5, 'com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403)'),
    headline: /Access Denied/,
    wanted: [/policy of the bucket/],
    never: [/Kerberos/, /Certificates/],
  },
  ...TOKENS,
  {
    what: 'of Google as of Amazon',
    text: fails(5, 'com.google.cloud.storage.StorageException: 403 Forbidden'),
    headline: /403 Forbidden/,
    wanted: [/policy of the bucket/],
    never: [/Kerberos/],
  },
  {
    what: 'and of Azure',
    text: fails(
      5,
      'org.apache.hadoop.fs.azurebfs.contracts.exceptions.AbfsRestOperationException: Operation failed: "This request is not authorized to perform this operation.", 403, PUT, https://x.dfs.core.windows.net/c/chk-4',
    ),
    headline: /AbfsRestOperationException/,
    wanted: [/policy of the bucket/],
    never: [/Kerberos/],
  },
  {
    what: 'so it is where too many checkpoints failed of it',
    text:
      record(
        4,
        'checkpoint.CheckpointCoordinator',
        `Failed to trigger or complete checkpoint 7 for job ${JOB}. (0 consecutive failed attempts so far)`,
        'org.apache.flink.runtime.checkpoint.CheckpointException: Failure to finalize checkpoint.',
        '\tat org.apache.flink.runtime.checkpoint.CheckpointCoordinator.finalizeCheckpoint(CheckpointCoordinator.java:1373)',
        'Caused by: com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403)',
        '\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:550)',
      ) + fails(5, 'org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.'),
    headline: /Checkpoint 7 failed/,
    wanted: [/policy of the bucket/],
    never: [/Kerberos/, /back-pressure/],
  },
  {
    what: 'other systems ask for credentials',
    text: fails(5, 'org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed'),
    headline: /Kafka does not accept the credentials/,
    wanted: [/Kerberos/],
    never: [/bucket/, /service account/],
  },
  {
    what: 'a file of a checkpoint that is gone has nothing to do with types of state',
    text: fails(
      5,
      'java.lang.Exception: Exception while creating StreamOperatorStateContext.',
      '\tat org.apache.flink.streaming.api.operators.StreamTaskStateInitializerImpl.streamOperatorStateContext(StreamTaskStateInitializerImpl.java:258)',
      'Caused by: java.io.FileNotFoundException: File s3p://b/chk/shared/9f1e does not exist',
    ),
    headline: /FileNotFoundException/,
    wanted: [/file of that checkpoint is gone/],
    never: [/uid\(/],
  },
  {
    what: 'Kryo registrations that differ are no bad record',
    text: fails(5, 'com.esotericsoftware.kryo.KryoException: Encountered unregistered class ID: 113'),
    headline: /unregistered class ID/,
    wanted: [/order of their registration/],
    never: [/ignore-parse-errors/],
  },
  {
    what: 'an error of the Python function is no module that is missing',
    text: fails(
      5,
      'java.lang.RuntimeException: Error received from SDK harness for instruction 4: Traceback (most recent call last):',
      '  File "/opt/job/rate.py", line 14, in rate',
      'ZeroDivisionError: division by zero',
      '',
    ),
    headline: /ZeroDivisionError/,
    wanted: [/traceback/],
    never: [/A module that is missing/],
  },
  {
    what: 'a module that is missing is',
    text: fails(
      5,
      'java.lang.RuntimeException: Error received from SDK harness for instruction 4: Traceback (most recent call last):',
      '  File "/opt/job/rate.py", line 1, in <module>',
      "ModuleNotFoundError: No module named 'rates'",
      '',
    ),
    headline: /ModuleNotFoundError/,
    wanted: [/A module that is missing/],
    never: [],
  },
  {
    what: 'leadership that ZooKeeper took has nothing to do with leases',
    text:
      banner('1.17.2') +
      record(
        4,
        'leaderelection.ZooKeeperMultipleComponentLeaderElectionDriver',
        'Connection to ZooKeeper lost. None of the contenders participates.',
      ) +
      suspended(5),
    headline: /ZooKeeper/,
    wanted: [/tolerate-suspended-connections/],
    never: [/kubernetes\.leader-election/],
  },
  {
    what: 'and a lease nothing with ZooKeeper',
    text:
      banner('1.17.2') +
      '2031-05-06 08:00:04,000 INFO  io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector [] - Renew deadline reached after 15 seconds while renewing lock ConfigMapLock: flink - c (1)\n' +
      suspended(5),
    headline: /lease/,
    wanted: [/kubernetes\.leader-election/],
    never: [/zookeeper\.client/],
  },
  {
    what: 'a task that was torn down sends to what failed first, not to the end of a process',
    text: fails(5, 'java.lang.IllegalStateException: Buffer pool is destroyed.'),
    headline: /Only a consequence/,
    wanted: [/first "switched from … to FAILED"/],
    never: [/dmesg/, /GC log/],
  },
  {
    what: 'a job whose leader changed sends to leadership',
    text: fails(5, `java.lang.Exception: Job leader for job id ${JOB} lost leadership.`),
    headline: /Only a consequence/,
    wanted: [/ZooKeeper, or the API server/],
    never: [/dmesg/],
  },
  {
    what: 'a partition that was asked for over a closed connection follows from its other end',
    text: fails(
      5,
      "org.apache.flink.runtime.io.network.netty.exception.LocalTransportException: Sending the partition request to '/10.0.0.7:36233 (#0)' failed.",
      '\tat org.apache.flink.runtime.io.network.netty.NettyPartitionRequestClient$1.operationComplete(NettyPartitionRequestClient.java:145)',
      'Caused by: java.nio.channels.ClosedChannelException',
    ),
    headline: /Only a consequence|Lost/,
    wanted: [/What became of that process/],
    never: [/framesize/],
  },
  {
    what: 'no route to the other end is a cause',
    text: fails(
      5,
      "org.apache.flink.runtime.io.network.netty.exception.LocalTransportException: Sending the partition request to '/10.0.0.7:36233 (#0)' failed.",
      '\tat org.apache.flink.runtime.io.network.netty.NettyPartitionRequestClient$1.operationComplete(NettyPartitionRequestClient.java:145)',
      'Caused by: java.net.NoRouteToHostException: No route to host',
    ),
    headline: /First failure: NoRouteToHostException/,
    wanted: [/network policies/],
    never: [],
  },
  {
    what: 'what YARN says of a container stands in lines of their own',
    text:
      worker(
        4,
        'Exception from container-launch.',
        'Container id: container_7_4',
        'Exit code: 239',
        '',
        '[2031-05-06 08:00:04.002]Container exited with a non-zero exit code 239. Error file: prelaunch.err.',
      ) + fails(5, ...LOST),
    headline: /handler of fatal errors \(exit code 239\)/,
    wanted: [/last ERROR record/],
    never: [],
  },
  {
    what: 'a container that was ended on request did not run out of memory',
    text:
      worker(
        4,
        '[2031-05-06 08:00:04.001]Container killed on request. Exit code is 143',
        '[2031-05-06 08:00:04.002]Container exited with a non-zero exit code 143.',
      ) + fails(5, ...LOST),
    headline: /told to stop from outside \(exit code 143, SIGTERM\)/,
    wanted: [/Who sent the signal/],
    never: [/Native memory/],
  },
  {
    what: 'one that was over its limit did, however it was ended',
    text:
      worker(
        4,
        "[2031-05-06 08:00:04.001]Container [pid=1,containerID=container_7_4] is running 12MB beyond the 'PHYSICAL' memory limit.",
        '[2031-05-06 08:00:04.002]Container killed on request. Exit code is 143',
      ) + fails(5, ...LOST),
    headline: /over its physical memory limit/,
    wanted: [],
    never: [/Who sent the signal/],
  },
  {
    what: 'a quota is what is told of what Kubernetes refuses',
    text: fails(
      5,
      'io.fabric8.kubernetes.client.KubernetesClientException: Failure executing: POST at: https://10.0.0.1/api/v1/namespaces/flink/pods. Message: Forbidden!Configured service account doesn\'t have access. Service account may have been revoked. pods "flink-taskmanager-1-1" is forbidden: exceeded quota: compute, requested: limits.cpu=2, used: limits.cpu=8, limited: limits.cpu=8.',
    ),
    headline: /KubernetesClientException: exceeded quota: compute/,
    wanted: [/ResourceQuota/],
    never: [/Kerberos/],
  },
  {
    what: 'a binary log of statements asks for rows',
    text: fails(
      5,
      "io.debezium.DebeziumException: Received DML 'UPDATE t' for processing, binlog probably contains events generated with statement or mixed based replication format",
    ),
    headline: /DebeziumException/,
    wanted: [/binlog_format=ROW/],
    never: [/retention/],
  },
  {
    what: 'a broker that is older than the client',
    text: fails(
      5,
      'org.apache.kafka.common.errors.UnsupportedVersionException: Cannot create a v1 ListOffsetRequest because we require features supported only in 2 or later.',
    ),
    headline: /UnsupportedVersionException/,
    wanted: [/newer broker/],
    never: [],
  },
  {
    what: 'a JVM that the operating system gave no memory',
    text: '#\n# There is insufficient memory for the Java Runtime Environment to continue.\n# Native memory allocation (mmap) failed to map 65536 bytes. Error detail: committing reserved memory.\n# An error report file with more information is saved as:\n# /opt/flink/hs_err_pid1.log\n',
    headline: /no memory from the operating system/,
    wanted: [/vm\.overcommit_memory/],
    never: [/Which memory ran out decides/],
  },
];

describe('what to do next fits the cause', () => {
  for (const { what, text, headline, wanted, never } of CASES)
    it(what, async () => {
      const { headline: title, advice } = await said(text);
      assert.match(title, headline);
      for (const one of wanted) assert.match(advice, one);
      for (const one of never) assert.doesNotMatch(advice, one);
    });

  it('a container that YARN ended on request, which nobody missed, is no failure', async () => {
    const { failures } = await read(worker(4, '[2031-05-06 08:00:04.001]Container killed on request. Exit code is 143'));
    assert.deepEqual(failures.episodes, []);
  });
});
