import type { SyntaxNode } from '@lezer/common';
import { bareName, type Method } from '../../../java/declarations.ts';
import { asStatement, statementOf, textOf } from '../../../java/syntax.ts';
import type { HeldLock } from '../locks.ts';
import { type CallbackCall, type GuardedCall, type JavaModel, sameNode } from '../model.ts';
import { regionOf } from './context.ts';
import { effectsOf, mayThrow } from './effects.ts';
import { moveCalls } from './moveOut.ts';
import { distinct, type Edit, isRefusal, isSafe, type Plan } from './plan.ts';
import { mayBeNull, nodesOf, nothingAfter, sharesState } from './proof.ts';
import { surroundings } from './surroundings.ts';

/**
 * Fix 1 where the helper does little else than the callback: the call of the helper leaves the lock as a whole.
 * Null when the helper touches state that the lock guards, or its value is used.
 */
export function hoistHelper(model: JavaModel, guarded: GuardedCall): Plan | null {
  if (guarded.morePaths > 0 || guarded.paths.some((path) => path.steps.length === 0)) return null;
  const regions = new Map<string, { lock: GuardedCall['paths'][number]['locks'][number]; calls: CallbackCall[] }>();
  for (const path of guarded.paths) {
    const step = path.steps[0];
    const lock = path.locks.at(-1);
    if (step === undefined || lock === undefined || asStatement(step.node) === null) return null;
    const targets = model.graph.targetsOf(step);
    if (targets.length !== 1 || !meansTheSameLater(model, targets[0] as Method, step, lock)) return null;
    const key = `${lock.span.start}`;
    const group = regions.get(key) ?? { lock, calls: [] };
    if (!group.calls.some(({ call }) => call.node.from === step.node.from))
      group.calls.push({ entry: { ...guarded.callback.entry, throws: thrownBy(model, targets[0] as Method) }, call: step, each: false });
    regions.set(key, group);
  }
  const result: Edit = { edits: [], costs: [], safe: true, signatures: [] };
  for (const { lock, calls } of regions.values()) {
    // Another callback of the region would change places with the helper.
    if (
      model.guarded.some((other) => other !== guarded && other.paths.some((path) => path.locks.some((held) => held.span.start === lock.span.start)))
    )
      return null;
    const plan = moveCalls(
      model,
      lock,
      calls.sort((left, right) => left.call.node.from - right.call.node.from),
    );
    if (isRefusal(plan)) return null;
    result.edits.push(
      ...plan.edits.filter((edit) => !result.edits.some((other) => other.span.start === edit.span.start && other.newText === edit.newText)),
    );
    result.costs = distinct([...result.costs, ...plan.costs]);
  }
  return { ...result, safe: isSafe(result.costs) };
}

/** Exceptions that a method declares. */
function thrownBy(model: JavaModel, method: Method): string[] {
  const clause = method.node.getChild('Throws');
  return clause === null
    ? []
    : textOf(model.scope.source, clause)
        .replace(/^throws/, '')
        .split(',')
        .map((name) => bareName(name.trim()));
}

/**
 * Whether a method means the same without the lock and later: it asks nothing but its parameters and what cannot change,
 * and what it is given is not what the lock guards.
 */
function meansTheSameLater(model: JavaModel, method: Method, call: CallbackCall['call'], lock: HeldLock): boolean {
  if (method.body === null || !isCertain(method) || method.annotations.has('GuardedBy')) return false;
  if (call.arguments.some((argument) => sharesState(model, argument))) return false;
  if (call.receiver !== null && call.receiver.name !== 'this' && call.receiver.name !== 'super') return false;
  const callback = (node: SyntaxNode): boolean => model.guarded.some((other) => sameNode(other.callback.call.node, node));
  const certain = (node: SyntaxNode): boolean =>
    model.guarded.some((other) => sameNode(other.callback.call.node, node) && !mayBeNull(model, other.callback.call));
  if (effectsOf(model, [method.body], callback).length > 0) return false;
  if (mayThrow(model, [method.body], certain) === null) return true;
  const region = regionOf(lock);
  if (isRefusal(region)) return false;
  const around = surroundings(statementOf(call.node), region.container, region.last);
  return nothingAfter(model, around, nodesOf(region), (node) => sameNode(node, call.node));
}

/** No subclass can put another method in its place. */
function isCertain(method: Method): boolean {
  const { modifiers } = method;
  return modifiers.has('private') || modifiers.has('static') || modifiers.has('final') || method.owner.modifiers.has('final');
}
