import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../common/span.ts';
import { type Declarations, enclosingType } from '../../java/declarations.ts';
import { resolveVariable, type Scope, typeOf } from '../../java/scope.ts';
import { callOf, children, isStatementList, isUnit, type JavaSource, parts, squeezed, textOf, unitOf, walkUnit } from '../../java/syntax.ts';

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
  /** The place is in a lambda inside the region, which runs at once. */
  inLambda?: true;
  /** Whether the region is one statement, or a lock() with the try right behind it, so that it can be wrapped as a whole. */
  wrappable: boolean;
}

/**
 * The locks that are held at a node through the code around it in the same unit, innermost first.
 *
 * @param mayRun what is hung on a future counts as well: it runs at once when the future is complete
 */
export function heldLocks(source: JavaSource, declarations: Declarations, at: SyntaxNode, mayRun = false): HeldLock[] {
  const held: HeldLock[] = [];
  const released = new Set<string>();
  /** Locks up to this number are taken in the lambda around the place itself. */
  let crossed = -1;
  let below = at;
  for (let node = at.parent; node !== null; below = node, node = node.parent) {
    if (node.name === 'SynchronizedStatement' && below.name === 'Block') {
      const expression = node.getChild('ParenthesizedExpression')?.firstChild?.nextSibling ?? null;
      if (expression !== null && !isOwnObject(source, declarations, expression)) {
        held.push({
          kind: 'synchronized-block',
          lock: squeezed(source, expression),
          span: { start: expression.from, end: expression.to },
          region: { first: node, last: node },
          wrappable: true,
        });
      }
    } else if (node.name === 'TryStatement' || node.name === 'TryWithResourcesStatement') {
      heldByTry(source, declarations, node, below, at, released, held);
    } else if (isStatementList(node.name)) {
      heldByStatements(source, node, below, released, held);
    }
    if (node.name === 'LambdaExpression' && runsAtOnce(source, node, mayRun)) {
      crossed = held.length;
      continue;
    }
    if (isUnit(node)) {
      const method = declarations.methodAt.get(node.from);
      if (node.name === 'MethodDeclaration' && node.getChild('Modifiers')?.getChild('synchronized') != null)
        held.push(methodLock(source, node, method?.owner.name));
      break;
    }
  }
  if (crossed === -1) return held;
  return held.map((lock, index) => (index < crossed ? lock : { ...lock, inLambda: true as const }));
}

const AT_ONCE =
  /^(forEach|forEachRemaining|forEachOrdered|ifPresent|ifPresentOrElse|removeIf|replaceAll|compute|computeIfAbsent|computeIfPresent|merge|anyMatch|allMatch|noneMatch)$/;

const WHEN_COMPLETE =
  /^(then(Run|Accept|Apply|Compose|Combine|AcceptBoth)|whenComplete|handle|exceptionally|runAfterwards|composeAfterwards|forward)$/;

/** Whether a lambda is given to a method of collections that runs it before it returns. */
function runsAtOnce(source: JavaSource, lambda: SyntaxNode, mayRun: boolean): boolean {
  const invocation = lambda.parent?.name === 'ArgumentList' ? lambda.parent.parent : null;
  const call = invocation === null ? null : callOf(source, invocation);
  return call !== null && call.receiver !== null && (AT_ONCE.test(call.name) || (mayRun && WHEN_COMPLETE.test(call.name)));
}

const HANDED_ON = /^(execute|submit|schedule\w*|\w+Async)$/;

/** Whether a lambda is handed to an executor, a timer or a new thread: it runs in another thread, without the locks of this one. */
export function runsElsewhere(source: JavaSource, lambda: SyntaxNode): boolean {
  const invocation = lambda.parent?.name === 'ArgumentList' ? lambda.parent.parent : null;
  if (invocation?.name === 'ObjectCreationExpression') return /^new\s+Thread\b/.test(textOf(source, invocation));
  const call = invocation === null ? null : callOf(source, invocation);
  return call !== null && HANDED_ON.test(call.name);
}

/** An object that was made in the method itself and that nobody else can lock. */
function isOwnObject(source: JavaSource, declarations: Declarations, expression: SyntaxNode): boolean {
  if (expression.name !== 'Identifier') return /^new\b/.test(textOf(source, expression));
  const variable = resolveVariable({ source, declarations }, expression, textOf(source, expression));
  const declarator = variable?.kind === 'local' ? variable.node.parent : null;
  if (declarator === null || declarator === undefined || declarator.name !== 'VariableDeclarator') return false;
  return parts(declarator).at(-1)?.name === 'ObjectCreationExpression' && unitOf(declarator).from === unitOf(expression).from;
}

function methodLock(source: JavaSource, node: SyntaxNode, owner: string | undefined): HeldLock {
  const name = node.getChild('Definition') ?? node;
  const body = node.getChild('Block');
  const isStatic = node.getChild('Modifiers')?.getChild('static') != null;
  // The class of a compact source file has no name, and so its object has none to lock a block by.
  const lock = isStatic ? (owner === undefined || owner === '' ? null : `${owner}.class`) : 'this';
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
function heldByTry(
  source: JavaSource,
  declarations: Declarations,
  node: SyntaxNode,
  below: SyntaxNode,
  at: SyntaxNode,
  released: Set<string>,
  held: HeldLock[],
): void {
  const body = node.getChild('FinallyClause')?.getChild('Block') ?? null;
  if (body === null) return;
  const isHeld = (lock: string): boolean => released.has(lock) || held.some((other) => other.kind === 'lock' && other.lock === lock);
  for (const statement of children(body)) {
    if (below.name === 'FinallyClause' && at.from > statement.from) continue;
    const unlock = lockCall(source, statement, GIVE);
    if (unlock !== null) {
      if (!isHeld(unlock.lock) && !takenLater(source, node, at, unlock.lock)) held.push(lockOfTry(source, node, unlock));
      continue;
    }
    // Given back in another way, so that no edit is made: under a condition, by a helper, with a stamp, as a permit.
    const other = otherUnlock(source, declarations, statement);
    if (other !== null && !isHeld(other.lock) && !takenLater(source, node, at, other.lock)) {
      held.push({ kind: 'lock', lock: other.lock, span: { start: other.node.from, end: other.node.to }, region: null, wrappable: false });
    }
  }
}

/** Whether a lock is taken only behind a place, as the first thing of the try or further on. */
function takenLater(source: JavaSource, node: SyntaxNode, at: SyntaxNode, lock: string): boolean {
  const block = node.getChild('Block');
  const taken = block === null ? undefined : children(block).find((statement) => lockCall(source, statement, TAKE)?.lock === lock);
  return taken !== undefined && taken.from > at.from;
}

const OTHER_GIVE = /^(unlock|unlockWrite|unlockRead)$/;

/** What a statement of a finally clause gives back, other than by `x.unlock();`. */
function otherUnlock(source: JavaSource, declarations: Declarations, statement: SyntaxNode): { lock: string; node: SyntaxNode } | null {
  let found: { lock: string; node: SyntaxNode } | null = null;
  walkUnit(statement, (inner) => {
    const call = found === null ? callOf(source, inner) : null;
    if (call === null) return found === null;
    const { receiver } = call;
    if (receiver !== null && OTHER_GIVE.test(call.name)) found = { lock: squeezed(source, receiver), node: receiver };
    else if (receiver !== null && call.name === 'release' && isMutex(source, declarations, receiver))
      found = { lock: squeezed(source, receiver), node: receiver };
    else if (receiver === null && call.arguments.length === 0) found = unlockOfHelper(source, declarations, call.name, call.nameNode);
    return found === null;
  });
  return found;
}

/** A semaphore with one permit is a lock. */
function isMutex(source: JavaSource, declarations: Declarations, receiver: SyntaxNode): boolean {
  const scope = { source, declarations };
  if (!/\bSemaphore$/.test(typeOf(scope, receiver) ?? '')) return false;
  const name = /(?<!\w)(\w+)$/.exec(textOf(source, receiver))?.[1] as string;
  return new RegExp(`\\b${name}\\s*=\\s*new\\s+(?:[\\w.]+\\.)?Semaphore\\s*\\(\\s*1\\b`).test(source.text);
}

/** A method of the file that does nothing but give back a lock. */
function unlockOfHelper(source: JavaSource, declarations: Declarations, name: string, at: SyntaxNode): { lock: string; node: SyntaxNode } | null {
  for (const type of declarations.types) {
    for (const method of type.methods) {
      if (method.name !== name || method.body === null) continue;
      const statements = parts(method.body);
      const unlock = statements.length === 1 ? lockCall(source, statements[0] as SyntaxNode, GIVE) : null;
      if (unlock !== null) return { lock: unlock.lock, node: at };
    }
  }
  return null;
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

/** The same for the same lock in all files: "BufferManager.bufferQueue", "Task.this". Classes are told apart, objects are not. */
export function lockKey(scope: Scope, lock: HeldLock, at: SyntaxNode): string {
  const own = enclosingType(scope.declarations, at);
  const other = /^(\w+)\.this$/.exec(lock.lock)?.[1];
  if (other !== undefined) return `${other}.this`;
  if (lock.kind === 'synchronized-method' || lock.lock === 'this') return `${own?.name ?? ''}.this`;
  const name = lock.lock.replace(/^(\w+\.)?this\.(?=\w)/, '');
  for (let type = own; type !== null; type = type.outer) if (type.fields.has(/^\w+/.exec(name)?.[0] ?? name)) return `${type.name}.${name}`;
  return `${own?.name ?? ''}.${name}`;
}
