import type { GuardedCall, JavaModel } from '../model.ts';
import { hoistHelper } from './hoist.ts';
import { moveOut } from './moveOut.ts';
import type { Plan } from './plan.ts';
import { throughHelper } from './throughHelper.ts';

/** Fix 1: makes a callback after the outermost lock is released, or says why that would change the program. */
export function planMove(model: JavaModel, guarded: GuardedCall): Plan {
  if (guarded.paths.every((path) => path.steps.length === 0)) return moveOut(model, guarded);
  return hoistHelper(model, guarded) ?? throughHelper(model, guarded);
}
