import type { FlowNetwork } from '../../../../server/src/core/analysis/flow/network.ts';

/**
 * The question of flow control answered a second time in the plainest way, sharing nothing with the product but the
 * description of a network: every state is a list of texts, every move is written out, nothing is left out or merged.
 */

interface World {
  /** Records by channel. */
  held: number[];
  /** By operator: channels that its present record's results still have to go to. */
  hands: number[][];
  /** By operator: records that it may still take from outside. */
  outside: number[];
}

export interface BruteAnswer {
  deadlock: boolean;
  /** Moves to the nearest state with a deadlock. */
  distance: number;
  states: number;
  /** False when there were more states than allowed. */
  complete: boolean;
}

const write = (world: World): string => `${world.held.join(',')}|${world.hands.map((hand) => hand.join('.')).join(';')}|${world.outside.join(',')}`;
const copy = (world: World): World => ({ held: [...world.held], hands: world.hands.map((hand) => [...hand]), outside: [...world.outside] });

export function bruteForce(network: FlowNetwork, limit: number): BruteAnswer {
  const start: World = {
    held: network.channels.map(() => 0),
    hands: network.operators.map(() => []),
    outside: network.operators.map((one) => (one.kind === 'source' ? (one.budget ?? Number.POSITIVE_INFINITY) : 0)),
  };
  const known = new Set([write(start)]);
  let layer = [start];
  for (let distance = 0; layer.length > 0; distance++) {
    if (layer.some((world) => stuck(network, world))) return { deadlock: true, distance, states: known.size, complete: true };
    const next: World[] = [];
    for (const world of layer) {
      for (const after of moves(network, world)) {
        const text = write(after);
        if (known.has(text)) continue;
        if (known.size >= limit) return { deadlock: false, distance, states: known.size, complete: false };
        known.add(text);
        next.push(after);
      }
    }
    layer = next;
  }
  return { deadlock: false, distance: -1, states: known.size, complete: true };
}

/** Whether there are operators that wait only for each other: those that wait are struck off until nothing changes. */
function stuck(network: FlowNetwork, world: World): boolean {
  let waiting = network.operators.map((_, index) => index);
  for (;;) {
    const still = waiting.filter((index) => {
      const target = world.hands[index]?.[0];
      if (target === undefined) return false;
      const channel = network.channels[target];
      return channel !== undefined && channel.capacity !== null && world.held[target] === channel.capacity && waiting.includes(channel.to);
    });
    if (still.length === waiting.length) return still.length > 0;
    waiting = still;
  }
}

function moves(network: FlowNetwork, world: World): World[] {
  const result: World[] = [];
  network.operators.forEach((operator, index) => {
    const hand = world.hands[index] as number[];
    const [target] = hand;
    if (target !== undefined) {
      const channel = network.channels[target];
      if (channel === undefined || (channel.capacity !== null && (world.held[target] as number) >= channel.capacity)) return;
      const after = copy(world);
      after.held[target] = (after.held[target] as number) + 1;
      after.hands[index] = hand.slice(1);
      result.push(after);
      return;
    }
    for (let gives = operator.gives.least; gives <= operator.gives.most; gives++) {
      const results: number[] = [];
      for (let record = 0; record < gives; record++) {
        network.channels.forEach((channel, output) => {
          if (channel.from === index) for (let one = 0; one < channel.copies; one++) results.push(output);
        });
      }
      if ((world.outside[index] as number) > 0) {
        const after = copy(world);
        after.outside[index] = (after.outside[index] as number) - 1;
        after.hands[index] = results;
        result.push(after);
      }
      network.channels.forEach((channel, input) => {
        if (channel.to !== index || (world.held[input] as number) === 0 || !mayRead(network, world, index, input)) return;
        const after = copy(world);
        after.held[input] = (after.held[input] as number) - 1;
        after.hands[index] = results;
        result.push(after);
      });
    }
  });
  return result;
}

function mayRead(network: FlowNetwork, world: World, index: number, input: number): boolean {
  if (network.policy === 'none' || network.operators[index]?.kind === 'head') return true;
  const bringsFeedback = (channel: number) =>
    network.channels[channel]?.feedback === true || network.operators[network.channels[channel]?.from ?? -1]?.kind === 'head';
  if (bringsFeedback(input)) return true;
  return network.channels.every((channel, number) => {
    if (channel.to !== index || !bringsFeedback(number) || world.held[number] === 0) return true;
    if (network.policy === 'feedback-first') return false;
    let waiting = world.held[number] as number;
    let room = channel.capacity ?? network.feedbackBuffers;
    if (!channel.feedback) {
      const behind = network.channels.findIndex((other) => other.feedback && other.to === channel.from);
      if (behind >= 0) {
        waiting += world.held[behind] as number;
        room += network.channels[behind]?.capacity ?? network.feedbackBuffers;
      }
    }
    return waiting < Math.min(network.feedbackBuffers, room);
  });
}
