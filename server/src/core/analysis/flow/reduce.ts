import { Components } from '../jobgraph/components.ts';
import { makeGraph } from '../jobgraph/planGraph.ts';
import type { FlowChannel, FlowNetwork, FlowOperator } from './network.ts';
import { wiringOf } from './network.ts';

/** Whether any record can ever be put into the channel. */
function carries(network: FlowNetwork, channel: FlowChannel): boolean {
  return (network.operators[channel.from] as FlowOperator).gives.most > 0;
}

/**
 * Operator sets in which a circular wait can close: strongly connected over the channels that have a bound and that
 * can carry records. A circular wait runs along such channels, so a network without such a set has none.
 */
export function boundedCycles(network: FlowNetwork): number[][] {
  const edges = network.channels.filter((channel) => channel.capacity !== null && carries(network, channel));
  const graph = makeGraph(
    network.operators.length,
    Int32Array.from(edges, (edge) => edge.from),
    Int32Array.from(edges, (edge) => edge.to),
    Int32Array.from(edges, (_, index) => index),
  );
  const found = new Components(graph, new Uint8Array(edges.length)).cyclic(Int32Array.from(network.operators.keys()), 0);
  return found.map((members) => [...members].sort((a, b) => a - b)).sort((a, b) => (a[0] as number) - (b[0] as number));
}

/** Operators from which records get into the set, the set included. */
export function upstreamOf(network: FlowNetwork, set: readonly number[]): Set<number> {
  const { inputs } = wiringOf(network);
  return closure(set, (operator) => (inputs[operator] as number[]).map((channel) => (network.channels[channel] as FlowChannel).from));
}

export function downstreamOf(network: FlowNetwork, set: Iterable<number>): Set<number> {
  const { outputs } = wiringOf(network);
  return closure(set, (operator) => (outputs[operator] as number[]).map((channel) => (network.channels[channel] as FlowChannel).to));
}

/** Everything that can be reached from the start over `next`, the start included. */
export function closure(start: Iterable<number>, next: (operator: number) => number[]): Set<number> {
  const seen = new Set(start);
  const open = [...seen];
  for (let operator = open.pop(); operator !== undefined; operator = open.pop()) {
    for (const other of next(operator)) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}

/** Part of a network, with the way back to the operators and channels of the whole. */
export interface Part {
  network: FlowNetwork;
  /** Operator of the whole by operator of the part. */
  operators: number[];
  /** Channels of the whole by channel of the part, in the order of flow; several where operators between were taken away. */
  channels: number[][];
  /** By operator of the part. */
  lazy: boolean[];
  supply: boolean[];
  fed: boolean[];
}

/**
 * What a circular wait in `cycle` depends on, nothing left out: what feeds it, and what takes its results. The latter
 * moves on demand only ({@link FlowMachine.lazy}): a shortest trace has no step of it that makes no room. The former
 * delivers just in time ({@link FlowMachine.supply}): its steps can wait until the record is taken without becoming more.
 */
export function slice(network: FlowNetwork, cycle: readonly number[]): Part {
  const active = upstreamOf(network, cycle);
  const all = [...downstreamOf(network, active)].sort((a, b) => a - b);
  const part = pick(network, all, () => true);
  const inside = new Set(cycle);
  part.lazy = part.operators.map((operator) => !active.has(operator));
  part.supply = suppliers(
    part.network,
    part.operators.map((operator) => active.has(operator) && !inside.has(operator)),
  );
  return part;
}

/**
 * Of the candidates those with one output, and only such operators before them. Others have to move for more than to
 * deliver: to make room for somebody who has a result for the cycle in the other hand.
 */
function suppliers(network: FlowNetwork, candidates: boolean[]): boolean[] {
  const { outputs } = wiringOf(network);
  const result = candidates.map((candidate, operator) => candidate && (outputs[operator] as number[]).length === 1);
  const open = [...result.keys()].filter((operator) => !result[operator]);
  for (let operator = open.pop(); operator !== undefined; operator = open.pop()) {
    for (const channel of outputs[operator] as number[]) {
      const to = network.channels[channel]?.to as number;
      if (result[to] !== true) continue;
      result[to] = false;
      open.push(to);
    }
  }
  return result;
}

function pick(network: FlowNetwork, kept: number[], keep: (channel: FlowChannel) => boolean): Part {
  const place = new Map(kept.map((operator, index) => [operator, index]));
  const channels: FlowChannel[] = [];
  const origin: number[][] = [];
  network.channels.forEach((channel, index) => {
    const from = place.get(channel.from);
    const to = place.get(channel.to);
    if (from === undefined || to === undefined || !keep(channel)) return;
    channels.push({ ...channel, from, to });
    origin.push([index]);
  });
  return {
    network: { ...network, operators: kept.map((operator) => network.operators[operator] as FlowOperator), channels },
    operators: kept,
    channels: origin,
    lazy: kept.map(() => false),
    supply: kept.map(() => false),
    fed: kept.map(() => false),
  };
}

/**
 * The cycle alone, with a record from outside always at hand wherever a channel leads into it. Allows more than the
 * whole job does: without a circular wait here, the cycle has none in the job.
 */
export function isolated(network: FlowNetwork, cycle: readonly number[]): Part {
  const inside = new Set(cycle);
  // Without a policy either input may be read: that allows more, too.
  const part = pick({ ...network, policy: 'none' }, [...cycle], (channel) => channel.capacity !== null);
  part.fed = part.operators.map(
    (operator) =>
      network.operators[operator]?.kind === 'source' ||
      network.channels.some((channel) => channel.to === operator && (!inside.has(channel.from) || channel.capacity === null)),
  );
  return contract(part);
}

/**
 * The cycle and what feeds it, made smaller without changing whether a circular wait can be reached. Results that
 * leave are not followed: whoever takes them makes room sooner or later, or waits in a circle itself and is looked
 * at on its own. An operator that gives exactly one record for one, with one input and one output, is a place of
 * the buffer that it makes of the two around it. A source without end that gives to one channel only is always at hand.
 */
export function reduced(network: FlowNetwork, cycle: readonly number[]): Part {
  const active = upstreamOf(network, cycle);
  const part = pick(
    network,
    [...active].sort((a, b) => a - b),
    () => true,
  );
  return contract(feedDirectly(contract(part)));
}

function feedDirectly(part: Part): Part {
  const { inputs, outputs } = wiringOf(part.network);
  const gone = new Set<number>();
  const goneChannels = new Set<number>();
  const fed = [...part.fed];
  part.network.operators.forEach((operator, index) => {
    const [channel, more] = outputs[index] as number[];
    if (operator.kind !== 'source' || operator.budget !== null || channel === undefined || more !== undefined) return;
    if ((inputs[index] as number[]).length > 0 || operator.gives.most === 0) return;
    const to = (part.network.channels[channel] as FlowChannel).to;
    // The policy counts what waits in a feedback channel; a head that a source feeds is left alone.
    if (part.network.operators[to]?.kind === 'head') return;
    fed[to] = true;
    gone.add(index);
    goneChannels.add(channel);
  });
  return without({ ...part, fed }, gone, goneChannels);
}

function without(part: Part, gone: Set<number>, goneChannels: Set<number>): Part {
  const kept = part.operators.map((_, index) => index).filter((index) => !gone.has(index));
  const place = new Map(kept.map((operator, index) => [operator, index]));
  const channels = part.network.channels.map((_, index) => index).filter((index) => !goneChannels.has(index));
  return {
    network: {
      ...part.network,
      operators: kept.map((index) => part.network.operators[index] as FlowOperator),
      channels: channels.map((index) => {
        const channel = part.network.channels[index] as FlowChannel;
        return { ...channel, from: place.get(channel.from) as number, to: place.get(channel.to) as number };
      }),
    },
    operators: kept.map((index) => part.operators[index] as number),
    channels: channels.map((index) => part.channels[index] as number[]),
    lazy: kept.map((index) => part.lazy[index] as boolean),
    supply: kept.map((index) => part.supply[index] as boolean),
    fed: kept.map((index) => part.fed[index] as boolean),
  };
}

/** Takes operators out that only hand on, one after another; each adds its own place to the buffer. */
function contract(part: Part): Part {
  const { network } = part;
  const channels = network.channels.map((channel) => ({ ...channel }));
  const origin = part.channels.map((list) => [...list]);
  const { inputs, outputs, feedbackInputs } = wiringOf(network);
  const gone = new Set<number>();
  const goneChannels = new Set<number>();
  // What a policy counts has to stay visible: heads, and what leads into them or out of them.
  const counted = new Set(
    network.policy === 'none'
      ? []
      : feedbackInputs.flatMap((list) => list.flatMap(({ channel, queue }) => (queue === null ? [channel] : [channel, queue]))),
  );
  network.operators.forEach((operator, index) => {
    const [before, more] = inputs[index] as number[];
    const [after, others] = outputs[index] as number[];
    if (before === undefined || after === undefined || more !== undefined || others !== undefined || before === after) return;
    const exactlyOne = operator.gives.least === 1 && operator.gives.most === 1 && operator.kind !== 'source';
    const out = channels[after] as FlowChannel;
    if (!exactlyOne || part.fed[index] === true || out.copies !== 1 || counted.has(before) || counted.has(after)) return;
    const into = channels[before] as FlowChannel;
    // The channel before stays and leads on; the one after disappears.
    into.capacity = into.capacity === null || out.capacity === null ? null : into.capacity + out.capacity + 1;
    into.to = out.to;
    into.feedback ||= out.feedback;
    (origin[before] as number[]).push(...(origin[after] as number[]));
    const fedOne = inputs[out.to] as number[];
    fedOne[fedOne.indexOf(after)] = before;
    gone.add(index);
    goneChannels.add(after);
  });
  return without({ ...part, network: { ...network, channels }, channels: origin }, gone, goneChannels);
}
