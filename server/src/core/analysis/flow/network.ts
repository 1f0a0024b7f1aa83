/**
 * A job as a net of operators and bounded buffers: what the searches and simulations of flow control work on.
 * Nothing here knows plans; networkOfPlan.ts makes a network of one.
 */

/** Records that an operator gives to each of its outputs for one that it takes. */
export interface Amplification {
  /** Whole numbers: the search tries every one between them, for every record anew. */
  least: number;
  most: number;
  /** What the simulations draw around; between least and most. */
  mean: number;
}

export interface FlowOperator {
  name: string;
  /** Index of the vertex in the plan; -1 in networks that were not made of one. */
  vertex: number;
  kind: 'source' | 'operator' | 'head' | 'tail' | 'sink';
  gives: Amplification;
  /** Of a source: how many records it takes from outside, null for no end. Ignored for others. */
  budget: number | null;
}

export interface FlowChannel {
  /** Index of the edge in the plan; -1 in networks that were not made of one. */
  edge: number;
  /** Operator indices. */
  from: number;
  to: number;
  /** Records it holds; null for no bound (spilled, blocking, in the heap). */
  capacity: number | null;
  /** Leads back to the start of a loop. */
  feedback: boolean;
  /** Copies of each record: the consumer's parallelism where the producer broadcasts, else 1. */
  copies: number;
}

/** Which input the first operator of a loop reads when both have records (FLIP-15, part II). */
export type Policy =
  /** Either, as released Flink does. */
  | 'none'
  /** Feedback as long as there is any. */
  | 'feedback-first'
  /** Feedback only while the feedback queue has used up its buffers in memory. */
  | 'feedback-when-used';

export const POLICIES: readonly Policy[] = ['none', 'feedback-first', 'feedback-when-used'];

export interface FlowNetwork {
  operators: FlowOperator[];
  channels: FlowChannel[];
  policy: Policy;
  /** Buffers of a feedback queue in memory, in records: from here on it spills, and `feedback-when-used` prefers it. */
  feedbackBuffers: number;
}

/** Channels by operator, each in the order of the channels. */
export interface Wiring {
  inputs: number[][];
  outputs: number[][];
  /** By operator: inputs that bring feedback, directly or from a head, with the queue behind the head. */
  feedbackInputs: { channel: number; queue: number | null }[][];
}

export function wiringOf(network: FlowNetwork): Wiring {
  const { operators, channels } = network;
  const inputs: number[][] = operators.map(() => []);
  const outputs: number[][] = operators.map(() => []);
  channels.forEach((channel, index) => {
    outputs[channel.from]?.push(index);
    inputs[channel.to]?.push(index);
  });
  const feedbackInputs = operators.map((operator, index) =>
    operator.kind === 'head'
      ? []
      : (inputs[index] ?? []).flatMap((channel) => {
          const { feedback, from } = channels[channel] as FlowChannel;
          if (feedback) return [{ channel, queue: null }];
          if (operators[from]?.kind !== 'head') return [];
          return [{ channel, queue: (inputs[from] ?? []).find((queue) => channels[queue]?.feedback === true) ?? null }];
        }),
  );
  return { inputs, outputs, feedbackInputs };
}

/**
 * Outputs in the order in which one record's results leave: Flink hands each result to all outputs before the next
 * (BroadcastingOutputCollector), so an operator that is blocked at one output gives nothing to the others.
 */
export function emission(network: FlowNetwork, outputs: readonly number[], count: number): number[] {
  const order: number[] = [];
  for (let result = 0; result < count; result++) {
    for (const channel of outputs) for (let copy = network.channels[channel]?.copies ?? 1; copy > 0; copy--) order.push(channel);
  }
  return order;
}

/** The same network with every feedback channel spilling to disk. */
export function spilled(network: FlowNetwork): FlowNetwork {
  return { ...network, channels: network.channels.map((channel) => (channel.feedback ? { ...channel, capacity: null } : channel)) };
}

/** "2" gives exactly two, "0.5" none or one, "0..3" any number between; null for anything else. */
export function readAmplification(text: string): Amplification | null {
  const range = /^(\d{1,3})\.\.(\d{1,3})$/.exec(text.trim());
  if (range !== null) {
    const least = Number(range[1]);
    const most = Number(range[2]);
    return least > most ? null : { least, most, mean: (least + most) / 2 };
  }
  if (!/^\d{1,3}(\.\d+)?$/.test(text.trim())) return null;
  const mean = Number(text);
  return { least: Math.floor(mean), most: Math.ceil(mean), mean };
}

export function amplificationText({ least, most, mean }: Amplification): string {
  if (least === most) return String(least);
  return mean !== (least + most) / 2 ? String(mean) : `${least}..${most}`;
}
