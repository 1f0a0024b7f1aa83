import type { SyntaxNode } from '@lezer/common';
import { isLoop, isStatementList, type JavaSource, textOf, walkUnit } from '../../../java/syntax.ts';
import { type JavaModel, sameNode } from '../model.ts';
import { mayThrow } from './effects.ts';

/** What stands between a statement and the end of the region it is to leave. */
export interface Surroundings {
  /** The statement may be passed by although the region runs to its end. */
  conditional: boolean;
  /** Innermost loop inside the region; outermost first. */
  loops: SyntaxNode[];
  /** Catch clauses that would see an exception of the statement, with their try. */
  tries: SyntaxNode[];
  /** The statement stands in a finally clause, or closing resources comes after it: an exception may be under way. */
  inFinally: boolean;
  /** What may run after the statement inside the region, nearest first. */
  later: SyntaxNode[];
  /** Label between the statement and the region. */
  labelled: boolean;
  /** What the region is an element of. */
  container: SyntaxNode;
}

/** Looks at the code from a statement up to the element of `container` that it is in; later elements count up to `last`. */
export function surroundings(statement: SyntaxNode, container: SyntaxNode, last: SyntaxNode): Surroundings {
  const result: Surroundings = { conditional: false, loops: [], tries: [], inFinally: false, later: [], labelled: false, container };
  let below = statement;
  // After a return or throw only finally clauses run; after a break or continue what follows the loop or switch.
  let jumped: 'no' | 'out' | 'loop' | 'turn' = 'no';
  for (let node = statement.parent; node !== null; below = node, node = node.parent) {
    const top = sameNode(node, container);
    if (isStatementList(node.name)) {
      for (let after = below.nextSibling; after !== null && jumped === 'no'; after = after.nextSibling) {
        if (top && after.from >= last.to) break;
        if (after.name.endsWith('Comment') || !/^\w|^⚠/.test(after.name)) continue;
        result.later.push(after);
        if (after.name === 'ReturnStatement' || after.name === 'ThrowStatement') jumped = 'out';
        else if (after.name === 'BreakStatement' || after.name === 'ContinueStatement')
          jumped = after.getChild('Label') !== null ? 'no' : after.name === 'BreakStatement' ? 'loop' : 'turn';
      }
    }
    if (top) break;
    if ((jumped === 'loop' && (isLoop(node.name) || node.name === 'SwitchStatement')) || (jumped === 'turn' && isLoop(node.name))) jumped = 'no';
    if (isLoop(node.name)) {
      result.loops.unshift(node);
      result.conditional = true;
    } else if (node.name === 'IfStatement' || node.name === 'SwitchStatement' || node.name === 'SwitchBlock') {
      result.conditional = true;
    } else if (node.name === 'LabeledStatement') {
      result.conditional = true;
      result.labelled = true;
    } else if (node.name === 'CatchClause') {
      result.conditional = true;
    } else if (node.name === 'FinallyClause') {
      result.inFinally = true;
    } else if (node.name === 'TryStatement' || node.name === 'TryWithResourcesStatement') {
      const resources = node.getChild('ResourceSpecification');
      if (resources !== null && below.name === 'Block') {
        result.inFinally = true;
        result.later.push(resources);
      }
      const catches = node.getChildren('CatchClause');
      if (below.name === 'Block' && catches.length > 0) {
        result.tries.push(node);
        result.conditional = true;
      }
      const end = node.getChild('FinallyClause');
      if (end !== null && below.name !== 'FinallyClause') result.later.push(end);
    }
  }
  return result;
}

/** The first thing after the statement that may leave the region before its end; null when nothing does. */
export function earlyExit(model: JavaModel, around: Surroundings, moved: (call: SyntaxNode) => boolean): SyntaxNode | null {
  const { source } = model.scope;
  const loop = around.loops[0];
  // What a loop goes over is worked out before its first turn.
  const body = loop?.name === 'EnhancedForStatement' ? [loop.lastChild as SyntaxNode] : loop === undefined ? [] : [loop];
  for (const root of [...body, ...around.later]) {
    let found: SyntaxNode | null = null;
    walkUnit(root, (node) => {
      if (found === null && leaves(source, node, around.container)) found = node;
      return found === null;
    });
    found ??= mayThrow(model, [root], moved);
    if (found !== null) return found;
  }
  return null;
}

function leaves(source: JavaSource, node: SyntaxNode, container: SyntaxNode): boolean {
  if (node.name === 'ReturnStatement' || node.name === 'ThrowStatement') return true;
  if (
    (node.name === 'WhileStatement' && /^while\s*\(\s*true\s*\)/.test(textOf(source, node))) ||
    (node.name === 'ForStatement' && /^for\s*\([^;]*;\s*;/.test(textOf(source, node)))
  )
    return true;
  if (node.name !== 'BreakStatement' && node.name !== 'ContinueStatement') return false;
  const label = node.getChild('Label');
  for (let outer = node.parent; outer !== null && !sameNode(outer, container); outer = outer.parent) {
    if (label !== null) {
      const own = outer.name === 'LabeledStatement' ? outer.getChild('Label') : null;
      if (own !== null && textOf(source, own) === textOf(source, label)) return false;
    } else if (isLoop(outer.name) || (node.name === 'BreakStatement' && outer.name === 'SwitchStatement')) return false;
  }
  return true;
}

/** A call after the statement that waits: the callback would then come only after the waiting. */
export function waitsLater(source: JavaSource, nodes: readonly SyntaxNode[]): SyntaxNode | null {
  return firstCall(source, nodes, /^(wait|await|awaitTermination|awaitUninterruptibly|awaitNanos|sleep|join|park|parkNanos|acquire|take)$/);
}

function firstCall(source: JavaSource, nodes: readonly SyntaxNode[], names: RegExp): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  for (const root of nodes) {
    walkUnit(root, (node) => {
      if (found !== null) return false;
      const name = node.name === 'MethodInvocation' ? node.getChild('MethodName') : null;
      if (name !== null && names.test(textOf(source, name))) found = node;
      return found === null;
    });
    if (found !== null) return found;
  }
  return null;
}
