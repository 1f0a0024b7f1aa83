import { emission, type FlowChannel, type FlowNetwork, type FlowOperator, type Wiring, wiringOf } from './network.ts';

/** One thing that an operator does. */
export interface FlowStep {
  operator: number;
  kind: /** A source takes a record from outside. */
    | 'emit'
    /** An operator takes a record from the channel and starts on it. */
    | 'take'
    /** An operator puts one result into the channel. */
    | 'put';
  /** Null for `emit`. */
  channel: number | null;
  /** What is left to put afterwards: a local state of the operator. */
  next: number;
}

/** An operator of a circular wait and the full channel that it waits for. */
export interface Blocked {
  operator: number;
  channel: number;
}

/** What an operator can be in the midst of: local state 0 is idle, every other one has results left to put. */
interface Automaton {
  /** By local state: the channel of the next result, -1 for none. */
  channel: number[];
  /** By local state: the state after that result. */
  after: number[];
  /** States that taking a record can lead to, the one with the most results first. */
  starts: number[];
}

/**
 * The steps of a network. A state is an array: fill of every channel, local state of every operator, then what is
 * left of every finite source. An operator works on one record at a time and holds what it could not put yet, as a
 * Flink task does that waits in requestMemorySegmentBlocking.
 */
export class FlowMachine {
  readonly network: FlowNetwork;
  readonly wiring: Wiring;
  /** Operators that only make room: they move when somebody waits for room in one of their inputs. */
  readonly lazy: boolean[];
  /** Operators with one output that only bring records: they move when their consumer has nothing to do and no record, see `suppliers`. */
  readonly supply: boolean[];
  /** Operators with an input from outside that always has a record. */
  readonly fed: boolean[];
  readonly length: number;
  readonly #automata: Automaton[];
  /** By operator: place of its budget in the state, -1 for none. */
  readonly #budgets: number[];
  readonly #channels: number;

  constructor(network: FlowNetwork, options: { lazy?: boolean[]; supply?: boolean[]; fed?: boolean[] } = {}) {
    this.network = network;
    this.wiring = wiringOf(network);
    this.lazy = options.lazy ?? network.operators.map(() => false);
    this.supply = options.supply ?? network.operators.map(() => false);
    this.fed = options.fed ?? network.operators.map(() => false);
    this.#automata = network.operators.map((operator, index) => automaton(network, operator, this.wiring.outputs[index] ?? []));
    this.#channels = network.channels.length;
    let length = this.#channels + network.operators.length;
    this.#budgets = network.operators.map((operator) => (operator.kind === 'source' && operator.budget !== null ? length++ : -1));
    this.length = length;
  }

  initial(): Uint16Array {
    const state = new Uint16Array(this.length);
    this.network.operators.forEach((operator, index) => {
      const place = this.#budgets[index] as number;
      if (place >= 0) state[place] = Math.min(operator.budget as number, 65_535);
    });
    return state;
  }

  fill(state: Uint16Array, channel: number): number {
    return state[channel] as number;
  }

  /** The channel that the operator has a result for; -1 when it is idle. */
  pending(state: Uint16Array, operator: number): number {
    return (this.#automata[operator] as Automaton).channel[this.#local(state, operator)] as number;
  }

  /** Results for the channel that the operator holds. */
  held(state: Uint16Array, operator: number, channel: number): number {
    const { channel: channels, after } = this.#automata[operator] as Automaton;
    let count = 0;
    for (let at = this.#local(state, operator); at !== 0; at = after[at] as number) if (channels[at] === channel) count++;
    return count;
  }

  /** Results for the channel that the operator gives at most for one record. */
  most(operator: number, channel: number): number {
    const automatonOf = this.#automata[operator] as Automaton;
    return Math.max(
      0,
      ...automatonOf.starts.map((start) => {
        let count = 0;
        for (let at = start; at !== 0; at = automatonOf.after[at] as number) if (automatonOf.channel[at] === channel) count++;
        return count;
      }),
    );
  }

  hasRoom(state: Uint16Array, channel: number): boolean {
    const { capacity } = this.network.channels[channel] as FlowChannel;
    return (state[channel] as number) < (capacity ?? 65_535);
  }

  /** Steps of all operators that are possible, in a fixed order. */
  steps(state: Uint16Array): FlowStep[] {
    const steps: FlowStep[] = [];
    for (let operator = 0; operator < this.network.operators.length; operator++) this.#stepsOf(state, operator, steps);
    return steps;
  }

  /** Steps of one operator that are possible. */
  stepsOf(state: Uint16Array, operator: number): FlowStep[] {
    const steps: FlowStep[] = [];
    this.#stepsOf(state, operator, steps);
    return steps;
  }

  #stepsOf(state: Uint16Array, operator: number, steps: FlowStep[]): void {
    const inputs = this.wiring.inputs[operator] as number[];
    const lazy = this.lazy[operator] as boolean;
    if (lazy && !inputs.some((channel) => this.#inDemand(state, channel))) return;
    if (this.supply[operator] === true && !this.#wanted(state, operator)) return;
    const automatonOf = this.#automata[operator] as Automaton;
    const local = this.#local(state, operator);
    if (local !== 0) {
      const channel = automatonOf.channel[local] as number;
      if (this.hasRoom(state, channel)) steps.push({ operator, kind: 'put', channel, next: automatonOf.after[local] as number });
      return;
    }
    const budget = this.#budgets[operator] as number;
    const isSource = this.network.operators[operator]?.kind === 'source';
    const outside = this.fed[operator] === true || (isSource && (budget < 0 || (state[budget] as number) > 0));
    const regular = this.#regularAllowed(state, operator);
    if (outside && regular) for (const next of automatonOf.starts) steps.push({ operator, kind: 'emit', channel: null, next });
    for (const channel of inputs) {
      if (state[channel] === 0 || (lazy && !this.#inDemand(state, channel))) continue;
      if (!regular && !this.#isFeedback(operator, channel)) continue;
      for (const next of automatonOf.starts) steps.push({ operator, kind: 'take', channel, next });
    }
  }

  /** Whether a record that the operator brings now would be taken at once. */
  #wanted(state: Uint16Array, operator: number): boolean {
    const channel = this.wiring.outputs[operator]?.[0] as number;
    if (state[channel] !== 0) return false;
    const { to } = this.network.channels[channel] as FlowChannel;
    return this.#local(state, to) === 0 && (this.supply[to] !== true || this.#wanted(state, to));
  }

  /** Whether somebody holds a result for the full channel. */
  #inDemand(state: Uint16Array, channel: number): boolean {
    return !this.hasRoom(state, channel) && this.pending(state, (this.network.channels[channel] as FlowChannel).from) === channel;
  }

  #isFeedback(operator: number, channel: number): boolean {
    return (this.wiring.feedbackInputs[operator] as { channel: number }[]).some((input) => input.channel === channel);
  }

  /** Whether the policy lets the operator read another input than the feedback now. */
  #regularAllowed(state: Uint16Array, operator: number): boolean {
    const { policy, feedbackBuffers, channels } = this.network;
    if (policy === 'none') return true;
    for (const { channel, queue } of this.wiring.feedbackInputs[operator] as { channel: number; queue: number | null }[]) {
      const waiting = state[channel] as number;
      if (waiting === 0) continue;
      if (policy === 'feedback-first') return false;
      const used = waiting + (queue === null ? 0 : (state[queue] as number));
      const room = (channels[channel]?.capacity ?? feedbackBuffers) + (queue === null ? 0 : (channels[queue]?.capacity ?? feedbackBuffers));
      if (used >= Math.min(feedbackBuffers, room)) return false;
    }
    return true;
  }

  /** The state after a step; the given one stays. */
  apply(state: Uint16Array, step: FlowStep): Uint16Array {
    const after = state.slice();
    if (step.kind === 'put') after[step.channel as number] = (state[step.channel as number] as number) + 1;
    else if (step.kind === 'take') after[step.channel as number] = (state[step.channel as number] as number) - 1;
    else {
      const budget = this.#budgets[step.operator] as number;
      if (budget >= 0) after[budget] = (state[budget] as number) - 1;
    }
    after[this.#channels + step.operator] = step.next;
    return after;
  }

  /**
   * The circular wait that the operator is part of: each member holds a result for a full channel whose consumer is
   * the next member. None of them can ever move again, whatever the rest of the job does.
   */
  circularWait(state: Uint16Array, operator: number): Blocked[] | null {
    const members: Blocked[] = [];
    let at = operator;
    while (members.length <= this.network.operators.length) {
      const channel = this.pending(state, at);
      if (channel < 0 || this.hasRoom(state, channel)) return null;
      members.push({ operator: at, channel });
      at = (this.network.channels[channel] as FlowChannel).to;
      if (at === operator) return members;
    }
    return null;
  }

  #local(state: Uint16Array, operator: number): number {
    return state[this.#channels + operator] as number;
  }
}

function automaton(network: FlowNetwork, operator: FlowOperator, outputs: readonly number[]): Automaton {
  const result: Automaton = { channel: [-1], after: [0], starts: [] };
  /** State by the result to put and the state after it: the ends of all orders are shared. */
  const known = new Map<string, number>();
  const starts = new Set<number>();
  const { least, most } = outputs.length === 0 ? { least: 0, most: 0 } : operator.gives;
  for (let count = most; count >= least; count--) {
    const order = emission(network, outputs, count);
    let state = 0;
    for (let at = order.length - 1; at >= 0; at--) {
      const key = `${order[at]} ${state}`;
      const seen = known.get(key);
      if (seen !== undefined) {
        state = seen;
        continue;
      }
      result.channel.push(order[at] as number);
      result.after.push(state);
      state = result.channel.length - 1;
      known.set(key, state);
    }
    starts.add(state);
  }
  result.starts = [...starts];
  return result;
}
