import type { FlowAnswer } from '../../analysis/flow/deadlockSearch.ts';
import type { FlowChannel, FlowNetwork } from '../../analysis/flow/network.ts';
import { amplificationText } from '../../analysis/flow/network.ts';
import { phasesOf } from '../../analysis/flow/phases.ts';
import type { Simulation } from '../../analysis/flow/simulation.ts';
import { say } from '../../wording.ts';
import {
  capacityText,
  channelName,
  conditionLines,
  exploredLines,
  messageText,
  name,
  phaseText,
  policyRows,
  reasonText,
  replay,
  terminationLines,
  verdictText,
} from './answers.ts';
import { queuePlot } from './plot.ts';
import { FLOW_WORDS as WORDS } from './words.ts';

/** Steps of a trace that the text lists. */
const MAX_STEPS = 400;
const MAX_OPERATORS = 60;

/** The whole answer for the command line, assumptions included; every step of the trace only on request. */
export function simulationText(simulation: Simulation, path: string, withSteps: boolean): string {
  const { model } = simulation;
  const { network } = model;
  const lines = [path, '', verdictText(simulation)];
  for (const line of [...conditionLines(simulation), ...exploredLines(simulation)]) lines.push(`  ${line}`);
  lines.push('', ...traceLines(simulation, withSteps));
  const rows = policyRows(simulation);
  if (rows.length === 0) lines.push(WORDS.comparison.none);
  else lines.push(WORDS.comparison.heading(simulation.options.seed), ...table([WORDS.comparison.columns, ...rows]).map((row) => `  ${row}`));
  lines.push('', WORDS.termination.heading, ...terminationLines(simulation, true).map((line) => `  ${line}`));
  lines.push('', WORDS.model.heading, ...modelLines(network).map((line) => `  ${line}`));
  lines.push('', WORDS.model.assumptionsHeading, ...model.assumptions.map((assumption) => `  - ${say(WORDS.assumptions, assumption)}`), '');
  return lines.join('\n');
}

function modelLines(network: FlowNetwork): string[] {
  const { operators, channels } = network;
  const { model: words } = WORDS;
  const lines = operators.slice(0, MAX_OPERATORS).map(({ kind, name: of, gives }) => words.operator(kind, of, amplificationText(gives)));
  if (operators.length > MAX_OPERATORS) lines.push(words.moreOperators(operators.length - MAX_OPERATORS));
  for (const [index, channel] of channels.slice(0, MAX_OPERATORS).entries())
    lines.push(words.channel(capacityText(channel), channelName(network, index)));
  if (channels.length > MAX_OPERATORS) lines.push(words.moreChannels(channels.length - MAX_OPERATORS));
  return lines;
}

function traceLines({ flow, model: { network } }: Simulation, withSteps: boolean): string[] {
  if (flow.trace === null) return [];
  const { trace: words } = WORDS;
  const { steps, shortest, atLeast, wait } = flow.trace;
  const phases = phasesOf(network, flow.trace);
  const moments = replay(network, steps);
  const lines = moments.slice(0, MAX_STEPS).map(({ step, text, fills }, index) => {
    const fill = fills.find((one) => one.channel === step.channel)?.fill ?? 0;
    return `  ${String(index + 1).padStart(4)}. ${text}${step.channel === null ? '' : fillText(network.channels[step.channel] as FlowChannel, fill)}`;
  });
  if (moments.length > MAX_STEPS) lines.push(`  ${words.more(moments.length - MAX_STEPS)}`);
  return [
    words.heading(steps.length, shortest, atLeast),
    ...phases.map((phase, index) => `  ${phaseText(network, phase, index, phases.length)}`),
    ...(withSteps ? lines : []),
    `  ${words.circularWait}`,
    ...wait.map(({ operator, channel }) => `        ${words.waits(name(network, operator), channelName(network, channel))}`),
    '',
  ];
}

function fillText(channel: FlowChannel, fill: number): string {
  return ` [${fill}/${channel.capacity ?? '∞'}]`;
}

function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd(),
  );
}

/** The same as data; shapes follow the types of the answers, operators and channels by index. */
export function simulationJson(simulation: Simulation, path: string): unknown {
  const { model, flow, spilled, policies, policiesSpilled, termination, options, parameters } = simulation;
  const { network } = model;
  const shown = policiesSpilled ?? policies;
  return {
    schema: 1,
    path,
    assumptions: model.assumptions.map((assumption) => say(WORDS.assumptions, assumption)),
    parameters: { ...parameters, ...options },
    operators: network.operators.map((operator) => ({ ...operator, gives: amplificationText(operator.gives) })),
    channels: network.channels,
    flowControl: { ...answerJson(flow, simulation), spilled: spilled === null ? null : answerJson(spilled, null) },
    policies: { asItIs: policies, spilled: policiesSpilled, plot: shown === null ? null : queuePlot(shown) },
    termination: {
      ...termination,
      protocol:
        termination.protocol === null
          ? null
          : {
              ...termination.protocol,
              messages: termination.protocol.messages.map((message) => ({ ...message, text: messageText(network, message) })),
            },
      released: simulation.iterates ? termination.released : null,
      summary: terminationLines(simulation, true),
    },
  };
}

function answerJson(answer: FlowAnswer, simulation: Simulation | null): Record<string, unknown> {
  const { verdict, bound, cycles, trace } = answer;
  return {
    verdict,
    reason: reasonText(answer),
    bound,
    cycles: cycles.map(({ trace: _, ...cycle }) => cycle),
    trace:
      trace === null || simulation === null
        ? null
        : {
            shortest: trace.shortest,
            atLeast: trace.atLeast,
            phases: phasesOf(simulation.model.network, trace),
            steps: replay(simulation.model.network, trace.steps).map(({ step, text, fills }) => ({
              operator: step.operator,
              kind: step.kind,
              channel: step.channel,
              text,
              fills,
            })),
            wait: trace.wait,
          },
  };
}
