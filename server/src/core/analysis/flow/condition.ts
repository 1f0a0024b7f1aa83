import type { FlowChannel, FlowNetwork, FlowOperator } from './network.ts';
import { wiringOf } from './network.ts';
import { closure, downstreamOf, upstreamOf } from './reduce.ts';

/**
 * When a cycle of bounded channels can block, told from its structure alone; `cycle` is one of boundedCycles, so every
 * operator of it can give at least one record for one.
 *
 * Between the members records never become fewer where each gives at least one. So:
 * - Where a member gives two or more records within the cycle for one that it takes (to two members, or two to one), each
 *   round adds to them, and they come to fill whatever room there is: one record from outside is enough, for any
 *   capacities and any policy.
 * - In a ring in which each gives one, records only come from outside. It is stuck when every place is taken and every
 *   operator holds one more: that takes exactly as many as there are places and operators. Who prefers feedback takes the
 *   last of them only when the feedback queue is empty, or has room by the measure of the policy, and then it is not the
 *   last: a ring with that one way in never fills.
 */
export type BlockingCondition =
  /** One record from outside is enough. `operator` gives more records within the cycle than it takes. */
  | { kind: 'grows'; operator: number }
  /** As many records from outside as there are places in the channels and operators. */
  | { kind: 'fills'; places: number; operators: number }
  /** The policy keeps the last place free. */
  | { kind: 'kept-free' }
  /** No record from outside can come in. */
  | { kind: 'no-entry' };

/** Records from outside that can come into a cycle. */
export interface Supply {
  /** Null for no end. */
  records: number | null;
  /** False where more may come: some go round another cycle on their way. */
  exact: boolean;
}

export interface CycleCondition {
  condition: BlockingCondition;
  supply: Supply;
  /** Null where it does not follow from the structure. */
  blocks: boolean | null;
}

export function conditionOf(network: FlowNetwork, cycle: readonly number[]): CycleCondition {
  const inside = new Set(cycle);
  const { outputs, inputs, feedbackInputs } = wiringOf(network);
  const within = (channel: number): boolean => {
    const { from, to, capacity } = network.channels[channel] as FlowChannel;
    return inside.has(from) && inside.has(to) && capacity !== null;
  };
  const supply = supplyOf(network, cycle, within);
  if (supply.records === 0 && supply.exact) return { condition: { kind: 'no-entry' }, supply, blocks: false };
  const flows =
    network.policy === 'none' ||
    ![...downstreamOf(network, upstreamOf(network, cycle))].some(
      (operator) => !inside.has(operator) && (feedbackInputs[operator] as unknown[]).length > 0,
    );
  const growing = cycle.find((operator) => {
    const given = (outputs[operator] as number[]).filter(within).reduce((sum, channel) => sum + (network.channels[channel] as FlowChannel).copies, 0);
    return given * (network.operators[operator] as FlowOperator).gives.most > 1;
  });
  if (growing !== undefined) return { condition: { kind: 'grows', operator: growing }, supply, blocks: flows ? true : null };

  // A ring: every member has one channel to the next.
  const open = cycle.filter(
    (operator) =>
      network.operators[operator]?.kind === 'source' ||
      (inputs[operator] as number[]).some((channel) => !within(channel) && carries(network, channel)),
  );
  const preferring = (operator: number): boolean => (feedbackInputs[operator] as { channel: number }[]).some(({ channel }) => within(channel));
  if (network.policy !== 'none' && open.every(preferring)) return { condition: { kind: 'kept-free' }, supply, blocks: false };
  const ring = cycle.flatMap((operator) => (outputs[operator] as number[]).filter(within));
  const places = ring.reduce((sum, channel) => sum + ((network.channels[channel] as FlowChannel).capacity ?? 0), 0);
  const enough = supply.records === null || supply.records >= places + cycle.length;
  return {
    condition: { kind: 'fills', places, operators: cycle.length },
    supply,
    blocks: enough ? (flows ? true : null) : supply.exact ? false : null,
  };
}

const carries = (network: FlowNetwork, channel: number): boolean =>
  (network.operators[(network.channels[channel] as FlowChannel).from] as FlowOperator).gives.most > 0;

/** Follows the records of the sources to the cycle, in the order of flow; what lies on other cycles is not counted through. */
function supplyOf(network: FlowNetwork, cycle: readonly number[], within: (channel: number) => boolean): Supply {
  const { inputs, outputs } = wiringOf(network);
  const inside = new Set(cycle);
  const carrying = (operator: number): number[] => (inputs[operator] as number[]).filter((channel) => carries(network, channel));
  const reaching = closure(cycle, (operator) => carrying(operator).map((channel) => (network.channels[channel] as FlowChannel).from));
  const sources = [...reaching].map((operator) => network.operators[operator] as FlowOperator).filter(({ kind }) => kind === 'source');
  if (sources.some(({ budget }) => budget === null)) return { records: null, exact: true };
  /** Inputs whose records are not all counted yet, of operators before the cycle. */
  const open = new Map([...reaching].filter((operator) => !inside.has(operator)).map((operator) => [operator, carrying(operator).length]));
  const taken = new Map<number, number>();
  const take = (operator: number, count: number): void => {
    taken.set(operator, (taken.get(operator) ?? 0) + count);
  };
  for (const operator of reaching) {
    const { kind, budget } = network.operators[operator] as FlowOperator;
    if (kind === 'source') take(operator, budget ?? 0);
  }
  const queue = [...open.keys()].filter((operator) => open.get(operator) === 0);
  for (let operator = queue.pop(); operator !== undefined; operator = queue.pop()) {
    open.delete(operator);
    const given = (taken.get(operator) ?? 0) * (network.operators[operator] as FlowOperator).gives.most;
    for (const channel of outputs[operator] as number[]) {
      const { to, copies } = network.channels[channel] as FlowChannel;
      if (!reaching.has(to)) continue;
      take(to, given * copies);
      const left = (open.get(to) ?? 0) - 1;
      if (!open.has(to)) continue;
      open.set(to, left);
      if (left === 0) queue.push(to);
    }
  }
  const sum = (operators: Iterable<number>): number => [...operators].reduce((all, operator) => all + (taken.get(operator) ?? 0), 0);
  const records = sum(cycle);
  // What is left lies on another cycle or behind one; the cycle itself may give to such a one, over a channel without a bound.
  const comesBack = cycle.some((operator) =>
    carrying(operator).some((channel) => !within(channel) && inside.has((network.channels[channel] as FlowChannel).from)),
  );
  return { records, exact: (open.size === 0 && !comesBack) || records + sum(open.keys()) === 0 };
}
