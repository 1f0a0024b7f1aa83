import { random } from '../../random.ts';
import type { Blocked, FlowMachine, FlowStep } from './machine.ts';

/** Entries of all stored states together: keeps the memory of a search at some hundred megabytes. */
export const MAX_ENTRIES = 20_000_000;
/** Entries of all states that a search makes, stored or not: keeps it at some seconds in networks of thousands of operators. */
export const MAX_WORK = 400_000_000;
/** Operators that all walks together ask for their steps. */
const MAX_ASKED = 60_000_000;
/** Steps of one walk. */
const WALK = 10_000;

export interface Exploration {
  verdict: /** A circular wait was reached. */
    | 'deadlock'
    /** All states that can be reached were looked at. */
    | 'impossible'
    | 'undecided';
  /** Different states that were looked at. */
  states: number;
  /** No circular wait is reached in this many steps or fewer; of a deadlock that was searched for breadth first, one less than it takes. */
  searched: number;
  /** From the initial state; empty unless there is a deadlock. */
  steps: FlowStep[];
  wait: Blocked[];
}

/** States with one key are the same. */
export const key = (state: Uint16Array): string => Reflect.apply(String.fromCharCode, null, state);

/** Breadth first, so that the first circular wait is one with the fewest steps. Looks at `bound` states at most. */
export function explore(machine: FlowMachine, bound: number): Exploration {
  const limit = Math.max(1, Math.min(bound, Math.floor(MAX_ENTRIES / machine.length)));
  const initial = machine.initial();
  const states: Uint16Array[] = [initial];
  const parents: number[] = [-1];
  const steps: (FlowStep | null)[] = [null];
  const seen = new Set<string>([key(initial)]);
  let work = 0;
  for (let at = 0; at < states.length; at++) {
    const state = states[at] as Uint16Array;
    for (const step of machine.steps(state)) {
      work += machine.length;
      const next = machine.apply(state, step);
      const name = key(next);
      if (seen.has(name)) continue;
      if (states.length >= limit || work > MAX_WORK)
        return { verdict: 'undecided', states: states.length, searched: depthOf(at, parents), steps: [], wait: [] };
      seen.add(name);
      states.push(next);
      parents.push(at);
      steps.push(step);
      const wait = machine.circularWait(next, step.operator);
      if (wait === null) continue;
      const trace = traceTo(states.length - 1, parents, steps);
      return { verdict: 'deadlock', states: states.length, searched: trace.length - 1, steps: trace, wait };
    }
  }
  return { verdict: 'impossible', states: states.length, searched: depthOf(states.length - 1, parents), steps: [], wait: [] };
}

function depthOf(state: number, parents: number[]): number {
  let depth = 0;
  for (let at = state; at > 0; at = parents[at] as number) depth++;
  return depth;
}

/** The steps from the initial state to one of the states. */
export function traceTo(last: number, parents: readonly number[], steps: readonly (FlowStep | null)[]): FlowStep[] {
  const trace: FlowStep[] = [];
  for (let at = last; at > 0; at = parents[at] as number) trace.push(steps[at] as FlowStep);
  return trace.reverse();
}

/**
 * Walks that flood the network, for those with too many states to search: takes records from outside rather than
 * feedback and gives as many results as possible. Finds a circular wait, with the shortest trace of all walks, or
 * nothing; proves nothing by finding none.
 */
export function flood(machine: FlowMachine, walks: number, seed: number): Exploration {
  const most = MAX_ASKED / machine.network.operators.length;
  let looked = 0;
  let best: Exploration | null = null;
  for (let walk = 0; walk < walks && looked < most; walk++) {
    const next = random(seed + walk);
    let state = machine.initial();
    const trace: FlowStep[] = [];
    const limit = best === null ? WALK : best.steps.length - 1;
    for (let at = 0; at < limit && looked < most; at++) {
      const possible = machine.steps(state);
      if (possible.length === 0) break;
      const step = chooseStep(machine, possible, next, walk);
      state = machine.apply(state, step);
      looked++;
      trace.push(step);
      const wait = machine.circularWait(state, step.operator);
      if (wait === null) continue;
      best = { verdict: 'deadlock', states: looked, searched: 0, steps: trace, wait };
      break;
    }
  }
  return best === null ? { verdict: 'undecided', states: looked, searched: 0, steps: [], wait: [] } : { ...best, states: looked };
}

function chooseStep(machine: FlowMachine, possible: FlowStep[], next: () => number, walk: number): FlowStep {
  const weight = (step: FlowStep): number => {
    if (step.kind === 'emit') return 3;
    // The first of several starts gives the most.
    if (step.kind === 'take') return machine.network.channels[step.channel as number]?.feedback === true ? 1 : 2;
    return 3;
  };
  // The first walk always does what fills most; later ones are free to do otherwise.
  if (walk === 0) return possible.reduce((best, step) => (weight(step) > weight(best) ? step : best));
  let total = 0;
  for (const step of possible) total += weight(step);
  let left = next() * total;
  for (const step of possible) {
    left -= weight(step);
    if (left < 0) return step;
  }
  return possible[possible.length - 1] as FlowStep;
}
