import type { FlowMachine, FlowStep } from './machine.ts';
import type { FlowChannel } from './network.ts';
import { type Exploration, key, MAX_ENTRIES, MAX_WORK, traceTo } from './search.ts';

/** Rings of channels that are looked at: every circular wait fills one of them. */
const MAX_RINGS = 200;
/** Channels that are looked at for them. */
const MAX_RING_STEPS = 200_000;

/**
 * A* towards a circular wait: the first one that is found is one with the fewest steps, and where the bound comes first,
 * the number of steps that none has fewer of is larger than a search breadth first proves with as many states. Null: there
 * are no rings of channels with bounds, or too many.
 *
 * How far it is at least: a circular wait fills every channel of a ring, and each of its operators holds one result more.
 * Each result is put by a step of its own, and for as many of them as an operator gives at most for one record it takes one
 * record before.
 */
export function informed(machine: FlowMachine, bound: number): Exploration | null {
  const rings = ringsOf(machine);
  if (rings === null) return null;
  const limit = Math.max(1, Math.min(bound, Math.floor(MAX_ENTRIES / machine.length)));
  const distance = (state: Uint16Array): number => Math.min(...rings.map((ring) => toFill(machine, state, ring)));
  const initial = machine.initial();
  const states: Uint16Array[] = [initial];
  const parents: number[] = [-1];
  const steps: (FlowStep | null)[] = [null];
  const depths: number[] = [0];
  const numbers = new Map<string, number>([[key(initial), 0]]);
  const open = new Queue();
  open.add(distance(initial), 0, 0);
  let work = 0;
  for (let entry = open.next(); entry !== null; entry = open.next()) {
    const { item: at, depth, priority } = entry;
    // A shorter way to this state was found meanwhile.
    if (depth > (depths[at] as number)) continue;
    const state = states[at] as Uint16Array;
    const last = steps[at];
    const wait = last == null ? null : machine.circularWait(state, last.operator);
    if (wait !== null) return { verdict: 'deadlock', states: states.length, searched: depth - 1, steps: traceTo(at, parents, steps), wait };
    for (const step of machine.steps(state)) {
      work += machine.length;
      const next = machine.apply(state, step);
      const name = key(next);
      let number = numbers.get(name);
      if (number === undefined) {
        if (states.length >= limit || work > MAX_WORK)
          return { verdict: 'undecided', states: states.length, searched: priority - 1, steps: [], wait: [] };
        number = states.length;
        numbers.set(name, number);
        states.push(next);
        parents.push(at);
        steps.push(step);
        depths.push(depth + 1);
      } else if (depth + 1 < (depths[number] as number)) {
        parents[number] = at;
        steps[number] = step;
        depths[number] = depth + 1;
      } else continue;
      open.add(depth + 1 + distance(next), number, depth + 1);
    }
  }
  return { verdict: 'impossible', states: states.length, searched: states.length, steps: [], wait: [] };
}

/** Steps until all channels of a ring are full and each of its operators holds a result for the next one, at least. */
function toFill(machine: FlowMachine, state: Uint16Array, ring: readonly number[]): number {
  let steps = 0;
  for (const index of ring) {
    const channel = machine.network.channels[index] as FlowChannel;
    const missing = Math.max(0, (channel.capacity as number) - machine.fill(state, index));
    const held = machine.held(state, channel.from, index);
    const most = Math.max(1, machine.most(channel.from, index));
    steps += missing + Math.ceil(Math.max(0, missing + 1 - held) / most);
  }
  return steps;
}

/** Every simple ring of channels with bounds; null where there are more than are worth it. */
function ringsOf(machine: FlowMachine): number[][] | null {
  const { channels } = machine.network;
  const rings: number[][] = [];
  const path: number[] = [];
  const on = new Set<number>();
  let work = 0;
  const walk = (start: number, at: number): boolean => {
    for (const [index, channel] of channels.entries()) {
      if (channel.from !== at || channel.capacity === null || channel.to < start) continue;
      if (++work > MAX_RING_STEPS) return false;
      path.push(index);
      if (channel.to === start) rings.push([...path]);
      else if (!on.has(channel.to)) {
        on.add(channel.to);
        if (!walk(start, channel.to)) return false;
        on.delete(channel.to);
      }
      path.pop();
      if (rings.length > MAX_RINGS) return false;
    }
    return true;
  };
  for (let start = 0; start < machine.network.operators.length; start++) {
    on.clear();
    on.add(start);
    if (!walk(start, start)) return null;
  }
  return rings.length === 0 ? null : rings;
}

/** A queue by small whole numbers: entries of one priority come last in, first out, so that a way is followed to its end. */
class Queue {
  readonly #buckets: { item: number; depth: number }[][] = [];
  #lowest = 0;

  add(priority: number, item: number, depth: number): void {
    const bucket = this.#buckets[priority];
    if (bucket === undefined) this.#buckets[priority] = [{ item, depth }];
    else bucket.push({ item, depth });
    if (priority < this.#lowest) this.#lowest = priority;
  }

  next(): { item: number; depth: number; priority: number } | null {
    for (; this.#lowest < this.#buckets.length; this.#lowest++) {
      const found = this.#buckets[this.#lowest]?.pop();
      if (found !== undefined) return { ...found, priority: this.#lowest };
    }
    return null;
  }
}
