/** Static initialisers that hand work to other threads and wait for it. */
import type { SyntaxNode } from '@lezer/common';
import { callOf, squeezed, textOf, walk } from '../../../java/syntax.ts';
import type { JavaModel } from '../model.ts';
import { blockingCalls } from './blocking.ts';

export interface StaticWait {
  /** The call that waits, or runs in parallel. */
  call: SyntaxNode;
  nameNode: SyntaxNode;
  /** The static block, or the field with its value. */
  initializer: SyntaxNode;
}

export function staticWaits(model: JavaModel): StaticWait[] {
  const { source } = model.scope;
  const result: StaticWait[] = [];
  for (const { kind, call } of blockingCalls(model)) {
    if (kind !== 'future' && kind !== 'termination' && kind !== 'latch' && kind !== 'thread') continue;
    const initializer = initializerOf(call.node);
    if (initializer !== null && handsOn(model, initializer)) result.push({ call: call.node, nameNode: call.nameNode, initializer });
  }
  for (const match of source.text.matchAll(/\.\s*(parallelStream|parallel)(?=\s*\()/g)) {
    const parent = source.tree.resolveInner(match.index + match[0].length, -1).parent;
    const node = parent?.name === 'MethodName' ? parent.parent : null;
    const initializer = node === null ? null : initializerOf(node);
    if (node === null || parent === null || initializer === null) continue;
    // Method references to other classes do not need this one.
    if (/->|this|\bnew\b/.test(textOf(source, initializer))) result.push({ call: node, nameNode: parent, initializer });
  }
  return result;
}

/** The static block or static field that a node is part of, and not of a lambda or method within it. */
function initializerOf(node: SyntaxNode): SyntaxNode | null {
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) {
    if (at.name === 'StaticInitializer') return at;
    if (at.name === 'FieldDeclaration') return at.getChild('Modifiers')?.getChild('static') != null ? at : null;
    if (at.name === 'LambdaExpression' || at.name === 'MethodDeclaration' || at.name === 'ConstructorDeclaration' || at.name === 'ClassBody')
      return null;
  }
  return null;
}

/** Whether a lambda or class of the file is handed to other threads in an initialiser: it needs the class to be initialised. */
function handsOn(model: JavaModel, initializer: SyntaxNode): boolean {
  const { source } = model.scope;
  let found = false;
  walk(initializer, (node) => {
    const call = callOf(source, node);
    if (call !== null && /^(submit|execute|supplyAsync|runAsync|invokeAll|schedule)$/.test(call.name)) found = true;
    if (node.name === 'ObjectCreationExpression' && /^new(Thread)\(/.test(squeezed(source, node))) found = true;
    return !found;
  });
  return found;
}
