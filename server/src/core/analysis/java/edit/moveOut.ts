import type { SyntaxNode } from '@lezer/common';
import { asStatement, spanOf, textOf } from '../../../java/syntax.ts';
import { type CallbackCall, type GuardedCall, type JavaModel, sameNode } from '../model.ts';
import { type Context, contextAt, type Deferred, type Region, regionOf } from './context.ts';
import { defer, deferShared, isChecked, type Leaving } from './defer.ts';
import { emit } from './emit.ts';
import { handlers, laterUse } from './meaning.ts';
import { refusesNull } from './nonNull.ts';
import { type Cost, distinct, isRefusal, isSafe, type Plan, type Refusal, refuse } from './plan.ts';
import { doubts, mayBeNull, nodesOf, nothingAfter } from './proof.ts';
import { isStable } from './stability.ts';
import { earlyExit, surroundings } from './surroundings.ts';

/** The path on which a call's own method holds the lock. */
function ownLock(guarded: GuardedCall) {
  return guarded.paths.find((path) => path.steps.length === 0)?.locks.at(-1) ?? null;
}

/** All callbacks of the same outermost region: they leave it together, so their order stays. */
function together(model: JavaModel, guarded: GuardedCall): CallbackCall[] {
  const lock = ownLock(guarded);
  return model.guarded
    .filter((other) => {
      const own = ownLock(other);
      return own !== null && lock !== null && own.span.start === lock.span.start && own.span.end === lock.span.end;
    })
    .map((other) => other.callback);
}

/** Fix 1 within one method: the call, and the others of the same region, come after the outermost lock. */
export function moveOut(model: JavaModel, guarded: GuardedCall): Plan {
  const lock = ownLock(guarded);
  if (lock === null) return refuse('helper-shape', { code: 'held-by-caller', facts: {} });
  return moveCalls(model, lock, together(model, guarded));
}

/** More calls than these in one block are not moved by an edit; the work would grow with their square. */
const MAX_CALLS = 50;

/** Moves calls that stand in the region of one lock; also used for calls of a helper that makes the callback. */
export function moveCalls(model: JavaModel, lock: NonNullable<ReturnType<typeof ownLock>>, calls: readonly CallbackCall[]): Plan {
  const region = regionOf(lock);
  if (isRefusal(region)) return region;
  const first = calls[0] as CallbackCall;
  if (calls.length > MAX_CALLS) return refuse('too-many', { code: 'many-calls', facts: { most: MAX_CALLS } });
  const context = contextAt(model, first.call.node);
  if (isRefusal(context)) return context;
  const moved = (node: SyntaxNode): boolean => calls.some(({ call }) => sameNode(call.node, node));
  const leaving: Leaving[] = [];
  for (const callback of calls) {
    const one = leave(context, callback, region, moved);
    if (isRefusal(one)) return one;
    leaving.push(one);
  }
  const uncheckedly = (node: SyntaxNode): boolean =>
    leaving.some((one) => sameNode(one.callback.call.node, node) && !isChecked(one, one.around.conditional && one.around.loops.length === 0));
  let early: SyntaxNode | null = null;
  for (const one of leaving) {
    // Elements before one that is nothing are due all the same.
    if (one.around.inFinally || (one.callback.each && isChecked(one))) early ??= one.statement;
    early ??= earlyExit(model, one.around, uncheckedly);
  }
  if (early !== null && !region.wrappable) {
    return refuse('leaves-block', { code: 'no-finally', facts: { lock: lock.lock } }, [{ span: spanOf(early), code: 'leaves', facts: {} }]);
  }
  const form = early === null ? 'plain' : 'finally';
  const deferred = deferAll(context, region, leaving, form === 'finally');
  if (isRefusal(deferred)) return deferred;
  const edits = emit(context, region, deferred, form);
  if (isRefusal(edits)) return edits;
  const nodes = nodesOf(region);
  const costs = distinct([
    ...leaving.flatMap(({ callback, around }) => doubts(model, callback.entry, callback.call, callback.each, around, nodes, moved)),
    ...formCosts(form, lock.kind, first.entry.method),
  ]);
  return { edits: [...context.imports.edits(context.layout.eol), ...edits], costs, safe: isSafe(costs), signatures: [] };
}

function formCosts(form: 'plain' | 'finally', kind: string, method: string): Cost[] {
  const costs: Cost[] = [];
  if (form === 'finally') costs.push({ code: 'finally', method });
  if (kind === 'synchronized-method') costs.push({ code: 'block-for-method', method });
  return costs;
}

function leave(context: Context, callback: CallbackCall, region: Region, moved: (node: SyntaxNode) => boolean): Leaving | Refusal {
  const { model } = context;
  const { container, last } = region;
  const { call, entry } = callback;
  const statement = asStatement(call.node);
  if (statement === null)
    return refuse('result-used', { code: 'result-used', facts: { method: call.name } }, [
      { span: spanOf(call.node.parent ?? call.node), code: 'result', facts: {} },
    ]);
  let around = surroundings(statement, container, last);
  const caught = handlers(model.scope, entry, statement, around);
  if (isRefusal(caught)) return caught;
  const target = caught.moveTry ?? statement;
  if (caught.moveTry !== null) around = surroundings(caught.moveTry, container, last);
  const used = laterUse(model, entry, callback.each ? null : call.receiver, around, nodesOf(region), moved);
  if (used !== null) return used;
  const nullable = callback.each ? call.receiver !== null && !refusesNull(model.scope, call.receiver) : mayBeNull(model, call);
  if (nullable && caught.moveTry !== null && catchesNull(model, caught.moveTry)) {
    // The try that moves along sees to the exception where the call is made on the same name; kept in a local, null would be no call.
    if (call.receiver?.name === 'Identifier' && isStable(model.scope, call.receiver, region.span))
      return { callback, statement: target, around, nullable: false, quiet: true };
    return refuse('exception-handled', { code: 'null-handled', facts: { method: call.name } }, [
      { span: spanOf(caught.moveTry), code: 'handled', facts: {} },
    ]);
  }
  return { callback, statement: target, around, nullable, quiet: nothingAfter(model, around, nodesOf(region), moved) };
}

/** Whether a try catches what a call on nothing throws. */
function catchesNull(model: JavaModel, node: SyntaxNode): boolean {
  return node
    .getChildren('CatchClause')
    .some((clause) =>
      /\b(NullPointerException|RuntimeException|Exception|Throwable)\b/.test(textOf(model.scope.source, clause).split('{')[0] as string),
    );
}

function deferAll(context: Context, region: Parameters<typeof defer>[1], leaving: readonly Leaving[], remember: boolean): Deferred[] | Refusal {
  const looped = leaving.filter((one) => one.around.loops.length > 0);
  if (leaving.length > 1 && looped.length > 0) {
    const shared = deferShared(context, leaving);
    if (shared !== null) return shared;
    for (const one of looped) {
      const same = looped.find((other) => other !== one && other.around.loops[0]?.from === one.around.loops[0]?.from);
      if (same !== undefined) {
        return refuse('several-in-loop', { code: 'several-in-loop', facts: {} }, [
          { span: spanOf(one.callback.call.node), code: 'one-call', facts: {} },
          { span: spanOf(same.callback.call.node), code: 'another-call', facts: {} },
        ]);
      }
    }
  }
  const result: Deferred[] = [];
  for (const one of leaving) {
    const deferred = defer(context, region, one, remember);
    if (isRefusal(deferred)) return deferred;
    result.push(deferred);
  }
  return result;
}
