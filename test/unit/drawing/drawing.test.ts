import assert from 'node:assert/strict';
import { arrange } from '../../../common/drawing/arrange.ts';
import { card } from '../../../common/drawing/card.ts';
import { dotDocument } from '../../../common/drawing/dot.ts';
import { effort } from '../../../common/drawing/effort.ts';
import { layoutJob } from '../../../common/drawing/elk.ts';
import { shorten, tableMeasure } from '../../../common/drawing/measure.ts';
import { LayoutStopped, place } from '../../../common/drawing/run.ts';
import { roundedPath, svgDocument } from '../../../common/drawing/svg.ts';
import { LIGHT } from '../../../common/drawing/theme.ts';
import type { GraphDocument } from '../../../common/graph.ts';
import type { Range } from '../../../common/span.ts';
import { escapeXml } from '../../../common/xml.ts';
import { elkThread, render } from '../../../server/src/cli/render.ts';
import { compoundGraph, graph, lockGraph } from './graphs.ts';

const run = { worker: elkThread, deadline: 60_000 };
const placed = async (one: GraphDocument<Range>) => {
  const { graph: shown } = arrange(one);
  return { shown, ...(await place(shown, tableMeasure, run)) };
};

const deadlock = () => {
  const one = graph('T1>L1 L1>T2 T2>L2 L2>T1 T3>L1');
  for (const node of one.nodes) node.emphasis = node.id === 'T3' ? 'victim' : 'cycle';
  for (const edge of one.edges) if (edge.from.startsWith('L')) edge.kind = 'held-by';
  return one;
};

describe('cards', () => {
  it('cuts long names in the middle and keeps both ends', () => {
    const font = { size: 13 };
    const cut = shorten('channel-state-writer-thread-executor-Source: Custom Source (1/1)', 200, font, tableMeasure);
    assert.match(cut, /^channel-state.*….*\(1\/1\)$/);
    assert.ok(tableMeasure(cut, font) <= 200);
    assert.equal(shorten('short', 200, font, tableMeasure), 'short');
  });

  it('has room for everything in it', () => {
    const made = card(
      {
        id: 'a',
        kind: 'vertex',
        label: 'Source',
        description: '',
        lines: ['parallelism 2'],
        badges: Array.from({ length: 9 }, (_, at) => ({ text: `badge number ${at}`, tone: 'info' as const })),
        meters: [{ label: 'busy', value: 1, text: '100 %', tone: 'bad' }],
      },
      'job',
      tableMeasure,
    );
    for (const badge of made.badges) assert.ok(badge.x + badge.width <= made.width && badge.y + 17 <= made.height);
    assert.ok(new Set(made.badges.map((badge) => badge.y)).size > 1, 'badges wrap');
    assert.ok((made.meters[0]?.y ?? 0) + 16 <= made.height);
  });

  it('names every emphasis in text, once', () => {
    const node = { id: 'a', kind: 'thread' as const, label: 'a', description: '', emphasis: 'cycle' as const };
    assert.deepEqual(
      card(node, 'lock-wait', tableMeasure).badges.map((badge) => badge.text),
      ['deadlock'],
    );
    assert.deepEqual(
      card({ ...node, badges: [{ text: 'deadlock 1', tone: 'bad' }] }, 'lock-wait', tableMeasure).badges.map((badge) => badge.text),
      ['deadlock 1'],
    );
  });
});

describe('layout', () => {
  it('lays out children with their parents only when an edge crosses a border', () => {
    assert.equal(layoutJob(graph('a>b [g a b] c')).elk.layoutOptions?.['elk.hierarchyHandling'], 'SEPARATE_CHILDREN');
    assert.equal(layoutJob(graph('a>b [g a] b')).elk.layoutOptions?.['elk.hierarchyHandling'], 'INCLUDE_CHILDREN');
  });

  it('counts long edges and labels, and turns to the quicker placement when there are many', () => {
    assert.equal(effort(graph('a>b b>c a>c'), 0), 4, 'a>c passes one layer');
    assert.equal(effort(graph('a>b b>c c>a'), 3), 6, 'a cycle has no layers of its own');
    const chain = Array.from({ length: 100 }, (_, at) => `n${at}>n${at + 1} n0>n${at + 1}`).join(' ');
    assert.equal(layoutJob(graph(chain)).elk.layoutOptions?.['elk.layered.nodePlacement.strategy'], 'LINEAR_SEGMENTS');
    assert.equal(layoutJob(graph('a>b')).elk.layoutOptions?.['elk.layered.nodePlacement.strategy'], 'NETWORK_SIMPLEX');
  });

  it('asks for model order on the root alone, where ELK does not throw', async () => {
    const one = graph('a>x x>b [outer] [g<outer a b]');
    const job = layoutJob(arrange(one).graph);
    assert.ok(job.elk.layoutOptions?.['elk.layered.considerModelOrder.strategy']);
    const nested = job.elk.children?.flatMap((child) => [child, ...(child.children ?? [])]) ?? [];
    assert.ok(nested.every((child) => !('elk.layered.considerModelOrder.strategy' in (child.layoutOptions ?? {}))));
    const { drawing } = await placed(one);
    assert.equal(Object.keys(drawing.edges).length, 2);
  });

  it('places every node once, without overlap, inside its group, and ends every edge at its nodes', async () => {
    const { shown, drawing } = await placed(compoundGraph(120));
    const boxes = shown.nodes.map((node) => ({ node, box: drawing.nodes[node.id] }));
    for (const [at, { node, box }] of boxes.entries()) {
      assert.ok(box !== undefined, node.id);
      const group = drawing.groups[node.group ?? ''];
      assert.ok(
        group !== undefined &&
          box.x >= group.x &&
          box.y >= group.y &&
          box.x + box.width <= group.x + group.width &&
          box.y + box.height <= group.y + group.height,
      );
      for (const { node: other, box: next } of boxes.slice(at + 1)) {
        const apart =
          next === undefined ||
          box.x + box.width <= next.x ||
          next.x + next.width <= box.x ||
          box.y + box.height <= next.y ||
          next.y + next.height <= box.y;
        assert.ok(apart, `${node.id} and ${other.id} overlap`);
      }
    }
    for (const edge of shown.edges) {
      const points = drawing.edges[edge.id]?.points ?? [];
      const [start, end] = [points[0], points.at(-1)];
      const touches = (id: string, point: typeof start) => {
        const box = drawing.nodes[id];
        return (
          box !== undefined &&
          point !== undefined &&
          point.x >= box.x - 1 &&
          point.x <= box.x + box.width + 1 &&
          point.y >= box.y - 1 &&
          point.y <= box.y + box.height + 1
        );
      };
      assert.ok(touches(edge.from, start) && touches(edge.to, end), edge.id);
    }
  });

  it('gives the same drawing for the same graph in another order', async () => {
    const one = lockGraph(40, 8);
    const other = { ...one, nodes: one.nodes.toReversed(), edges: one.edges.toReversed() };
    assert.deepEqual((await placed(one)).drawing, (await placed(other)).drawing);
  });

  it('stops when cancelled and at its deadline', async () => {
    const { graph: shown } = arrange(compoundGraph(800));
    const controller = new AbortController();
    const cancelled = place(shown, tableMeasure, { ...run, signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    await assert.rejects(cancelled, (error) => error instanceof LayoutStopped && error.reason === 'cancelled');
    await assert.rejects(
      place(shown, tableMeasure, { ...run, deadline: 30 }),
      (error) => error instanceof LayoutStopped && error.reason === 'deadline',
    );
    await assert.rejects(place(shown, tableMeasure, { ...run, signal: AbortSignal.abort() }), LayoutStopped);
  });
});

describe('pictures', () => {
  it('says what an emphasis is by shape and by text, not by colour alone', async () => {
    const svg = await render(deadlock(), 'svg');
    assert.equal(svg.match(/class="ring"/g)?.length, 4, 'a second border around each member of the cycle');
    assert.equal(svg.match(/>deadlock</g)?.length, 4);
    assert.equal(svg.match(/class="hatch"/g)?.length, 1, 'a victim is hatched');
    assert.equal(svg.match(/>held up</g)?.length, 1);
  });

  it('stands alone: no variables, no references outwards, well-formed text', async () => {
    const one = deadlock();
    const [first] = one.nodes;
    if (first !== undefined) first.label = 'a "quoted" <name> & \u0001 \ud800 ü';
    const svg = await render(one, 'svg');
    assert.ok(!svg.includes('var('));
    assert.ok(!/href|<script|<foreignObject/.test(svg));
    assert.ok(svg.includes('&quot;quoted&quot; &lt;name&gt; &amp; \\u0001 \\ud800 ü'));
    assert.equal(escapeXml('\ud83d\ude00'), '\ud83d\ude00');
  });

  it('draws an empty graph as its reason', async () => {
    const svg = await render(graph('', { empty: 'No thread waits for a lock.' }), 'svg');
    assert.match(svg, /No thread waits for a lock\./);
  });

  it('marks feedback with dashes and rounder corners than other edges', async () => {
    const one = graph('a>b b>a', { view: 'scopes' });
    for (const edge of one.edges) edge.kind = edge.from === 'b' ? 'feedback' : 'forward';
    const { shown, drawing, cards } = await placed(one);
    const svg = svgDocument(shown, drawing, cards, { palette: LIGHT });
    assert.match(svg, /l-feedback[^\n]*stroke-dasharray="8 5"/);
    assert.ok(!/l-forward[^\n]*stroke-dasharray/.test(svg));
  });

  it('rounds corners by at most half a side', () => {
    const corner = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 40 },
    ];
    assert.equal(roundedPath(corner, 20), 'M0 0L5 0Q10 0 10 5L10 40');
  });

  it('writes DOT with nested clusters, escaped names and the whole graph', async () => {
    const one = graph('a>b [inner<outer a] [outer b]');
    const [first] = one.nodes;
    if (first !== undefined) first.label = 'say "hi"\\';
    assert.equal(
      dotDocument(one),
      [
        'digraph "test" {',
        '  rankdir=TB;',
        '  node [fontname="sans-serif"];',
        '  subgraph "cluster_outer" {',
        '    label="outer";',
        '    subgraph "cluster_inner" {',
        '      label="inner";',
        '      "a" [label="say \\"hi\\"\\\\", shape="box", tooltip="node a"];',
        '    }',
        '    "b" [label="b", shape="box", tooltip="node b"];',
        '  }',
        '  "a" -> "b" [tooltip="a waits for b"];',
        '}',
        '',
      ].join('\n'),
    );
    const dot = await render(lockGraph(300, 10), 'dot');
    assert.equal(dot.match(/->/g)?.length, 312, 'nothing is folded in DOT');
  });
});
