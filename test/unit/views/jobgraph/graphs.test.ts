import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { arrange } from '../../../../common/drawing/arrange.ts';
import type { GraphDocument } from '../../../../common/graph.ts';
import type { Span } from '../../../../common/span.ts';
import { jobGraph } from '../../../../server/src/core/views/jobgraph/jobGraph.ts';
import { planDiffGraph } from '../../../../server/src/core/views/jobgraph/planDiffGraph.ts';
import { scopesGraph } from '../../../../server/src/core/views/jobgraph/scopesGraph.ts';
import { analyse, executionPlan, fixture, textAt } from '../../jobgraph/helpers.ts';

function consistent(graph: GraphDocument<Span>): void {
  const nodes = new Set(graph.nodes.map((node) => node.id));
  const groups = new Set(graph.groups.map((group) => group.id));
  assert.equal(nodes.size, graph.nodes.length, 'node ids must be unique');
  assert.equal(new Set(graph.edges.map((edge) => edge.id)).size, graph.edges.length, 'edge ids must be unique');
  for (const edge of graph.edges) assert.ok(nodes.has(edge.from) && nodes.has(edge.to), `${edge.id} leads nowhere`);
  for (const node of graph.nodes) {
    assert.ok(node.group === undefined || groups.has(node.group));
    assert.ok(node.description.length > 5);
  }
  for (const group of graph.groups) assert.ok(group.parent === undefined || groups.has(group.parent));
}

const named = (graph: GraphDocument<Span>, label: string) => {
  const node = graph.nodes.find((candidate) => candidate.label === label);
  assert.ok(node, `no node ${label}`);
  return node;
};

describe('job graphs', () => {
  it('draws a plan without nesting, feedback included', async () => {
    const text = fixture('nested-loops.json');
    const graph = jobGraph(await analyse(text));
    consistent(graph);
    assert.deepEqual([graph.nodes.length, graph.edges.length, graph.groups.length], [10, 11, 0]);
    assert.deepEqual(
      graph.edges.filter((edge) => edge.kind === 'feedback').map(({ label }) => label),
      ['feedback', 'feedback'],
    );
    assert.deepEqual(named(graph, 'refine').badges, [{ text: 'level 2', tone: 'info' }]);
    assert.match(textAt(text, named(graph, 'refine').place ?? null), /"type" : "refine"/);
    assert.deepEqual(named(graph, 'refine').lines, ['parallelism 2']);
  });

  it('draws what breaks a rule of loops as a violation: by line, by word, and in what is read out', async () => {
    const entered = await analyse(
      executionPlan(`
      1 Source: a x2
      -1 IterationSource-2 x2
      2 Source: b x2
      4 step x2 <- 1 -1
      5 again x2 <- 4 2
      -2 IterationSink-2 x2 <- 5
      7 Sink: c x2 <- 4
    `),
    );
    for (const graph of [jobGraph(entered), scopesGraph(entered)]) {
      consistent(graph);
      const [edge, ...others] = graph.edges.filter(({ emphasis }) => emphasis === 'violation');
      assert.equal(others.length, 0);
      assert.match(edge?.label ?? '', /^✗ violation · /);
      assert.match(edge?.description ?? '', /; violation: .+ enters loop /);
      assert.equal(edge?.details?.[0]?.[0], 'Violation');
      assert.ok(graph.legend.some((entry) => entry.for === 'violation'));
    }
    const sound = scopesGraph(await analyse(fixture('nested-loops.json')));
    assert.ok([...sound.nodes, ...sound.edges, ...sound.groups].every(({ emphasis }) => emphasis !== 'violation'));
    assert.ok(sound.legend.every((entry) => entry.for !== 'violation'));
  });

  it('nests the scopes, and marks entries and exits', async () => {
    const graph = scopesGraph(await analyse(fixture('nested-loops.json')));
    consistent(graph);
    assert.deepEqual(
      graph.groups.map(({ label, parent, level }) => [label, parent, level]),
      [
        ['Loop 3 · level 1', undefined, 1],
        ['Loop 5 · level 2', 's0:0', 2],
      ],
    );
    assert.equal(named(graph, 'again').group, 's0:1');
    assert.equal(named(graph, 'settled').group, 's0:0');
    assert.equal(named(graph, 'Sink: result').group, undefined);
    const label = (from: string, to: string) =>
      graph.edges.find((edge) => edge.from === named(graph, from).id && edge.to === named(graph, to).id)?.label;
    assert.equal(label('Source: orders', 'relax'), 'entry · HASH');
    assert.equal(label('refine', 'settled'), 'exit · FORWARD');
    assert.equal(label('refine', 'again'), 'FORWARD');
  });

  it('shows a batch iteration by what is inside', async () => {
    const graph = scopesGraph(await analyse(fixture('bulk-iteration.json')));
    consistent(graph);
    assert.ok(!graph.nodes.some((node) => node.label === 'Bulk Iteration'));
    const ends = graph.edges.map((edge) => [edge.from, edge.to].map((id) => graph.nodes.find((node) => node.id === id)?.label).join(' > '));
    assert.ok(ends.includes('at ranks(PageRank.java:80) > Partial Solution'));
    assert.ok(ends.includes('Sum "of" ranks > CsvOutputFormat'));
  });

  it('says why there are no scopes', async () => {
    const graph = scopesGraph(await analyse(executionPlan('1 Source: a\n2 Sink: b <- 1')));
    assert.match(graph.empty ?? '', /no loop/);
  });

  it('draws interleaved loops as one scope', async () => {
    const graph = scopesGraph(
      await analyse(
        executionPlan(
          '1 Source: a\n-1 IterationSource-2\n3 a <- 1 -1\n-3 IterationSource-5\n6 b <- 3 -3\n7 c <- 6\n-2 IterationSink-2 <- 6\n-4 IterationSink-5 <- 7\n8 Sink: o <- 7',
        ),
      ),
    );
    consistent(graph);
    assert.deepEqual(
      graph.groups.map(({ label, emphasis }) => [label, emphasis]),
      [['Interleaved loops 2 + 5 · level 1', 'violation']],
    );
  });

  it('shows chained operators, load, bottleneck and pending operators', async () => {
    const whole = jobGraph(await analyse(fixture('adaptive-batch-job.json')));
    consistent(whole);
    const { graph } = arrange(whole);
    consistent(graph);
    assert.deepEqual(
      graph.nodes.map(({ label, badges }) => [label, badges?.[0]?.text]),
      [
        ['Source: orders[1]', undefined],
        ['HashAggregate[4]', 'pending'],
        ['Sink: out[5]', 'pending'],
      ],
    );
    assert.deepEqual(graph.nodes[0]?.lines, ['→ Calc[2]', 'parallelism 8 of at most 128', '0 records in, 1,000,000 out']);
    assert.equal(graph.edges.length, 2);
    assert.equal(whole.edges.length, 3, 'and one from operator to operator');
    assert.match(graph.notes.join('\n'), /2 operators are pending/);

    const load = (busy: number, held: number) => ({
      'accumulated-busy-time': busy,
      'accumulated-backpressured-time': held,
      'accumulated-idle-time': 1000,
    });
    const job = JSON.stringify({
      jid: 'x',
      vertices: [
        { id: 'a', name: 'Source: a', parallelism: 1, metrics: load(1000, 90000) },
        { id: 'b', name: 'slow', parallelism: 1, metrics: load(90000, 0) },
      ],
      plan: {
        nodes: [
          { id: 'a', description: 'a' },
          { id: 'b', description: 'b', inputs: [{ num: 0, id: 'a', ship_strategy: 'HASH', exchange: 'blocking' }] },
        ],
      },
    });
    const loaded = jobGraph(await analyse(job));
    assert.equal(named(loaded, 'slow').emphasis, 'suspect');
    assert.deepEqual(
      named(loaded, 'slow').meters?.map(({ label, text, tone }) => [label, text, tone]),
      [
        ['busy', '99 %', 'bad'],
        ['back-pressured', '0 %', 'neutral'],
        ['idle', '1 %', 'info'],
      ],
    );
    assert.equal(loaded.edges[0]?.label, 'HASH · blocking');
    assert.ok(loaded.legend.some((entry) => entry.for === 'suspect'));
  });

  it('opens a chain into its operators, and keeps every edge while it is closed', async () => {
    const text = JSON.stringify({
      jid: 'x',
      plan: {
        nodes: [
          { id: 'a', parallelism: 2, description: 'Source: in -> Map' },
          {
            id: 'b',
            parallelism: 2,
            description: 'Join -> (Sink: one, Filter -> Sink: two)',
            inputs: [
              { num: 0, id: 'a', ship_strategy: 'HASH' },
              { num: 1, id: 'a', ship_strategy: 'BROADCAST' },
            ],
          },
        ],
      },
    });
    const whole = jobGraph(await analyse(text));
    consistent(whole);
    const labels = new Map(whole.nodes.map((node) => [node.id, node.label]));
    const arrows = (graph: GraphDocument<Span>) =>
      graph.edges.map((edge) => `${labels.get(edge.from) ?? edge.from} > ${labels.get(edge.to) ?? edge.to}`).sort();
    const CHAINED = ['Filter > Sink: two', 'Join > Filter', 'Join > Sink: one'];
    assert.deepEqual(arrows(whole), [...CHAINED, 'Map > Join', 'Map > Join', 'Source: in > Map'].sort());
    assert.deepEqual(
      whole.groups.map(({ id, kind, collapsed }) => [id, kind, collapsed]),
      [
        ['v0:0', 'chain', true],
        ['v0:1', 'chain', true],
      ],
    );
    const closed = arrange(whole);
    assert.deepEqual(closed.graph.nodes.map(({ id, label }) => [id, label]).sort(), [
      ['v0:0', 'Source: in'],
      ['v0:1', 'Join'],
    ]);
    assert.deepEqual(closed.graph.edges.map(({ from, to, label }) => [from, to, label]).sort(), [
      ['v0:0', 'v0:1', 'BROADCAST'],
      ['v0:0', 'v0:1', 'HASH'],
    ]);
    assert.equal(closed.owner.get('o0:1:2'), 'v0:1');
    assert.equal(closed.folded, 0);
    const opened = arrange(whole, { closed: [], opened: ['v0:1'] });
    consistent(opened.graph);
    assert.deepEqual(arrows(opened.graph), [...CHAINED, 'v0:0 > Join', 'v0:0 > Join'].sort());
    assert.ok(opened.graph.legend.some((entry) => entry.for === 'chained'));
  });

  it('shows load, skew and watermark of metric documents beside the plan', async () => {
    const id = 'a'.repeat(32);
    const text = `{"plan":{"nodes":[{"id":"${id}","parallelism":2,"operator":"","description":"Source: a"}]}}
GET /jobs/${'c'.repeat(32)}/vertices/${id}/subtasks/metrics?get=busyTimeMsPerSecond
[{"id":"busyTimeMsPerSecond","min":0.0,"max":870.0,"avg":400.0,"sum":870.0,"skew":12.0},{"id":"numRecordsInPerSecond","min":1,"max":9,"avg":5,"sum":10,"skew":44.5}]
GET /jobs/${'c'.repeat(32)}/vertices/${id}/watermarks
[{"id":"0.currentInputWatermark","value":"1764000000000"},{"id":"1.currentInputWatermark","value":"1763999999000"}]`;
    const [node] = jobGraph(await analyse(text)).nodes;
    assert.deepEqual(
      node?.meters?.map(({ label, text: value }) => `${label} ${value}`),
      ['busy 87 %'],
    );
    const details = new Map(node?.details);
    assert.ok(node?.lines?.includes('watermark 2025-11-24T15:59:59.000Z'), node?.lines?.join());
    assert.equal(node?.vertex, id);
    assert.equal(details.get('Data skew'), '44.5 %');
    assert.equal(details.get('Low watermark'), '2025-11-24T15:59:59.000Z');
  });

  it('marks the critical path: vertices, the edges between them, legend and words', async () => {
    const vertex = (id: string, busy: number, held: number) => ({
      id,
      name: id,
      parallelism: 1,
      metrics: { 'accumulated-busy-time': busy, 'accumulated-backpressured-time': held, 'accumulated-idle-time': 100_000 - busy - held },
    });
    const from = (...ids: string[]) => ids.map((id, num) => ({ num, id, ship_strategy: 'HASH', exchange: 'pipelined_bounded' }));
    const job = (busy: number) =>
      JSON.stringify({
        jid: 'x',
        vertices: [vertex('in', 5000, 90_000), vertex('slow', 95_000, 0), vertex('fast', busy, 0), vertex('out', 2000, 0)],
        plan: {
          nodes: [
            { id: 'in', description: 'in' },
            { id: 'slow', description: 'slow', inputs: from('in') },
            { id: 'fast', description: 'fast', inputs: from('in') },
            { id: 'out', description: 'out', inputs: from('slow', 'fast') },
          ],
        },
      });
    const graph = jobGraph(await analyse(job(1000)));
    assert.deepEqual(
      graph.nodes.map(({ label, emphasis }) => [label, emphasis]),
      [
        ['in', 'critical'],
        ['slow', 'suspect'],
        ['fast', undefined],
        ['out', 'critical'],
      ],
    );
    assert.ok(named(graph, 'slow').badges?.some(({ text }) => text === 'critical path'));
    const name = (id: string) => graph.nodes.find((node) => node.id === id)?.label;
    assert.deepEqual(
      graph.edges.filter(({ emphasis }) => emphasis === 'critical').map((edge) => `${name(edge.from)} > ${name(edge.to)}`),
      ['in > slow', 'slow > out'],
    );
    assert.ok(graph.legend.some((entry) => entry.for === 'critical'));
    assert.match(graph.notes.join('\n'), /Critical path by busy time: in → slow → out/);
    const unmeasured = jobGraph(await analyse(executionPlan('1 Source: a\n2 Map <- 1\n3 Sink: b <- 2')));
    assert.ok(unmeasured.nodes.every(({ emphasis }) => emphasis === undefined));
  });

  it('shows the plan under the cursor', async () => {
    const text = fixture('explain-two-statements.txt');
    const analysis = await analyse(text);
    const graph = jobGraph(analysis, String(text.indexOf('HashJoin')));
    assert.ok(graph.nodes.some((node) => node.label === 'HashJoin'));
    assert.match(graph.notes.join(), /4 plans/);
    assert.ok(!jobGraph(analysis).nodes.some((node) => node.label === 'HashJoin'));
  });

  it('keeps cards of very large plans light', async () => {
    const lines = ['1 Source: a', ...Array.from({ length: 2500 }, (_, index) => `${index + 2} op <- ${index + 1}`)].join('\n');
    const graph = jobGraph(await analyse(executionPlan(lines)));
    assert.equal(graph.nodes.length, 2501);
    assert.ok(graph.nodes.every((node) => node.details === undefined));
    assert.ok(JSON.stringify(graph).length < 1_500_000);
  });

  it('shows two plans as one with what changed', async () => {
    const one = await analyse(executionPlan('1 Source: a x2\n2 Map x2 <- 1\n3 old x2 <- 2\n4 Sink: b x2 <- 3'));
    const other = await analyse(executionPlan('1 Source: a x2\n2 Map x4 <- 1:REBALANCE\n5 new x4 <- 2\n4 Sink: b x4 <- 5'));
    const graph = planDiffGraph(one, other, 'file:///one');
    consistent(graph);
    const emphasis = Object.fromEntries(graph.nodes.map((node) => [node.label, node.emphasis]));
    // "old" and "new" have the same neighbours: one operator under another name.
    assert.deepEqual(emphasis, { 'Source: a': undefined, Map: 'changed', new: 'changed', 'Sink: b': 'changed' });
    assert.ok(graph.edges.some((edge) => edge.emphasis === 'changed' && edge.description.includes('ship strategy FORWARD → REBALANCE')));
    assert.ok(graph.edges.some((edge) => edge.label === 'FORWARD → REBALANCE'));
    assert.deepEqual(graph.notes, [`${graph.nodes.filter((node) => node.emphasis === 'changed').length} vertices and 1 edge changed.`]);
  });
});
