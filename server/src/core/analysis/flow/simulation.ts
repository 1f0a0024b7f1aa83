import type { JobView } from '../jobgraph/jobView.ts';
import { answerFlowControl, answerSpilled, DEFAULT_BOUND, type FlowAnswer } from './deadlockSearch.ts';
import type { FlowModel, FlowParameters } from './networkOfPlan.ts';
import { networkOf } from './networkOfPlan.ts';
import { comparePolicies, compareSpilled, DEFAULT_TICKS, type PolicyComparison } from './starvation.ts';
import { answerTermination, type TerminationAnswer } from './termination.ts';

export interface SimulationOptions {
  /** States that each search looks at. */
  bound: number;
  seed: number;
  ticks: number;
}

export const DEFAULT_OPTIONS: SimulationOptions = { bound: DEFAULT_BOUND, seed: 1, ticks: DEFAULT_TICKS };

/** All that flow control has to say about one plan under the given assumptions. */
export interface Simulation {
  model: FlowModel;
  parameters: FlowParameters;
  options: SimulationOptions;
  flow: FlowAnswer;
  /** The same job with every feedback edge spilling; null when there is none with a bound. */
  spilled: FlowAnswer | null;
  /** The policies with the feedback edges as they are; null without a loop that has an input of its own. */
  policies: PolicyComparison | null;
  /** The policies with spilling feedback; null when `policies` is that already. */
  policiesSpilled: PolicyComparison | null;
  termination: TerminationAnswer;
  /** Loops of DataStream.iterate(): only these end by a wait time. */
  iterates: boolean;
  loops: number;
}

/** Deterministic: the same plan, parameters and options give the same answer. */
export function simulate(view: JobView, parameters: FlowParameters, options: SimulationOptions = DEFAULT_OPTIONS): Simulation {
  const model = networkOf(view, parameters);
  const { network } = model;
  const policies = comparePolicies(network, options.seed, options.ticks);
  return {
    model,
    parameters,
    options,
    flow: answerFlowControl(network, options.bound),
    spilled: answerSpilled(network, options.bound),
    policies,
    policiesSpilled: policies === null || policies.spill ? null : compareSpilled(network, options.seed, options.ticks),
    termination: answerTermination(network),
    iterates: view.loops.loops.some((loop) => loop.origin === 'iterate'),
    loops: view.loops.loops.length,
  };
}
