import assert from 'node:assert/strict';
import type { FailureAnalysis } from '../../../../server/src/core/analysis/log/failureModel.ts';
import { detect } from '../../../../server/src/core/detect.ts';
import { sumText } from '../../../../server/src/core/rules/log/memoryWords.ts';
import { causeText, verdictText } from '../../../../server/src/core/rules/log/words.ts';
import { read } from '../../log/helpers.ts';

const GRAPH = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1';
const VERTEX = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb1';
const JOB = 'cccccccccccccccccccccccccccccccc';

/** Records of a JobManager, 100 ms apart unless `wait` says otherwise. */
class Log {
  #ms = 0;
  readonly lines: string[] = [];

  add(message: string, { level = 'INFO', logger = 'executiongraph.ExecutionGraph', trace = [] as string[], wait = 100 } = {}): this {
    this.#ms += wait;
    const time = new Date(this.#ms).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23);
    this.lines.push(`${time} ${level.padEnd(5)} org.apache.flink.runtime.${logger} [] - ${message}`, ...trace);
    return this;
  }

  task(subtask: number, from: string, to: string, trace: string[] = []): this {
    const where = to === 'FAILED' ? ' on tm-1:1-ab @ host (dataPort=3)' : '';
    return this.add(`Map (${subtask + 1}/2) (${GRAPH}_${VERTEX}_${subtask}_0) switched from ${from} to ${to}${where}.`, { trace });
  }

  job(from: string, to: string, trace: string[] = []): this {
    return this.add(`Job wc (${JOB}) switched from state ${from} to ${to}.`, { trace });
  }

  running(): this {
    this.job('CREATED', 'RUNNING');
    for (const subtask of [0, 1]) this.task(subtask, 'DEPLOYING', 'INITIALIZING').task(subtask, 'INITIALIZING', 'RUNNING');
    return this;
  }

  read() {
    return read(this.lines.join('\n'));
  }
}

const causeIn = ({ first }: FailureAnalysis): string => (first?.cause == null ? '' : causeText(first.cause));
const verdictOf = ({ episodes: [episode] }: FailureAnalysis): string => (episode === undefined ? '' : verdictText(episode));

const DISK = ['java.io.IOException: disk full', '\tat org.example.Sink.write(Sink.java:7)'];
const PEER = [
  "org.apache.flink.runtime.io.network.netty.exception.RemoteTransportException: Connection unexpectedly closed by remote task manager 'host/10.0.0.2:4000'.",
  '\tat org.apache.flink.runtime.io.network.netty.Handler.channelInactive(Handler.java:127)',
];

describe('what failed first', () => {
  it('a killed container that the log names last comes before the tasks that lost their connection to it', async () => {
    const { failures, memory } = await new Log()
      .running()
      .task(1, 'RUNNING', 'FAILED', PEER)
      .task(0, 'RUNNING', 'CANCELING')
      .add('Worker tm-1-2 is terminated. Diagnostics: container termination statuses: [main(exitCode=137, reason=OOMKilled, message=null)]', {
        logger: 'resourcemanager.active.ActiveResourceManager',
      })
      .read();
    assert.deepEqual(failures.first?.cause, { code: 'container-killed', facts: { limit: null, oom: true, exitCode: null } });
    assert.match(verdictOf(failures), /1 further failure followed from it\. 1 subtask was cancelled\./);
    assert.deepEqual(
      memory.map((one) => [one.pool, one.certainty]),
      [['container', 'proved']],
    );
  });

  it('symptoms only: the process that the others miss is named', async () => {
    const silent = ['java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id tm-2:4000-ab timed out.', '\tat a.B.c(B.java:1)'];
    const { failures } = await new Log()
      .running()
      .add('The heartbeat of TaskManager with id tm-2:4000-ab timed out.', { logger: 'jobmaster.JobMaster' })
      .task(1, 'RUNNING', 'FAILED', silent)
      .read();
    assert.ok(failures.episodes[0]?.symptomOnly);
    assert.match(verdictOf(failures), /^Lost contact with TaskManager tm-2:4000-ab; read its log\. .* Why is not in this text\.$/);
  });

  it('exit code 137 without a reason is not proved to be memory', async () => {
    const { memory, findings } = await new Log()
      .running()
      .add('Worker tm-1-2 is terminated. Diagnostics: container termination statuses: [main(exitCode=137, reason=Error, message=null)]', {
        logger: 'resourcemanager.active.ActiveResourceManager',
      })
      .read();
    assert.equal(memory[0]?.certainty, 'suspected');
    assert.equal(findings.find((one) => one.id === 'memory-exhausted')?.certainty, 'suspected');
  });

  it('tasks that fail because their process is told to stop', async () => {
    const { failures } = await new Log()
      .running()
      .add('RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.', { logger: 'taskexecutor.TaskManagerRunner' })
      .task(0, 'RUNNING', 'FAILED', ['org.apache.flink.util.FlinkException: The TaskExecutor is shutting down.', '\tat a.B.c(B.java:1)'])
      .read();
    assert.deepEqual(failures.first?.cause, { code: 'signal', facts: { name: 'TERM' } });
    assert.equal(failures.episodes[0]?.symptomOnly, false);
  });

  it('a process that tells of its end by several loggers fails once', async () => {
    const trace = ['org.apache.flink.util.FlinkRuntimeException: Task did not exit gracefully within 180 + seconds.', '\tat a.B.c(B.java:1)'];
    const { failures } = await new Log()
      .running()
      .add('Task did not exit gracefully within 180 + seconds.', { level: 'ERROR', logger: 'taskmanager.Task', trace })
      .add('Task did not exit gracefully within 180 + seconds.', { level: 'ERROR', logger: 'taskexecutor.TaskManagerRunner' })
      .add('Fatal error occurred while executing the TaskManager. Shutting it down...', {
        level: 'ERROR',
        logger: 'taskexecutor.TaskManagerRunner',
        trace,
      })
      .read();
    assert.deepEqual(
      failures.episodes.map((one) => one.rest.length),
      [0],
    );
  });

  it('a failure of the job as a whole is stated by its own record', async () => {
    const { failures } = await new Log()
      .running()
      .add('Trying to recover from a global failure.', {
        logger: 'jobmaster.JobMaster',
        trace: ['org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.', '\tat a.B.c(B.java:1)'],
      })
      .job('RUNNING', 'RESTARTING')
      .read();
    assert.equal(failures.episodes.length, 1);
    assert.equal(failures.first?.causeCertainty, 'proved');
    assert.match(verdictOf(failures), /^First failure: FlinkRuntimeException: .* threshold\. The job as a whole failed\.$/);
  });

  it('a restart without any exception is no failure: the adaptive scheduler rescales like that', async () => {
    const { failures } = await new Log().running().job('RUNNING', 'RESTARTING').task(0, 'RUNNING', 'CANCELING').job('RESTARTING', 'RUNNING').read();
    assert.equal(failures.first, null);
  });

  it('a task that fails without its exception gets the one that its job fails with', async () => {
    const { failures } = await new Log().running().task(0, 'RUNNING', 'FAILED').job('RUNNING', 'FAILING', DISK).read();
    assert.equal(failures.first?.kind, 'task');
    assert.equal(causeIn(failures), 'java.io.IOException: disk full');
    assert.equal(failures.episodes[0]?.certainty, 'proved');
  });

  it('a timeout says in what it was wrapped', async () => {
    const { failures } = await new Log()
      .task(0, 'SCHEDULED', 'FAILED', [
        'org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException: Slot request bulk is not fulfillable!',
        '\tat a.B.c(B.java:1)',
        'Caused by: java.util.concurrent.TimeoutException: Timeout has occurred: 300000 ms',
        '\t... 1 more',
      ])
      .read();
    assert.match(causeIn(failures), /^java\.util\.concurrent\.TimeoutException: .* \(in .*NoResourceAvailableException: Slot request/);
  });

  it('a job that ended as FAILED, known only from the Dispatcher', async () => {
    const { failures } = await new Log()
      .add('Completed checkpoint cleanup', { logger: 'dispatcher.StandaloneDispatcher' })
      .add(`Job ${JOB} reached terminal state FAILED.`, { logger: 'dispatcher.StandaloneDispatcher', trace: DISK })
      .read();
    assert.equal(causeIn(failures), 'java.io.IOException: disk full');
  });
});

describe('no failure', () => {
  it('what a page of the web UI asked for in vain', async () => {
    const { failures } = await new Log()
      .running()
      .add('Failed to transfer file from TaskExecutor tm-1.', {
        level: 'ERROR',
        logger: 'rest.handler.taskmanager.TaskManagerStdoutFileHandler',
        trace: ['java.util.concurrent.CompletionException: The file STDOUT does not exist', '\tat a.B.c(B.java:1)'],
      })
      .read();
    assert.equal(failures.first, null);
  });

  it('an exception that was only logged while all tasks run on is a suspicion, no error', async () => {
    const { failures, findings } = await new Log().running().add('retrying', { level: 'ERROR', logger: 'blob.BlobClient', trace: DISK }).read();
    assert.match(verdictOf(failures), /disk full\. .* No subtask and no job fails in this text, so it may have been dealt with\.$/);
    assert.deepEqual(
      findings.map((one) => [one.severity, one.certainty]),
      [['warning', 'suspected']],
    );
  });

  it('what is no log of Flink by its layout and its words is not taken for one', () => {
    const others = [
      '2024/05/01 10:00:00 [error] 31#31: *1 open() "/x" failed (2: No such file or directory), client: 1.2.3.4\n',
      '2024-05-01 10:00:01.123 UTC [33] ERROR:  relation "x" does not exist at character 15\n',
    ];
    for (const line of others) assert.equal(detect(line.repeat(10)).kind, 'unknown');
  });

  it('logs of other systems: records and exceptions, but no conclusions', async () => {
    const logs = [
      '24/05/01 10:00:01 ERROR Executor: Exception in task 0.0 in stage 1.0 (TID 3)\njava.lang.OutOfMemoryError: Java heap space\n\tat org.example.Job.f(Job.scala:3)\n',
      '[2024-05-01 10:00:00,123] ERROR [ReplicaManager broker=1] Error processing (kafka.server.ReplicaManager)\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n',
      '2024-05-01 10:00:01,123 [myid:1] - ERROR [main:QuorumPeerMain@113] - exiting abnormally\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n',
    ];
    for (const text of logs) {
      const { log, failures, memory, findings, problems } = await read(text);
      assert.equal(log.recordCount, 1);
      assert.equal(log.exceptions.length, 1);
      assert.deepEqual([failures.first, memory, findings], [null, [], []]);
      assert.match(problems[0]?.message ?? '', /nothing is concluded/);
    }
  });
});

describe('the version of Flink', () => {
  const traced = (...tags: string[]) =>
    read(`java.lang.RuntimeException: x\n${tags.map((tag) => `\tat org.apache.flink.a.B.c(B.java:1) ~[${tag}]\n`).join('')}`);

  it('by the tags of its own jars, whatever a vendor adds; connectors do not count', async () => {
    const cases: [string[], string | undefined][] = [
      [['flink-dist_2.12-1.12.2.jar:1.12.2', 'flink-connector-kafka_2.12-1.13.0.jar:1.13.0'], '1.12.2'],
      [['flink-dist_2.11-1.13-vvr-4.0.7-SNAPSHOT.jar:1.13-vvr-4.0.7-SNAPSHOT'], '1.13-vvr-4.0.7-SNAPSHOT'],
      [['flink-dist_2.12.jar:1.14.4'], '1.14.4'],
      [['flink-sql-connector-kafka-3.0.2-1.18.jar:3.0.2-1.18'], undefined],
      [['flink-s3-fs-hadoop-1.17.1.jar:1.17.1'], '1.17.1'],
      [['flink-shaded-netty-4-4.1.39.Final-11.0.jar:4.1.39'], undefined],
    ];
    for (const [tags, version] of cases) assert.equal((await traced(...tags)).flinkVersion?.range, version, tags.join());
  });

  it('flink-dist says what the cluster runs; without it two versions leave it open', async () => {
    assert.equal((await traced('flink-runtime-1.14.0.jar:1.14.0', 'flink-dist-1.15.0.jar:1.15.0')).flinkVersion?.range, '1.15.0');
    const { flinkVersion, problems } = await traced('flink-runtime-1.14.0.jar:1.14.0', 'flink-core-1.15.0.jar:1.15.0');
    assert.equal(flinkVersion, null);
    assert.match(problems[0]?.message ?? '', /names Flink 1\.14\.0 and 1\.15\.0/);
  });
});

describe('memory', () => {
  const failed = (exception: string) =>
    read(
      `2021-04-07 19:01:20,427 WARN  org.apache.flink.runtime.taskmanager.Task [] - Map (1/2)#0 (${GRAPH}) switched from RUNNING to FAILED with failure cause: ${exception}\n\tat a.B.c(B.java:1)\n`,
    );

  it('the pool by what is thrown, with the arithmetic where numbers are printed', async () => {
    const cases: [string, string | undefined, RegExp | null][] = [
      ['java.lang.OutOfMemoryError: GC overhead limit exceeded', 'heap', null],
      ['java.lang.OutOfMemoryError: Compressed class space', 'metaspace', null],
      ['java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory', 'threads', null],
      [
        'org.apache.flink.shaded.netty4.io.netty.util.internal.OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory (used: 134217728, max: 138412032)',
        'direct',
        /^128 MiB used \+ 16 MiB wanted > limit 132 MiB$/,
      ],
      [
        'java.io.IOException: Insufficient number of network buffers: required 65, but only 38 of 4096 bytes each available.',
        'network',
        /27 short \(108 KiB with pages of 4 KiB\)/,
      ],
      ['java.lang.OutOfMemoryError: something else', undefined, null],
    ];
    for (const [exception, pool, arithmetic] of cases) {
      const { memory } = await failed(exception);
      assert.equal(memory[0]?.pool, pool, exception);
      if (arithmetic !== null) assert.match((memory[0] === undefined ? null : sumText(memory[0])) ?? '', arithmetic);
    }
  });
});
