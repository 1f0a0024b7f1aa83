import { spanOf } from '../../../java/syntax.ts';
import type { GuardedCall, JavaModel } from '../model.ts';
import { fitted } from './fit.ts';
import { hoistHelper } from './hoist.ts';
import { layoutAt } from './layout.ts';
import { moveOut } from './moveOut.ts';
import { distinct, isRefusal, type Plan, refuse } from './plan.ts';
import { throughHelper } from './throughHelper.ts';

/** Callbacks of one region have the same plan: it is made once. */
const PLANS = new WeakMap<JavaModel, Map<string, Plan>>();

/** Fix 1: makes a callback after the outermost lock is released, or says why that would change the program. */
export function planMove(model: JavaModel, guarded: GuardedCall): Plan {
  let plans = PLANS.get(model);
  if (plans === undefined) {
    plans = new Map();
    PLANS.set(model, plans);
  }
  const own = guarded.paths.every((path) => path.steps.length === 0) ? guarded.paths[0]?.locks.at(-1)?.span : undefined;
  const { from, to } = guarded.callback.call.node;
  const key = own === undefined ? `call ${from}-${to}` : `lock ${own.start}-${own.end} ${guarded.callback.entry.ordered === true}`;
  let plan = plans.get(key);
  if (plan === undefined) {
    plan = makePlan(model, guarded);
    plans.set(key, plan);
  }
  return plan;
}

function makePlan(model: JavaModel, guarded: GuardedCall): Plan {
  if (guarded.paths.some((path) => path.locks.some((lock) => lock.inLambda === true)))
    return refuse('in-lambda', { code: 'in-lambda', facts: {} }, [{ span: spanOf(guarded.callback.call.node), code: 'call', facts: {} }]);
  const plan = guarded.paths.every((path) => path.steps.length === 0)
    ? moveOut(model, guarded)
    : (hoistHelper(model, guarded) ?? throughHelper(model, guarded));
  if (isRefusal(plan)) return plan;
  const { source } = model.scope;
  const edits = fitted(source.text, plan.edits, layoutAt(source, guarded.callback.call.node, model.width));
  if (guarded.callback.entry.ordered !== true) return { ...plan, edits };
  return { ...plan, edits, safe: false, costs: distinct([...plan.costs, { code: 'order', method: guarded.callback.entry.method }]) };
}
