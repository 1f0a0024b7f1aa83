import assert from 'node:assert/strict';
import { analyse } from '../../../../server/src/core/kinds/index.ts';

const JOB = '0123456789abcdef0123456789abcdef';
const at = (time: string, logger: string, message: string) => `2031-05-06 08:${time},000 INFO  org.apache.flink.runtime.${logger} [] - ${message}`;
const state = (time: string, from: string, to: string) =>
  at(time, 'executiongraph.ExecutionGraph', `Job orders (${JOB}) switched from state ${from} to ${to}.`);
const completed = (time: string, id: number) =>
  at(
    time,
    'checkpoint.CheckpointCoordinator',
    `Completed checkpoint ${id} for job ${JOB} (10 bytes, checkpointDuration=20 ms, finalizationTime=1 ms).`,
  );
const running = (time: string) =>
  at(time, 'executiongraph.ExecutionGraph', `Count (1/1) (${JOB}_0a448493b4782967b150582570326227_0_0) switched from INITIALIZING to RUNNING.`);
const suspended = `${state('10:00', 'RUNNING', 'SUSPENDED')}\norg.apache.flink.util.FlinkException: AdaptiveScheduler is being stopped.\n\tat a.B.c(B.java:1)`;
const revoked = at(
  '09:59',
  'resourcemanager.ResourceManagerServiceImpl',
  'Resource manager service is revoked leadership with session id 8d2d6f64-3d35-4b5f-bb0e-5f2b0ac0f0d7.',
);
const failing = (time: string) =>
  `${state(time, 'RUNNING', 'RESTARTING')}\norg.apache.flink.util.FlinkException: no stock\n\tat com.shop.Stock.of(Stock.java:3)`;

const first = async (...lines: string[]) => {
  const { findings } = await analyse({ uri: 'file:///jobmanager.log', text: `${lines.join('\n')}\n` });
  const found = findings.find(({ id }) => id === 'first-failure');
  return [found?.severity, found?.message, found?.details[0]];
};

describe('a job that runs again after a failure', () => {
  it('with another leader, has nothing to be mended', async () => {
    assert.deepEqual(
      await first(revoked, suspended, state('10:12', 'CREATED', 'RUNNING'), running('10:15'), completed('10:40', 7), completed('10:50', 8)),
      ['warning', 'Leadership lost; the job runs again', 'It was back within 15.0 s, and 2 checkpoints have completed since.'],
    );
  });

  it('is told beside what failed', async () => {
    const [severity, , detail] = await first(failing('10:00'), state('10:09', 'RESTARTING', 'RUNNING'), completed('10:40', 7));
    assert.equal(severity, 'error');
    assert.equal(detail, 'The job runs again: it was back within 9.0 s, and a checkpoint has completed since.');
  });

  it('is not told where no checkpoint completed, or where it failed since', async () => {
    const gone = await first(revoked, suspended, state('10:12', 'CREATED', 'RUNNING'));
    assert.deepEqual(gone.slice(0, 2), ['error', 'Leadership lost']);
    const [, , again] = await first(failing('10:00'), state('10:09', 'RESTARTING', 'RUNNING'), completed('10:40', 7), failing('11:00'));
    assert.doesNotMatch(again ?? '', /runs again/);
  });
});
