import type { Tone } from '../../../../../common/graph.ts';
import type { FormValues, SimulationDocument, Step, WhatIfField } from '../../../../../common/simulation.ts';
import type { FlowTrace, Verdict } from '../../analysis/flow/deadlockSearch.ts';
import { type FlowNetwork, POLICIES, type Policy } from '../../analysis/flow/network.ts';
import { DEFAULT_PARAMETERS, type FlowModel, type FlowParameters, networkOf } from '../../analysis/flow/networkOfPlan.ts';
import { phasesOf } from '../../analysis/flow/phases.ts';
import { boundedCycles, upstreamOf } from '../../analysis/flow/reduce.ts';
import { DEFAULT_OPTIONS, type Simulation, simulate } from '../../analysis/flow/simulation.ts';
import type { PolicyComparison, PolicyRun } from '../../analysis/flow/starvation.ts';
import { viewOf } from '../../analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import { edgeId, vertexNode } from '../../nodeIds/job.ts';
import { say } from '../../wording.ts';
import { conditionLines, exploredLines, type Moment, name, phaseText, replay, terminationLines, verdictText } from './answers.ts';
import { queuePlot } from './plot.ts';
import { FLOW_WORDS as WORDS } from './words.ts';

/** A trace of more steps is played by its phases. */
const MAX_STEPS = 40;
/** Operators whose amplification the form offers. */
const MAX_FIELDS = 10;

/** The document "simulation" of a job graph. `parameters` are the values of the form by field id, none at first; null without a plan. */
export function simulationDocument(analysis: JobGraphAnalysis, _place: unknown, parameters: FormValues | undefined): SimulationDocument | null {
  const { primary } = analysis;
  if (primary === null) return null;
  const view = viewOf(analysis, primary);
  const values = parameters ?? {};
  const asItIs = networkOf(view);
  const offered = offeredOperators(asItIs.network);
  const chosen = read(values, asItIs, offered);
  const simulation = simulate(view, chosen, { ...DEFAULT_OPTIONS, seed: numberOf(values['seed'], DEFAULT_OPTIONS.seed) });
  const plan = analysis.plans.indexOf(primary);
  const plotted = simulation.policiesSpilled ?? simulation.policies;
  return {
    view: 'job',
    trace: simulation.flow.trace === null ? null : { title: WORDS.trace.title, steps: stepsOf(simulation, plan) },
    form: {
      title: WORDS.form.title,
      fields: fieldsOf(values, asItIs, offered),
      result: resultOf(simulation),
      ...(plotted === null ? {} : { table: policyTable(simulation), plot: queuePlot(plotted) }),
    },
  };
}

/** Operators of loops, then those before them: their amplification decides. */
function offeredOperators(network: FlowNetwork): number[] {
  const loops = boundedCycles({ ...network, channels: network.channels.map((channel) => ({ ...channel, capacity: 1 })) }).flat();
  const plain = (operator: number): boolean => network.operators[operator]?.kind === 'operator';
  const before = [...upstreamOf(network, loops)].filter((operator) => !loops.includes(operator));
  return [...loops, ...before].filter(plain).slice(0, MAX_FIELDS);
}

const capacityOf = ({ network }: FlowModel, feedback: boolean): number =>
  network.channels.find((channel) => channel.feedback === feedback && channel.capacity !== null)?.capacity ?? (feedback ? 1 : 2);

function fieldsOf(values: FormValues, model: FlowModel, offered: number[]): WhatIfField[] {
  const { form: words } = WORDS;
  const number = (id: string, label: string, start: number, minimum: number, maximum: number, step = 1): WhatIfField => ({
    id,
    label,
    kind: 'number',
    value: numberOf(values[id], start),
    minimum,
    maximum,
    step,
  });
  return [
    {
      id: 'policy',
      label: words.policy,
      kind: 'choice',
      value: policyOf(values['policy']),
      options: POLICIES.map((policy) => ({ value: policy, label: WORDS.policies[policy].choice })),
    },
    {
      id: 'spill',
      label: words.spill,
      kind: 'choice',
      value: values['spill'] === 'yes' ? 'yes' : 'no',
      options: [
        { value: 'no', label: words.no },
        { value: 'yes', label: words.yes },
      ],
    },
    number('feedback', words.feedback, capacityOf(model, true), 1, 50),
    number('capacity', words.capacity, capacityOf(model, false), 1, 50),
    number('records', words.records, 0, 0, 1000),
    ...offered.map((operator) => {
      const { gives, name: label } = model.network.operators[operator] as FlowNetwork['operators'][number];
      return number(`gives-${operator}`, words.gives(label, gives.least, gives.most), gives.mean, 0, 16, 0.5);
    }),
    number('seed', words.seed, 1, 0, 1_000_000),
  ];
}

function read(values: FormValues, model: FlowModel, offered: number[]): FlowParameters {
  const { network } = model;
  const capacities: string[] = [];
  const capacity = numberOf(values['capacity'], capacityOf(model, false));
  const feedback = numberOf(values['feedback'], capacityOf(model, true));
  if (capacity !== capacityOf(model, false)) capacities.push(String(capacity));
  // Feedback that has no bound by itself stays so until its field is changed.
  if (feedback !== capacityOf(model, true)) capacities.push(`feedback=${feedback}`);
  const records = numberOf(values['records'], 0);
  return {
    ...DEFAULT_PARAMETERS,
    capacities,
    policy: policyOf(values['policy']),
    spill: values['spill'] === 'yes',
    records: records === 0 ? null : records,
    amplifications: [],
    gives: new Map(
      offered.flatMap((operator) => {
        const { mean } = (network.operators[operator] as FlowNetwork['operators'][number]).gives;
        const value = numberOf(values[`gives-${operator}`], mean);
        return value === mean ? [] : [[operator, { least: Math.floor(value), most: Math.ceil(value), mean: value }] as const];
      }),
    ),
  };
}

const numberOf = (value: string | number | undefined, start: number): number => {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  return number === undefined || !Number.isFinite(number) || number < 0 ? start : number;
};

const policyOf = (value: unknown): Policy => POLICIES.find((policy) => policy === value) ?? 'none';

const TONES: Record<Verdict, Tone> = { deadlock: 'bad', undecided: 'warning', impossible: 'good' };

function resultOf(simulation: Simulation): { text: string; tone: Tone }[] {
  const { flow, model } = simulation;
  const neutral = (line: string): { text: string; tone: Tone } => ({ text: line, tone: 'neutral' });
  return [
    ...model.errors.map((error) => ({ text: say(WORDS.errors, error), tone: 'bad' as const })),
    { text: verdictText(simulation), tone: TONES[flow.verdict] },
    ...conditionLines(simulation).slice(0, 3).map(neutral),
    ...exploredLines(simulation).slice(0, 3).map(neutral),
    ...terminationLines(simulation, false).map(neutral),
    neutral(WORDS.model.assumptions(model.assumptions.map((assumption) => say(WORDS.assumptions, assumption)))),
  ];
}

/** Policies side by side: the panel has room for few columns. */
function policyTable({ policies, policiesSpilled }: Simulation): { columns: string[]; rows: string[][] } {
  const { table: words } = WORDS;
  const rows = (comparison: PolicyComparison | null): string[][] => {
    if (comparison === null) return [];
    const row = (label: string, of: (run: PolicyRun) => string): string[] => [label, ...comparison.runs.map(of)];
    return [
      row(words.feedback(comparison.spill), (run) => words.end(run.ticks, run.stoppedAt)),
      row(words.longestWait, (run) => String(run.longestWait)),
      row(words.latency, (run) => (run.loopLatency.count === 0 ? '–' : `${run.loopLatency.mean.toFixed(1)} (${run.loopLatency.most})`)),
      row(words.takenIn, (run) => run.takenIn.toFixed(1)),
      row(words.delivered, (run) => run.delivered.toFixed(1)),
      row(words.spilledPeak, (run) => String(run.spilledPeak)),
    ];
  };
  return { columns: [words.policy, ...POLICIES.map((policy) => WORDS.policies[policy].column)], rows: [...rows(policies), ...rows(policiesSpilled)] };
}

/**
 * The trace as it is played on the graph: who acts, what the buffers hold, and in the end who waits for whom. A long one
 * is told by its phases, each with what stands at its end.
 */
function stepsOf({ flow, model: { network } }: Simulation, plan: number): Step[] {
  if (flow.trace === null) return [];
  const { steps, wait } = flow.trace;
  const moments = replay(network, steps);
  const last = moments.at(-1);
  if (last === undefined) return [];
  const played =
    moments.length <= MAX_STEPS ? moments.map((moment) => stepOf(network, moment, plan)) : phaseSteps(network, flow.trace, moments, plan);
  return [
    ...played,
    {
      ...stepOf(network, last, plan),
      title: WORDS.trace.end(wait.map(({ operator }) => name(network, operator))),
      highlightNodes: wait.map(({ operator }) => nodeOf(network, operator, plan)),
      highlightEdges: wait.map(({ channel }) => edgeOf(network, channel, plan)),
    },
  ];
}

function phaseSteps(network: FlowNetwork, trace: FlowTrace, moments: readonly Moment[], plan: number): Step[] {
  const phases = phasesOf(network, trace);
  return phases.flatMap((phase, index) => {
    const moment = moments[phase.to];
    if (moment === undefined) return [];
    return [
      {
        ...stepOf(network, moment, plan),
        title: phaseText(network, phase, index, phases.length),
        highlightNodes: [nodeOf(network, network.channels[phase.channel]?.from ?? -1, plan)],
        highlightEdges: [edgeOf(network, phase.channel, plan)],
      },
    ];
  });
}

function stepOf(network: FlowNetwork, { step, text, fills, blocked }: Moment, plan: number): Step {
  return {
    title: text,
    highlightNodes: [nodeOf(network, step.operator, plan)],
    highlightEdges: step.channel === null ? [] : [edgeOf(network, step.channel, plan)],
    badges: [
      ...fills.map(({ channel, fill }) => {
        const capacity = network.channels[channel]?.capacity ?? null;
        const tone: Tone = capacity !== null && fill >= capacity ? 'bad' : 'info';
        return { id: edgeOf(network, channel, plan), text: `${fill}/${capacity ?? '∞'}`, tone };
      }),
      ...blocked.map(({ operator }) => ({ id: nodeOf(network, operator, plan), text: WORDS.trace.waitsForRoom, tone: 'bad' as const })),
    ],
  };
}

const nodeOf = (network: FlowNetwork, operator: number, plan: number): string => vertexNode(plan, network.operators[operator]?.vertex ?? -1);
const edgeOf = (network: FlowNetwork, channel: number, plan: number): string => edgeId(plan, network.channels[channel]?.edge ?? -1, 0);
