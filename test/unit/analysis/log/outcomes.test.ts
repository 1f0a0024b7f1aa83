import assert from 'node:assert/strict';
import { read } from '../../log/helpers.ts';
import { fails, record } from './failing.ts';

const JOB = 'dddddddddddddddddddddddddddddddd';
const job = (second: number, from: string, to: string, id = JOB) =>
  record(second, 'executiongraph.ExecutionGraph', `Job shop (${id}) switched from state ${from} to ${to}.`);
const shutdown = (second: number) =>
  record(
    second,
    'entrypoint.ClusterEntrypoint',
    'Shutting StandaloneApplicationClusterEntrypoint down with application status UNKNOWN. Diagnostics Cluster entrypoint has been closed externally..',
  );
const revoked = record(
  10,
  'jobmaster.JobMasterServiceLeadershipRunner',
  `JobMasterServiceLeadershipRunner for job ${JOB} was revoked leadership with leader id a. Stopping current JobMasterServiceProcess.`,
);
const fatal = (end: string) =>
  record(
    30,
    'taskexecutor.TaskManagerRunner',
    `Fatal error occurred while executing the TaskManager.${end}`,
    'java.lang.OutOfMemoryError: Metaspace',
    '\tat java.lang.ClassLoader.defineClass1(Native Method)',
  );

const outcome = async (...records: string[]) => (await read(records.join(''))).failures.episodes.map((one) => one.outcome);
const broken = fails('java.lang.IllegalStateException: no');

describe('how it went on after a failure', () => {
  it('a job that was suspended runs again', async () => {
    assert.deepEqual(await outcome(job(5, 'CREATED', 'RUNNING'), revoked, job(11, 'RUNNING', 'SUSPENDED'), job(40, 'CREATED', 'RUNNING')), [
      'resumed',
    ]);
    // Another job that begins is none that came back.
    assert.deepEqual(
      await outcome(job(5, 'CREATED', 'RUNNING'), revoked, job(11, 'RUNNING', 'SUSPENDED'), job(40, 'CREATED', 'RUNNING', 'e'.repeat(32))),
      ['open'],
    );
  });

  it('the JobManager shut down', async () => {
    assert.deepEqual(await outcome(broken, shutdown(40)), ['master-stopped']);
    assert.deepEqual(await outcome(shutdown(2), broken), ['open']);
  });

  it('its process shut down, where it says so', async () => {
    assert.deepEqual(await outcome(fatal(' Shutting it down...')), ['stopped']);
    assert.deepEqual(await outcome(fatal('')), ['open']);
  });
});
