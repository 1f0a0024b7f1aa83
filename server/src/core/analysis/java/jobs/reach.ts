import type { SyntaxNode } from '@lezer/common';
import type { Call } from '../../../java/syntax.ts';
import { methodOf } from '../callGraph.ts';
import type { JavaModel } from '../model.ts';
import { type FunctionClass, type FunctionMethod, functionAt, isPerRecord } from './functions.ts';

export interface Reached {
  owner: FunctionClass;
  method: FunctionMethod;
  /** Calls from that method down to the place; empty when it stands there itself. */
  steps: Call[];
}

const DEEPEST = 4;

/** The method of a function class that runs a place for every record, by itself or through methods of the file. */
export function reachedPerRecord(model: JavaModel, node: SyntaxNode): Reached | null {
  const own = functionAt(model, node);
  if (own !== null && isPerRecord(own.method)) return { ...own, steps: [] };
  const first = methodOf(model.scope, node);
  if (first === null) return null;
  const seen = new Set([first]);
  let level = [{ method: first, steps: [] as Call[] }];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { method, steps } of level) {
      for (const inner of model.graph.callersOf(method)) {
        const found = functionAt(model, inner.call.node);
        if (found !== null && isPerRecord(found.method)) return { ...found, steps: [inner.call, ...steps] };
        if (inner.caller !== null && !seen.has(inner.caller)) {
          seen.add(inner.caller);
          next.push({ method: inner.caller, steps: [inner.call, ...steps] });
        }
      }
    }
    level = next;
  }
  return null;
}
