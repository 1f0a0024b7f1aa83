import { FlowMachine, type FlowStep } from './machine.ts';
import type { FlowChannel, FlowNetwork } from './network.ts';

/** A part of a trace in which one channel of the circular wait fills up for good. */
export interface Phase {
  channel: number;
  /** Steps of the trace, from 0; `to` is the one that fills it. */
  from: number;
  to: number;
  /** Records that sources take from outside meanwhile. */
  records: number;
}

/** The way into a circular wait, told by its channels in the order in which they are full and stay so. The last phase ends with the trace. */
export function phasesOf(network: FlowNetwork, { steps, wait }: { steps: readonly FlowStep[]; wait: readonly { channel: number }[] }): Phase[] {
  const machine = new FlowMachine(network);
  const fullSince = new Map<number, number>();
  let state = machine.initial();
  steps.forEach((step, at) => {
    state = machine.apply(state, step);
    if (step.channel === null) return;
    const { capacity } = network.channels[step.channel] as FlowChannel;
    if (machine.fill(state, step.channel) !== capacity) fullSince.delete(step.channel);
    else if (!fullSince.has(step.channel)) fullSince.set(step.channel, at);
  });
  const ends = wait.map(({ channel }) => ({ channel, to: fullSince.get(channel) ?? steps.length - 1 })).sort((a, b) => a.to - b.to);
  const last = ends.at(-1);
  if (last !== undefined) last.to = steps.length - 1;
  let from = 0;
  return ends.map(({ channel, to }) => {
    const phase = { channel, from, to, records: steps.slice(from, to + 1).filter(({ kind }) => kind === 'emit').length };
    from = to + 1;
    return phase;
  });
}
