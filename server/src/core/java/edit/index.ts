import type { GuardedCall, JavaModel } from '../model.ts';
import { hoistHelper } from './hoist.ts';
import { moveOut } from './moveOut.ts';
import { isRefusal, type Plan } from './plan.ts';
import { throughHelper } from './throughHelper.ts';

/** Fix 1: makes a callback after the outermost lock is released, or says why that would change the program. */
export function planMove(model: JavaModel, guarded: GuardedCall): Plan {
  const plan = guarded.paths.every((path) => path.steps.length === 0)
    ? moveOut(model, guarded)
    : (hoistHelper(model, guarded) ?? throughHelper(model, guarded));
  if (isRefusal(plan) || guarded.callback.entry.ordered !== true) return plan;
  const cost = 'the lock no longer keeps the calls of two threads in order';
  return { ...plan, safe: false, cost: plan.cost === null ? cost : `${plan.cost}; ${cost}` };
}
