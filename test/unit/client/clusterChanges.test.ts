// What a refresh draws anew: only what has changed, so that nothing that a person opens meanwhile is closed.
import assert from 'node:assert/strict';
import { changesIn } from '../../../client/src/clusters/changes.ts';
import { ClusterTree } from '../../../client/src/clusters/model.ts';
import { type ClusterNode, type NodeKind, nodeBelow } from '../../../client/src/clusters/nodes.ts';
import { PAGE, paged } from '../../../client/src/clusters/paging.ts';
import { type Answers, json, largeAnswers, recordingAnswers, type StandIn, standIn } from '../../support/standIn.ts';
import { clientOf } from '../cluster/helpers.ts';

interface Seen {
  server: StandIn;
  /** Opens the nodes one below the other. */
  open(...labels: string[]): Promise<void>;
  close(label: string): void;
  /** Labels of what a refresh draws anew, after so many ms. */
  refresh(): Promise<string[]>;
}

async function withDrawn(answers: Answers, look: (seen: Seen) => Promise<void>): Promise<void> {
  const server = await standIn(answers);
  const client = clientOf(server.url, { limits: { retries: 0, idle: 2000 } });
  let ahead = 0;
  const tree = new ClusterTree({ id: 'c1', name: 'staging', url: server.url }, async () => client, () => Date.now() + ahead); // biome-ignore format: a line
  const opened = new Set<string>();
  const below = new Map<string, readonly ClusterNode[]>();
  const nodes = (): ClusterNode[] => [tree.root, ...[...below.values()].flat()];
  const named = (label: string): ClusterNode => {
    const found = nodes().find((one) => one.label === label);
    assert.ok(
      found,
      `${label} among ${nodes()
        .map((one) => one.label)
        .join(', ')}`,
    );
    return found;
  };
  const open = async (...labels: string[]): Promise<void> => {
    for (const label of labels) {
      const node = named(label);
      opened.add(node.id);
      below.set(node.id, await tree.children(node));
    }
  };
  const refresh = async (): Promise<string[]> => {
    ahead += 60_000;
    tree.refresh();
    const drawn = {
      isOpen: (id: string) => opened.has(id),
      below: (id: string) => below.get(id),
      shown: (_: ClusterNode, all: readonly ClusterNode[]) => [...all],
      keep: ({ id }: ClusterNode, all: readonly ClusterNode[]) => void below.set(id, all),
    };
    return (await changesIn(tree, tree.root, drawn)).map(({ label }) => label);
  };
  try {
    await look({ server, open, close: (label) => void opened.delete(named(label).id), refresh });
  } finally {
    await server.close();
  }
}

describe('a refresh of the tree', () => {
  const recorded = recordingAnswers('2.3.0/skewed-key');
  let busy: number | null = null;
  let jobs = 1;
  const answers: Answers = (at, request) => {
    const answer = recorded(at, request);
    if (busy !== null && at.includes('/subtasks/metrics')) return json([{ id: 'busyTimeMsPerSecond', max: busy, avg: busy }]);
    if (at !== '/jobs/overview' || answer === null || typeof answer === 'function') return answer;
    const { jobs: all } = JSON.parse(String(answer.body)) as { jobs: object[] };
    return json({ jobs: [...all, ...Array.from({ length: jobs - 1 }, (_, more) => ({ ...all[0], jid: String(more), name: `job ${more}` }))] });
  };

  beforeEach(() => {
    busy = null;
    jobs = 1;
  });

  it('draws nothing where nothing has changed, and asks for what is open only', () =>
    withDrawn(answers, async ({ server, open, refresh }) => {
      await open('staging', 'skewed-key', 'TaskManagers');
      const before = server.asked.length;
      assert.deepEqual(await refresh(), []);
      const asked = server.asked.slice(before);
      assert.ok(asked.includes('/taskmanagers') && asked.includes('/jobs/overview'));
      assert.ok(!asked.some((one) => one.includes('/logs')), asked.join());
    }));

  it('draws the lines that have changed, once, and leaves the others', () =>
    withDrawn(answers, async ({ open, refresh }) => {
      await open('staging', 'skewed-key');
      busy = 421;
      const changed = await refresh();
      assert.ok(
        changed.length > 0 && changed.every((label) => !['staging', 'skewed-key', 'TaskManagers', 'JobManager'].includes(label)),
        changed.join(),
      );
      assert.deepEqual(await refresh(), []);
    }));

  it('draws a node with all that is below where there are others than before', () =>
    withDrawn(answers, async ({ open, refresh }) => {
      await open('staging', 'skewed-key');
      jobs = 2;
      busy = 421;
      assert.deepEqual(await refresh(), ['staging']);
    }));

  it('asks for nothing below a node that was closed', () =>
    withDrawn(answers, async ({ server, open, close, refresh }) => {
      await open('staging', 'skewed-key', 'TaskManagers');
      close('skewed-key');
      const before = server.asked.length;
      await refresh();
      assert.deepEqual(server.asked.slice(before).sort(), ['/config', '/jobs/overview', '/taskmanagers']);
    }));

  it('of a thousand lines that have changed draws the node above them', () =>
    withDrawn(
      (at, request) => {
        const answer = largeAnswers().answers(at, request);
        if (at !== '/taskmanagers' || answer === null || typeof answer === 'function' || jobs++ < 2) return answer;
        const { taskmanagers } = JSON.parse(String(answer.body)) as { taskmanagers: object[] };
        return json({ taskmanagers: taskmanagers.map((one) => ({ ...one, freeSlots: 7 })) });
      },
      async ({ open, refresh }) => {
        await open('staging', 'TaskManagers');
        assert.deepEqual(await refresh(), ['TaskManagers']);
      },
    ));
});

describe('what there is much of', () => {
  const node = (kind: NodeKind, name: string) => nodeBelow(nodeBelow({ id: 'c1' } as ClusterNode, 'cluster', 'x'), kind, name);
  const vertices = Array.from({ length: 450 }, (_, at) => node('vertex', `v${at}`));
  const above = node('job', 'j');
  const drawn = (pages: number) =>
    paged(above, [node('message', 'm'), ...vertices, node('document', 'exceptions')], pages).map(({ kind, label }) => `${kind} ${label}`);

  it('is drawn page by page, and what else there is always', () => {
    const first = drawn(1);
    assert.equal(first.length, 1 + PAGE + 1 + 1);
    assert.match(first[PAGE + 1] ?? '', /^page 250 more/);
    assert.equal(first.at(-1), 'document exceptions');
    assert.match(drawn(2)[2 * PAGE + 1] ?? '', /^page 50 more/);
    assert.equal(drawn(3).length, 452);
    assert.ok(!drawn(3).some((line) => line.startsWith('page')));
  });
});
