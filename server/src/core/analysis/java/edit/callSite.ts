import type { SyntaxNode } from '@lezer/common';
import type { Method } from '../../../java/declarations.ts';
import { spanOf, statementOf, unitOf } from '../../../java/syntax.ts';
import type { LockCallback } from '../../../knowledge/lockCallbacks.ts';
import type { InnerCall } from '../callGraph.ts';
import { heldLocks } from '../locks.ts';
import { type JavaModel, sameNode } from '../model.ts';
import { type Context, contextAt, type Deferred, type Region, regionOf, statementRegion } from './context.ts';
import { emit } from './emit.ts';
import type { Imports } from './imports.ts';
import { handlers, laterUse } from './meaning.ts';
import { isRefusal, type Refusal, refuse } from './plan.ts';
import { nodesOf } from './proof.ts';
import { earlyExit, type Surroundings, surroundings } from './surroundings.ts';

/** A call of a helper that is to be adapted, with the region after which the callback comes. */
export interface CallSite {
  inner: InnerCall;
  region: Region;
  /** Whether a lock is held at the call by its own method. */
  locked: boolean;
  statement: SyntaxNode;
  around: Surroundings;
  /** How the call's value is used: not at all, assigned to `target`, as the first value of a local, or returned. */
  use: { kind: 'none' } | { kind: 'assigned'; target: SyntaxNode } | { kind: 'declared' } | { kind: 'returned' };
}

/** Reads how a call of a helper stands in its method; the edit knows four shapes. */
export function callSite(model: JavaModel, inner: InnerCall, entry: LockCallback, moved: (node: SyntaxNode) => boolean): CallSite | Refusal {
  const { scope } = model;
  const { node, name } = inner.call;
  const statement = statementOf(node);
  const use = useOf(node, statement);
  if (use === null)
    return refuse('caller-shape', { code: 'in-expression', facts: { method: name } }, [
      { span: spanOf(statement), code: 'called', facts: { method: name } },
    ]);
  const lock = heldLocks(scope.source, scope.declarations, node).at(-1);
  const region = lock === undefined ? statementRegion(statement) : regionOf(lock);
  if (isRefusal(region)) return region;
  const around = surroundings(statement, region.container, region.last);
  if (lock !== undefined) {
    const caught = handlers(scope, entry, statement, around);
    if (isRefusal(caught)) return caught;
    if (caught.moveTry !== null)
      return refuse('exception-handled', { code: 'exception-handled', facts: { method: name } }, [
        { span: spanOf(caught.moveTry), code: 'handled', facts: {} },
      ]);
    const used = laterUse(model, entry, null, around, nodesOf(region), moved);
    if (used !== null) return used;
  }
  return { inner, region, locked: lock !== undefined, statement, around, use };
}

function useOf(call: SyntaxNode, statement: SyntaxNode): CallSite['use'] | null {
  const parent = call.parent;
  if (parent === null) return null;
  if (statement.name === 'ExpressionStatement' && parent.name === 'ExpressionStatement') return { kind: 'none' };
  if (statement.name === 'ReturnStatement' && parent.name === 'ReturnStatement') return { kind: 'returned' };
  if (parent.name === 'AssignmentExpression' && parent.parent?.name === 'ExpressionStatement') {
    const target = parent.firstChild;
    return target !== null && (target.name === 'Identifier' || target.name === 'FieldAccess') ? { kind: 'assigned', target } : null;
  }
  if (parent.name === 'VariableDeclarator' && statement.name === 'LocalVariableDeclaration') {
    return statement.getChildren('VariableDeclarator').length === 1 ? { kind: 'declared' } : null;
  }
  return null;
}

/** Gives contexts of the methods that one edit touches: one set of names per method, one set of imports for all. */
export class Contexts {
  readonly #model: JavaModel;
  readonly #byUnit = new Map<number, Context>();
  imports: Imports | null = null;

  constructor(model: JavaModel) {
    this.#model = model;
  }

  at(node: SyntaxNode): Context | Refusal {
    let unit = unitOf(node);
    while (unit.name === 'LambdaExpression') unit = unitOf(unit);
    const known = this.#byUnit.get(unit.from);
    if (known !== undefined) return known;
    const made = contextAt(this.#model, node);
    if (isRefusal(made)) return made;
    this.imports ??= made.imports;
    const context = { ...made, imports: this.imports };
    this.#byUnit.set(unit.from, context);
    return context;
  }
}

/** Sites that share a region, in the order of the text. */
export function byRegion(sites: readonly CallSite[]): CallSite[][] {
  const groups = new Map<string, CallSite[]>();
  for (const site of sites) {
    const key = `${site.region.span.start}-${site.region.span.end}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [site]);
    else group.push(site);
  }
  return [...groups.values()];
}

/** Writes what was deferred at the sites of one region. `risky`: the helper may throw after it has handed something over. */
export function emitSites(context: Context, group: readonly CallSite[], deferred: readonly Deferred[], risky: boolean) {
  const site = group[0] as CallSite;
  const moved = (node: SyntaxNode): boolean => group.some((one) => sameNode(one.inner.call.node, node));
  const exits = group.some((one) => one.use.kind === 'returned' || one.around.inFinally || earlyExit(context.model, one.around, moved) !== null);
  const form = exits || risky ? 'finally' : 'plain';
  if (form === 'finally' && !site.region.wrappable) {
    return refuse('leaves-block', { code: 'no-finally', facts: { lock: site.region.lock } }, [
      { span: spanOf(site.statement), code: 'called', facts: { method: site.inner.call.name } },
    ]);
  }
  if (form === 'finally' && site.region.kind === 'statement' && site.use.kind === 'declared') {
    return refuse('caller-shape', { code: 'first-value', facts: { method: site.inner.call.name } }, [
      { span: spanOf(site.statement), code: 'called', facts: { method: site.inner.call.name } },
    ]);
  }
  return emit(context, site.region, deferred, form);
}

/** Whether some caller of a method, near or far, holds a lock when it calls. */
export function lockedFromAbove(model: JavaModel, method: Method, seen: Set<Method> = new Set([method])): boolean {
  const { source, declarations } = model.scope;
  return model.graph.callersOf(method).some((inner) => {
    if (heldLocks(source, declarations, inner.call.node).length > 0) return true;
    if (inner.caller === null || seen.has(inner.caller)) return false;
    seen.add(inner.caller);
    return lockedFromAbove(model, inner.caller, seen);
  });
}
