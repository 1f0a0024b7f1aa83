import assert from 'node:assert/strict';
import { answerFlowControl, answerSpilled } from '../../../../server/src/core/analysis/flow/deadlockSearch.ts';
import { informed } from '../../../../server/src/core/analysis/flow/informed.ts';
import { FlowMachine } from '../../../../server/src/core/analysis/flow/machine.ts';
import { minimised } from '../../../../server/src/core/analysis/flow/minimise.ts';
import { type FlowNetwork, spilled } from '../../../../server/src/core/analysis/flow/network.ts';
import { phasesOf } from '../../../../server/src/core/analysis/flow/phases.ts';
import { boundedCycles, isolated, reduced } from '../../../../server/src/core/analysis/flow/reduce.ts';
import { explore } from '../../../../server/src/core/analysis/flow/search.ts';
import { random } from '../../../../server/src/core/random.ts';
import { bruteForce } from './bruteForce.ts';
import { classic, randomNetwork, sketch } from './networks.ts';

/** Plays a trace, holding every step against the rules anew, and says what stands in the end. */
function play(network: FlowNetwork, steps: ReturnType<FlowMachine['steps']>): { held: number[]; hands: number[][] } {
  const held = network.channels.map(() => 0);
  const hands: number[][] = network.operators.map(() => []);
  for (const [at, { operator, kind, channel }] of steps.entries()) {
    const where = `step ${at + 1}: ${kind} of ${network.operators[operator]?.name}`;
    if (kind === 'put') {
      assert.equal(hands[operator]?.[0], channel, `${where} is not the next result`);
      const { capacity, from } = network.channels[channel as number] as FlowNetwork['channels'][number];
      assert.equal(from, operator, where);
      assert.ok(capacity === null || (held[channel as number] as number) < capacity, `${where} into a full channel`);
      held[channel as number] = (held[channel as number] as number) + 1;
      hands[operator]?.shift();
      continue;
    }
    assert.deepEqual(hands[operator], [], `${where} while it holds results`);
    if (kind === 'emit') assert.equal(network.operators[operator]?.kind, 'source', where);
    else {
      assert.equal(network.channels[channel as number]?.to, operator, where);
      assert.ok((held[channel as number] as number) > 0, `${where} from an empty channel`);
      held[channel as number] = (held[channel as number] as number) - 1;
    }
    const { gives } = network.operators[operator] as FlowNetwork['operators'][number];
    assert.equal(gives.least, gives.most, 'only for operators that give a fixed number');
    for (let result = 0; result < gives.most; result++)
      network.channels.forEach((one, index) => {
        if (one.from === operator) hands[operator]?.push(index);
      });
  }
  return { held, hands };
}

describe('flow control', () => {
  it('finds the classic deadlock: a FlatMap of two in a loop with one place for feedback', () => {
    const network = classic('1');
    const answer = answerFlowControl(network);
    assert.equal(answer.verdict, 'deadlock');
    assert.ok(answer.trace?.shortest);
    const { held, hands } = play(network, answer.trace.steps);
    const cycle = answer.trace.wait;
    assert.deepEqual(cycle.map(({ operator }) => operator).sort(), [1, 2, 3, 4], 'entry, FlatMap, tail and head wait for each other');
    cycle.forEach(({ operator, channel }, at) => {
      assert.equal(hands[operator]?.[0], channel);
      assert.equal(held[channel], network.channels[channel]?.capacity, 'the channel is full');
      assert.equal(network.channels[channel]?.to, cycle[(at + 1) % cycle.length]?.operator, 'its consumer is the next in the circle');
    });
    const machine = new FlowMachine(network);
    const end = answer.trace.steps.reduce((state, step) => machine.apply(state, step), machine.initial());
    assert.ok(machine.steps(end).every((step) => !cycle.some(({ operator }) => operator === step.operator)));
  });

  it('has a trace of the same length as the brute force for the classic case', () => {
    const network = classic('1');
    const brute = bruteForce(network, 400_000);
    assert.deepEqual([brute.deadlock, brute.distance], [true, answerFlowControl(network).trace?.steps.length]);
  });

  it('proves that spilling breaks it, whatever the amplification', () => {
    for (const gives of ['1', '2', '0..3']) {
      assert.equal(answerSpilled(classic('1', gives))?.verdict, 'impossible', gives);
      assert.equal(answerFlowControl(classic('inf', gives)).verdict, 'impossible', gives);
    }
  });

  const small: [string, FlowNetwork, 'deadlock' | 'impossible'][] = [
    [
      'a DAG with a fork and a join',
      sketch({ operators: ['source', 'a', 'b', 'sink'], channels: ['0>1 1', '0>2 1', '1>3 1', '2>3 1'] }),
      'impossible',
    ],
    ['a loop that gives nothing back', sketch({ operators: ['source', 'a*0', 'b'], channels: ['0>1 1', '1>2 1', '~2>1 1'] }), 'impossible'],
    [
      'a loop that keeps every record, endless source',
      sketch({ operators: ['source', 'a', 'b'], channels: ['0>1 1', '1>2 1', '~2>1 1'] }),
      'deadlock',
    ],
    ['the same with as many records as fit', sketch({ operators: ['source 3', 'a', 'b'], channels: ['0>1 1', '1>2 1', '~2>1 1'] }), 'impossible'],
    ['the same with one more', sketch({ operators: ['source 4', 'a', 'b'], channels: ['0>1 1', '1>2 1', '~2>1 1'] }), 'deadlock'],
    ['a loop that nothing comes into', sketch({ operators: ['a', 'b'], channels: ['0>1 1', '~1>0 1'] }), 'impossible'],
    [
      'an inner loop when the outer one spills',
      sketch({ operators: ['source', 'outer', 'inner', 'body'], channels: ['0>1 1', '1>2 1', '2>3 1', '~3>2 1', '~3>1 inf'] }),
      'deadlock',
    ],
    [
      'a blocked loop beside a branch that flows on',
      sketch({ operators: ['source', 'a', 'b', 'source', 'sink'], channels: ['0>1 1', '1>2 1', '~2>1 1', '3>4 1'] }),
      'deadlock',
    ],
  ];
  for (const [what, network, verdict] of small) {
    it(`says ${verdict} for ${what}`, () => {
      assert.equal(answerFlowControl(network).verdict, verdict);
      const brute = bruteForce(network, 100_000);
      if (brute.complete) assert.equal(brute.deadlock, verdict === 'deadlock', 'brute force');
    });
  }

  it('says that it does not know when the bound is too small to tell', () => {
    // How many records the second loop gets does not follow from the structure: those of the first come round again.
    const network = sketch({
      operators: ['source 3', 'a*0..1', 'b*0..1', 'c', 'd'],
      channels: ['0>1 4', '1>2 4', '~2>1 4', '2>3 4', '3>4 4000', '~4>3 4000'],
    });
    const answer = answerFlowControl(network, 6);
    assert.deepEqual(
      answer.cycles.map(({ verdict, method, condition }) => [verdict, method, condition.blocks]),
      [
        ['impossible', 'structure', false],
        ['undecided', 'none', null],
      ],
    );
    assert.deepEqual([answer.verdict, answer.reason], ['undecided', 'states-left']);
  });

  it('agrees with a brute force on 500 random networks, on the answer and on the fewest steps', function () {
    this.timeout(120_000);
    const next = random(20_150_511);
    const seen: Record<string, number> & { deadlock: number; impossible: number; skipped: number } = { deadlock: 0, impossible: 0, skipped: 0 };
    for (let made = 0; made < 500; ) {
      const network = randomNetwork(next);
      const brute = bruteForce(network, 4_000);
      if (!brute.complete) {
        seen.skipped++;
        assert.ok(seen.skipped < 700, 'too many networks are too large');
        continue;
      }
      made++;
      const told = JSON.stringify(network);
      const answer = answerFlowControl(network);
      const verdict = brute.deadlock ? 'deadlock' : 'impossible';
      seen[verdict]++;
      assert.equal(answer.verdict, verdict, told);
      // What follows from the structure, against all states.
      for (const { condition } of answer.cycles)
        seen[`${condition.condition.kind} ${condition.blocks}`] = (seen[`${condition.condition.kind} ${condition.blocks}`] ?? 0) + 1;
      const blocks = answer.cycles.map(({ condition }) => condition.blocks);
      if (blocks.includes(true)) assert.ok(brute.deadlock, `structure: ${told}`);
      else if (!blocks.includes(null)) assert.ok(!brute.deadlock, `structure: ${told}`);
      if (brute.deadlock) assert.deepEqual([answer.trace?.shortest, answer.trace?.steps.length], [true, brute.distance], told);
      // The smaller networks on their own.
      const cycles = boundedCycles(network);
      const part = (make: typeof reduced) =>
        cycles.map((cycle) => make(network, cycle)).map((one) => explore(new FlowMachine(one.network, one), 200_000).verdict);
      assert.equal(part(reduced).includes('deadlock'), brute.deadlock, `reduced: ${told}`);
      if (brute.deadlock) assert.ok(part(isolated).includes('deadlock'), `isolated: ${told}`);
      const free = bruteForce(spilled(network), 4_000);
      const cut = answerSpilled(network);
      if (free.complete && cut !== null) assert.equal(cut.verdict === 'deadlock', free.deadlock, `spilled: ${told}`);
    }
    assert.ok(seen.deadlock > 100 && seen.impossible > 100, JSON.stringify(seen));
    for (const kind of ['grows true', 'fills true', 'fills false', 'kept-free false', 'no-entry false'])
      assert.ok((seen[kind] ?? 0) > 20, `${kind}: ${JSON.stringify(seen)}`);
  });

  it('needs as many records from outside as a ring has places and operators', () => {
    for (const [first, second] of [
      [1, 1],
      [2, 1],
      [2, 3],
    ] as const) {
      const ring = (records: number) => sketch({ operators: [`source ${records}`, 'a', 'b'], channels: ['0>1 1', `1>2 ${first}`, `~2>1 ${second}`] });
      const needed = first + second + 2;
      const [cycle] = answerFlowControl(ring(needed)).cycles;
      assert.deepEqual(cycle?.condition.condition, { kind: 'fills', places: first + second, operators: 2 });
      assert.equal(answerFlowControl(ring(needed)).verdict, 'deadlock');
      assert.equal(answerFlowControl(ring(needed - 1)).verdict, 'impossible');
      assert.equal(bruteForce(ring(needed), 100_000).deadlock, true);
      assert.equal(bruteForce(ring(needed - 1), 100_000).deadlock, false);
    }
  });

  it('proves a length that no way can beat, and more with as many states than a search breadth first', () => {
    for (const gives of ['1', '2']) {
      const network = classic(gives);
      const shortest = explore(new FlowMachine(network), 100_000).steps.length;
      assert.equal(informed(new FlowMachine(network), 100_000)?.steps.length, shortest);
      for (const bound of [20, 60]) {
        const ahead = informed(new FlowMachine(network), bound);
        const broad = explore(new FlowMachine(network), bound);
        assert.ok(ahead !== null && ahead.searched >= broad.searched && ahead.searched < shortest, `${gives} ${bound}`);
      }
    }
    const open = { ...classic('1'), channels: classic('1').channels.map((channel) => ({ ...channel, capacity: null })) };
    assert.equal(informed(new FlowMachine(open), 100), null);
  });

  it('shortens a way that was found by walking, says what none can beat, and tells it in phases', () => {
    const network = classic('1');
    const answer = answerFlowControl(network, 50);
    const trace = answer.trace;
    assert.ok(trace);
    const shortest = answerFlowControl(network).trace?.steps.length ?? 0;
    assert.ok(!trace.shortest && trace.atLeast > 1 && trace.atLeast <= shortest && trace.steps.length >= shortest);
    play(network, trace.steps);
    const machine = new FlowMachine(network);
    assert.deepEqual(minimised(machine, trace).steps, trace.steps, 'nothing is left to leave out');
    const phases = phasesOf(network, trace);
    assert.deepEqual(phases.map(({ channel }) => channel).sort(), trace.wait.map(({ channel }) => channel).sort());
    assert.equal(phases[0]?.from, 0);
    phases.forEach((phase, at) => {
      assert.equal(phase.to + 1, phases[at + 1]?.from ?? trace.steps.length);
    });
    assert.equal(
      phases.reduce((sum, { records }) => sum + records, 0),
      trace.steps.filter(({ kind }) => kind === 'emit').length,
    );
  });
});
