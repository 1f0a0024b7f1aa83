/** What is known about a callback under a lock that takes the danger from it. */
import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../../../../common/span.ts';
import { type Method, visibilityOf } from '../../java/declarations.ts';
import { callOf, parts, spanOf, squeezed, textOf, unitOf, walkUnit } from '../../java/syntax.ts';
import { methodOf } from './callGraph.ts';
import { heldLocks } from './locks.ts';
import type { GuardedCall, HeldPath, JavaModel } from './model.ts';

/**
 * - `event-buffer`: the buffer is an event, whose memory is on the heap and belongs to no pool;
 * - `reference-count`: the buffer was retained or sliced in this method, so that the call only counts one down;
 * - `defused`: the object is being released, and what the pool calls back looks at that before it takes the lock;
 * - `lock-not-shared`: nobody outside the class comes to the lock.
 */
export type ReliefCode = 'event-buffer' | 'reference-count' | 'defused' | 'lock-not-shared';

export interface Relief {
  code: ReliefCode;
  /** The place that tells. */
  span: Span;
}

/** The first thing that takes the danger from a call; null when nothing is known to. */
export function reliefOf(model: JavaModel, guarded: GuardedCall): Relief | null {
  const { entry } = guarded.callback;
  if (entry.effect === 'pool') {
    const own = eventBuffer(model, guarded) ?? counted(model, guarded) ?? defused(model, guarded);
    if (own !== null) return own;
  }
  return notShared(model, guarded);
}

function eventBuffer(model: JavaModel, { callback, paths }: GuardedCall): Relief | null {
  const { source } = model.scope;
  const { receiver, node } = callback.call;
  if (receiver === null) return null;
  const text = squeezed(source, receiver);
  const unit = unitOf(node);
  const handed = handedEvent(model, paths, text) ?? madeEvent(model, unit, text);
  if (handed !== null) return { code: 'event-buffer', span: handed };
  let below: SyntaxNode = node;
  for (let at = node.parent; at !== null && at.from >= unit.from; below = at, at = at.parent) {
    const condition = at.name === 'SwitchStatement' || at.name === 'IfStatement' ? at.getChild('ParenthesizedExpression') : null;
    if (condition === null || below.from <= condition.from) continue;
    const asked = squeezed(source, condition);
    const isThen = at.name === 'IfStatement' && isFirstBranch(condition, below);
    if (at.name === 'SwitchStatement' && asked === `(${text}.getDataType())` && !isDefault(source.text, node, at))
      return { code: 'event-buffer', span: spanOf(condition) };
    if (isThen && (asked.includes(`!${text}.isBuffer()`) || asked.includes(`${text}.getDataType().isEvent()`)))
      return { code: 'event-buffer', span: spanOf(condition) };
  }
  return null;
}

/** All callers that hold a lock hand over an event, `EventSerializer.toBuffer(…)`, as the parameter of that name. */
function handedEvent(model: JavaModel, paths: readonly HeldPath[], name: string): Span | null {
  const { source } = model.scope;
  let first: Span | null = null;
  for (const { steps } of paths) {
    const call = steps.at(-1);
    const parameters = call === undefined ? [] : model.graph.targetsOf(call).map((method) => method.parameters.findIndex((one) => one.name === name));
    const argument = parameters.length === 1 ? call?.arguments[parameters[0] as number] : undefined;
    if (argument === undefined || !squeezed(source, argument).startsWith('EventSerializer.toBuffer(')) return null;
    first ??= spanOf(argument);
  }
  return first;
}

/** A local that is made as an event, `Buffer buffer = EventSerializer.toBuffer(…)`. */
function madeEvent(model: JavaModel, unit: SyntaxNode, name: string): Span | null {
  const { source } = model.scope;
  let found: Span | null = null;
  walkUnit(unit, (inner) => {
    const [declared, ...rest] = inner.name === 'VariableDeclarator' ? parts(inner) : [];
    const value = rest.at(-1);
    if (
      declared !== undefined &&
      value !== undefined &&
      textOf(source, declared) === name &&
      squeezed(source, value).startsWith('EventSerializer.toBuffer(')
    )
      found = spanOf(value);
    return found === null;
  });
  return found;
}

function isFirstBranch(condition: SyntaxNode, branch: SyntaxNode): boolean {
  let next = condition.nextSibling;
  while (next?.name.endsWith('Comment')) next = next.nextSibling;
  return next !== null && next.from === branch.from;
}

/** Whether the label before a place is the default of its switch. */
function isDefault(text: string, node: SyntaxNode, outer: SyntaxNode): boolean {
  const labels = [...text.slice(outer.from, node.from).matchAll(/\b(case|default)\b/g)];
  return labels.at(-1)?.[1] !== 'case';
}

const SLICES = /\.(build|copy|retainBuffer|readOnlySlice)\(/;

/** The buffer has another owner, as this method made a slice of it or retained it. */
function counted(model: JavaModel, { callback }: GuardedCall): Relief | null {
  const { source } = model.scope;
  const { receiver, node } = callback.call;
  if (receiver === null || receiver.name !== 'Identifier') return null;
  const text = textOf(source, receiver);
  if (callback.each) {
    // All that is ever put into the list are slices.
    const added = [...source.text.matchAll(new RegExp(`(?<![\\w$])${text}\\s*\\.\\s*add\\(([^;]*)\\);`, 'g'))];
    const first = added[0];
    if (first === undefined || !added.every((one) => SLICES.test(`${one[1]}`))) return null;
    return { code: 'reference-count', span: { start: first.index, end: first.index + first[0].length } };
  }
  const values: SyntaxNode[] = [];
  let retained: SyntaxNode | null = null;
  walkUnit(unitOf(node), (inner) => {
    if (inner.name === 'AssignmentExpression' && inner.firstChild !== null && textOf(source, inner.firstChild) === text)
      values.push(inner.lastChild as SyntaxNode);
    if (inner.name === 'VariableDeclarator') {
      const [name, ...rest] = parts(inner);
      if (name !== undefined && textOf(source, name) === text && rest.at(-1) !== undefined) values.push(rest.at(-1) as SyntaxNode);
    }
    const call = callOf(source, inner);
    if (call?.name === 'retainBuffer' && call.receiver !== null && squeezed(source, call.receiver) === text && inner.from < node.from)
      retained = inner;
    return true;
  });
  if (retained !== null) return { code: 'reference-count', span: spanOf(retained) };
  const made = values.filter((value) => value.name !== 'null');
  const sliced = made[0];
  const slices = (value: SyntaxNode): boolean => {
    const call = callOf(source, value);
    const own = call === null ? [] : model.graph.targetsOf(call);
    return SLICES.test(squeezed(source, value)) || (own.length > 0 && own.every((method) => SLICES.test(squeezed(source, method.node))));
  };
  return sliced !== undefined && made.every(slices) ? { code: 'reference-count', span: spanOf(sliced) } : null;
}

/** FLINK-18595: what the pool calls back looks whether the channel is released before it takes the lock. */
function defused(model: JavaModel, guarded: GuardedCall): Relief | null {
  const { source } = model.scope;
  const own = methodOf(model.scope, guarded.callback.call.node);
  const releases = guarded.paths.every((path) => [own?.name, ...path.steps.map((step) => step.name)].some((name) => /^releaseAll/.test(name ?? '')));
  if (!releases) return null;
  for (const type of model.scope.declarations.types) {
    for (const method of type.methods) {
      if (method.name !== 'notifyBufferAvailable' || method.body === null) continue;
      const body = textOf(source, method.body).replace(/\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (comment) => ' '.repeat(comment.length));
      const check = /if\s*\([^{;]{0,400}\bisReleased(?:\.get)?\(\)\s*\)\s*\{\s*return\b/.exec(body);
      const lock = /\bsynchronized\b|\.lock\(/.exec(body);
      if (check !== null && (lock === null || check.index < lock.index)) {
        const start = method.body.from + check.index;
        return { code: 'defused', span: { start, end: start + check[0].length } };
      }
    }
  }
  return null;
}

/** Methods by which callbacks and other components come into an object. */
const COMES_IN = /^(recycle\w*|notify\w*|releaseMemory|on[A-Z]\w*|grantLeadership|revokeLeadership)$/;

/** The lock is a private matter of the class: only its own methods, which nobody is handed, come to it. */
function notShared(model: JavaModel, guarded: GuardedCall): Relief | null {
  const locks = guarded.paths.flatMap((path) => path.locks);
  const spans = locks.map((lock) => lock.span);
  const first = spans[0];
  if (first === undefined) return null;
  for (const lock of locks) {
    const users = usersOf(model, lock.lock, lock.span.start);
    if (users === null) return null;
    const [only] = users;
    const alone = users.length === 1 && only !== undefined && (only.name === 'run' || only.name === 'call');
    if (alone) continue;
    if (lock.kind === 'synchronized-method' || lock.lock === 'this' || !isPrivate(model, lock.lock)) return null;
    if (users.some((method) => comesFromOutside(model, method, new Set()))) return null;
  }
  return { code: 'lock-not-shared', span: first };
}

function isPrivate(model: JavaModel, lock: string): boolean {
  const name = lock.replace(/^this\./, '').replace(/\.(readLock|writeLock)\(\)$/, '');
  return model.scope.declarations.types.some((type) => type.fields.get(name)?.modifiers.has('private') === true);
}

/** Methods of the file that take a lock of that name; null when a lambda, an initializer or another class does. */
function usersOf(model: JavaModel, lock: string, at: number): Method[] | null {
  const { source, declarations } = model.scope;
  const result = new Set<Method>();
  const own = methodOf(model.scope, source.tree.resolveInner(at, 1));
  const isThis = lock === 'this' || own?.modifiers.has('synchronized') === true;
  if (isThis) {
    for (const method of own?.owner.methods ?? []) if (method.modifiers.has('synchronized')) result.add(method);
  }
  const name = isThis ? 'this' : lock.replace(/[^\w.]/g, '\\$&');
  for (const match of source.text.matchAll(
    new RegExp(`synchronized\\s*\\(\\s*(?:this\\s*\\.\\s*)?${name}\\s*\\)\\s*\\{|(?<![\\w$])${name}\\s*\\.\\s*(?:tryLock|lock\\w*)\\s*\\(`, 'g'),
  )) {
    const method = methodOf(model.scope, source.tree.resolveInner(match.index + match[0].length, -1));
    if (method === null) return null;
    if (!isThis || heldLocks(source, declarations, source.tree.resolveInner(match.index + match[0].length, 1)).length > 0) result.add(method);
  }
  return [...result];
}

function comesFromOutside(model: JavaModel, method: Method, seen: Set<Method>): boolean {
  if (seen.has(method)) return false;
  seen.add(method);
  if (method.annotations.has('Override') || COMES_IN.test(method.name) || model.graph.referenced(method)) return true;
  const visibility = visibilityOf(method);
  if (visibility === 'public' || visibility === 'protected') return true;
  return model.graph.callersOf(method).some((inner) => inner.caller === null || comesFromOutside(model, inner.caller, seen));
}
