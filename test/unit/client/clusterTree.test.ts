// The tree of a cluster without an editor: what it says, how few calls it makes, and that a cluster which is gone takes nothing away.
import assert from 'node:assert/strict';
import { ClusterTree } from '../../../client/src/clusters/model.ts';
import type { ClusterNode } from '../../../client/src/clusters/nodes.ts';
import {
  type Answers,
  errors,
  historyAnswers,
  json,
  largeAnswers,
  recordingAnswers,
  type StandIn,
  standIn,
  withProfiler,
} from '../../support/standIn.ts';
import { clientOf } from '../cluster/helpers.ts';

interface Seen {
  tree: ClusterTree;
  server: StandIn;
  later(ms: number): void;
  /** The children of the node that the labels lead to. */
  open(...labels: string[]): Promise<ClusterNode[]>;
}

async function withTree(answers: Answers, look: (seen: Seen) => Promise<void>): Promise<void> {
  const server = await standIn(answers);
  let ahead = 0;
  const client = clientOf(server.url, { limits: { retries: 0, idle: 2000 } });
  const tree = new ClusterTree({ id: 'c1', name: 'staging', url: server.url }, async () => client, () => Date.now() + ahead); // biome-ignore format: a line
  const open = async (...labels: string[]): Promise<ClusterNode[]> => {
    let nodes = await tree.children(tree.root);
    for (const label of labels) {
      const node = nodes.find((one) => one.label === label);
      assert.ok(node, `${label} among ${nodes.map((one) => one.label).join(', ')}`);
      nodes = await tree.children(node);
    }
    return nodes;
  };
  try {
    await look({ tree, server, open, later: (ms) => { ahead += ms; } }); // biome-ignore format: a line
  } finally {
    await server.close();
  }
}

const labels = (nodes: readonly ClusterNode[]): string[] => nodes.map(({ label }) => label);

describe('the tree of a cluster', () => {
  it('has jobs, their vertices with what they do, and processes with their files', () =>
    withTree(recordingAnswers('2.3.0/skewed-key'), async ({ tree, open }) => {
      const jobs = await open();
      assert.equal(tree.root.description, 'Flink 2.3.0, 1 job');
      assert.deepEqual(labels(jobs), ['skewed-key', 'JobManager', 'TaskManagers']);
      assert.match(jobs[0]?.description ?? '', /^RUNNING for \d+ (?:s|min)$/);
      const vertices = await open('skewed-key');
      const score = vertices.find(({ label }) => label.startsWith('score'));
      assert.match(score?.description ?? '', /^busy (?:9\d|100) %, .*the others of it are at rest$/);
      assert.deepEqual(labels(vertices).slice(-6), [
        'Exceptions',
        'Checkpoints',
        'Checkpoint Configuration',
        'Job Document',
        'Plan',
        'Configuration',
      ]);
      const [id = ''] = labels(await open('TaskManagers'));
      assert.deepEqual(labels(await open('TaskManagers', id)), ['Thread Dump', 'Memory and Slots', 'Profiler', 'taskmanager.log']);
      assert.deepEqual(labels(await open('JobManager')), ['Thread Dump', 'Profiler', 'Configuration', 'Overview', 'jobmanager.log']);
    }));

  it('has what the profiler of each process has done, and opens what is finished', () =>
    withTree(withProfiler(recordingAnswers('2.3.0/skewed-key'), ''), async ({ open }) => {
      const [id = ''] = labels(await open('TaskManagers'));
      for (const found of [await open('TaskManagers', id, 'Profiler'), await open('JobManager', 'Profiler')]) {
        assert.equal(found.length, 6);
        const [running, newest] = found;
        assert.match(running?.description ?? '', /^30 s, running$/);
        assert.equal(running?.call, null);
        assert.match(newest?.label ?? '', /^ITIMER \d/);
        assert.match(newest?.call?.subject.profile ?? '', /_ITIMER_.*_05_00\.html$/);
        assert.match(found.at(-1)?.description ?? '', /failed: .*perf events/);
        assert.equal(found.at(-1)?.call, null);
      }
    }));

  it('says of a profiler that is switched off what to set, of one that is not there why, and has none before 1.19', async () => {
    const recorded = recordingAnswers('2.3.0/skewed-key');
    await withTree(recorded, async ({ open }) => {
      const [message] = await open('JobManager', 'Profiler');
      assert.match(message?.label ?? '', /Flink 1\.19 and later.*rest\.profiling\.enabled: true/);
    });
    const gone: Answers = (at, request) => (at.endsWith('/profiler') ? errors(404, 'Could not find TaskExecutor x') : recorded(at, request));
    await withTree(gone, async ({ open }) => {
      const [message] = await open('JobManager', 'Profiler');
      assert.match(message?.label ?? '', /404: Could not find TaskExecutor/);
    });
    await withTree(recordingAnswers('1.18.1/word-count'), async ({ open }) => assert.ok(!labels(await open('JobManager')).includes('Profiler')));
  });

  it('has no dump of a JobManager that gives none', () =>
    withTree(recordingAnswers('1.13.1/word-count'), async ({ open }) => {
      assert.ok(!labels(await open('JobManager')).includes('Thread Dump'));
    }));

  it('gives every node an id of its own, the same each time', () =>
    withTree(recordingAnswers('2.3.0/skewed-key'), async ({ open, tree, later }) => {
      const all = async () =>
        [...(await open()), ...(await open('skewed-key')), ...(await open('TaskManagers')), ...(await open('JobManager'))].map(({ id }) => id);
      const before = await all();
      later(60_000);
      tree.refresh();
      assert.deepEqual(await all(), before);
      assert.equal(new Set(before).size, before.length);
    }));

  it('asks nothing before it is opened, and nothing twice while it is fresh', () =>
    withTree(recordingAnswers('2.3.0/skewed-key'), async ({ tree, server, open, later }) => {
      assert.equal(tree.root.label, 'staging');
      assert.equal(server.asked.length, 0);
      await open();
      await open();
      assert.deepEqual([...server.asked].sort(), ['/config', '/jobs/overview']);
      tree.refresh();
      await open();
      assert.equal(server.asked.length, 2, 'the JobManager would answer the same');
      later(3500);
      tree.refresh();
      await open();
      assert.equal(server.asked.length, 4);
      assert.ok(!server.asked.some((path) => path.includes('thread-dump')));
    }));

  it('of a cluster that is gone keeps what was shown, and says why at its node', async () => {
    let gone = false;
    const recorded = recordingAnswers('2.3.0/skewed-key');
    await withTree((at, request) => (gone ? (response) => void response.destroy() : recorded(at, request)), async ({ tree, open, later }) => {
      const before = labels(await open());
      gone = true;
      later(60_000);
      tree.refresh();
      const after = await open();
      assert.match(after[0]?.label ?? '', /^127\.0\.0\.1:\d+ does not answer/);
      assert.deepEqual(labels(after).slice(1), before);
      assert.equal(tree.root.description, 'no answer');
      assert.match(tree.root.tooltip, /does not answer/);
      gone = false;
      later(60_000);
      tree.refresh();
      assert.deepEqual(labels(await open()), before);
      assert.equal(tree.root.description, 'Flink 2.3.0, 1 job');
    }); // biome-ignore format: a line
  });

  for (const [what, answers, expected] of [
    ['a wrong password', () => errors(401, 'Unauthorized'), /^The credentials are missing or wrong \(401\): Unauthorized/],
    ['a login page', () => ({ headers: { 'content-type': 'text/html' }, body: '<title>Sign in</title>' }), /^A web page came .*Sign in/],
    ['nobody who answers', () => () => undefined, /^Nothing came for/],
  ] as [string, Answers, RegExp][]) // biome-ignore format: a table
    it(`says of ${what}`, () =>
      withTree(answers, async ({ tree, open }) => {
        assert.match(labels(await open())[0] ?? '', expected);
        assert.equal(tree.root.icon.name, 'error');
      }));

  it('says of a version that is too old', () =>
    withTree((at) => (at === '/config' ? json({ 'flink-version': '1.9.3' }) : json({ jobs: [] })), async ({ tree, open }) => {
      assert.deepEqual(labels(await open()), ['No jobs', 'JobManager', 'TaskManagers']);
      assert.equal(tree.root.icon.name, 'warning');
      assert.match(tree.root.tooltip, /Flink 1\.9\.3 is older than 1\.13/);
    })); // biome-ignore format: a line

  it('of 1,000 TaskManagers and 500 vertices makes a few calls', () => {
    const { answers, job: large } = largeAnswers();
    return withTree(answers, async ({ open, server }) => {
      assert.equal((await open('TaskManagers')).length, 1000);
      const job = await open('a large job');
      assert.equal(job.filter(({ kind }) => kind === 'vertex').length, 500);
      assert.equal(job[0]?.label, '3 restarts');
      assert.deepEqual(
        [...server.asked].sort(),
        ['/config', `/jobs/${large}`, `/jobs/${large}/metrics?get=numRestarts,fullRestarts`, '/jobs/overview', '/taskmanagers'].sort(),
      );
      assert.ok(server.most <= 4);
    });
  });

  it('of a History Server has its jobs with their documents, and says what it has not', () =>
    withTree(historyAnswers('2.3.0'), async ({ open, server, tree }) => {
      assert.deepEqual(labels(await open()), ['healthy', 'A History Server has what ended jobs left behind: no processes, logs, metrics or thread dumps']);
      assert.equal(tree.root.description, 'History Server, Flink 2.3.0, 1 job');
      const job = await open('healthy');
      const [vertex] = job.filter(({ kind }) => kind === 'vertex');
      assert.deepEqual(labels(await tree.children(vertex as ClusterNode)), ['Subtasks']);
      assert.ok(!server.asked.some((at) => /metrics|taskmanagers|jobmanager/.test(at)), server.asked.join());
    })); // biome-ignore format: a line

  it('can be looked through: what has a text, what is above it and what is below it stays', () =>
    withTree(recordingAnswers('2.3.0/skewed-key'), async ({ open, tree }) => {
      const all = async (): Promise<ClusterNode[]> => [...(await open()), ...(await open('skewed-key')), ...(await open('TaskManagers'))];
      const held = async (text: string) =>
        (await all())
          .filter((node) => tree.holds(node, text))
          .filter(({ kind }) => kind === 'job' || kind === 'vertex' || kind === 'taskmanager')
          .map(({ label }) => label);
      const found = (await all()).filter(({ kind }) => kind === 'job' || kind === 'vertex' || kind === 'taskmanager').map(({ label }) => label);
      assert.deepEqual(await held('score'), ['skewed-key', 'score']);
      assert.deepEqual((await held('skewed')).sort(), found.filter((label) => !label.startsWith('localhost')).sort());
      assert.deepEqual(await held('no such thing'), []);
      assert.equal((await held('localhost')).length, 1);
      // Documents of what is shown are not lists to look through.
      assert.ok((await open('skewed-key')).filter(({ kind }) => kind === 'document').every((node) => tree.holds(node, 'score')));
    }));

  it('shows of more than it can that there are more', () => {
    const jobs = Array.from({ length: 3000 }, (_, at) => ({ jid: at.toString(16).padStart(32, '0'), name: `job ${at}`, state: 'FINISHED' }));
    return withTree((at) => (at === '/config' ? json({ 'flink-version': '2.3.0' }) : json({ jobs })), async ({ open }) => {
      const found = await open();
      assert.ok(labels(found).includes('1000 more are not shown'));
      assert.equal(found.length, 2003);
    }); // biome-ignore format: a line
  });
});
