import type { SyntaxNode } from '@lezer/common';
import { type Method, visibilityOf } from '../../java/declarations.ts';
import { candidates, type Scope } from '../../java/scope.ts';
import { type Call, callOf, unitOf } from '../../java/syntax.ts';

/** A call inside the file to a method of the file. */
export interface InnerCall {
  call: Call;
  /** The method that the call stands in; null in initializers, lambdas and anonymous classes. */
  caller: Method | null;
  /** More than one when overloads or overriding methods leave it open which is reached. */
  targets: Method[];
}

/** Calls between the methods of one file. Built on demand: only names that are asked for are looked up. */
export interface CallGraph {
  callersOf(method: Method): InnerCall[];
  targetsOf(call: Call): Method[];
  /** Whether a method is handed around as `this::name` or `Type::name`. */
  referenced(method: Method): boolean;
}

export function callGraph(scope: Scope): CallGraph {
  const { text, tree } = scope.source;
  const callers = new Map<Method, InnerCall[]>();
  const byName = new Map<string, Call[]>();

  /** Where the names of the file's methods are followed by a bracket: one look at the text, as looking at every node takes long. */
  const index = (): Map<string, number[]> => {
    const places = new Map<string, number[]>();
    for (const type of scope.declarations.types) for (const method of type.methods) places.set(method.name, []);
    for (const match of text.matchAll(/(?<![\w$])[A-Za-z_$][\w$]*(?=\s{0,40}\()/g)) places.get(match[0])?.push(match.index);
    return places;
  };
  let places: Map<string, number[]> | null = null;

  const callsOf = (name: string): Call[] => {
    let calls = byName.get(name);
    if (calls === undefined) {
      places ??= index();
      calls = [];
      for (const at of places.get(name) ?? []) {
        const parent = tree.resolveInner(at + 1, 0).parent;
        const call = parent?.name === 'MethodName' && parent.parent !== null ? callOf(scope.source, parent.parent) : null;
        if (call !== null) calls.push(call);
      }
      byName.set(name, calls);
    }
    return calls;
  };

  const targetsOf = (call: Call): Method[] => {
    if (call.receiver?.name === 'super') return [];
    const found = candidates(scope, call.receiver, call.node, call.name, call.arguments);
    const overriding = found.flatMap((method) => overridesOf(scope, method));
    return overriding.length === 0 ? found : [...new Set([...found, ...overriding])];
  };

  return {
    targetsOf,
    callersOf(method) {
      let result = callers.get(method);
      if (result === undefined) {
        result = [];
        for (const call of callsOf(method.name)) {
          const targets = targetsOf(call);
          if (targets.includes(method)) result.push({ call, caller: methodOf(scope, call.node), targets });
        }
        callers.set(method, result);
      }
      return result;
    },
    referenced: (method) => new RegExp(`::\\s*(?:<[^>]{0,200}>\\s*)?${method.name.replaceAll('$', '\\$')}(?![\\w$])`).test(text),
  };
}

/** The method whose body runs a node itself; null for nodes of lambdas, initializers and anonymous classes. */
export function methodOf(scope: Scope, node: SyntaxNode): Method | null {
  return scope.declarations.methodAt.get(unitOf(node).from) ?? null;
}

function overridesOf(scope: Scope, method: Method): Method[] {
  if (method.modifiers.has('static') || method.modifiers.has('final') || visibilityOf(method) === 'private') return [];
  const result: Method[] = [];
  for (const type of scope.declarations.types) {
    if (type === method.owner || !type.supertypes.includes(method.owner.name)) continue;
    for (const other of type.methods) {
      if (other.name === method.name && other.parameters.length === method.parameters.length) result.push(other);
    }
  }
  return result;
}
