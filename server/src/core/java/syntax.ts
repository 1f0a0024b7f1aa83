import type { SyntaxNode, Tree } from '@lezer/common';
import type { Span } from '../../../../common/span.ts';

/** A Java text with its syntax tree. The parser never fails: what it cannot read becomes error nodes. */
export interface JavaSource {
  text: string;
  tree: Tree;
  /** Switches that are expressions, which the tree has as statements: nothing that goes out of them is edited. */
  switches: readonly Span[];
  /** Where the parser gave up, so that nothing behind it is in the tree; null when it read to the end. */
  givenUp: GivenUp | null;
}

export interface GivenUp {
  at: number;
  /** The text is damaged and recovering took too many steps, or its brackets are nested deeper than anybody writes. */
  why: 'damaged' | 'nested';
}

export function textOf(source: JavaSource, node: Span | SyntaxNode): string {
  return 'from' in node ? source.text.slice(node.from, node.to) : source.text.slice(node.start, node.end);
}

export function spanOf(node: SyntaxNode): Span {
  return { start: node.from, end: node.to };
}

/** Text without white space, for comparing expressions. */
export function squeezed(source: JavaSource, node: SyntaxNode): string {
  return textOf(source, node).replace(/\s+/g, '');
}

export function children(node: SyntaxNode): SyntaxNode[] {
  const result: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) result.push(child);
  return result;
}

const TRIVIA = new Set(['LineComment', 'BlockComment']);

/** Children without comments and punctuation. */
export function parts(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter((child) => !TRIVIA.has(child.name) && !/^[^\w⚠]+$/.test(child.name));
}

/** Visits a node and what is below it, in source order; `enter` returns false to leave out a subtree. Not recursive: trees can be deep. */
export function walk(root: SyntaxNode, enter: (node: SyntaxNode) => boolean): void {
  let node = root;
  let depth = 0;
  for (;;) {
    const down: SyntaxNode | null = enter(node) ? node.firstChild : null;
    if (down !== null) {
      node = down;
      depth++;
      continue;
    }
    let next: SyntaxNode | null = null;
    while (depth > 0 && next === null) {
      next = node.nextSibling;
      if (next === null) {
        node = node.parent as SyntaxNode;
        depth--;
      }
    }
    if (next === null) return;
    node = next;
  }
}

/** Whether a node contains something the parser could not read. */
export function hasError(node: SyntaxNode): boolean {
  let found = false;
  walk(node, (inner) => {
    if (inner.type.isError) found = true;
    return !found;
  });
  return found;
}

export function isTypeBody(name: string): boolean {
  return name === 'ClassBody' || name === 'InterfaceBody' || name === 'EnumBody' || name === 'EnumBodyDeclarations' || name === 'RecordBody';
}

/** Code that runs on its own: what stands in a lambda or an anonymous class runs later, without the locks around it. */
export function isUnit(node: SyntaxNode): boolean {
  switch (node.name) {
    case 'MethodDeclaration':
    case 'ConstructorDeclaration':
    case 'CompactConstructorDeclaration':
    case 'LambdaExpression':
    case 'StaticInitializer':
      return true;
    case 'Block':
      return node.parent !== null && isTypeBody(node.parent.name);
    default:
      return isTypeBody(node.name) || node.name === 'Program';
  }
}

export function unitOf(node: SyntaxNode): SyntaxNode {
  let current = node.parent ?? node;
  while (!isUnit(current) && current.parent !== null) current = current.parent;
  return current;
}

/** Like {@link walk}, but does not enter lambdas and class bodies below the root. */
export function walkUnit(root: SyntaxNode, enter: (node: SyntaxNode) => boolean): void {
  let first = true;
  walk(root, (node) => {
    const below = !first;
    first = false;
    return below && isUnit(node) ? false : enter(node);
  });
}

export function isLoop(name: string): boolean {
  return name === 'ForStatement' || name === 'EnhancedForStatement' || name === 'WhileStatement' || name === 'DoStatement';
}

export function isStatementList(name: string): boolean {
  return name === 'Block' || name === 'ConstructorBody' || name === 'SwitchBlock';
}

/** The statement that a node belongs to: the nearest ancestor (or the node) that is an element of a block or the body of another statement. */
export function statementOf(node: SyntaxNode): SyntaxNode {
  let current = node;
  while (current.parent !== null) {
    if (current.name.endsWith('Statement') || current.name === 'LocalVariableDeclaration' || current.name === 'Block') {
      if (current.parent.name !== 'ForSpec') return current;
    }
    if (isUnit(current)) return current;
    current = current.parent;
  }
  return current;
}

/** A call's parts; null for a node that is no method call. */
export interface Call {
  node: SyntaxNode;
  name: string;
  nameNode: SyntaxNode;
  /** The expression before the dot; null for a bare name. */
  receiver: SyntaxNode | null;
  arguments: SyntaxNode[];
}

/** The invocation whose method's name stands at an offset. */
export function invocationAt(source: JavaSource, offset: number): SyntaxNode | null {
  const parent = source.tree.resolveInner(offset, 0).parent;
  return parent?.name === 'MethodName' ? parent.parent : null;
}

/** Package of a file, "" for the unnamed one. */
export function packageOf(source: JavaSource): string {
  const node = source.tree.topNode.getChild('PackageDeclaration');
  return node === null ? '' : textOf(source, node).replace(/^package\s+|\s|;/g, '');
}

export function callOf(source: JavaSource, node: SyntaxNode): Call | null {
  if (node.name !== 'MethodInvocation') return null;
  const nameNode = node.getChild('MethodName');
  const list = node.getChild('ArgumentList');
  if (nameNode === null || list === null) return null;
  const first = node.firstChild;
  const receiver = first !== null && first.from < nameNode.from && first.name !== 'TypeArguments' ? first : null;
  return { node, name: textOf(source, nameNode), nameNode, receiver, arguments: parts(list) };
}

/** `x` of `checkNotNull(x)` and `requireNonNull(x)`; another expression as it is. */
export function checkedValue(source: JavaSource, node: SyntaxNode): SyntaxNode {
  const call = callOf(source, node);
  return call !== null && /^(requireNonNull|checkNotNull)$/.test(call.name) ? (call.arguments[0] ?? node) : node;
}

/** `x.recycleBuffer()` as a statement of its own gives the statement; anything else null. */
export function asStatement(node: SyntaxNode): SyntaxNode | null {
  const parent = node.parent;
  return parent !== null && parent.name === 'ExpressionStatement' ? parent : null;
}

const LOCALS = new WeakMap<JavaSource, Map<number, SyntaxNode[]>>();

/** Declarations of locals in a block, in order, looked up once. */
export function localsOf(source: JavaSource, block: SyntaxNode): SyntaxNode[] {
  let known = LOCALS.get(source);
  if (known === undefined) {
    known = new Map();
    LOCALS.set(source, known);
  }
  let found = known.get(block.from);
  if (found === undefined) {
    found = block.getChildren('LocalVariableDeclaration');
    known.set(block.from, found);
  }
  return found;
}

const PATTERNS = new WeakMap<JavaSource, Map<string, SyntaxNode[]>>();

/** Patterns of types (`instanceof Buffer buffer`) that declare a name, in the order of the text; looked up once. */
export function patternsNamed(source: JavaSource, name: string): readonly SyntaxNode[] {
  let known = PATTERNS.get(source);
  if (known === undefined) {
    known = new Map();
    PATTERNS.set(source, known);
    if (/\binstanceof\b/.test(source.text)) collectPatterns(source, known);
  }
  return known.get(name) ?? [];
}

function collectPatterns(source: JavaSource, into: Map<string, SyntaxNode[]>): void {
  walk(source.tree.topNode, (node) => {
    const definition = node.name === 'TypePattern' ? node.getChild('Definition') : null;
    if (definition !== null) {
      const name = textOf(source, definition);
      const all = into.get(name);
      if (all === undefined) into.set(name, [node]);
      else all.push(node);
    }
    return true;
  });
}
