import type { SyntaxNode } from '@lezer/common';
import { bareName, enclosingType, type Method, visibilityOf } from '../../../java/declarations.ts';
import { asStatement, spanOf, textOf } from '../../../java/syntax.ts';
import { type InnerCall, methodOf } from '../callGraph.ts';
import { heldLocks } from '../locks.ts';
import { type CallbackCall, type GuardedCall, type JavaModel, sameNode } from '../model.ts';
import { type CallSite, Contexts, callSite, lockedFromAbove } from './callSite.ts';
import { collecting } from './collecting.ts';
import { type Leaving, receiverType } from './defer.ts';
import { handlers, laterUse } from './meaning.ts';
import { refusesNull } from './nonNull.ts';
import { distinct, isRefusal, isSafe, type Plan, type Refusal, refuse } from './plan.ts';
import { doubts, mayBeNull, nodesOf, nothingAfter } from './proof.ts';
import { returningCallers, returningHelper, returningShape } from './returning.ts';
import { earlyExit, surroundings } from './surroundings.ts';

/** Calls in the helper, or of it: the work would grow with their square. */
const MAX_CALLS = 50;

/** Most methods that the list is passed through. */
const MAX_METHODS = 5;

/** Fix 1 across methods: the helper hands over what the callback is due for, and its callers make the call after their locks. */
export function throughHelper(model: JavaModel, guarded: GuardedCall): Plan {
  const method = methodOf(model.scope, guarded.callback.call.node);
  if (method === null || method.body === null) return refuse('helper-shape', { code: 'no-helper', facts: {} });
  const callbacks = model.guarded.filter((other) => methodOf(model.scope, other.callback.call.node) === method).map((other) => other.callback);
  if (callbacks.length > MAX_CALLS || model.graph.callersOf(method).length > MAX_CALLS) {
    return refuse('too-many', { code: 'many-changes', facts: { most: MAX_CALLS } });
  }
  const shape = helperShape(model, method, callbacks);
  if (isRefusal(shape)) return shape;
  const { leaving, risky } = shape;
  const methods = methodsToAdapt(model, method);
  if (isRefusal(methods)) return methods;
  const calls = methods.flatMap((one) => model.graph.callersOf(one));
  const type = typeEverywhere(model, shape.type, method, calls);
  if (typeof type !== 'string') return type;
  const moved = (node: SyntaxNode): boolean => calls.some((inner) => sameNode(inner.call.node, node));
  const sites: CallSite[] = [];
  for (const inner of calls) {
    const site = siteOf(model, inner, callbacks[0] as CallbackCall, methods, moved);
    if (isRefusal(site)) return site;
    sites.push(site);
  }
  const contexts = new Contexts(model);
  const context = contexts.at(method.body);
  if (isRefusal(context)) return context;
  const only = callbacks.length === 1 && methods.length === 1 ? returningShape(context, method, leaving[0] as Leaving) : null;
  let edits: ReturnType<typeof collecting>;
  if (only !== null) {
    const callers = returningCallers(contexts, only, sites, type);
    edits = isRefusal(callers) ? callers : [...returningHelper(context, only, type), ...callers];
  } else {
    edits = collecting(
      contexts,
      {
        methods,
        leaving: leaving.map((one) => ({
          ...one,
          quiet: one.quiet && sites.every((site) => nothingAfter(model, site.around, nodesOf(site.region), moved)),
        })),
        type,
        risky,
      },
      sites,
    );
  }
  if (isRefusal(edits)) return edits;
  const shared = methods.filter((one) => visibilityOf(one) !== 'private').map((one) => one.name);
  const made = (node: SyntaxNode): boolean => moved(node) || callbacks.some(({ call }) => sameNode(call.node, node));
  const entry = (callbacks[0] as CallbackCall).entry;
  const costs = distinct([
    ...leaving.flatMap((one) =>
      doubts(model, entry, one.callback.call, one.callback.each, one.around, { nodes: [method.body as SyntaxNode], lock: '' }, made),
    ),
    ...sites
      .filter((site) => site.locked || methods.includes(site.inner.caller as Method))
      .flatMap((site) => doubts(model, entry, site.inner.call, true, site.around, nodesOf(site.region), made)),
    ...(shared.length === 0 ? [] : [{ code: 'signature' as const, method: entry.method, methods: shared }]),
  ]);
  return { edits: [...(contexts.imports?.edits(context.layout.eol) ?? []), ...edits], costs, safe: isSafe(costs), signatures: shared };
}

interface HelperShape {
  type: string;
  leaving: Leaving[];
  risky: boolean;
}

/** What the callbacks of a helper have in common, or why they cannot be handed over. */
function helperShape(model: JavaModel, method: Method, callbacks: readonly CallbackCall[]): HelperShape | Refusal {
  const { scope } = model;
  const body = method.body as SyntaxNode;
  const first = callbacks[0] as CallbackCall;
  const moved = (node: SyntaxNode): boolean => callbacks.some(({ call }) => sameNode(call.node, node));
  const leaving: Leaving[] = [];
  let risky = false;
  for (const callback of callbacks) {
    const { call, entry } = callback;
    if (entry.method !== first.entry.method) {
      return refuse('helper-shape', { code: 'several-in-helper', facts: { helper: method.name } }, [
        { span: spanOf(first.call.node), code: 'one-call', facts: {} },
        { span: spanOf(call.node), code: 'another-call', facts: {} },
      ]);
    }
    const statement = asStatement(call.node);
    if (statement === null)
      return refuse('result-used', { code: 'result-used', facts: { method: call.name } }, [
        { span: spanOf(call.node.parent ?? call.node), code: 'result', facts: {} },
      ]);
    if (!callback.each && (call.arguments.length > 0 || call.receiver === null || call.receiver.name === 'super')) {
      return refuse('helper-shape', { code: 'not-handed-over', facts: { method: call.name, helper: method.name } }, [
        { span: spanOf(call.node), code: 'call', facts: {} },
      ]);
    }
    const around = surroundings(statement, body, body);
    const caught = handlers(scope, entry, statement, around);
    if (isRefusal(caught)) return caught;
    if (caught.moveTry !== null)
      return refuse('exception-handled', { code: 'handled-in-helper', facts: { method: entry.method, helper: method.name } }, [
        { span: spanOf(caught.moveTry), code: 'handled', facts: {} },
      ]);
    const used = laterUse(model, entry, callback.each ? null : call.receiver, around, { nodes: [body], lock: '' }, moved);
    if (used !== null) return used;
    const nullable = callback.each ? call.receiver !== null && !refusesNull(scope, call.receiver) : mayBeNull(model, call);
    const exit = earlyExit(model, around, (node) => moved(node) && !nullable);
    if ((exit !== null && exit.name !== 'ReturnStatement') || (callback.each && nullable)) risky = true;
    leaving.push({ callback, statement, around, nullable, quiet: nothingAfter(model, around, { nodes: [body], lock: '' }, moved) });
  }
  const types = new Set(callbacks.map((callback) => receiverType(scope, callback)));
  const [type] = types;
  if (types.size !== 1 || type === null || type === undefined) {
    return refuse('type-unknown', { code: 'receiver-type-unknown', facts: { method: first.entry.method } }, [
      { span: spanOf(first.call.node), code: 'type', facts: {} },
    ]);
  }
  return { type, leaving, risky };
}

/** How the type is written in the helper and in all its callers; type parameters are not known everywhere. */
function typeEverywhere(model: JavaModel, type: string, helper: Method, calls: readonly InnerCall[]): string | Refusal {
  const { source, declarations } = model.scope;
  const declared = new Set<string>();
  for (let node: SyntaxNode | null = helper.node; node !== null; node = node.parent) {
    for (const parameter of node.getChild('TypeParameters')?.getChildren('TypeParameter') ?? []) {
      const name = parameter.getChild('Definition');
      if (name !== null) declared.add(textOf(source, name));
    }
  }
  const own = type.match(/\w+/g)?.find((word) => declared.has(word));
  if (own !== undefined) return refuse('type-unknown', { code: 'type-parameter', facts: { type: own, helper: helper.name } });
  const nested = declarations.byName.get(bareName(type));
  if (nested === undefined || nested.outer === null || bareName(type) !== type) return type;
  // A class nested in the helper's class is named in full where that class is not around.
  const around = (node: SyntaxNode): boolean => {
    for (let outer = enclosingType(declarations, node); outer !== null; outer = outer.outer) if (outer === nested.outer) return true;
    return false;
  };
  if (calls.every((inner) => around(inner.call.node)) && around(helper.node)) return type;
  const path: string[] = [];
  for (let outer: typeof nested | null = nested; outer !== null; outer = outer.outer) path.unshift(outer.name);
  return path.join('.');
}

/** The helper and the callers that are themselves called under a lock: all of them get the list. */
function methodsToAdapt(model: JavaModel, helper: Method): Method[] | Refusal {
  const result: Method[] = [];
  const queue = [helper];
  for (let method = queue.shift(); method !== undefined; method = queue.shift()) {
    if (result.includes(method)) continue;
    const no = cannotChange(model, method);
    if (no !== null) return no;
    result.push(method);
    if (result.length > MAX_METHODS) return refuse('path-not-unique', { code: 'many-methods', facts: { most: MAX_METHODS } });
    for (const inner of model.graph.callersOf(method)) {
      if (inner.caller !== null && lockedFromAbove(model, inner.caller)) queue.push(inner.caller);
    }
  }
  return result;
}

function cannotChange(model: JavaModel, method: Method): Refusal | null {
  const at = [{ span: spanOf(method.node.getChild('Definition') ?? method.node), code: 'declared' as const, facts: { method: method.name } }];
  const visibility = visibilityOf(method);
  if (visibility === 'public' || visibility === 'protected')
    return refuse('public-method', { code: 'visible', facts: { method: method.name, visibility } }, at);
  if (method.annotations.has('Override') || method.modifiers.has('abstract'))
    return refuse('public-method', { code: 'of-supertype', facts: { method: method.name } }, at);
  if (model.graph.referenced(method)) return refuse('method-reference', { code: 'method-reference', facts: { method: method.name } }, at);
  const callers = model.graph.callersOf(method);
  const own = callers.find((inner) => inner.caller === method);
  if (own !== undefined)
    return refuse('recursive', { code: 'recursive', facts: { method: method.name } }, [
      { span: spanOf(own.call.node), code: 'recursive-call', facts: {} },
    ]);
  const open = callers.find((inner) => inner.targets.length !== 1);
  if (open !== undefined) {
    const places = open.targets.map((target) => ({
      span: spanOf(target.node.getChild('Definition') ?? target.node),
      code: 'may-reach' as const,
      facts: { method: target.name },
    }));
    return refuse('path-not-unique', { code: 'ambiguous', facts: { method: method.name } }, places);
  }
  return null;
}

/** A caller that passes the list on needs no region of its own; the others make the calls after theirs. */
function siteOf(
  model: JavaModel,
  inner: InnerCall,
  callback: CallbackCall,
  methods: readonly Method[],
  moved: (node: SyntaxNode) => boolean,
): CallSite | Refusal {
  if (inner.caller === null || !methods.includes(inner.caller)) return callSite(model, inner, callback.entry, moved);
  const { source, declarations } = model.scope;
  const statement = asStatement(inner.call.node) ?? inner.call.node;
  const body = inner.caller.body as SyntaxNode;
  const around = surroundings(statement, body, body);
  const used = laterUse(model, callback.entry, null, around, { nodes: [body], lock: '' }, moved);
  if (used !== null) return used;
  const region = {
    kind: 'statement' as const,
    first: statement,
    last: statement,
    container: statement.parent ?? statement,
    wrappable: true,
    span: spanOf(statement),
    lock: '',
  };
  return { inner, region, locked: heldLocks(source, declarations, inner.call.node).length > 0, statement, around, use: { kind: 'none' } };
}
