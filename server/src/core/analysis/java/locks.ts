import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../common/span.ts';
import type { Declarations } from '../../java/declarations.ts';
import { callOf, children, isStatementList, isUnit, type JavaSource, squeezed, textOf } from '../../java/syntax.ts';

/** A stretch of statements of one block during which a lock is held. */
export interface HeldLock {
  kind: 'synchronized-block' | 'synchronized-method' | 'lock';
  /** The lock as the source names it: "bufferQueue", "this", "readLock". */
  lock: string;
  /** The place to show: the lock expression, or the method's name. */
  span: Span;
  /**
   * First and last statement of the region, elements of the same block (the same node for a synchronized block;
   * the body for a synchronized method). Null when the end or the start of the region cannot be told.
   */
  region: { first: SyntaxNode; last: SyntaxNode } | null;
  /** Whether the region is one statement, or a lock() with the try right behind it, so that it can be wrapped as a whole. */
  wrappable: boolean;
}

/** The locks that are held at a node through the code around it in the same unit, innermost first. */
export function heldLocks(source: JavaSource, declarations: Declarations, at: SyntaxNode): HeldLock[] {
  const held: HeldLock[] = [];
  const released = new Set<string>();
  let below = at;
  for (let node = at.parent; node !== null; below = node, node = node.parent) {
    if (node.name === 'SynchronizedStatement' && below.name === 'Block') {
      const expression = node.getChild('ParenthesizedExpression')?.firstChild?.nextSibling ?? null;
      if (expression !== null) {
        held.push({
          kind: 'synchronized-block',
          lock: squeezed(source, expression),
          span: { start: expression.from, end: expression.to },
          region: { first: node, last: node },
          wrappable: true,
        });
      }
    } else if (node.name === 'TryStatement' || node.name === 'TryWithResourcesStatement') {
      heldByTry(source, node, below, at, released, held);
    } else if (isStatementList(node.name)) {
      heldByStatements(source, node, below, released, held);
    }
    if (isUnit(node)) {
      const method = declarations.methodAt.get(node.from);
      if (node.name === 'MethodDeclaration' && node.getChild('Modifiers')?.getChild('synchronized') != null)
        held.push(methodLock(source, node, method?.owner.name));
      break;
    }
  }
  return held;
}

function methodLock(source: JavaSource, node: SyntaxNode, owner: string | undefined): HeldLock {
  const name = node.getChild('Definition') ?? node;
  const body = node.getChild('Block');
  const isStatic = node.getChild('Modifiers')?.getChild('static') != null;
  const lock = isStatic ? (owner === undefined ? null : `${owner}.class`) : 'this';
  return {
    kind: 'synchronized-method',
    lock: lock ?? textOf(source, name),
    span: { start: name.from, end: name.to },
    region: body === null || lock === null ? null : { first: body, last: body },
    wrappable: true,
  };
}

/** `x.lock()` and the like as a statement: the text of x. */
function lockCall(source: JavaSource, statement: SyntaxNode | null, names: RegExp): { lock: string; node: SyntaxNode } | null {
  if (statement === null || statement.name !== 'ExpressionStatement' || statement.firstChild === null) return null;
  const call = callOf(source, statement.firstChild);
  if (call === null || call.receiver === null || call.arguments.length > 0 || !names.test(call.name)) return null;
  return { lock: squeezed(source, call.receiver), node: call.receiver };
}

const TAKE = /^(lock|lockInterruptibly)$/;
const GIVE = /^unlock$/;

function previousStatement(node: SyntaxNode): SyntaxNode | null {
  let before = node.prevSibling;
  while (before?.name.endsWith('Comment')) before = before.prevSibling;
  return before;
}

/** `try { … } finally { x.unlock(); }`: x is held in the try, in its catch clauses, and in the finally until the unlock. */
function heldByTry(source: JavaSource, node: SyntaxNode, below: SyntaxNode, at: SyntaxNode, released: Set<string>, held: HeldLock[]): void {
  const body = node.getChild('FinallyClause')?.getChild('Block') ?? null;
  if (body === null) return;
  for (const statement of children(body)) {
    const unlock = lockCall(source, statement, GIVE);
    if (unlock === null) continue;
    if (below.name === 'FinallyClause' && at.from > statement.from) continue;
    if (released.has(unlock.lock) || held.some((other) => other.kind === 'lock' && other.lock === unlock.lock)) continue;
    held.push(lockOfTry(source, node, unlock));
  }
}

function lockOfTry(source: JavaSource, node: SyntaxNode, unlock: { lock: string; node: SyntaxNode }): HeldLock {
  const span = { start: unlock.node.from, end: unlock.node.to };
  // Several locks may be taken in a row before the try.
  for (let before = previousStatement(node); before !== null; before = previousStatement(before)) {
    const outside = lockCall(source, before, TAKE);
    if (outside === null) break;
    if (outside.lock !== unlock.lock) continue;
    return {
      kind: 'lock',
      lock: unlock.lock,
      span: { start: outside.node.from, end: outside.node.to },
      region: { first: before, last: node },
      wrappable: true,
    };
  }
  const block = node.getChild('Block');
  const firstInside = block === null ? null : (children(block).find((child) => child.name !== '{' && !child.name.endsWith('Comment')) ?? null);
  const inside = lockCall(source, firstInside, TAKE);
  if (inside?.lock === unlock.lock)
    return {
      kind: 'lock',
      lock: unlock.lock,
      span: { start: inside.node.from, end: inside.node.to },
      region: { first: node, last: node },
      wrappable: true,
    };
  // Taken somewhere before (tryLock(), or with statements between): behind the try it is given back all the same.
  return { kind: 'lock', lock: unlock.lock, span, region: { first: node, last: node }, wrappable: true };
}

interface LockStatement {
  statement: SyntaxNode;
  lock: string;
  node: SyntaxNode;
  takes: boolean;
}

const LOCK_STATEMENTS = new WeakMap<JavaSource, Map<number, LockStatement[]>>();

/** The lock() and unlock() statements of a block, looked up once: a block may have thousands of statements and of calls. */
function lockStatements(source: JavaSource, block: SyntaxNode): LockStatement[] {
  let known = LOCK_STATEMENTS.get(source);
  if (known === undefined) {
    known = new Map();
    LOCK_STATEMENTS.set(source, known);
  }
  let found = known.get(block.from);
  if (found === undefined) {
    found = [];
    for (const statement of children(block)) {
      const taken = lockCall(source, statement, TAKE);
      const given = lockCall(source, statement, GIVE);
      if (taken !== null) found.push({ statement, ...taken, takes: true });
      if (given !== null) found.push({ statement, ...given, takes: false });
    }
    known.set(block.from, found);
  }
  return found;
}

/** `x.lock(); … x.unlock();` in one block without a try. */
function heldByStatements(source: JavaSource, block: SyntaxNode, below: SyntaxNode, released: Set<string>, held: HeldLock[]): void {
  const found = lockStatements(source, block);
  for (let index = found.length - 1; index >= 0; index--) {
    const { statement, lock, node, takes } = found[index] as LockStatement;
    if (statement.from >= below.from) continue;
    if (!takes) released.add(lock);
    if (!takes || released.has(lock) || held.some((other) => other.kind === 'lock' && other.lock === lock)) continue;
    const last = found.find((other) => !other.takes && other.lock === lock && other.statement.from > below.from)?.statement ?? null;
    // Without an unlock further on this is a lock that is handed out; nothing is said about it.
    const unlock = new RegExp(`${quoted(lock)}\\.unlock\\(`);
    if (last === null && !unlock.test(source.text.slice(below.from, block.to).replace(/\s+/g, ''))) continue;
    held.push({
      kind: 'lock',
      lock,
      span: { start: node.from, end: node.to },
      region: last === null ? null : { first: statement, last },
      wrappable: false,
    });
  }
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
