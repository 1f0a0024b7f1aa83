import { random } from '../../random.ts';
import {
  type Amplification,
  emission,
  type FlowChannel,
  type FlowNetwork,
  type FlowOperator,
  POLICIES,
  type Policy,
  spilled,
  wiringOf,
} from './network.ts';
import { downstreamOf, upstreamOf } from './reduce.ts';

/**
 * What the policies of FLIP-15, part II, cost: a simulation in which every operator works on one record a tick.
 * Which input comes next and how many results a record gives are drawn from a seed; the same seed gives the same figures.
 */

export const DEFAULT_TICKS = 4000;
/** Operator ticks of all runs of one call. */
const MAX_WORK = 6_000_000;
/** Points of a curve. */
const SAMPLES = 200;

export interface PolicyRun {
  policy: Policy;
  /** Ticks that were simulated; fewer than asked for when the job stood still before. */
  ticks: number;
  /** Nothing could move from this tick on; null when it ran to the end. */
  stoppedAt: number | null;
  /** Ticks during which a record waited at a regular input of a loop's entry and none of that input was taken. */
  longestWait: number;
  /** Ticks from one visit of the loop's entry to the next, over all records that went round. */
  loopLatency: { mean: number; most: number; count: number };
  /** New records taken into loops, and records that reached sinks, per 100 ticks. */
  takenIn: number;
  delivered: number;
  /** The most records of all feedback queues beyond their buffers in memory. */
  spilledPeak: number;
  /** Records in all feedback queues, at SAMPLES even ticks. */
  queue: number[];
}

export interface PolicyComparison {
  ticks: number;
  seed: number;
  /** True when the feedback edges spill in these runs. */
  spill: boolean;
  runs: PolicyRun[];
}

/** Null when the network has no loop with an input of its own: then there is nothing to starve. */
export function comparePolicies(network: FlowNetwork, seed: number, ticks: number = DEFAULT_TICKS): PolicyComparison | null {
  const { feedbackInputs, inputs } = wiringOf(network);
  const entries = [...network.operators.keys()].filter(
    (operator) =>
      (feedbackInputs[operator] as unknown[]).length > 0 && (inputs[operator] as number[]).length > (feedbackInputs[operator] as unknown[]).length,
  );
  if (entries.length === 0) return null;
  const relevant = downstreamOf(network, upstreamOf(network, entries));
  const length = Math.max(200, Math.min(ticks, Math.floor(MAX_WORK / (POLICIES.length * relevant.size))));
  const spill = network.channels.every((channel) => !channel.feedback || channel.capacity === null);
  return {
    ticks: length,
    seed,
    spill,
    runs: POLICIES.map((policy) => new Run({ ...network, policy }, relevant, entries, seed).play(length)),
  };
}

/** The same comparison with feedback that spills, which is what the policies were proposed for. */
export function compareSpilled(network: FlowNetwork, seed: number, ticks: number = DEFAULT_TICKS): PolicyComparison | null {
  return comparePolicies(spilled(network), seed, ticks);
}

interface Item {
  /** By entry: the tick at which the record, or the one it was made from, was last taken there; -1 for never. */
  visits: Int32Array;
}

class Queue {
  #items: Item[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item {
    const item = this.#items[this.#head++] as Item;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}

class Run {
  readonly #network: FlowNetwork;
  readonly #wiring: ReturnType<typeof wiringOf>;
  readonly #order: number[];
  readonly #entryOf: Map<number, number>;
  readonly #queues: Queue[];
  readonly #feedback: number[];
  readonly #pending: { item: Item; channels: number[]; at: number }[];
  readonly #turn: number[];
  readonly #budget: number[];
  readonly #random: () => number;
  readonly #waitingSince: number[];
  readonly #noVisits: Int32Array;
  #tick = 0;
  #moved = false;
  #taken = 0;
  #delivered = 0;
  #longest = 0;
  #latencySum = 0;
  #latencyMost = 0;
  #latencyCount = 0;

  constructor(network: FlowNetwork, relevant: ReadonlySet<number>, entries: readonly number[], seed: number) {
    this.#network = network;
    this.#wiring = wiringOf(network);
    this.#order = [...relevant].sort((a, b) => a - b);
    this.#entryOf = new Map(entries.map((operator, index) => [operator, index]));
    this.#queues = network.channels.map(() => new Queue());
    this.#feedback = [...network.channels.keys()].filter((channel) => network.channels[channel]?.feedback === true);
    this.#noVisits = new Int32Array(entries.length).fill(-1);
    this.#pending = network.operators.map(() => ({ item: { visits: this.#noVisits }, channels: [], at: 0 }));
    this.#turn = network.operators.map(() => 0);
    this.#budget = network.operators.map((operator) => operator.budget ?? Number.POSITIVE_INFINITY);
    this.#waitingSince = entries.map(() => -1);
    this.#random = random(seed);
  }

  play(ticks: number): PolicyRun {
    const { policy, feedbackBuffers } = this.#network;
    const queue: number[] = [];
    const every = Math.max(1, Math.floor(ticks / SAMPLES));
    let spilledPeak = 0;
    let stoppedAt: number | null = null;
    for (; this.#tick < ticks; this.#tick++) {
      this.#moved = false;
      this.#shuffle();
      for (const operator of this.#order) this.#work(operator);
      this.#noteWaits();
      let length = 0;
      let spilledNow = 0;
      for (const channel of this.#feedback) {
        const { length: held } = this.#queues[channel] as Queue;
        length += held;
        if (this.#network.channels[channel]?.capacity === null) spilledNow += Math.max(0, held - feedbackBuffers);
      }
      spilledPeak = Math.max(spilledPeak, spilledNow);
      if (this.#tick % every === 0) queue.push(length);
      if (this.#moved) continue;
      stoppedAt = this.#pending.some((pending) => pending.at < pending.channels.length) ? this.#tick : null;
      break;
    }
    return {
      policy,
      ticks: this.#tick,
      stoppedAt,
      longestWait: this.#longest,
      loopLatency: { mean: this.#latencyCount === 0 ? 0 : this.#latencySum / this.#latencyCount, most: this.#latencyMost, count: this.#latencyCount },
      takenIn: (this.#taken * 100) / Math.max(1, this.#tick),
      delivered: (this.#delivered * 100) / Math.max(1, this.#tick),
      spilledPeak,
      queue,
    };
  }

  /** No operator is to be first every time. */
  #shuffle(): void {
    const order = this.#order;
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(this.#random() * (i + 1));
      const swap = order[i] as number;
      order[i] = order[j] as number;
      order[j] = swap;
    }
  }

  #work(operator: number): void {
    if (!this.#put(operator)) return;
    const source = this.#network.operators[operator] as FlowOperator;
    if (source.kind === 'source') {
      if ((this.#budget[operator] as number) <= 0) return;
      (this.#budget as number[])[operator] = (this.#budget[operator] as number) - 1;
      this.#start(operator, { visits: this.#noVisits });
      return;
    }
    const channel = this.#choose(operator);
    if (channel < 0) return;
    const item = (this.#queues[channel] as Queue).shift();
    this.#start(operator, this.#visited(operator, channel, item));
  }

  /** Puts what is left of the last record; true when nothing is left. */
  #put(operator: number): boolean {
    const pending = this.#pending[operator] as { item: Item; channels: number[]; at: number };
    while (pending.at < pending.channels.length) {
      const channel = pending.channels[pending.at] as number;
      const { capacity } = this.#network.channels[channel] as FlowChannel;
      const queue = this.#queues[channel] as Queue;
      if (capacity !== null && queue.length >= capacity) return false;
      queue.push(pending.item);
      pending.at++;
      this.#moved = true;
    }
    return true;
  }

  #start(operator: number, item: Item): void {
    this.#moved = true;
    const outputs = this.#wiring.outputs[operator] as number[];
    if (outputs.length === 0) this.#delivered++;
    const { gives } = this.#network.operators[operator] as FlowOperator;
    this.#pending[operator] = { item, channels: emission(this.#network, outputs, this.#draw(gives)), at: 0 };
    this.#put(operator);
  }

  #draw({ least, most, mean }: Amplification): number {
    if (least === most) return least;
    if (most - least === 1) return least + (this.#random() < mean - least ? 1 : 0);
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** The input to read: feedback where the policy says so, else in turn. */
  #choose(operator: number): number {
    const inputs = this.#wiring.inputs[operator] as number[];
    const preferred = this.#preferred(operator);
    if (preferred >= 0) return preferred;
    const start = this.#turn[operator] as number;
    for (let step = 0; step < inputs.length; step++) {
      const at = (start + step) % inputs.length;
      const channel = inputs[at] as number;
      if ((this.#queues[channel] as Queue).length === 0) continue;
      this.#turn[operator] = at + 1;
      return channel;
    }
    return -1;
  }

  #preferred(operator: number): number {
    const { policy, feedbackBuffers, channels } = this.#network;
    if (policy === 'none') return -1;
    for (const { channel, queue } of this.#wiring.feedbackInputs[operator] as { channel: number; queue: number | null }[]) {
      const waiting = (this.#queues[channel] as Queue).length;
      if (waiting === 0) continue;
      if (policy === 'feedback-first') return channel;
      const used = waiting + (queue === null ? 0 : (this.#queues[queue] as Queue).length);
      const room = (channels[channel]?.capacity ?? feedbackBuffers) + (queue === null ? 0 : (channels[queue]?.capacity ?? feedbackBuffers));
      if (used >= Math.min(feedbackBuffers, room)) return channel;
    }
    return -1;
  }

  #visited(operator: number, channel: number, item: Item): Item {
    const entry = this.#entryOf.get(operator);
    if (entry === undefined) return item;
    const fromFeedback = (this.#wiring.feedbackInputs[operator] as { channel: number }[]).some((input) => input.channel === channel);
    const last = item.visits[entry] as number;
    if (fromFeedback && last >= 0) {
      this.#latencySum += this.#tick - last;
      this.#latencyMost = Math.max(this.#latencyMost, this.#tick - last);
      this.#latencyCount++;
    }
    if (!fromFeedback) {
      this.#taken++;
      this.#endWait(entry);
    }
    const visits = item.visits.slice();
    visits[entry] = this.#tick;
    return { visits };
  }

  #endWait(entry: number): void {
    const since = this.#waitingSince[entry] as number;
    if (since >= 0) this.#longest = Math.max(this.#longest, this.#tick - since);
    this.#waitingSince[entry] = -1;
  }

  /** Waits begin when a record is there and none is taken, and are counted while they last. */
  #noteWaits(): void {
    for (const [operator, entry] of this.#entryOf) {
      const feedback = this.#wiring.feedbackInputs[operator] as { channel: number }[];
      const waits = (this.#wiring.inputs[operator] as number[]).some(
        (channel) => (this.#queues[channel] as Queue).length > 0 && !feedback.some((input) => input.channel === channel),
      );
      if (!waits) this.#waitingSince[entry] = -1;
      else if (this.#waitingSince[entry] === -1) this.#waitingSince[entry] = this.#tick;
      else this.#longest = Math.max(this.#longest, this.#tick - (this.#waitingSince[entry] as number));
    }
  }
}
