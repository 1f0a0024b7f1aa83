import type { Tone } from '../../../../../common/graph.ts';
import type { FormValues, SimulationDocument, Step, WhatIfField } from '../../../../../common/simulation.ts';
import { type FlowNetwork, POLICIES, type Policy } from '../../analysis/flow/network.ts';
import { DEFAULT_PARAMETERS, type FlowModel, type FlowParameters, networkOf } from '../../analysis/flow/networkOfPlan.ts';
import { boundedCycles, upstreamOf } from '../../analysis/flow/reduce.ts';
import { type Simulation, simulate } from '../../analysis/flow/simulation.ts';
import type { PolicyComparison, PolicyRun } from '../../analysis/flow/starvation.ts';
import { JobView } from '../../analysis/jobgraph/jobView.ts';
import type { JobGraphAnalysis } from '../../analysis/jobgraph/model.ts';
import { edgeId, vertexNode } from '../../nodeIds/job.ts';
import { policyName, queuePlot } from './simulationPlot.ts';
import { exploredLines, type Moment, name, replay, terminationLines, verdictText } from './simulationWords.ts';

/** The panel answers while the user types, and the language server has one thread: states for all cycles together. */
const PANEL_BOUND = 40_000;
const PANEL_TICKS = 1500;
/** Steps that are sent to be played. */
const MAX_STEPS = 600;
/** Operators whose amplification the form offers. */
const MAX_FIELDS = 10;

/** The document "simulation" of a job graph. `parameters` are the values of the form by field id, none at first; null without a plan. */
export function simulationDocument(analysis: JobGraphAnalysis, _place: unknown, parameters: FormValues | undefined): SimulationDocument | null {
  const { primary } = analysis;
  if (primary === null) return null;
  const view = new JobView(primary, analysis.context, analysis.flinkVersion?.range ?? null, true);
  const values = parameters ?? {};
  const asItIs = networkOf(view);
  const offered = offeredOperators(asItIs.network);
  const chosen = read(values, asItIs, offered);
  const bound = Math.ceil(PANEL_BOUND / Math.max(1, boundedCycles(asItIs.network).length));
  const simulation = simulate(view, chosen, { bound, seed: numberOf(values['seed'], 1), ticks: PANEL_TICKS });
  const plan = analysis.plans.indexOf(primary);
  const plotted = simulation.policiesSpilled ?? simulation.policies;
  return {
    view: 'job',
    trace: simulation.flow.trace === null ? null : { title: 'How the job gets stuck', steps: stepsOf(simulation, plan) },
    form: {
      title: 'Flow control',
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

function fieldsOf(values: Record<string, string | number>, model: FlowModel, offered: number[]): WhatIfField[] {
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
      label: 'A loop reads first',
      kind: 'choice',
      value: policyOf(values['policy']),
      options: POLICIES.map((policy) => ({ value: policy, label: policy === 'none' ? 'either input' : policyName(policy) })),
    },
    {
      id: 'spill',
      label: 'Feedback spills to disk',
      kind: 'choice',
      value: values['spill'] === 'yes' ? 'yes' : 'no',
      options: [
        { value: 'no', label: 'no' },
        { value: 'yes', label: 'yes' },
      ],
    },
    number('feedback', 'Places of a feedback queue', capacityOf(model, true), 1, 50),
    number('capacity', 'Buffers of an exchange', capacityOf(model, false), 1, 50),
    number('records', 'Records of each source (0: no end)', 0, 0, 1000),
    ...offered.map((operator) => {
      const { gives, name: label } = model.network.operators[operator] as FlowNetwork['operators'][number];
      const range = gives.least === gives.most ? '' : ` (${gives.least} to ${gives.most})`;
      return number(`gives-${operator}`, `Records out for one in: ${label}${range}`, gives.mean, 0, 16, 0.5);
    }),
    number('seed', 'Seed of the simulation', 1, 0, 1_000_000),
  ];
}

function read(values: Record<string, string | number>, model: FlowModel, offered: number[]): FlowParameters {
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

function resultOf(simulation: Simulation): { text: string; tone: Tone }[] {
  const { text, bad } = verdictText(simulation);
  const tone: Tone = bad === null ? 'warning' : bad ? 'bad' : 'good';
  const neutral = (line: string): { text: string; tone: Tone } => ({ text: line, tone: 'neutral' });
  return [
    ...simulation.model.errors.map((error) => ({ text: error, tone: 'bad' as const })),
    { text, tone },
    ...exploredLines(simulation).slice(0, 3).map(neutral),
    ...terminationLines(simulation)
      .filter((line) => !line.startsWith('Round '))
      .map(neutral),
    neutral(`Assumptions: ${simulation.model.assumptions.join(' ')}`),
  ];
}

/** Policies side by side: the panel has room for few columns. */
function policyTable({ policies, policiesSpilled }: Simulation): { columns: string[]; rows: string[][] } {
  const rows = (comparison: PolicyComparison | null): string[][] => {
    if (comparison === null) return [];
    const row = (label: string, of: (run: PolicyRun) => string): string[] => [label, ...comparison.runs.map(of)];
    return [
      row(comparison.spill ? 'Feedback that spills' : 'Feedback as it is', (run) =>
        run.stoppedAt === null ? `runs ${run.ticks} ticks` : `stuck at ${run.stoppedAt}`,
      ),
      row('Longest wait of new records', (run) => String(run.longestWait)),
      row('Loop latency, mean (most)', (run) => (run.loopLatency.count === 0 ? '–' : `${run.loopLatency.mean.toFixed(1)} (${run.loopLatency.most})`)),
      row('Taken in per 100 ticks', (run) => run.takenIn.toFixed(1)),
      row('Out per 100 ticks', (run) => run.delivered.toFixed(1)),
      row('Spilled at peak', (run) => String(run.spilledPeak)),
    ];
  };
  return { columns: ['Policy', 'none', 'feedback first', 'while used up'], rows: [...rows(policies), ...rows(policiesSpilled)] };
}

/** The trace as it is played on the graph: who acts, what the buffers hold, and in the end who waits for whom. */
function stepsOf({ flow, model: { network } }: Simulation, plan: number): Step[] {
  if (flow.trace === null) return [];
  const { steps, wait } = flow.trace;
  const moments = replay(network, steps);
  const left = Math.max(0, moments.length - MAX_STEPS);
  const played = moments.slice(left).map((moment) => stepOf(network, moment, plan));
  if (left > 0 && played[0] !== undefined) played[0].title = `after ${left} steps that are left out: ${played[0].title}`;
  const last = moments[moments.length - 1];
  if (last === undefined) return played;
  const end = stepOf(network, last, plan);
  return [
    ...played,
    {
      ...end,
      title: `Deadlock: ${wait.map(({ operator }) => name(network, operator)).join(' → ')} → each waits for room in the buffers to the next`,
      highlightNodes: wait.map(({ operator }) => nodeOf(network, operator, plan)),
      highlightEdges: wait.map(({ channel }) => edgeOf(network, channel, plan)),
    },
  ];
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
      ...blocked.map(({ operator }) => ({ id: nodeOf(network, operator, plan), text: 'waits for room', tone: 'bad' as const })),
    ],
  };
}

const nodeOf = (network: FlowNetwork, operator: number, plan: number): string => vertexNode(plan, network.operators[operator]?.vertex ?? -1);
const edgeOf = (network: FlowNetwork, channel: number, plan: number): string => edgeId(plan, network.channels[channel]?.edge ?? -1, 0);
