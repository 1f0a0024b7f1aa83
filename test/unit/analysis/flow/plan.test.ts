import assert from 'node:assert/strict';
import type { SimulationDocument } from '../../../../common/simulation.ts';
import { answerFlowControl } from '../../../../server/src/core/analysis/flow/deadlockSearch.ts';
import { amplificationText, readAmplification } from '../../../../server/src/core/analysis/flow/network.ts';
import { DEFAULT_PARAMETERS, type FlowParameters, networkOf } from '../../../../server/src/core/analysis/flow/networkOfPlan.ts';
import { viewOf } from '../../../../server/src/core/analysis/jobgraph/jobView.ts';
import { jobGraphKind } from '../../../../server/src/core/kinds/jobGraph.ts';
import { simulationDocument } from '../../../../server/src/core/views/flow/document.ts';
import { analyse, executionPlan } from '../../jobgraph/helpers.ts';

const LOOP = executionPlan(`
  1 Source: numbers
  2 Map <- 1:FORWARD -3:REBALANCE
  4 Flat Map <- 2:FORWARD
  5 Filter <- 4:FORWARD
  -3 IterationSource-2
  -4 IterationSink-2 <- 5:FORWARD
  6 Sink: out <- 4:FORWARD`);

const DAG = executionPlan(`
  1 Source: numbers
  2 Map <- 1:FORWARD
  3 Sink: out <- 2:FORWARD`);

async function modelOf(text: string, parameters: Partial<FlowParameters> = {}) {
  const analysis = await analyse(text);
  assert.ok(analysis.primary);
  return networkOf(viewOf(analysis, analysis.primary), { ...DEFAULT_PARAMETERS, ...parameters });
}

describe('flow control of a plan', () => {
  it('takes kinds, capacities and amplification from the plan', async () => {
    const { network, errors } = await modelOf(LOOP);
    assert.deepEqual(errors, []);
    const told = network.operators.map((operator) => `${operator.name}: ${operator.kind} ${amplificationText(operator.gives)}`);
    assert.deepEqual(told.sort(), [
      'Filter: operator 0..1',
      'Flat Map: operator 2',
      'IterationSink-2: tail 1',
      'IterationSource-2: head 1',
      'Map: operator 1',
      'Sink: out: sink 1',
      'Source: numbers: source 1',
    ]);
    const name = (operator: number) => network.operators[operator]?.name;
    const feedback = network.channels.filter((channel) => channel.feedback);
    assert.deepEqual(
      feedback.map(({ from, to, capacity }) => [name(from), name(to), capacity]),
      [['IterationSink-2', 'IterationSource-2', 1]],
    );
    assert.ok(network.channels.every((channel) => channel.feedback || channel.capacity === 2));
  });

  const changes: [string, Partial<FlowParameters>, RegExp][] = [
    ['an exchange by ids', { capacities: ['4>5=7'] }, /Flat Map>Filter 7/],
    ['an exchange by parts of names', { capacities: ['flat->filt=7'] }, /Flat Map>Filter 7/],
    ['all exchanges', { capacities: ['5'] }, /Map>Flat Map 5/],
    ['all feedback queues', { capacities: ['feedback=9'] }, /IterationSink-2>IterationSource-2 9/],
    ['feedback without a bound', { capacities: ['feedback=unbounded'] }, /IterationSink-2>IterationSource-2 null/],
    ['feedback that spills', { spill: true }, /IterationSink-2>IterationSource-2 null/],
  ];
  for (const [what, parameters, expected] of changes) {
    it(`sets ${what}`, async () => {
      const { network, errors } = await modelOf(LOOP, parameters);
      assert.deepEqual(errors, []);
      const name = (operator: number) => network.operators[operator]?.name;
      assert.match(network.channels.map(({ from, to, capacity }) => `${name(from)}>${name(to)} ${capacity}`).join('\n'), expected);
    });
  }

  for (const [what, parameters, expected] of [
    ['an operator that is not there', { amplifications: ['Nobody=2'] }, 'no-such-operator'],
    ['a part of several names', { amplifications: ['Map=2', 'a=2'] }, 'ambiguous-operator'],
    ['an amplification that is none', { amplifications: ['4=many'] }, 'not-an-amplification'],
    ['a capacity that is none', { capacities: ['0'] }, 'not-a-capacity'],
    ['an edge that is not there', { capacities: ['1>6=2'] }, 'no-such-edge'],
  ] as [string, Partial<FlowParameters>, string][]) {
    it(`complains of ${what}`, async () => {
      const { errors } = await modelOf(LOOP, parameters);
      assert.deepEqual(
        errors.map(({ code }) => code),
        [expected],
      );
    });
  }

  it('states its assumptions, those that the plan calls for', async () => {
    const codes = async (text: string, parameters: Partial<FlowParameters> = {}) =>
      (await modelOf(text, parameters)).assumptions.map(({ code }) => code);
    const always = ['one-task-an-operator', 'exclusive-buffers', 'sources', 'amplification'];
    assert.deepEqual(await codes(DAG), [...always, 'not-chained', 'no-watermarks']);
    assert.deepEqual(await codes(LOOP), [...always, 'iterate-queue', 'not-chained', 'no-watermarks']);
    assert.deepEqual(await codes(LOOP, { spill: true }), [...always, 'feedback-spills', 'not-chained', 'no-watermarks']);
    const { assumptions } = await modelOf(LOOP);
    assert.deepEqual(assumptions.find(({ code }) => code === 'amplification')?.facts, { guesses: ['expanding', 'filtering'], copies: null });
  });

  it('gives flink-ml feedback no bound', async () => {
    const plan = executionPlan(`
      1 Source: data
      2 head-data <- 1:FORWARD
      3 train <- 2:FORWARD
      4 tail-train <- 3:FORWARD
      5 output <- 3:FORWARD`);
    const model = await modelOf(plan);
    assert.deepEqual(
      model.network.channels.filter((channel) => channel.feedback).map((channel) => channel.capacity),
      [null],
    );
    assert.equal(answerFlowControl(model.network).verdict, 'impossible');
    assert.ok(model.assumptions.some(({ code }) => code === 'feedback-unbounded'));
  });

  for (const [text, expected] of [
    ['2', '2..2 2'],
    ['0.5', '0..1 0.5'],
    ['1.25', '1..2 1.25'],
    ['0..3', '0..3 1.5'],
    ['3..1', 'null'],
    ['-1', 'null'],
    ['x', 'null'],
    ['', 'null'],
  ] as const) {
    it(`reads the amplification "${text}"`, () => {
      const read = readAmplification(text);
      assert.equal(read === null ? 'null' : `${read.least}..${read.most} ${read.mean}`, expected);
    });
  }
});

describe('the simulation document of a job graph', () => {
  const ask = async (text: string, values?: Record<string, string | number>): Promise<SimulationDocument> => {
    const analysis = await analyse(text);
    const answer = simulationDocument(analysis, null, values);
    assert.ok(answer);
    return answer;
  };

  it('is offered by the kind', () => {
    assert.equal(jobGraphKind.documents.simulation, simulationDocument);
  });

  it('plays the deadlock on nodes and edges that the graph has', async () => {
    const analysis = await analyse(LOOP);
    const graph = jobGraphKind.graphs.job?.(analysis);
    const { trace, view, form } = await ask(LOOP);
    assert.equal(view, 'job');
    assert.ok(trace !== null && trace.steps.length > 3);
    const nodes = new Set(graph?.nodes.map((node) => node.id));
    const edges = new Set(graph?.edges.map((edge) => edge.id));
    for (const step of trace.steps) {
      for (const id of step.highlightNodes) assert.ok(nodes.has(id), id);
      for (const id of step.highlightEdges) assert.ok(edges.has(id), id);
      for (const badge of step.badges) assert.ok(nodes.has(badge.id) || edges.has(badge.id), badge.id);
    }
    const last = trace.steps.at(-1);
    assert.match(last?.title ?? '', /^Deadlock: /);
    assert.equal(last?.highlightNodes.length, last?.highlightEdges.length);
    const full = last?.badges.filter((badge) => last.highlightEdges.includes(badge.id)) ?? [];
    assert.equal(full.length, last?.highlightEdges.length, 'every channel of the circle shows its fill');
    for (const { text, tone } of full) {
      const [held, capacity] = text.split('/');
      assert.equal(held, capacity);
      assert.equal(tone, 'bad');
    }
    assert.equal(form.result[0]?.tone, 'bad');
    assert.match(form.result.map((line) => line.text).join('\n'), /Assumptions: /);
    assert.deepEqual(
      form.table?.rows.filter(([label]) => label?.startsWith('Feedback')).map((row) => row.length),
      [4, 4],
      'as it is and spilling, three policies each',
    );
    assert.match(form.plot ?? '', /^<svg [^>]*>\n<title>/);
  });

  it('answers the values that come back from its form', async () => {
    const spilling = await ask(LOOP, { spill: 'yes', policy: 'feedback-first' });
    assert.equal(spilling.trace, null);
    assert.equal(spilling.form.result[0]?.tone, 'good');
    const field = (document: SimulationDocument, id: string) => document.form.fields.find((one) => one.id === id)?.value;
    assert.equal(field(spilling, 'spill'), 'yes');
    assert.equal(field(spilling, 'policy'), 'feedback-first');
    const flatMap = spilling.form.fields.find((one) => one.label.includes('Flat Map'));
    assert.ok(flatMap);
    const calm = await ask(LOOP, { [flatMap.id]: 0 });
    assert.equal(field(calm, flatMap.id), 0);
    assert.equal(calm.form.result[0]?.tone, 'good', 'nothing comes back');
    const few = await ask(LOOP, { records: 1, [flatMap.id]: 1 });
    assert.equal(few.form.result[0]?.tone, 'good', 'one record does not fill the loop');
  });

  it('takes unusable values for none', async () => {
    assert.deepEqual(await ask(LOOP, { policy: 'nonsense', capacity: 'x', records: -5, seed: Number.NaN }), await ask(LOOP));
  });

  it('shows how a job without a loop ends', async () => {
    const { trace, form } = await ask(DAG);
    assert.equal(trace, null);
    assert.equal(form.table, undefined);
    assert.match(form.result.map((line) => line.text).join('\n'), /topological order: Source: numbers → Map → Sink: out\./);
  });
});
