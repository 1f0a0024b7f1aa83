import { type CycleCondition, conditionOf } from './condition.ts';
import { informed } from './informed.ts';
import { type Blocked, FlowMachine, type FlowStep } from './machine.ts';
import { minimised, type Way } from './minimise.ts';
import type { FlowNetwork } from './network.ts';
import { spilled } from './network.ts';
import { boundedCycles, isolated, type Part, reduced, slice } from './reduce.ts';
import { type Exploration, explore, flood } from './search.ts';

/**
 * Whether a job can stop for ever because its bounded buffers fill up around a cycle (FLIP-15, part II).
 *
 * A deadlock is a circular wait: operators that each hold a result for a full channel into the next. A state in which
 * nothing can move although records are left always holds one, and none of its members ever moves again, so looking
 * for circular waits finds deadlocks of a part of the job, too.
 */

/** States for all cycles together: the panel answers while the user types, and the command line gives the same answer. */
export const DEFAULT_BOUND = 40_000;
/** Walks that look for a trace where the search gave up; each ends where it gets longer than the best. */
const WALKS = 60;

export type Verdict = 'deadlock' | 'impossible' | 'undecided';

/** How one strongly connected set of operators was decided. */
export interface CycleAnswer {
  /** Operators of the cycle. */
  operators: number[];
  verdict: Verdict;
  condition: CycleCondition;
  method: /** It follows from the structure; states were looked at for a trace only. */
    | 'structure'
    /** Even with records always at hand wherever they can come in, all states of the cycle were looked at. */
    | 'isolated'
    /** All states, or the fewest steps, of everything that the cycle depends on. */
    | 'exact'
    /** The network made smaller without changing the answer. */
    | 'reduced'
    /** Walks that flood the network. */
    | 'walk'
    | 'none';
  /** States looked at, all attempts together. */
  states: number;
  /** Operators and channels of the network that decided. */
  size: { operators: number; channels: number };
  trace: FlowTrace | null;
}

export interface FlowTrace {
  /** In operators and channels of the whole network. */
  steps: FlowStep[];
  wait: Blocked[];
  /** No trace to a circular wait has fewer steps. */
  shortest: boolean;
  /** Every trace has at least so many steps: all states that fewer lead to were looked at. */
  atLeast: number;
}

/** What the verdict over all cycles rests on. */
export type FlowReason =
  /** The job has no cycle, so no operator can wait for itself. */
  | 'no-cycle'
  /** Every cycle has a channel without a bound. */
  | 'every-cycle-unbounded'
  /** All states that matter were looked at, and none holds a circular wait. */
  | 'all-states-seen'
  /** No circular wait among the states that were looked at; there are more. */
  | 'states-left'
  /** A circular wait was reached. */
  | 'reached'
  /** The condition of a cycle is met, of each is not met: no state had to be looked at. */
  | 'structure-blocks'
  | 'structure-keeps-free';

export interface FlowAnswer {
  verdict: Verdict;
  reason: FlowReason;
  /** Most states that each attempt looks at. */
  bound: number;
  /** States looked at, all cycles together. */
  states: number;
  cycles: CycleAnswer[];
  /** The shortest of all cycles' traces. */
  trace: FlowTrace | null;
}

/** Looks at `bound` states at most for all cycles together, in each attempt. Pure and deterministic. */
export function answerFlowControl(network: FlowNetwork, bound: number = DEFAULT_BOUND): FlowAnswer {
  const sets = boundedCycles(network);
  const share = Math.ceil(bound / Math.max(1, sets.length));
  const cycles = sets.map((cycle) => answerCycle(network, cycle, share));
  const trace = cycles.reduce<FlowTrace | null>(
    (best, { trace: one }) => (one !== null && (best === null || one.steps.length < best.steps.length) ? one : best),
    null,
  );
  const verdict = cycles.some((cycle) => cycle.verdict === 'deadlock')
    ? 'deadlock'
    : cycles.some((cycle) => cycle.verdict === 'undecided')
      ? 'undecided'
      : 'impossible';
  // A cycle that was not searched to its end may hold a shorter one.
  const open = cycles.filter(({ verdict: one }) => one !== 'impossible');
  const sure = open.every((cycle) => cycle.trace?.shortest === true);
  const atLeast = Math.min(...open.map((cycle) => cycle.trace?.atLeast ?? 1));
  return {
    verdict,
    reason: reasonOf(network, verdict, cycles),
    bound,
    states: cycles.reduce((sum, cycle) => sum + cycle.states, 0),
    cycles,
    trace: trace === null ? null : { ...trace, shortest: trace.shortest && sure, atLeast },
  };
}

/** What spilling every feedback edge changes; null when the network has no feedback edge with a bound. */
export function answerSpilled(network: FlowNetwork, bound: number = DEFAULT_BOUND): FlowAnswer | null {
  return network.channels.some((channel) => channel.feedback && channel.capacity !== null) ? answerFlowControl(spilled(network), bound) : null;
}

function answerCycle(network: FlowNetwork, cycle: number[], bound: number): CycleAnswer {
  const condition = conditionOf(network, cycle);
  let states = 0;
  const attempt = (part: Part, search: (machine: FlowMachine) => Exploration): Exploration => {
    const found = search(new FlowMachine(part.network, { lazy: part.lazy, supply: part.supply, fed: part.fed }));
    states += found.states;
    return found;
  };
  const answer = (part: Part, method: CycleAnswer['method'], verdict: Verdict, trace: FlowTrace | null): CycleAnswer => ({
    operators: cycle,
    verdict,
    condition,
    method,
    states,
    size: { operators: part.operators.length, channels: part.channels.length },
    trace,
  });

  const alone = isolated(network, cycle);
  if (condition.blocks === false) return answer(alone, 'structure', 'impossible', null);
  if (condition.blocks === true) {
    const whole = slice(network, cycle);
    const exact = attempt(whole, (machine) => informed(machine, bound) ?? explore(machine, bound));
    if (exact.verdict === 'deadlock') return answer(whole, 'structure', 'deadlock', inWhole(whole, exact, exact.searched + 1));
    const walked = attempt(whole, (machine) => flood(machine, WALKS, 1));
    return answer(whole, 'structure', 'deadlock', walked.verdict === 'deadlock' ? shortened(whole, walked, exact.searched + 1) : null);
  }
  if (attempt(alone, (machine) => explore(machine, bound)).verdict === 'impossible') return answer(alone, 'isolated', 'impossible', null);

  const whole = slice(network, cycle);
  const exact = attempt(whole, (machine) => explore(machine, bound));
  if (exact.verdict !== 'undecided') {
    return answer(whole, 'exact', exact.verdict, exact.verdict === 'deadlock' ? inWhole(whole, exact, exact.searched + 1) : null);
  }
  const small = reduced(network, cycle);
  const decided = attempt(small, (machine) => explore(machine, bound));
  if (decided.verdict === 'impossible') return answer(small, 'reduced', 'impossible', null);
  const walked = attempt(whole, (machine) => flood(machine, WALKS, 1));
  if (walked.verdict === 'deadlock')
    return answer(whole, decided.verdict === 'deadlock' ? 'reduced' : 'walk', 'deadlock', shortened(whole, walked, exact.searched + 1));
  if (decided.verdict === 'deadlock') return answer(small, 'reduced', 'deadlock', null);
  return answer(whole, 'none', 'undecided', null);
}

/** What walks found is full of steps that lead nowhere. */
function shortened(part: Part, found: Exploration, atLeast: number): FlowTrace {
  return inWhole(part, minimised(new FlowMachine(part.network), found), atLeast);
}

function inWhole(part: Part, found: Way, atLeast: number): FlowTrace {
  const operator = (index: number): number => part.operators[index] as number;
  const channel = (index: number): number => part.channels[index]?.[0] as number;
  return {
    // A slice leaves no output of an operator that stays out, so local states keep their numbers.
    steps: found.steps.map((step) => ({ ...step, operator: operator(step.operator), channel: step.channel === null ? null : channel(step.channel) })),
    wait: found.wait.map((one) => ({ operator: operator(one.operator), channel: channel(one.channel) })),
    shortest: found.steps.length === atLeast,
    atLeast,
  };
}

function reasonOf(network: FlowNetwork, verdict: Verdict, cycles: readonly CycleAnswer[]): FlowReason {
  if (cycles.length === 0) return network.channels.some((channel) => channel.feedback) ? 'every-cycle-unbounded' : 'no-cycle';
  const deciding = verdict === 'deadlock' ? cycles.filter((cycle) => cycle.verdict === 'deadlock') : cycles;
  if (deciding.every(({ method }) => method === 'structure')) return verdict === 'deadlock' ? 'structure-blocks' : 'structure-keeps-free';
  if (verdict === 'impossible') return 'all-states-seen';
  return verdict === 'undecided' ? 'states-left' : 'reached';
}
