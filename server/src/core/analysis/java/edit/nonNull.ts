import type { SyntaxNode } from '@lezer/common';
import { bareName } from '../../../java/declarations.ts';
import { fieldOf, resolveVariable, type Scope, typeOf } from '../../../java/scope.ts';
import { callOf, parts, squeezed, statementOf, textOf, unitOf, walkUnit } from '../../../java/syntax.ts';

/** Collections that refuse null, so that their elements are something. */
const REFUSES_NULL = /^(ArrayDeque|PriorityQueue|ConcurrentLinkedQueue|ConcurrentLinkedDeque|\w*BlockingQueue|\w*BlockingDeque|ConcurrentHashMap)$/;

/** Methods of a collection that throw instead of giving nothing. */
const GIVES_ELEMENT = /^(pop|remove|removeFirst|removeLast|element|getFirst|getLast|take|next)$/;

const CHECKS = /^(requireNonNull|checkNotNull)$/;

/** Whether a collection refuses null: by its declared type, or by what a final field was made of. */
export function refusesNull(scope: Scope, collection: SyntaxNode): boolean {
  const call = callOf(scope.source, collection);
  if (call !== null) return call.receiver !== null && /^(values|keySet)$/.test(call.name) && refusesNull(scope, call.receiver);
  const type = typeOf(scope, collection);
  if (type !== null && REFUSES_NULL.test(bareName(type))) return true;
  const made = madeOf(scope, collection);
  return made !== null && REFUSES_NULL.test(made);
}

/** The class that a final field or a local that keeps its first value was made of, by `= new X(…)`. */
function madeOf(scope: Scope, node: SyntaxNode): string | null {
  const field = fieldOf(scope, node);
  if (field !== null && !field.modifiers.has('final')) return null;
  const variable = field === null && node.name === 'Identifier' ? resolveVariable(scope, node, textOf(scope.source, node)) : null;
  const declarator = field?.node ?? variable?.node.parent ?? null;
  if (declarator === null || declarator.name !== 'VariableDeclarator') return null;
  if (variable !== null && assignedBetween(scope, textOf(scope.source, node), declarator.to, node.from, node)) return null;
  const value = parts(declarator).at(-1);
  const type = value?.name === 'ObjectCreationExpression' ? typeOfCreation(scope, value) : null;
  return type;
}

function typeOfCreation(scope: Scope, node: SyntaxNode): string {
  return bareName(/^new\s+([\w.]+)/.exec(textOf(scope.source, node))?.[1] ?? '');
}

/**
 * Whether the value of an expression is certain to be something at its place: made there, checked, used before, or
 * taken from what refuses null. Everything else may be null.
 */
export function knownNotNull(scope: Scope, node: SyntaxNode): boolean {
  const { source } = scope;
  switch (node.name) {
    case 'this':
    case 'super':
    case 'ObjectCreationExpression':
    case 'ArrayCreationExpression':
    case 'StringLiteral':
    case 'TextBlock':
    case 'ClassLiteral':
    case 'LambdaExpression':
    case 'MethodReference':
    case 'IntegerLiteral':
    case 'BooleanLiteral':
      return true;
    case 'ParenthesizedExpression': {
      const inner = parts(node)[0];
      return inner !== undefined && knownNotNull(scope, inner);
    }
    case 'CastExpression': {
      const inner = parts(node).at(-1);
      return inner !== undefined && knownNotNull(scope, inner);
    }
    case 'MethodInvocation': {
      const call = callOf(source, node);
      if (call === null) return false;
      if (CHECKS.test(call.name)) return true;
      if (call.receiver === null || call.arguments.length > 0 || !refusesNull(scope, call.receiver)) return false;
      return (
        GIVES_ELEMENT.test(call.name) || (/^(poll|pollFirst|pollLast|peek|peekFirst|peekLast)$/.test(call.name) && notEmpty(scope, call.receiver))
      );
    }
    case 'Identifier':
    case 'FieldAccess':
      return knownName(scope, node);
    default:
      return false;
  }
}

/** Whether the expression of a synchronized statement does nothing by itself and is certain not to be null. */
export function takesLockForSure(scope: Scope, statement: SyntaxNode): boolean {
  const lock = statement.getChild('ParenthesizedExpression')?.firstChild?.nextSibling ?? null;
  return lock !== null && /^(this|Identifier|FieldAccess|ClassLiteral)$/.test(lock.name) && knownNotNull(scope, lock);
}

function knownName(scope: Scope, node: SyntaxNode): boolean {
  const { source } = scope;
  const text = squeezed(source, node);
  const variable = node.name === 'Identifier' ? resolveVariable(scope, node, text) : null;
  const field = fieldOf(scope, node);
  if (variable === null && field === null) return /^[A-Z]\w*$/.test(text);
  if (/^(int|long|short|byte|char|float|double|boolean)$/.test((field ?? variable)?.type ?? '')) return true;
  if (madeOf(scope, node) !== null) return true;
  const declared = variable?.node ?? null;
  const owner = declared?.parent ?? null;
  if (owner !== null && declared !== null && field === null) {
    const between = (): boolean => assignedBetween(scope, text, declared.to, node.from, node);
    if (owner.name === 'TypePattern' || owner.name === 'CatchFormalParameter') return !between();
    if (owner.name === 'ForSpec') {
      const iterable = parts(owner).at(-1);
      if (iterable !== undefined && refusesNull(scope, iterable) && !between()) return true;
    }
    if (owner.name === 'VariableDeclarator') {
      const value = parts(owner).at(-1);
      if (value !== undefined && value.name === 'MethodInvocation' && knownNotNull(scope, value) && !between()) return true;
    }
  }
  return checkedBefore(scope, node, text);
}

/** Whether the place is the first under `if (!queue.isEmpty())`. */
function notEmpty(scope: Scope, collection: SyntaxNode): boolean {
  const statement = statementOf(collection);
  const first = statement.parent?.name === 'Block' ? parts(statement.parent)[0] : statement;
  const branch = statement.parent?.name === 'Block' ? statement.parent : statement;
  const outer = branch.parent;
  if (first?.from !== statement.from || (outer?.name !== 'IfStatement' && outer?.name !== 'WhileStatement')) return false;
  const condition = outer.getChild('ParenthesizedExpression');
  if (condition === null || nextPart(condition)?.from !== branch.from) return false;
  return conjuncts(squeezed(scope.source, condition)).includes(`!${squeezed(scope.source, collection)}.isEmpty()`);
}

/** A condition around the place, or a statement before it, that the name cannot pass as null. */
function checkedBefore(scope: Scope, node: SyntaxNode, text: string): boolean {
  const { source } = scope;
  const unit = unitOf(node);
  let below = statementOf(node);
  const fresh = (from: number): boolean => !assignedBetween(scope, text, from, node.from, node);
  for (let at = below.parent; at !== null; below = at, at = at.parent) {
    for (let before = below.prevSibling; before !== null; before = before.prevSibling) {
      if (before.name === '{' || before.name === 'else') break;
      if (ensures(scope, before, text) && fresh(before.to)) return true;
    }
    if (at.name === 'IfStatement' || at.name === 'WhileStatement') {
      const condition = at.getChild('ParenthesizedExpression');
      const inThen = condition !== null && nextPart(condition)?.from === below.from;
      if (condition !== null && inThen && conjuncts(squeezed(source, condition)).some((one) => saysNotNull(one, text)) && fresh(condition.to))
        return true;
    }
    if (at.from === unit.from && at.to === unit.to) return false;
  }
  return false;
}

function nextPart(node: SyntaxNode): SyntaxNode | null {
  let next = node.nextSibling;
  while (next !== null && (next.name.endsWith('Comment') || !/^\w/.test(next.name))) next = next.nextSibling;
  return next;
}

/** The parts of `(a && b)`; one with `||` in it is no part of its own. */
function conjuncts(condition: string): string[] {
  const inner = condition.replace(/^\(|\)$/g, '');
  return inner.includes('||') ? [] : inner.split('&&');
}

function saysNotNull(condition: string, text: string): boolean {
  return (
    condition === `${text}!=null` ||
    condition === `null!=${text}` ||
    (condition.startsWith(`(${text}=`) && condition.endsWith(')!=null')) ||
    condition.startsWith(`${text}instanceof`) ||
    condition.startsWith(`${text}.`) ||
    condition.startsWith(`!${text}.`)
  );
}

/** A statement after which the name is something: it leaves when it is null, checks it, or calls a method of it. */
function ensures(scope: Scope, statement: SyntaxNode, text: string): boolean {
  const { source } = scope;
  const own = squeezed(source, statement);
  if (statement.name === 'IfStatement') {
    const condition = statement.getChild('ParenthesizedExpression');
    if (condition === null || statement.getChild('else') !== null) return false;
    const [test, ...more] = squeezed(source, condition).slice(1, -1).split('||');
    const leaves = nextPart(condition);
    const last = leaves?.name === 'Block' ? parts(leaves).at(-1) : leaves;
    const goes = last !== null && last !== undefined && /^(Return|Throw|Continue|Break)Statement$/.test(last.name);
    return goes && [test, ...more].some((one) => one === `${text}==null` || one === `null==${text}`);
  }
  if (statement.name !== 'ExpressionStatement' && statement.name !== 'LocalVariableDeclaration') return false;
  if (new RegExp(`(?:^|[.=])(?:requireNonNull|checkNotNull)\\(${text.replaceAll('.', '\\.').replaceAll('$', '\\$')}[,)]`).test(own)) return true;
  let used = false;
  walkUnit(statement, (inner) => {
    // What stands behind a condition may not have been reached.
    if (inner.name === 'TernaryExpression' || inner.getChild('LogicOp') !== null) return false;
    const call = callOf(source, inner);
    if (call?.receiver != null && squeezed(source, call.receiver) === text) used = true;
    return !used;
  });
  return used;
}

/** Whether a name is assigned to in a stretch of the text, or in a loop that comes back to it. */
function assignedBetween(scope: Scope, text: string, from: number, to: number, at: SyntaxNode): boolean {
  const { source } = scope;
  let root: SyntaxNode = at;
  while (root.parent !== null && root.from > from) root = root.parent;
  const field = fieldOf(scope, at);
  const changing = field !== null && !field.modifiers.has('final');
  let found = false;
  walkUnit(root, (node) => {
    if (found || node.to <= from || node.from >= to) return false;
    // A method of this object may assign its fields.
    if (changing && node.name === 'MethodInvocation' && node.from >= from && callOf(source, node)?.receiver == null) found = true;
    if (node.name === 'AssignmentExpression') {
      const target = node.firstChild;
      if (target !== null && target.from >= from && squeezed(source, target) === text) found = true;
    }
    return !found;
  });
  return found;
}
