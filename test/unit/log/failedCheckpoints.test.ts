import assert from 'node:assert/strict';
import { expirations } from '../../../server/src/core/analysis/log/failedCheckpoints.ts';
import { analyse } from '../../../server/src/core/kinds/index.ts';
import { logReport } from '../../../server/src/core/views/log/report/index.ts';

const JOB = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const OTHER = '00112233445566778899aabbccddeeff';
const COORDINATOR = 'org.apache.flink.runtime.checkpoint.CheckpointCoordinator    [] -';
const MANAGER = 'org.apache.flink.runtime.checkpoint.CheckpointFailureManager [] -';

let minute = 0;
const at = () => `2026-11-30 08:${String(minute++).padStart(2, '0')}:00,100`;

const completed = (id: number, job = JOB) =>
  `${at()} INFO  ${COORDINATOR} Completed checkpoint ${id} for job ${job} (1234 bytes, checkpointDuration=900 ms, finalizationTime=10 ms).`;
const expired = (id: number) => `${at()} INFO  ${COORDINATOR} Checkpoint ${id} of job ${JOB} expired before completing.`;
const failed = (id: number, reason: string, job = JOB) =>
  `${at()} WARN  ${MANAGER} Failed to trigger or complete checkpoint ${id} for job ${job}. (0 consecutive failed attempts so far)
org.apache.flink.runtime.checkpoint.CheckpointException: ${reason}
\tat org.apache.flink.runtime.checkpoint.CheckpointCoordinator.finalizeCheckpoint(CheckpointCoordinator.java:1418) ~[flink-dist-1.18.1.jar:1.18.1]`;
const FULL = `Could not finalize the pending checkpoint. Failure reason: Failure to finalize checkpoint.
Caused by: java.io.IOException: No space left on device
\tat java.base/java.io.FileOutputStream.writeBytes(Native Method) ~[?:?]`;
const jobFailed =
  () => `${at()} INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - Job orders (${JOB}) switched from state RUNNING to FAILED.
org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.
\tat org.apache.flink.runtime.checkpoint.CheckpointFailureManager.checkFailureAgainstCounter(CheckpointFailureManager.java:206)`;

const EXECUTION = '7a1c9e5b3d2f4860a7b9c1d3e5f70912_9dd63673dd41ea021b896d5203f3ba7c_1_0';
const running = (task: string) =>
  `${at()} INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - ${task} (${EXECUTION}) switched from INITIALIZING to RUNNING.`;
const late = (id: number) =>
  `${at()} WARN  ${COORDINATOR} Received late message for now expired checkpoint attempt ${id} from task ${EXECUTION} of job ${JOB} at tm-1 @ host (dataPort=1).`;

const CASES: [string, string[], string[]][] = [
  ['the only one failed', [failed(1, FULL)], ['warning: Checkpoint 1 failed: IOException: No space left on device']],
  ['one of many', [completed(1), failed(2, FULL)], []],
  [
    'two in a row',
    [completed(1), failed(2, FULL), failed(3, FULL)],
    ['warning: The last 2 checkpoints failed: IOException: No space left on device'],
  ],
  [
    'many in a row',
    [failed(2, FULL), failed(3, FULL), failed(4, FULL)],
    ['error: The last 3 checkpoints failed: IOException: No space left on device'],
  ],
  [
    'one told twice',
    [completed(6), expired(7), failed(7, 'Checkpoint expired before completing.')],
    ['warning: Checkpoint 7 expired before all subtasks had acknowledged'],
  ],
  [
    'one that expired, and others completed since',
    [completed(6), expired(7), completed(8), completed(9)],
    ['warning: Checkpoint 7 expired before all subtasks had acknowledged; a later one completed'],
  ],
  [
    'some that expired now and then',
    [expired(5), completed(6), expired(7), completed(8), expired(9), expired(10), completed(11)],
    ['warning: 4 checkpoints expired before all subtasks had acknowledged; a later one completed'],
  ],
  [
    'one of which a subtask answered late',
    [completed(6), running('sessions (2/4)'), expired(7), late(7)],
    ['warning: Checkpoint 7 expired: subtask 2 of "sessions" did not acknowledge in time'],
  ],
  ['the one that expired ended the job', [completed(6), expired(7), jobFailed()], []],
  ['they expire', [completed(6), expired(7), expired(8), expired(9)], ['error: The last 3 checkpoints expired before all subtasks had acknowledged']],
  ['one completes at last', [failed(2, FULL), failed(3, FULL), completed(4)], []],
  ['the job was stopped', [failed(2, 'Checkpoint Coordinator is suspending.'), failed(3, 'CheckpointCoordinator shutdown.')], []],
  ['the job failed of it', [failed(2, FULL), failed(3, FULL), jobFailed()], []],
  [
    'of two jobs one',
    [completed(1, OTHER), failed(2, FULL), completed(2, OTHER), failed(3, FULL), completed(3, OTHER)],
    ['warning: The last 2 checkpoints failed: IOException: No space left on device'],
  ],
];

describe('checkpoints that fail while the job goes on', () => {
  for (const [name, records, messages] of CASES) {
    it(name, async () => {
      const { findings } = await analyse({ uri: 'file:///jobmanager.log', text: records.join('\n') });
      const told = findings.filter(({ id }) => id === 'checkpoints-fail-in-log');
      assert.deepEqual(
        told.map(({ severity, message }) => `${severity}: ${message}`),
        messages,
      );
    });
  }
});

describe('the report of a log in which checkpoints alone failed', () => {
  const report = async (lines: string[]) => {
    minute = 0;
    const analysis = await analyse({ uri: 'file:///jobmanager.log', text: `${lines.join('\n')}\n` });
    assert.ok(analysis.kind === 'flink-log');
    return logReport(analysis, 'jobmanager.log');
  };

  it('says what to do, as the finding does', async () => {
    const token = `Could not finalize the pending checkpoint. Failure reason: Failure to finalize checkpoint.
Caused by: org.apache.hadoop.ipc.RemoteException: token (HDFS_DELEGATION_TOKEN token 7 for shop) can't be found in cache
\tat org.apache.hadoop.ipc.Client.call(Client.java:1457)`;
    const text = await report([failed(2, token), failed(3, token)]);
    assert.match(text, /^\*\*The last 2 checkpoints failed: Hadoop's delegation token expired or was cancelled\.\*\*/m);
    assert.match(text, /^- \*What to do:\* Delegation tokens end at their maximum lifetime/m);
    assert.doesNotMatch(text, /role or ACL/);
  });

  it('and has none where the next ones completed', async () => {
    const text = await report([failed(2, FULL), completed(3), completed(4)]);
    assert.match(text, /Nothing is wrong now/);
    assert.doesNotMatch(text, /What to do:/);
  });
});

describe('a snapshot that an operator could not take', () => {
  const declined = (id: number) =>
    `${at()} INFO  org.apache.flink.streaming.api.operators.AbstractStreamOperator [] - Could not complete snapshot ${id} for operator sink (1/1)#0. Failure reason: Checkpoint was declined.
org.apache.flink.runtime.checkpoint.CheckpointException: Could not complete snapshot ${id} for operator sink (1/1)#0. Failure reason: Checkpoint was declined.
\tat org.apache.flink.streaming.api.operators.StreamOperatorStateHandler.snapshotState(StreamOperatorStateHandler.java:269)
Caused by: org.apache.kafka.common.errors.TimeoutException: Timeout expired after 60000ms while awaiting InitProducerId`;
  const told = async (lines: string[]) => {
    const { findings } = await analyse({ uri: 'file:///taskmanager.log', text: `${lines.join('\n')}\n` });
    return findings.filter(({ id }) => id === 'checkpoints-fail-in-log').map(({ message }) => message);
  };

  it('is told by the log of its TaskManager alone, and once beside that of the JobManager', async () => {
    minute = 0;
    const [message] = await told([declined(7)]);
    assert.match(message ?? '', /^Checkpoint 7 failed: TimeoutException: Timeout expired after 60000ms/);
    assert.equal((await told([declined(7), declined(8)])).length, 1);
    assert.deepEqual(await told([completed(6), declined(7), completed(8)]), []);
  });

  it('is not told beside a failure of the same exception', async () => {
    const alone = declined(1).split('\n').slice(1).join('\n');
    const text = `java.io.IOException: Could not perform checkpoint 1 for operator sink (1/1)#0.\n\tat org.apache.flink.streaming.runtime.tasks.StreamTask.triggerCheckpointOnBarrier(StreamTask.java:1048)\nCaused by: ${alone}`;
    const { findings } = await analyse({ uri: 'file:///taskmanager.log', text: `${text}\n` });
    assert.deepEqual(
      findings.map(({ id }) => id),
      ['first-failure'],
    );
  });

  it('of several jobs is not told: which of them goes on does not show', async () => {
    minute = 0;
    assert.deepEqual(await told([completed(6), completed(6, OTHER), declined(7), completed(7, OTHER)]), []);
  });
});

describe('the asynchronous parts of checkpoints, in the log of a TaskManager', () => {
  const part = (id: number, root: string) =>
    `${at()} INFO  org.apache.flink.streaming.runtime.tasks.AsyncCheckpointRunnable [] - Count (1/2)#0 - asynchronous part of checkpoint ${id} could not be completed.
java.util.concurrent.ExecutionException: java.io.IOException: Could not flush to file and close the file system output stream to hdfs://n/chk-${id}/a
\tat java.util.concurrent.FutureTask.report(FutureTask.java:122)${root === '' ? '' : `\nCaused by: ${root}`}`;
  const QUOTA = 'java.io.IOException: Disk quota exceeded';
  const told = async (...lines: string[]) => {
    minute = 0;
    const { findings } = await analyse({ uri: 'file:///taskmanager.log', text: `${lines.join('\n')}\n` });
    return findings.map(({ severity, message }) => `${severity}: ${message}`);
  };

  it('are told where they fail again and again of what is known', async () => {
    const wanted = ['warning: 2 checkpoints failed: IOException: Disk quota exceeded'];
    assert.deepEqual(await told(part(7, QUOTA), part(8, QUOTA)), wanted);
    assert.deepEqual(await told(part(7, QUOTA), part(8, '')), wanted);
  });

  it('say nothing once, cancelled, of what nobody knows, or where the JobManager completes others', async () => {
    assert.deepEqual(await told(part(7, QUOTA)), []);
    assert.deepEqual(await told(part(7, 'java.util.concurrent.CancellationException'), part(8, 'java.util.concurrent.CancellationException')), []);
    assert.deepEqual(await told(part(7, ''), part(8, '')), []);
    assert.deepEqual(await told(part(7, QUOTA), part(8, QUOTA), completed(9)), []);
  });
});

describe('checkpoints that failed, and later ones completed', () => {
  const headline = async (...lines: string[]) => {
    minute = 0;
    const analysis = await analyse({ uri: 'file:///jm.log', text: `${lines.join('\n')}\n` });
    assert.ok(analysis.kind === 'flink-log');
    return logReport(analysis, 'x').split('\n')[2];
  };

  it('are no longer wrong, unless more than they is in the text', async () => {
    assert.match(
      (await headline(failed(2, FULL), completed(3), completed(4))) ?? '',
      /^Nothing is wrong now: checkpoint 2 failed, and the next 2 completed\. Why: /,
    );
    assert.match(
      (await headline(completed(1), failed(2, FULL), failed(3, FULL), completed(4))) ?? '',
      /^Nothing is wrong now: 2 checkpoints failed, and the next completed\./,
    );
    const other = `${'2026-11-30 08:30:00,100'} WARN  com.shop.Prices [] - late\njava.io.IOException: slow\n\tat com.shop.Prices.load(Prices.java:7)`;
    assert.doesNotMatch((await headline(failed(2, FULL), completed(3), other)) ?? '', /Nothing is wrong/);
    assert.doesNotMatch((await headline(completed(3), failed(4, FULL), failed(5, FULL))) ?? '', /Nothing is wrong/);
  });
});

describe('checkpoints that expired', () => {
  const told = async (lines: string[]) => {
    const analysis = await analyse({ uri: 'file:///jm.log', text: `${lines.join('\n')}\n` });
    assert.ok(analysis.kind === 'flink-log');
    const found = expirations(analysis.log);
    return found === null ? null : [found.first.fields['id'], found.current];
  };

  it('the first of them, and whether one has completed since the last', async () => {
    assert.equal(await told([completed(1), completed(2)]), null);
    assert.deepEqual(await told([completed(1), expired(2), completed(3)]), ['2', false]);
    assert.deepEqual(await told([expired(2), completed(3), expired(4)]), ['2', true]);
  });

  it('those of another job that complete do not count', async () => {
    assert.deepEqual(await told([expired(2), completed(3, OTHER)]), ['2', true]);
  });
});

describe('checkpoints that complete slowly, or are not triggered', () => {
  const told = async (lines: string[]) => {
    const { findings } = await analyse({ uri: 'file:///jm.log', text: `${lines.join('\n')}\n` });
    return findings.filter(({ id }) => id.startsWith('checkpoints-')).map(({ certainty, message }) => `${certainty}: ${message}`);
  };
  const slow = (id: number, ms: number, bytes: number) =>
    `${at()} INFO  ${COORDINATOR} Completed checkpoint ${id} for job ${JOB} (${bytes} bytes, checkpointDuration=${ms} ms, finalizationTime=10 ms).`;
  const aborted = () =>
    `${at()} INFO  ${COORDINATOR} Checkpoint triggering task Source: in (1/2) of job ${JOB} is not being executed at the moment. Aborting checkpoint. Failure reason: Not all required tasks are currently running.`;
  const triggered = (id: number) =>
    `${at()} INFO  ${COORDINATOR} Triggering checkpoint ${id} (type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}) @ 1796000000000 for job ${JOB}.`;

  it('small ones that take long wait for something else than storage', async () => {
    minute = 0;
    assert.deepEqual(await told([slow(1, 80_267, 6609), slow(2, 61_000, 6609), slow(3, 75_000, 6700)]), [
      'suspected: The last 3 checkpoints took up to 1 min 20 s for at most 6.5 KiB: barriers wait',
    ]);
  });

  it('nothing is said of large ones, of two, or once the newest was quick', async () => {
    minute = 0;
    const small = [slow(1, 80_000, 6609), slow(2, 61_000, 6609)];
    assert.deepEqual(await told([slow(1, 80_000, 9e9), slow(2, 61_000, 9e9), slow(3, 75_000, 9e9)]), []);
    assert.deepEqual(await told(small), []);
    assert.deepEqual(await told([...small, slow(3, 75_000, 6700), slow(4, 400, 6700)]), []);
  });

  it('those that are not triggered for long are told, with the task that does not run', async () => {
    minute = 0;
    assert.deepEqual(await told([triggered(1), completed(1), aborted(), aborted(), aborted()]), [
      'proved: No checkpoint is triggered, 3 times in a row: Source: in (1/2) does not run',
    ]);
    assert.deepEqual(await told([aborted(), aborted(), aborted(), triggered(1)]), []);
    assert.deepEqual(await told([aborted(), aborted()]), []);
    assert.deepEqual(await told([aborted(), aborted(), aborted(), jobFailed()]).then((all) => all.filter((one) => one.includes('triggered'))), []);
  });
});
