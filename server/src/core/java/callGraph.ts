import type { SyntaxNode } from '@lezer/common';
import { type Method, visibilityOf } from './declarations.ts';
import { candidates, type Scope } from './scope.ts';
import { type Call, callOf, unitOf, walk } from './syntax.ts';

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
  const callers = new Map<Method, InnerCall[]>();
  const byName = new Map<string, Call[]>();
  const references = new Set<string>();
  let indexed = false;

  const index = (): void => {
    indexed = true;
    const names = new Set<string>();
    for (const type of scope.declarations.types) for (const method of type.methods) names.add(method.name);
    walk(scope.source.tree.topNode, (node) => {
      if (node.name === 'MethodInvocation') {
        const call = callOf(scope.source, node);
        if (call !== null && names.has(call.name)) {
          const list = byName.get(call.name);
          if (list === undefined) byName.set(call.name, [call]);
          else list.push(call);
        }
      } else if (node.name === 'MethodReference' && node.lastChild !== null) {
        references.add(scope.source.text.slice(node.lastChild.from, node.lastChild.to));
      }
      return node.name !== 'ImportDeclaration';
    });
  };

  const targetsOf = (call: Call): Method[] => {
    if (call.receiver?.name === 'super') return [];
    const found = candidates(scope, call.receiver, call.node, call.name, call.arguments.length);
    const overriding = found.flatMap((method) => overridesOf(scope, method));
    return overriding.length === 0 ? found : [...new Set([...found, ...overriding])];
  };

  return {
    targetsOf,
    callersOf(method) {
      if (!indexed) index();
      let result = callers.get(method);
      if (result === undefined) {
        result = [];
        for (const call of byName.get(method.name) ?? []) {
          const targets = targetsOf(call);
          if (targets.includes(method)) result.push({ call, caller: methodOf(scope, call.node), targets });
        }
        callers.set(method, result);
      }
      return result;
    },
    referenced(method) {
      if (!indexed) index();
      return references.has(method.name);
    },
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
