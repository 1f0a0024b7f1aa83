// A job that is looked at again and again: what is asked and how seldom, and that the answers draw its graph with what each vertex does.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { LiveJob } from '../../../server/src/cluster/live.ts';
import { analyse, graph } from '../../../server/src/core/kinds/index.ts';
import { type Answers, clusterAnswers, json, type StandIn, standIn } from '../../support/standIn.ts';
import { clientOf } from './helpers.ts';

const ID = (at: number) => at.toString(16).padStart(32, '0');

/** The job that the recorded answers are about. */
const jobOf = (version: string): string =>
  Object.keys(JSON.parse(readFileSync(`test/fixtures/clusters/${version}.json`, 'utf8')) as object)
    .map((path) => /^\/jobs\/(\w{32})$/.exec(path)?.[1])
    .find((job) => job !== undefined) ?? '';

async function withJob(
  answers: Answers,
  job: string,
  work: (job: LiveJob, server: StandIn, later: (ms: number) => void) => Promise<void>,
): Promise<void> {
  const server = await standIn(answers);
  let now = 1_000_000;
  const later = (ms: number): void => {
    now += ms;
  };
  try {
    await work(new LiveJob(clientOf(server.url, { limits: { retries: 0 } }), job, () => now), server, later);
  } finally {
    await server.close();
  }
}

describe('a running job', () => {
  for (const version of ['1.13.1', '1.16.3', '1.18.1', '1.20.3', '2.0.0', '2.3.0'])
    it(`of Flink ${version} is drawn with what its vertices do`, async () => {
      const answers = clusterAnswers(version);
      const job = jobOf(version);
      await withJob(answers, job, async (live) => {
        const drawn = graph(await analyse({ uri: 'file:///live.txt', text: await live.text() }), 'job');
        // Chained operators are drawn as a card of their vertex that can be opened.
        const cards = [...(drawn?.nodes ?? []), ...(drawn?.groups ?? []).flatMap(({ closedAs }) => closedAs ?? [])];
        const vertices = cards.filter(({ vertex }) => vertex !== undefined);
        assert.equal(vertices.length, 3);
        for (const { vertex, meters } of vertices) {
          assert.match(vertex ?? '', /^[0-9a-f]{32}$/);
          assert.ok(meters?.some(({ label }) => label === 'back-pressured'), JSON.stringify(meters)); // biome-ignore format: a line
        }
      });
    });

  it('is asked for with every look, its metrics every 10 s', () =>
    withJob(clusterAnswers('2.3.0'), jobOf('2.3.0'), async (live, { asked }, later) => {
      await live.text();
      assert.equal(asked.length, 7, 'the job, and two of each of three vertices');
      later(3000);
      await live.text();
      assert.equal(asked.length, 8);
      later(7000);
      await live.text();
      assert.equal(asked.length, 15);
    })); // biome-ignore format: a line

  it('with 500 vertices is never asked about more than 40 of them at a look, and about all in turns', () => {
    const vertices = Array.from({ length: 500 }, (_, at) => ({ id: ID(at + 1), name: `vertex ${at}`, parallelism: 1, status: 'RUNNING' }));
    const answers: Answers = (at) => (at === `/jobs/${ID(0)}` ? json({ jid: ID(0), name: 'large', state: 'RUNNING', vertices }) : json([{ id: 'busyTimeMsPerSecond', max: 500 }])); // biome-ignore format: a line
    return withJob(answers, ID(0), async (live, server, later) => {
      for (let look = 1; look <= 13; look++) {
        const before = server.asked.length;
        await live.text();
        assert.ok(server.asked.length - before <= 81);
        later(3000);
      }
      assert.ok(server.most <= 4);
      const seen = new Set(server.asked.filter((one) => one.includes('/watermarks')));
      assert.equal(seen.size, 500);
    });
  });

  it('that has ended is asked for nothing of its vertices', () =>
    withJob((at) => (at === `/jobs/${ID(0)}` ? json({ jid: ID(0), state: 'FINISHED', vertices: [{ id: ID(1) }] }) : null), ID(0), async (live, { asked }) => {
      await live.text();
      assert.deepEqual(asked, [`/jobs/${ID(0)}`]);
    })); // biome-ignore format: a line
});
