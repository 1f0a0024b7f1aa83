import assert from 'node:assert/strict';
import type { GraphDocument } from '../../../../common/graph.ts';
import type { Span } from '../../../../common/span.ts';
import { lockWaitGraph } from '../../../../server/src/core/views/threaddump/lockWait.ts';
import { analyseText, hotspot, thread } from '../../analysis/threaddump/dumps.ts';

const BLOCKED = 'BLOCKED (on object monitor)';
const id = (n: number): string => `<0x${n.toString(16).padStart(16, '0')}> (a app.L${n})`;
const waits = (name: string, wanted: number, ...held: number[]): string =>
  thread(name, BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${id(wanted)}`, ...held.map((one) => `- locked ${id(one)}`)]);
const runs = (name: string, ...held: number[]): string =>
  thread(name, 'RUNNABLE', ['app.Slow.io(Slow.java:7)', ...held.map((one) => `- locked ${id(one)}`)]);

/** "A -waits-for-> L1 !" with "!" for an edge of a cycle. */
function edges({ nodes, edges: list }: GraphDocument<Span>): string[] {
  const label = (node: string): string => nodes.find((one) => one.id === node)?.label ?? `(missing ${node})`;
  return list.map((edge) => `${label(edge.from)} ${edge.kind} ${label(edge.to)}${edge.emphasis === 'cycle' ? ' !' : ''}`);
}

async function graphOf(text: string, focus?: string): Promise<GraphDocument<Span>> {
  return lockWaitGraph(await analyseText(text), focus);
}

describe('lock-wait graph', () => {
  it('draws a cycle, its victims and nobody else', async () => {
    const text = hotspot([waits('A', 2, 1), waits('B', 1, 2), waits('victim', 1), runs('idle', 7)]);
    const graph = await graphOf(text);
    assert.deepEqual(edges(graph).sort(), ['A waits-for L2 !', 'B waits-for L1 !', 'L1 held-by A !', 'L2 held-by B !', 'victim waits-for L1']);
    assert.deepEqual(
      graph.nodes.map((node) => `${node.label} ${node.kind} ${node.emphasis}`),
      ['A thread cycle', 'B thread cycle', 'L1 monitor cycle', 'L2 monitor cycle', 'victim thread victim'].sort(
        (a, b) => order(graph, a) - order(graph, b),
      ),
    );
    assert.equal(graph.empty, undefined);
    assert.ok(graph.notes.some((note) => /left out/.test(note)));
    for (const node of graph.nodes) assert.ok(node.place !== undefined && node.description.length > 10, node.id);
    const lock = graph.nodes.find((node) => node.label === 'L1');
    assert.equal(text.slice(lock?.place?.start, lock?.place?.end), '0x0000000000000001');
  });

  it('draws the waiters of a crowded lock as one node, before any layout', async () => {
    const graph = await graphOf(hotspot([runs('root', 1), ...Array.from({ length: 1000 }, (_, index) => waits(`w${index}`, 1))]));
    assert.equal(graph.nodes.length, 6);
    const group = graph.nodes.find((node) => node.kind === 'aggregate');
    assert.equal(group?.label, '+997 threads');
    assert.equal(group?.count, 997);
    assert.equal(group?.members?.length, 200);
    assert.equal(graph.nodes.find((node) => node.label === 'root')?.emphasis, 'suspect');
    assert.ok(graph.notes.some((note) => note.startsWith('997 waiting threads')));
  });

  it('never hides a waiter that holds what others wait for, nor the one that is asked for', async () => {
    const crowd = Array.from({ length: 20 }, (_, index) => waits(`w${index}`, 1));
    const text = hotspot([runs('root', 1), ...crowd, waits('middle', 1, 2), waits('last', 2)]);
    assert.ok(edges(await graphOf(text)).includes('L2 held-by middle'));
    const labels = (await graphOf(text, 'd0-thread-18')).nodes.map((node) => node.label);
    assert.ok(labels.includes('w17'));
  });

  it('keeps the locks that hold up most threads where there are too many, and says so', async () => {
    const pairs = Array.from({ length: 200 }, (_, index) => [runs(`h${index}`, index + 1), waits(`w${index}`, index + 1)]).flat();
    const graph = await graphOf(hotspot([...pairs, waits('second', 200)]));
    assert.equal(graph.nodes.filter((node) => node.kind === 'monitor').length, 150);
    assert.ok(graph.nodes.some((node) => node.label === 'L200'));
    assert.ok(graph.notes.some((note) => /50 more are left out/.test(note)));
  });

  it('shows a lock whose holder the dump does not show', async () => {
    const graph = await graphOf(hotspot([waits('A', 1), waits('B', 1)]));
    const lock = graph.nodes.find((node) => node.kind === 'monitor');
    assert.ok(lock?.badges?.some((badge) => badge.text === 'holder not visible'));
    assert.deepEqual(edges(graph), ['A waits-for L1', 'B waits-for L1']);
  });

  it('is honestly empty: nobody waits, or the format cannot show it', async () => {
    assert.match((await graphOf(hotspot([runs('A', 1)]))).empty ?? '', /None of the 1 thread of this dump waits for a lock.*jstack -l/);
    assert.match((await graphOf('')).empty ?? '', /No thread dump/);
  });

  it('shows the dump with the deadlock, or the one that is asked for', async () => {
    const text = `${hotspot([runs('A', 1), waits('B', 1)])}\n${hotspot([waits('C', 2, 1), waits('D', 1, 2)])}`;
    const analysis = await analyseText(text);
    assert.equal(analysis.dumps.length, 2);
    assert.match(lockWaitGraph(analysis).title, /dump 2 of 2/);
    assert.match(lockWaitGraph(analysis, 'd0-thread-0').title, /dump 1 of 2/);
    assert.match(lockWaitGraph(analysis, String(text.indexOf('"B"'))).title, /dump 1 of 2/);
  });

  it('has unique ids, and no edge without its nodes', async () => {
    const graph = await graphOf(
      hotspot([runs('root', 1), ...Array.from({ length: 30 }, (_, index) => waits(`w${index % 7}`, 1 + (index % 3), 10 + index))]),
    );
    const ids = graph.nodes.map((node) => node.id);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(new Set(graph.edges.map((edge) => edge.id)).size, graph.edges.length);
    for (const edge of graph.edges) assert.ok(ids.includes(edge.from) && ids.includes(edge.to), edge.id);
  });
});

/** Cycle members come first; within them the order is of no importance. */
function order(graph: GraphDocument<Span>, row: string): number {
  return graph.nodes.findIndex((node) => row === `${node.label} ${node.kind} ${node.emphasis}`);
}
