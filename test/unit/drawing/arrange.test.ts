import assert from 'node:assert/strict';
import { arrange, BUDGETS, type ViewState } from '../../../common/drawing/arrange.ts';
import { namePrefix } from '../../../common/drawing/fold.ts';
import { tidy } from '../../../common/drawing/tidy.ts';
import { compoundGraph, graph, lockGraph } from './graphs.ts';

const ids = (items: readonly { id: string }[]) => items.map((item) => item.id);
const view = (state: Partial<ViewState>): ViewState => ({ closed: [], opened: [], ...state });

describe('arranging a graph before layout', () => {
  it('drops what leads nowhere and orders the rest the same whatever the order of the input', () => {
    const one = graph('a10>b a2>b b>gone [inner<outer a2] [outer] [lost<nowhere b]');
    one.nodes = one.nodes.filter((node) => node.id !== 'gone');
    const tidied = tidy(one);
    assert.deepEqual(ids(tidied.nodes), ['a2', 'a10', 'b']);
    assert.deepEqual(ids(tidied.edges), ['a2>b', 'a10>b']);
    assert.deepEqual(ids(tidied.groups), ['outer', 'inner', 'lost'], 'parents come first');
    assert.equal(tidied.groups.find((group) => group.id === 'lost')?.parent, undefined);
    const shuffled = { ...one, nodes: one.nodes.toReversed(), edges: one.edges.toReversed(), groups: one.groups.toReversed() };
    assert.deepEqual(tidy(shuffled), tidied);
  });

  it('survives groups that enclose each other', () => {
    assert.equal(tidy(graph('[a<b x] [b<a y]')).groups.filter((group) => group.parent === undefined).length, 1);
  });

  it('draws a thousand waiters of one lock as three and "+997 threads"', () => {
    const waiters = Array.from({ length: 1000 }, (_, at) => `t${at}>L1`).join(' ');
    const { graph: shown, owner, folded } = arrange(graph(`${waiters} L1>holder`));
    assert.equal(shown.nodes.length, 6);
    const fold = shown.nodes.find((node) => node.kind === 'aggregate');
    assert.deepEqual([fold?.label, fold?.count, fold?.members?.length], ['+997 threads', 997, 200]);
    assert.equal(shown.edges.find((edge) => edge.from === fold?.id)?.label, '×997');
    assert.equal(folded, 997);
    assert.equal(owner.get('t500'), fold?.id);
    const opened = arrange(graph(`${waiters} L1>holder`), view({ opened: [fold?.id ?? ''] }), { most: 2000, folded: 2000 });
    assert.equal(opened.graph.nodes.length, 1002);
  });

  it('keeps members of a cycle out of any fold', () => {
    const { graph: shown } = arrange(lockGraph(5000, 500));
    assert.ok(shown.nodes.length <= BUDGETS['lock-wait'].folded + 1, `${shown.nodes.length} nodes`);
    for (const id of ['L0', 'L1', 'H0', 'H1']) assert.ok(ids(shown.nodes).includes(id), id);
    const rest = shown.nodes.find((node) => node.id === 'fold:parts:1');
    assert.match(rest?.label ?? '', /^\+\d+ smaller parts$/);
    const total = shown.nodes.reduce((sum, node) => sum + (node.count ?? 1), 0);
    assert.equal(total, 6000, 'every node is shown or counted');
  });

  it('folds 10,000 vertices below the budget, grouped or not', () => {
    const grouped = arrange(compoundGraph(10_000));
    assert.ok(grouped.graph.nodes.length <= BUDGETS.scopes.folded, `${grouped.graph.nodes.length}`);
    assert.equal(
      grouped.graph.nodes.reduce((sum, node) => sum + (node.count ?? 1), 0),
      10_000,
    );
    const flat = compoundGraph(10_000, 'job');
    const { graph: shown } = arrange({ ...flat, groups: [] });
    assert.ok(shown.nodes.length <= BUDGETS.job.folded, `${shown.nodes.length}`);
    assert.equal(
      shown.nodes.reduce((sum, node) => sum + (node.count ?? 1), 0),
      10_000,
    );
  });

  it('leads edges of a closed group to it and keeps its emphasis in sight', () => {
    const one = graph('a>b b>c c>d [g b c]');
    const cycle = { ...one, nodes: one.nodes.map((node) => (node.id === 'c' ? { ...node, emphasis: 'cycle' as const } : node)) };
    const { graph: shown } = arrange(cycle, view({ closed: ['g'] }));
    assert.deepEqual(ids(shown.nodes), ['g', 'a', 'd']);
    assert.equal(shown.nodes[0]?.emphasis, 'cycle');
    assert.deepEqual(
      shown.edges.map((edge) => `${edge.from}>${edge.to}`),
      ['a>g', 'g>d'],
    );
  });

  for (const [name, focus, expected] of [
    ['neighbours', { mode: 'neighbours', ids: ['c'], depth: 1 }, 'b c d x'],
    ['upstream', { mode: 'upstream', id: 'c' }, 'a b c x'],
    ['downstream', { mode: 'downstream', id: 'c' }, 'c d e'],
    ['a path', { mode: 'path', from: 'a', to: 'd' }, 'a b c d'],
    ['a path against the edges', { mode: 'path', from: 'd', to: 'a' }, 'a b c d'],
    ['no path', { mode: 'path', from: 'e', to: 'x' }, 'c d e x'],
    ['a group and its neighbours', { mode: 'neighbours', ids: ['g'], depth: 1 }, 'c d e'],
  ] as const) {
    it(`shows only ${name}`, () => {
      const state = view({ focus: focus.mode === 'neighbours' ? { ...focus, ids: [...focus.ids] } : focus });
      const { graph: shown, hidden } = arrange(graph('a>b b>c c>d d>e x>c lonely [g d e]', { view: 'job' }), state);
      assert.equal(ids(shown.nodes).join(' '), expected);
      assert.equal(hidden, 7 - shown.nodes.length);
    });
  }

  it('tells names apart from their numbers', () => {
    for (const [label, prefix] of [
      ['Window(TumblingEventTimeWindows(5000)) (3/8)', 'Window'],
      ['flink-akka.actor.default-dispatcher-17', 'flink-akka.actor.default-dispatcher'],
      ['pool-3-thread-12', 'pool'],
      ['main', 'main'],
    ] as const)
      assert.equal(namePrefix(label), prefix);
  });

  it('folds by name on request', () => {
    const one = graph('w-1>s w-2>s w-3>s', { view: 'job' });
    const { graph: shown } = arrange(one, view({ foldNames: true }));
    assert.deepEqual(shown.nodes.map((node) => node.label).sort(), ['s', 'w ×3']);
  });
});
