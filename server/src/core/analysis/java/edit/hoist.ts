import type { SyntaxNode } from '@lezer/common';
import { bareName, type Method } from '../../../java/declarations.ts';
import { fieldOf } from '../../../java/scope.ts';
import { asStatement, callOf, textOf, walk } from '../../../java/syntax.ts';
import { type CallbackCall, type GuardedCall, type JavaModel, sameNode } from '../model.ts';
import { moveCalls } from './moveOut.ts';
import { isRefusal, type Plan } from './plan.ts';

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
    if (targets.length !== 1 || !leavesStateAlone(model, targets[0] as Method, new Set())) return null;
    const key = `${lock.span.start}`;
    const group = regions.get(key) ?? { lock, calls: [] };
    if (!group.calls.some(({ call }) => call.node.from === step.node.from))
      group.calls.push({ entry: { ...guarded.callback.entry, throws: thrownBy(model, targets[0] as Method) }, call: step, each: false });
    regions.set(key, group);
  }
  const result = { edits: [] as Extract<Plan, { safe: boolean }>['edits'], cost: null as string | null, safe: true, signatures: [] as string[] };
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
    if (isRefusal(plan)) return plan;
    result.edits.push(
      ...plan.edits.filter((edit) => !result.edits.some((other) => other.span.start === edit.span.start && other.newText === edit.newText)),
    );
    result.cost ??= plan.cost;
  }
  return result;
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

/** Whether a method reads and writes no field that may change, and takes no lock, other than volatile ones. */
function leavesStateAlone(model: JavaModel, method: Method, seen: Set<Method>): boolean {
  if (method.body === null || seen.has(method) || method.modifiers.has('synchronized')) return false;
  seen.add(method);
  const { scope } = model;
  let fine = true;
  walk(method.body, (node: SyntaxNode) => {
    if (!fine) return false;
    if (node.name === 'SynchronizedStatement') fine = false;
    else if (node.name === 'Identifier' && node.parent?.name !== 'MethodName') {
      const field = fieldOf(scope, node);
      if (field !== null && !field.modifiers.has('final') && !field.modifiers.has('volatile')) fine = false;
    } else if (node.name === 'FieldAccess') {
      const field = fieldOf(scope, node);
      if (field !== null && !field.modifiers.has('final') && !field.modifiers.has('volatile')) fine = false;
    } else if (node.name === 'MethodInvocation') {
      const call = callOf(scope.source, node);
      if (call !== null) fine = calledSafely(model, call.receiver, node, call.name, seen);
    }
    return fine;
  });
  return fine;
}

function calledSafely(model: JavaModel, receiver: SyntaxNode | null, node: SyntaxNode, name: string, seen: Set<Method>): boolean {
  if (model.guarded.some((other) => sameNode(other.callback.call.node, node))) return true;
  const call = callOf(model.scope.source, node);
  const targets = call === null ? [] : model.graph.targetsOf(call);
  if (targets.length > 0) return targets.every((target) => leavesStateAlone(model, target, seen));
  if (receiver === null) return /^(check|assert|require)/.test(name);
  const field = fieldOf(model.scope, receiver);
  if (field === null) return true;
  // A collection in a field is what a lock guards; an atomic or another object looks after itself.
  return !/\b(Collection|List|ArrayList|LinkedList|Deque|ArrayDeque|Queue|PriorityQueue|Set|HashSet|Map|HashMap|LinkedHashMap|TreeMap|BitSet|Iterator)\b|\[\]/.test(
    field.type,
  );
}
