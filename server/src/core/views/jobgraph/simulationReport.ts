import type { FlowAnswer } from '../../analysis/flow/deadlockSearch.ts';
import type { FlowChannel } from '../../analysis/flow/network.ts';
import { amplificationText } from '../../analysis/flow/network.ts';
import type { Simulation } from '../../analysis/flow/simulation.ts';
import { queuePlot } from './simulationPlot.ts';
import {
  capacityText,
  channelName,
  exploredLines,
  messageText,
  name,
  POLICY_COLUMNS,
  policyRows,
  replay,
  terminationLines,
  verdictText,
} from './simulationWords.ts';

/** Steps of a trace that the text lists. */
const MAX_STEPS = 400;
const MAX_OPERATORS = 60;

/** The whole answer for the command line, assumptions included. */
export function simulationText(simulation: Simulation, path: string): string {
  const { model } = simulation;
  const { network } = model;
  const lines = [path, '', verdictText(simulation).text];
  for (const line of exploredLines(simulation)) lines.push(`  ${line}`);
  lines.push('', ...traceLines(simulation));
  const rows = policyRows(simulation);
  if (rows.length === 0) lines.push('Policies: no loop has an input of its own, so nothing can starve.');
  else
    lines.push(
      `Policies (seed ${simulation.options.seed}; one record an operator and tick)`,
      ...table([POLICY_COLUMNS, ...rows]).map((row) => `  ${row}`),
    );
  lines.push('', 'Termination', ...terminationLines(simulation).map((line) => `  ${line}`));
  lines.push(
    '',
    'Model',
    ...network.operators
      .slice(0, MAX_OPERATORS)
      .map((operator) => `  ${operator.kind.padEnd(8)} ${operator.name}: ${amplificationText(operator.gives)} out for 1 in`),
  );
  if (network.operators.length > MAX_OPERATORS) lines.push(`  and ${network.operators.length - MAX_OPERATORS} more operators`);
  for (const [index, channel] of network.channels.slice(0, MAX_OPERATORS).entries())
    lines.push(`  capacity ${capacityText(channel)}: ${channelName(network, index)}`);
  if (network.channels.length > MAX_OPERATORS) lines.push(`  and ${network.channels.length - MAX_OPERATORS} more channels`);
  lines.push('', 'Assumptions', ...model.assumptions.map((line) => `  - ${line}`), '');
  return lines.join('\n');
}

function traceLines({ flow, model: { network } }: Simulation): string[] {
  if (flow.trace === null) return [];
  const moments = replay(network, flow.trace.steps);
  const lines = moments.slice(0, MAX_STEPS).map(({ step, text }, index) => {
    const fill =
      step.channel === null
        ? ''
        : fillText(network.channels[step.channel] as FlowChannel, moments[index]?.fills.find((one) => one.channel === step.channel)?.fill ?? 0);
    return `  ${String(index + 1).padStart(4)}. ${text}${fill}`;
  });
  if (moments.length > MAX_STEPS) lines.push(`  and ${moments.length - MAX_STEPS} more steps`);
  return [
    `Trace (${flow.trace.steps.length} steps${flow.trace.shortest ? ', the fewest possible' : ''})`,
    ...lines,
    '  Circular wait:',
    ...flow.trace.wait.map(({ operator, channel }) => `        ${name(network, operator)} waits for room in ${channelName(network, channel)}`),
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
    assumptions: model.assumptions,
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
      summary: terminationLines(simulation),
    },
  };
}

function answerJson(answer: FlowAnswer, simulation: Simulation | null): Record<string, unknown> {
  const { verdict, reason, bound, cycles, trace } = answer;
  return {
    verdict,
    reason,
    bound,
    cycles: cycles.map(({ trace: _, ...cycle }) => cycle),
    trace:
      trace === null || simulation === null
        ? null
        : {
            shortest: trace.shortest,
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
