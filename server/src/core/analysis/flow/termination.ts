import { type FlowNetwork, wiringOf } from './network.ts';
import { type Message, type TerminationParameters, TerminationRun } from './terminationRun.ts';

/**
 * How a job ends when its sources are done. Without loops in topological order. With loops by the protocol of FLIP-15,
 * part III (status rounds until every task was idle for a whole round), which no Flink release has; released Flink
 * ends a loop by a wait time (`iterate(ms)`) or never (`iterate()`).
 */

export const DEFAULT_TERMINATION: TerminationParameters = { records: 5, turns: 3, pause: 4 };

/** What a wait time of `iterate(ms)` leads to; ticks instead of milliseconds. */
export interface WaitOutcome {
  /** 0: wait for ever. */
  wait: number;
  /** Null: never. */
  endedAt: number | null;
  /** Records that were still to go round. */
  lost: number;
}

export interface TerminationAnswer {
  /** Operators in the order in which they end once all sources are done, several in a row where they end together. */
  order: number[][];
  /** Operators that take part; those without any channel are left out. */
  operators: number;
  /** Null without a loop. */
  protocol: {
    rounds: number;
    /** Who was working, round by round. */
    working: number[][];
    /** Records that were in flight when the tasks were stopped; 0 shows that the protocol ends nothing early. */
    lost: number;
    messages: Message[];
    /** All messages; the list is cut at MAX_MESSAGES. */
    messageCount: number;
    /** False when the run was given up. */
    ended: boolean;
  } | null;
  /** Null without a loop. */
  released: {
    /** The longest time without feedback before the last record came back. */
    longestSilence: number;
    outcomes: WaitOutcome[];
  } | null;
}

const MAX_MESSAGES = 2000;
/** Above this many operators only what loops depend on is played. */
const MAX_OPERATORS = 500;

export function answerTermination(network: FlowNetwork, parameters: TerminationParameters = DEFAULT_TERMINATION): TerminationAnswer {
  const order = endingOrder(network);
  const operators = order.reduce((sum, row) => sum + row.length, 0);
  const loops = network.channels.some((channel) => channel.feedback);
  if (!loops || operators > MAX_OPERATORS) return { order, operators, protocol: null, released: null };
  return { order, operators, protocol: protocol(network, parameters), released: released(network, parameters) };
}

function protocol(network: FlowNetwork, parameters: TerminationParameters): TerminationAnswer['protocol'] {
  const run = new TerminationRun(network, parameters, { protocol: true, wait: 0 });
  const ended = run.play();
  return {
    rounds: run.working.length,
    working: run.working,
    lost: run.lost,
    messages: run.messages.slice(0, MAX_MESSAGES),
    messageCount: run.messages.length,
    ended,
  };
}

function released(network: FlowNetwork, parameters: TerminationParameters): TerminationAnswer['released'] {
  const forever = new TerminationRun(network, parameters, { protocol: false, wait: 0 });
  forever.play();
  const silence = forever.longestSilence;
  const waits = [...new Set([1, Math.max(1, Math.floor(silence / 2)), Math.max(1, silence), silence + 1, silence * 4 + 4])].sort((a, b) => a - b);
  const outcomes: WaitOutcome[] = [{ wait: 0, endedAt: null, lost: 0 }];
  for (const wait of waits) {
    const run = new TerminationRun(network, parameters, { protocol: false, wait });
    const ended = run.play();
    outcomes.push({ wait, endedAt: ended ? run.tick : null, lost: run.lost });
  }
  return { longestSilence: silence, outcomes };
}

/** Rows of operators by the longest way from a source, feedback left out: an operator ends after all before it. */
export function endingOrder(network: FlowNetwork): number[][] {
  const { inputs, outputs } = wiringOf(network);
  const forward = (channel: number): boolean => network.channels[channel]?.feedback !== true;
  const open = network.operators.map((_, operator) => (inputs[operator] as number[]).filter(forward).length);
  const takesPart = (operator: number): boolean => (inputs[operator] as number[]).length + (outputs[operator] as number[]).length > 0;
  let row = [...network.operators.keys()].filter((operator) => takesPart(operator) && open[operator] === 0);
  const rows: number[][] = [];
  while (row.length > 0) {
    rows.push(row);
    const next: number[] = [];
    for (const operator of row) {
      for (const channel of outputs[operator] as number[]) {
        if (!forward(channel)) continue;
        const to = network.channels[channel]?.to as number;
        open[to] = (open[to] as number) - 1;
        if (open[to] === 0) next.push(to);
      }
    }
    row = next.sort((a, b) => a - b);
  }
  return rows;
}
