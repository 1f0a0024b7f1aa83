import assert from 'node:assert/strict';
import { read } from '../../log/helpers.ts';
import { fails, record, saidOf } from './failing.ts';

const FULL = 'java.io.IOException: No space left on device';
const WRITE = '\tat java.base/java.io.FileOutputStream.writeBytes(Native Method)';
const frame = (method: string) => `\tat org.apache.flink.${method}(X.java:1)`;

/** Whose disk is full is told by where it was thrown and by who answered, not by the words alone. */
const DISKS: Readonly<Record<string, { trace: string[]; advice: RegExp; never: RegExp[] }>> = {
  'the BLOB server answered a client': {
    trace: [
      'org.apache.flink.util.FlinkException: Could not upload job files.',
      'Caused by: java.io.IOException: PUT operation failed: Server side error: No space left on device',
      frame('runtime.blob.BlobOutputStream.receiveAndCheckPutResponse'),
    ],
    advice: /^df -h on the machine of the JobManager: .*blob\.storage\.directory/,
    never: [/rocksdb/, /that machine/],
  },
  'the BLOB server itself': {
    trace: [FULL, WRITE, frame('runtime.blob.BlobServerConnection.readFileFully')],
    advice: /blob\.storage\.directory/,
    never: [/rocksdb/],
  },
  'a client that could not write what the BLOB server sent': {
    trace: ['java.io.IOException: GET operation failed: No space left on device', WRITE, frame('runtime.blob.BlobClient.downloadFromBlobServer')],
    advice: /^df -h on that machine: io\.tmp\.dirs/,
    never: [/blob\.storage/],
  },
  'state that is written to the file system of checkpoints': {
    trace: [
      FULL,
      WRITE,
      frame('core.fs.local.LocalDataOutputStream.write'),
      frame('contrib.streaming.state.RocksDBStateUploader.uploadLocalFileToCheckpointFs'),
    ],
    advice: /^df -h of the file system that checkpoints are written to.*state\.checkpoints\.dir/,
    never: [/rocksdb/],
  },
  'metadata of a checkpoint': {
    trace: [FULL, WRITE, frame('runtime.state.filesystem.FsCheckpointMetadataOutputStream.write')],
    advice: /^df -h of the file system that checkpoints are written to/,
    never: [/rocksdb/],
  },
  'what is to be uploaded': {
    trace: [
      FULL,
      WRITE,
      frame('core.fs.RefCountedTmpFileCreator.apply'),
      frame('runtime.state.filesystem.FsCheckpointStreamFactory$FsCheckpointStateOutputStream.flush'),
    ],
    advice: /^The client of the object store writes to the local disk/,
    never: [/rocksdb/, /file system that checkpoints/],
  },
  'records that are spilled': {
    trace: [FULL, WRITE, frame('runtime.io.disk.iomanager.AsynchronousFileIOChannel.write')],
    advice: /^df -h on that machine: io\.tmp\.dirs/,
    never: [/checkpoints are written/, /blob/],
  },
};

describe('advice on a disk that is full', () => {
  for (const [what, { trace, advice, never }] of Object.entries(DISKS)) {
    it(what, async () => {
      const said = await saidOf(fails(...trace));
      assert.match(said.advice[0] ?? '', advice);
      for (const one of never) assert.doesNotMatch(said.advice.join('\n'), one);
    });
  }

  it('names the BLOB server of the JobManager first', async () => {
    const said = async (answer: string) => (await saidOf(fails(`java.io.IOException: PUT operation failed: Server side error: ${answer}`))).verdict;
    assert.equal(await said('No space left on device'), "First failure: No space is left on the disk of the JobManager's BLOB server.");
    assert.equal(
      await said('/tmp/blobStore-7f/incoming/temp-00000003 (No such file or directory)'),
      "First failure: The directory of the JobManager's BLOB server is gone.",
    );
    assert.match(await said('Connection reset'), /PUT operation failed: Server side error: Connection reset/);
  });
});

describe('a checkpoint that failed in one subtask', () => {
  const JOB = 'dddddddddddddddddddddddddddddddd';
  const EXECUTION = `${'a'.repeat(32)}_${'b'.repeat(32)}_1_0`;
  const declined = (checkpoint: number) =>
    record(
      5,
      'checkpoint.CheckpointCoordinator',
      `Decline checkpoint ${checkpoint} by task ${EXECUTION} of job ${JOB} at container_7_3 @ node-9.example (dataPort=4001).`,
      'org.apache.flink.util.SerializedThrowable: org.apache.flink.runtime.checkpoint.CheckpointException: Asynchronous task checkpoint failed.',
      `Caused by: org.apache.flink.util.SerializedThrowable: java.lang.Exception: Could not materialize checkpoint ${checkpoint} for operator Window -> Sink: out (2/6)#0.`,
      `Caused by: org.apache.flink.util.SerializedThrowable: ${FULL}`,
      WRITE,
      frame('contrib.streaming.state.RocksDBStateUploader.uploadLocalFileToCheckpointFs'),
    );
  const expired = (checkpoint: number) =>
    record(5, 'checkpoint.CheckpointCoordinator', `Checkpoint ${checkpoint} of job ${JOB} expired before completing.`);
  const over = record(
    6,
    'jobmaster.JobMaster',
    'Trying to recover from a global failure.',
    'org.apache.flink.util.FlinkRuntimeException: Exceeded checkpoint tolerable failure threshold.',
    frame('runtime.checkpoint.CheckpointFailureManager.checkFailureAgainstCounter'),
  );
  const details = async (text: string) => {
    const { findings } = await read(text);
    return findings.flatMap((one) => one.details);
  };

  it('is told with the subtask and its machine, also while the job goes on', async () => {
    const said = 'Checkpoint 7 failed in subtask 2/6 of Window -> Sink: out on node-9.example.';
    assert.ok((await details(declined(7) + over)).includes(said));
    assert.ok((await details(declined(7))).includes(said));
    // Several in a row: of the newest.
    assert.ok((await details(declined(6) + declined(7))).includes(said));
  });

  it('is not told of one that expired', async () => {
    assert.doesNotMatch((await details(declined(6) + expired(7) + over)).join('\n'), /failed in subtask/);
  });

  it('has the disk first, and how many may fail last', async () => {
    const { advice } = await saidOf(declined(7) + over);
    assert.match(advice[0] ?? '', /^df -h of the file system that checkpoints/);
    assert.match(advice.at(-1) ?? '', /tolerable-failed-checkpoints/);
  });
});
