import type { FlowAnswer } from '../../analysis/flow/deadlockSearch.ts';
import { FlowMachine, type FlowStep } from '../../analysis/flow/machine.ts';
import type { FlowChannel, FlowNetwork } from '../../analysis/flow/network.ts';
import type { Phase } from '../../analysis/flow/phases.ts';
import type { Simulation } from '../../analysis/flow/simulation.ts';
import type { PolicyComparison } from '../../analysis/flow/starvation.ts';
import { DEFAULT_TERMINATION, type TerminationAnswer } from '../../analysis/flow/termination.ts';
import type { Message } from '../../analysis/flow/terminationRun.ts';
import { sentences } from '../../wording.ts';
import { FLOW_WORDS as WORDS } from './words.ts';

/** What a simulation found, in lines: shared by the command line and the panel. */

/** Operators that a line names before it counts the rest. */
const MAX_NAMES = 5;
const MAX_CYCLE_NAMES = 6;
/** Rows of the order in which operators end. */
const MAX_ROWS = 8;

export const name = (network: FlowNetwork, operator: number): string => network.operators[operator]?.name ?? WORDS.coordinator;

export function channelName(network: FlowNetwork, channel: number): string {
  const { from, to, feedback } = network.channels[channel] as FlowChannel;
  return WORDS.channel(name(network, from), name(network, to), feedback);
}

function stepText(network: FlowNetwork, step: FlowStep): string {
  const channel = step.channel === null ? undefined : network.channels[step.channel];
  const end = (operator: number | undefined): string => (operator === undefined ? '' : name(network, operator));
  return WORDS.steps[step.kind](name(network, step.operator), end(channel?.from), end(channel?.to), channel?.feedback === true);
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

export const capacityText = ({ capacity }: FlowChannel): string => (capacity === null ? WORDS.noBound : String(capacity));

export const reasonText = ({ reason, states }: FlowAnswer): string => WORDS.reasons[reason](states);

/** The answer in one paragraph. */
export function verdictText({ flow, spilled, model: { network } }: Simulation): string {
  const said = [WORDS.verdicts[flow.verdict]({ reason: reasonText(flow), bound: flow.bound })];
  if (flow.verdict !== 'deadlock') return sentences(said);
  if (flow.trace !== null) {
    const { steps, shortest, atLeast, wait } = flow.trace;
    said.push(WORDS.trace.length(steps.length, shortest, atLeast), WORDS.trace.circle(wait.map((one) => name(network, one.operator))));
  }
  if (spilled !== null) said.push(WORDS.spilled[spilled.verdict]);
  return sentences(said);
}

/** For each cycle when it can block, one line a cycle. */
export function conditionLines({ flow, model: { network } }: Simulation): string[] {
  return flow.cycles.map(({ operators, condition: { condition, supply } }) => {
    const facts = { operator: condition.kind === 'grows' ? name(network, condition.operator) : '', supply: WORDS.supply(supply) };
    const sentence: (of: never, facts: { operator: string; supply: string }) => string = WORDS.conditions[condition.kind];
    return WORDS.condition(nameList(network, operators, MAX_CYCLE_NAMES), sentence(condition as never, facts));
  });
}

/** One phase of a trace in a line. */
export function phaseText(network: FlowNetwork, phase: Phase, index: number, count: number): string {
  const { capacity } = network.channels[phase.channel] as FlowChannel;
  const channel = channelName(network, phase.channel);
  return WORDS.trace.phase({ number: index + 1, count, channel, capacity, from: phase.from + 1, to: phase.to + 1, records: phase.records });
}

/** How each cycle was decided, one line a cycle. */
export function exploredLines({ flow, model: { network } }: Simulation): string[] {
  return flow.cycles.map(({ operators, verdict, method, states, size }) =>
    WORDS.cycle(nameList(network, operators, MAX_CYCLE_NAMES), verdict, method, states, size),
  );
}

export function policyRows(simulation: Simulation): string[][] {
  const { comparison: words } = WORDS;
  const rows = (comparison: PolicyComparison | null): string[][] =>
    (comparison?.runs ?? []).map((run) => [
      words.feedback(comparison?.spill === true),
      WORDS.policies[run.policy].name,
      `${run.longestWait} ticks`,
      run.loopLatency.count === 0 ? words.noneWentRound : words.latency(run.loopLatency.mean, run.loopLatency.most),
      run.takenIn.toFixed(1),
      run.delivered.toFixed(1),
      String(run.spilledPeak),
      words.end(run.ticks, run.stoppedAt),
    ]);
  return [...rows(simulation.policies), ...rows(simulation.policiesSpilled)];
}

/** How the job ends; the rounds of the protocol one by one only where there is room for them. */
export function terminationLines(simulation: Simulation, withRounds: boolean): string[] {
  const { termination: words } = WORDS;
  const { termination, model, iterates } = simulation;
  const { network } = model;
  const { protocol, released, order, operators } = termination;
  if (simulation.loops === 0) {
    const rows = order.slice(0, MAX_ROWS).map((row) => nameList(network, row));
    return [words.noLoop(rows, order.length)];
  }
  if (protocol === null) return [words.tooLarge(operators)];
  const { rounds, messageCount: messages, lost, working } = protocol;
  const lines = [words.protocol(protocol.ended ? { rounds, messages, lost } : null)];
  if (withRounds) lines.push(...working.map((busy, round) => words.round(round + 1, nameList(network, busy))));
  if (released !== null && iterates) lines.push(words.released, waitsText(released));
  const { records, turns, pause } = DEFAULT_TERMINATION;
  lines.push(words.played(records, turns, pause));
  return lines;
}

function waitsText({ longestSilence, outcomes }: NonNullable<TerminationAnswer['released']>): string {
  const clean = outcomes.find(({ wait, endedAt, lost }) => wait > 0 && endedAt !== null && lost === 0);
  return WORDS.termination.waits(
    outcomes.filter(({ lost }) => lost > 0),
    clean?.wait ?? null,
    longestSilence,
  );
}

function nameList(network: FlowNetwork, operators: readonly number[], most = MAX_NAMES): string {
  return WORDS.andMore(
    operators.slice(0, most).map((operator) => name(network, operator)),
    operators.length - most,
  );
}

export const messageText = (network: FlowNetwork, message: Message): string =>
  WORDS.termination.message(message.tick, message, name(network, message.from), name(network, message.to));
