// Watching a cluster: what happened between two looks, how seldom it is asked, and whose threads an expired checkpoint waited for.
import assert from 'node:assert/strict';
import type { Moment } from '../../../server/src/cluster/moments.ts';
import { Moments, unacknowledged } from '../../../server/src/cluster/moments.ts';
import { watch } from '../../../server/src/cluster/watch.ts';
import { MOMENTS } from '../../../server/src/cluster/words.ts';
import { say } from '../../../server/src/core/wording.ts';
import { folderSink } from '../../../server/src/io/snapshotFolder.ts';
import { type Answers, json, recordingAnswers, type StandIn, standIn } from '../../support/standIn.ts';
import { clientOf, inFolder, quickHost } from './helpers.ts';

const JOB = '0123456789abcdef0123456789abcdef';
const NEVER = new AbortController().signal;

/** What a job says of itself. */
interface State {
  state?: string;
  restarting?: number;
  restarts?: string;
  failed?: Record<string, unknown>;
  gone?: boolean;
}

const answersOf =
  (now: () => State): Answers =>
  (at) => {
    const { state = 'RUNNING', restarting = 0, restarts, failed, gone } = now();
    if (at === '/jobs/overview') return json({ jobs: gone ? [] : [{ jid: JOB, name: 'orders', state }] });
    if (at === `/jobs/${JOB}`) return json({ jid: JOB, state, timestamps: { RESTARTING: restarting } });
    if (at === `/jobs/${JOB}/checkpoints`) return json({ latest: { failed: failed ?? null } });
    if (at.startsWith(`/jobs/${JOB}/metrics`)) return json(restarts === undefined ? [] : [{ id: 'numRestarts', value: restarts }]);
    return null;
  };

const expired = (id: number, more: object = {}) => ({
  id,
  is_savepoint: false,
  failure_message: 'Checkpoint expired before completing.',
  num_subtasks: 6,
  num_acknowledged_subtasks: 3,
  ...more,
});

async function withServer<R>(answers: Answers, work: (server: StandIn) => Promise<R>): Promise<R> {
  const server = await standIn(answers);
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

describe('what happens to the jobs of a cluster', () => {
  for (const [what, states, expected] of [
    ['nothing at the first look', [{ failed: expired(7), restarting: 99, restarts: '5' }], [[]]],
    ['nothing where nothing changes', [{ failed: expired(7), restarting: 99 }, { failed: expired(7), restarting: 99 }], [[], []]],
    ['a checkpoint that expired, once', [{}, { failed: expired(8) }, { failed: expired(8) }], [[], ['Checkpoint 8 of "orders" has expired: 3 of 6 subtasks had acknowledged it'], []]],
    ['one that does not tell who acknowledged it', [{}, { failed: expired(8, { num_subtasks: null }) }], [[], ['Checkpoint 8 of "orders" has expired']]],
    ['no checkpoint that was declined', [{}, { failed: { id: 8, failure_message: 'Checkpoint was declined.' } }], [[], []]],
    ['no savepoint of a person', [{}, { failed: expired(8, { is_savepoint: true }) }], [[], []]],
    ['a restart, by its time', [{}, { restarting: 1000 }, { restarting: 1000, restarts: '1' }], [[], ['"orders" has restarted'], []]],
    ['a restart after others', [{ restarting: 500 }, { restarting: 1000 }], [[], ['"orders" has restarted']]],
    ['a restart, by its count alone', [{ restarts: '2' }, { restarts: '3' }], [[], ['"orders" has restarted']]],
    ['a restart, by its state alone', [{}, { state: 'RESTARTING' }, { state: 'RESTARTING' }], [[], ['"orders" has restarted'], []]],
    ['a failure for good', [{}, { state: 'FAILED' }, { state: 'FAILED' }], [[], ['"orders" has failed'], []]],
    ['nothing of a job that has finished', [{}, { state: 'FINISHED' }], [[], []]],
    ['nothing of one that had failed before', [{ state: 'FAILED' }, { state: 'FAILED' }], [[], []]],
    ['nothing of one that is gone and comes again', [{ restarting: 9 }, { gone: true }, { restarting: 9 }], [[], [], []]],
  ] as [string, State[], string[][]][]) // biome-ignore format: a table
    it(`has ${what}`, () => {
      let at = 0;
      return withServer(answersOf(() => states[at] as State), async ({ url }) => {
        const moments = new Moments(clientOf(url, { limits: { retries: 0 } }), null);
        for (at = 0; at < states.length; at++)
          assert.deepEqual((await moments.look(NEVER)).map((one) => say(MOMENTS, one)), expected[at]);
      }); // biome-ignore format: a line
    });

  it('asks a call and three for each job that runs, and nothing of others', () =>
    withServer(answersOf(() => ({})), async ({ url, asked }) => {
      const client = clientOf(url);
      await new Moments(client, null).look(NEVER);
      assert.equal(asked.length, 4);
      await new Moments(client, ['f'.repeat(32)]).look(NEVER);
      assert.equal(asked.length, 5);
    })); // biome-ignore format: a line
});

describe('whom an expired checkpoint waited for', () => {
  it('is told by the answers about the checkpoint and its vertices, without a dump', () =>
    withServer(recordingAnswers('1.18.1/checkpoint-never-acknowledged'), async ({ url, asked }) => {
      const client = clientOf(url, { limits: { retries: 0 } });
      const { jobs } = JSON.parse((await client.ask('jobs')).text) as { jobs: { jid: string }[] };
      const processes = await unacknowledged(client, jobs[0]?.jid ?? '', 6, NEVER);
      const { taskmanagers } = JSON.parse((await client.ask('taskManagers')).text) as { taskmanagers: { id: string }[] };
      assert.deepEqual(
        processes,
        taskmanagers.map(({ id }) => id),
      );
      assert.ok(!asked.some((one) => one.includes('thread-dump')));
    }));

  it('is nobody where the cluster does not tell', () =>
    withServer(
      () => null,
      async ({ url }) => assert.deepEqual(await unacknowledged(clientOf(url), JOB, 1, NEVER), []),
    ));
});

describe('watching a cluster', () => {
  /** Looks so many times, and says in which order what was told. */
  async function looked(answers: Answers, { times = 3, interval = 30_000 } = {}): Promise<{ told: string[]; waited: number[]; asked: string[] }> {
    return withServer(answers, (server) =>
      inFolder(async (folder) => {
        const host = quickHost();
        const told: string[] = [];
        await watch<string>({
          client: clientOf(server.url, { host, limits: { retries: 0, idle: 2000 } }),
          host,
          jobs: null,
          interval,
          times,
          signal: NEVER,
          judge: async (collectInto) => {
            await collectInto(folderSink(folder));
            return 'verdict';
          },
          onLook: (look) => void told.push('fault' in look ? look.fault : look.verdict),
          onMoments: (moments: readonly Moment[]) => void told.push(...moments.map(({ code }) => code)),
        });
        return { told, waited: host.waited, asked: server.asked };
      }),
    );
  }

  it('asks for a verdict once an interval, for what happened every 10 s, and never for a dump or a log', async () => {
    const { told, asked } = await looked(recordingAnswers('2.3.0/word-count'));
    assert.deepEqual(told, ['verdict', 'verdict', 'verdict']);
    assert.equal(asked.filter((one) => one === '/overview').length, 3);
    // Seven times by itself (0, 10 … 60 s), three times for a verdict.
    assert.equal(asked.filter((one) => one === '/jobs/overview').length, 10);
    assert.ok(!asked.some((one) => one.includes('thread-dump') || one.includes('/logs') || one.includes('flamegraph')));
  });

  it('does not wait for the next verdict where something happened', async () => {
    let seen = 0;
    const { told } = await looked(
      (at, request) => {
        if (at === '/jobs/overview') seen++;
        if (at === '/config') return json({ 'flink-version': '2.3.0' });
        // The second of the looks between two verdicts.
        return answersOf(() => (seen > 2 ? { failed: expired(4) } : {}))(at, request);
      },
      { times: 2, interval: 600_000 },
    );
    assert.deepEqual(told, ['verdict', 'checkpoint-expired', 'verdict']);
  });

  it('of a cluster that is gone says why, and goes on', async () => {
    let gone = true;
    const { told } = await looked(
      (at, request) => {
        if (!gone) return recordingAnswers('2.3.0/word-count')(at, request);
        if (at === '/config') gone = false;
        return (response) => void response.destroy();
      },
      { times: 2 },
    );
    assert.match(told[0] ?? '', /^GET \/config: 127\.0\.0\.1:\d+ does not answer/);
    assert.equal(told[1], 'verdict');
  });
});
