import assert from 'node:assert/strict';
import type { FlowNetwork } from '../../../../server/src/core/analysis/flow/network.ts';
import { answerTermination, endingOrder } from '../../../../server/src/core/analysis/flow/termination.ts';
import { random } from '../../../../server/src/core/random.ts';
import { classic, randomNetwork, sketch } from './networks.ts';

const FEW = { records: 3, turns: 2, pause: 3 };

describe('termination', () => {
  it('ends a DAG in topological order', () => {
    const network = sketch({ operators: ['sink', 'join', 'source', 'map', 'source'], channels: ['2>3 1', '3>1 1', '4>1 1', '1>0 1'] });
    const answer = answerTermination(network);
    assert.deepEqual(answer.order, [[2, 4], [3], [1], [0]]);
    assert.equal(answer.protocol, null);
    assert.equal(answer.released, null);
  });

  it('ends random DAGs with every operator after those before it', () => {
    const next = random(15);
    for (let made = 0; made < 200; made++) {
      const count = 2 + Math.floor(next() * 30);
      const edges: [number, number][] = [];
      for (let to = 1; to < count; to++) for (let from = 0; from < to; from++) if (next() < 2 / to) edges.push([from, to]);
      const network: FlowNetwork = sketch({ operators: Array.from({ length: count }, () => 'map'), channels: edges.map(([a, b]) => `${a}>${b} 1`) });
      const order = endingOrder(network);
      const row = new Map(order.flatMap((row, at) => row.map((operator) => [operator, at] as const)));
      assert.equal(row.size, new Set(edges.flat()).size, 'every operator with a channel ends once');
      for (const [from, to] of edges) assert.ok((row.get(from) as number) < (row.get(to) as number), `${from} before ${to}`);
    }
  });

  it('plays the protocol over the classic loop, in the order of FLIP-15', () => {
    const { protocol } = answerTermination(classic('1'), FEW);
    assert.ok(protocol?.ended);
    assert.equal(protocol.lost, 0);
    assert.ok(protocol.rounds >= 2, 'records were processed, so the first round cannot be the last');
    assert.deepEqual(protocol.working.at(-1), [], 'everybody was idle in the last round');
    assert.ok(protocol.working.slice(0, -1).every((working) => working.length > 0));
    const kinds = protocol.messages.map(({ kind }) => kind);
    const tick = (kind: string, pick: 'first' | 'last') =>
      protocol.messages[pick === 'first' ? kinds.indexOf(kind as never) : kinds.lastIndexOf(kind as never)]?.tick as number;
    assert.ok(tick('completed', 'last') <= tick('status', 'first'), 'no status before all sources are complete');
    assert.ok(tick('status', 'last') <= tick('stop', 'first'), 'no stop before the last status');
    assert.ok(tick('stop', 'first') <= tick('ended', 'first'), 'nobody ends before the stop');
    const answers = protocol.messages.filter(({ kind, round }) => (kind === 'idle' || kind === 'working') && round === 1);
    assert.deepEqual(answers.map(({ from }) => from).sort(), [1, 2, 3, 4, 5], 'all but the source answer, once a round');
    assert.deepEqual(
      protocol.messages.filter(({ kind, round, from }) => kind === 'status' && round === 1 && from === -1).map(({ to }) => to),
      [0, 4],
      'the coordinator asks sources and heads',
    );
  });

  it('needs more rounds the longer records stay in the loop', () => {
    const ring = sketch({ operators: ['source', 'entry', 'tail', 'head'], channels: ['0>1 2', '3>1 2', '1>2 2', '~2>3 1'] });
    const rounds = (turns: number) => answerTermination(ring, { ...FEW, turns }).protocol?.rounds as number;
    assert.ok(rounds(1) < rounds(10));
    assert.ok(rounds(10) < rounds(40));
    assert.equal(answerTermination(classic('1'), { ...FEW, records: 0 }).protocol?.rounds, 1, 'nothing to do: one round');
  });

  it('shows what released Flink does: too short a wait loses records, none never ends', () => {
    const { released } = answerTermination(classic('1'));
    assert.ok(released);
    const by = new Map(released.outcomes.map((outcome) => [outcome.wait, outcome]));
    assert.equal(by.get(0)?.endedAt, null);
    const short = by.get(1);
    assert.ok(short !== undefined && short.endedAt !== null && short.lost > 0, JSON.stringify(released));
    const enough = by.get(released.longestSilence + 1);
    assert.ok(enough !== undefined && enough.endedAt !== null);
    assert.equal(enough.lost, 0);
    const long = by.get(released.longestSilence * 4 + 4);
    assert.ok((long?.endedAt ?? 0) > (enough.endedAt ?? 0), 'a longer wait ends later');
  });

  it('ends random loops without losing a record', () => {
    const next = random(2016);
    for (let made = 0; made < 300; made++) {
      const network = randomNetwork(next);
      const { protocol, released } = answerTermination(network, FEW);
      const told = JSON.stringify(network);
      assert.ok(protocol?.ended, told);
      assert.equal(protocol.lost, 0, told);
      assert.ok(protocol.rounds >= 1 && protocol.rounds < 40, told);
      const enough = released?.outcomes.find(({ wait }) => wait === released.longestSilence + 1);
      assert.ok(enough !== undefined && enough.endedAt !== null && enough.lost === 0, `${told} ${JSON.stringify(released)}`);
    }
  });
});
