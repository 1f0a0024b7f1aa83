import { FlowMachine, type FlowStep } from '../../analysis/flow/machine.ts';
import type { FlowChannel, FlowNetwork } from '../../analysis/flow/network.ts';
import type { Simulation } from '../../analysis/flow/simulation.ts';
import type { PolicyComparison } from '../../analysis/flow/starvation.ts';
import { DEFAULT_TERMINATION, type TerminationAnswer } from '../../analysis/flow/termination.ts';
import type { Message } from '../../analysis/flow/terminationRun.ts';
import { policyName } from './simulationPlot.ts';

/** What a simulation found, in sentences: shared by the command line and the panel. */

export const name = (network: FlowNetwork, operator: number): string => network.operators[operator]?.name ?? 'the coordinator';

export function channelName(network: FlowNetwork, channel: number): string {
  const { from, to, feedback } = network.channels[channel] as FlowChannel;
  return `${feedback ? 'feedback ' : ''}${name(network, from)} → ${name(network, to)}`;
}

function stepText(network: FlowNetwork, step: FlowStep): string {
  const who = name(network, step.operator);
  if (step.channel === null) return `${who} takes a record from outside`;
  const channel = network.channels[step.channel] as FlowChannel;
  if (step.kind === 'take') return `${who} takes a record from ${name(network, channel.from)}`;
  return `${who} puts a record into the ${channel.feedback ? 'feedback queue' : 'buffers'} to ${name(network, channel.to)}`;
}

/** A state along a trace. */
export interface Moment {
  step: FlowStep;
  text: string;
  /** Channels that hold records, with how many. */
  fills: { channel: number; fill: number }[];
  /** Operators that hold a result for a full channel, with that channel. */
  blocked: { operator: number; channel: number }[];
}

/** The trace with the buffers after every step. */
export function replay(network: FlowNetwork, steps: readonly FlowStep[]): Moment[] {
  const machine = new FlowMachine(network);
  let state = machine.initial();
  return steps.map((step) => {
    state = machine.apply(state, step);
    const fills: Moment['fills'] = [];
    network.channels.forEach((_, channel) => {
      const fill = machine.fill(state, channel);
      if (fill > 0) fills.push({ channel, fill });
    });
    const blocked: Moment['blocked'] = [];
    network.operators.forEach((_, operator) => {
      const channel = machine.pending(state, operator);
      if (channel >= 0 && !machine.hasRoom(state, channel)) blocked.push({ operator, channel });
    });
    return { step, text: stepText(network, step), fills, blocked };
  });
}

export const capacityText = ({ capacity }: FlowChannel): string => (capacity === null ? 'no bound' : String(capacity));

export function verdictText({ flow, spilled, model: { network } }: Simulation): { text: string; bad: boolean | null } {
  if (flow.verdict === 'impossible') return { text: `Deadlock: impossible within the model. ${flow.reason}`, bad: false };
  if (flow.verdict === 'undecided')
    return { text: `Deadlock: undecided at the bound of ${flow.bound.toLocaleString('en')} states. ${flow.reason}`, bad: null };
  const length =
    flow.trace === null
      ? ''
      : ` ${flow.trace.shortest ? 'The shortest trace has' : 'A trace, not the shortest for certain, has'} ${flow.trace.steps.length} steps.`;
  const wait = flow.trace?.wait.map((one) => name(network, one.operator)).join(' → ');
  const circle = wait === undefined ? '' : ` In the end ${wait} wait in a circle, each for room in the buffers to the next.`;
  return { text: `Deadlock: reachable. ${flow.reason}${length}${circle}${spillText(spilled)}`, bad: true };
}

function spillText(spilled: Simulation['spilled']): string {
  if (spilled === null) return '';
  if (spilled.verdict === 'impossible') return ' With feedback that spills to disk it is impossible.';
  if (spilled.verdict === 'deadlock') return ' Spilling the feedback edges does not help: the circular wait runs over other edges as well.';
  return ' Whether spilling the feedback edges helps is undecided at the bound.';
}

/** How each cycle was decided, one line a cycle. */
export function exploredLines({ flow, model: { network } }: Simulation): string[] {
  const methods = {
    isolated: 'the cycle alone, with records always at hand where they can come in: all states',
    exact: 'everything that the cycle depends on',
    reduced: 'made smaller without changing the answer: operators that only hand on became places of a buffer',
    walk: 'walks that flood the job',
    none: 'given up at the bound',
  };
  return flow.cycles.map(({ operators, verdict, method, states, size }) => {
    const names = operators.slice(0, 6).map((operator) => name(network, operator));
    const more = operators.length > 6 ? ` and ${operators.length - 6} more` : '';
    return `${names.join(', ')}${more}: ${verdict}; ${states.toLocaleString('en')} states of ${size.operators} operators and ${size.channels} channels (${methods[method]})`;
  });
}

export const POLICY_COLUMNS = [
  'Feedback',
  'Policy',
  'Longest wait of new records',
  'Loop latency (most)',
  'Taken in / 100 ticks',
  'Out / 100 ticks',
  'Spilled at peak',
  'End',
];

export function policyRows(simulation: Simulation): string[][] {
  const rows = (comparison: PolicyComparison | null): string[][] =>
    (comparison?.runs ?? []).map((run) => [
      comparison?.spill === true ? 'spills' : 'as it is',
      policyName(run.policy),
      `${run.longestWait} ticks`,
      run.loopLatency.count === 0 ? 'none went round' : `${run.loopLatency.mean.toFixed(1)} (${run.loopLatency.most}) ticks`,
      run.takenIn.toFixed(1),
      run.delivered.toFixed(1),
      String(run.spilledPeak),
      run.stoppedAt === null ? `ran ${run.ticks} ticks` : `stands still from tick ${run.stoppedAt}`,
    ]);
  return [...rows(simulation.policies), ...rows(simulation.policiesSpilled)];
}

export function terminationLines(simulation: Simulation): string[] {
  const { termination, model, iterates } = simulation;
  const { network } = model;
  const { protocol, released, order, operators } = termination;
  if (simulation.loops === 0) {
    const rows = order.slice(0, 8).map((row) => nameList(network, row));
    return [
      `No loop: when all sources are done the operators end in topological order: ${rows.join(' → ')}${order.length > 8 ? ` → … (${order.length} steps)` : ''}.`,
    ];
  }
  if (protocol === null) return [`The end was not played: ${operators} operators are too many.`];
  const lines = [
    `With the protocol of FLIP-15: ${protocol.ended ? `ends after ${count(protocol.rounds, 'status round')} and ${protocol.messageCount} messages, ${protocol.lost === 0 ? 'nothing' : count(protocol.lost, 'record')} lost.` : 'was given up before the end.'}`,
    ...protocol.working.map(
      (working, round) =>
        `Round ${round + 1}: ${working.length === 0 ? 'all idle; sources and heads are stopped' : `working: ${nameList(network, working)}`}.`,
    ),
  ];
  if (released !== null && iterates) lines.push(...releasedLines(released));
  const { records, turns, pause } = DEFAULT_TERMINATION;
  lines.push(
    `Played with ${records} records of each source, one every ${pause} ticks, that go back ${turns} times at most and take one way out of each operator, through queues without a bound.`,
  );
  return lines;
}

function releasedLines({ longestSilence, outcomes }: NonNullable<TerminationAnswer['released']>): string[] {
  const lossy = outcomes.filter(({ lost }) => lost > 0);
  const clean = outcomes.find(({ wait, endedAt, lost }) => wait > 0 && endedAt !== null && lost === 0);
  const told = lossy.map(({ wait, lost }) => `${count(lost, 'record')} lost with a wait of ${count(wait, 'tick')}`);
  if (clean !== undefined) told.push(`nothing lost with ${count(clean.wait, 'tick')}`);
  return [
    'Released Flink has no such protocol. A loop of iterate() without a wait time never ends.',
    `A loop of iterate(wait) ends when no feedback came for that time, whatever is still on its way: here ${told.join(', ')} (the longest silence was ${count(longestSilence, 'tick')}).`,
  ];
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

function nameList(network: FlowNetwork, operators: readonly number[]): string {
  const names = operators.slice(0, 5).map((operator) => name(network, operator));
  return operators.length > 5 ? `${names.join(', ')} and ${operators.length - 5} more` : names.join(', ');
}

export function messageText(network: FlowNetwork, { tick, kind, round, from, to }: Message): string {
  const at = `tick ${tick}: `;
  switch (kind) {
    case 'completed':
      return `${at}${name(network, from)} has no further record`;
    case 'status':
      return `${at}status ${round} from ${name(network, from)} to ${name(network, to)}`;
    case 'idle':
    case 'working':
      return `${at}${name(network, from)} answers "${kind}" to status ${round}`;
    case 'stop':
      return `${at}the coordinator stops ${name(network, to)}`;
    default:
      return `${at}${name(network, from)} ends`;
  }
}
