import type { Blocked, FlowMachine, FlowStep } from './machine.ts';

/** Steps of all attempts together. */
const MAX_REPLAYED = 3_000_000;

/** A way into a circular wait. */
export interface Way {
  steps: FlowStep[];
  wait: Blocked[];
}

/**
 * A shorter way made of steps of the given one: parts are left out, large ones first, and with them whatever cannot be
 * done without them; what still ends in a circular wait is kept. In the end no single step can be left out, unless the
 * way was too long to try all of them.
 */
export function minimised(machine: FlowMachine, way: Way): Way {
  let best = way;
  let left = MAX_REPLAYED;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; ) {
    let shorter = false;
    for (let start = 0; start < best.steps.length && left > 0; ) {
      left -= best.steps.length;
      const tried = replayed(machine, [...best.steps.slice(0, start), ...best.steps.slice(start + size)]);
      if (tried === null) start += size;
      else {
        best = tried;
        shorter = true;
      }
    }
    if (left <= 0) break;
    if (!shorter || size > 1) size = size === 1 ? 0 : Math.floor(size / 2);
  }
  return best;
}

/** Does the steps that are possible, one after another, up to a circular wait; null when there is none. */
function replayed(machine: FlowMachine, steps: readonly FlowStep[]): Way | null {
  let state = machine.initial();
  const done: FlowStep[] = [];
  for (const step of steps) {
    const possible = machine.stepsOf(state, step.operator);
    if (!possible.some(({ kind, channel, next }) => kind === step.kind && channel === step.channel && next === step.next)) continue;
    state = machine.apply(state, step);
    done.push(step);
    const wait = machine.circularWait(state, step.operator);
    if (wait !== null) return { steps: done, wait };
  }
  return null;
}
