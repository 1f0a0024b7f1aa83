import type { SyntaxNode } from '@lezer/common';
import { bareName, readDeclarations } from '../../java/declarations.ts';
import { parseJava } from '../../java/parse.ts';
import { resolveVariable, type Scope, targetType, typeOf } from '../../java/scope.ts';
import { type Call, callOf, checkedValue, squeezed, textOf, unitOf, walkUnit } from '../../java/syntax.ts';
import { LOCK_CALLBACKS, type LockCallback, NAMED_IN_SETTINGS } from '../../knowledge/lockCallbacks.ts';
import { callGraph, methodOf } from './callGraph.ts';
import { heldLocks } from './locks.ts';
import { type CallbackCall, type GuardedCall, type HeldPath, type JavaModel, MAX_PATHS } from './model.ts';

/** Longest chain of calls that is followed. */
const MAX_DEPTH = 8;

/** Entries for the methods that a setting names: nothing is known but the name. */
export function ownCallbacks(names: readonly string[]): LockCallback[] {
  return names.map((method) => ({
    method,
    arguments: [0, 1, 2, 3, 4],
    receiverClass: null,
    effect: 'callback',
    returnsValue: true,
    throws: [],
    severity: 'warning',
    issues: [],
    danger: NAMED_IN_SETTINGS,
    history: [],
    sample: '',
    nearMiss: '',
  }));
}

const TAKES_LOCK = /\bsynchronized\b|\.\s*lock(?:Interruptibly)?\s*\(|\.\s*unlock(?:Write|Read)?\s*\(|\bSemaphore\b/;

/** Whether a text can hold anything to report; a few milliseconds for the largest file, so that others cost nothing. */
export function mayHoldCallbacks(text: string, entries: readonly LockCallback[]): boolean {
  if (!TAKES_LOCK.test(text)) return false;
  const looked = new Set<string>();
  for (const [name] of text.matchAll(namePattern(entries))) {
    if (looked.has(name)) continue;
    looked.add(name);
    // A name as common as close() tells nothing without the class it is called on.
    if (entries.some((entry) => entry.method === name && receiverOccurs(text, entry))) return true;
  }
  return false;
}

function receiverOccurs(text: string, entry: LockCallback): boolean {
  if (entry.receiverTypes === undefined || entry.receiverTypes.some((type) => text.includes(type))) return true;
  const name = entry.receiverName?.source.replace(/^\^|\$$/g, '');
  return name !== undefined && new RegExp(`(?<!\\w)${name}\\s*\\.\\s*${entry.method}\\b`).test(text);
}

function namePattern(entries: readonly LockCallback[]): RegExp {
  const names = [...new Set(entries.map((entry) => entry.method))];
  return new RegExp(`(?<![\\w$])(?:${names.map((name) => name.replace(/[^\w]/g, '\\$&')).join('|')})(?![\\w$])`, 'g');
}

/** Reads a Java text and finds the callbacks that are made while a lock is held. Never throws for bad text. */
export function readJava(uri: string, text: string, own: readonly LockCallback[] = []): JavaModel {
  const source = parseJava(text);
  const scope: Scope = { source, declarations: readDeclarations(source) };
  const model: JavaModel = { uri, scope, graph: callGraph(scope), guarded: [], order: null, width: null };
  const entries = [...LOCK_CALLBACKS, ...own];
  for (const match of text.matchAll(namePattern(entries))) {
    const callback = callbackAt(model, entries, match.index + 1);
    if (callback === null) continue;
    const guarded = guardedCall(model, callback);
    if (guarded !== null) model.guarded.push(guarded);
  }
  return model;
}

function callbackAt(model: JavaModel, entries: readonly LockCallback[], offset: number): CallbackCall | null {
  const { source } = model.scope;
  const name = source.tree.resolveInner(offset, 0);
  if (name.name !== 'Identifier' || name.parent === null) return null;
  if (name.parent.name === 'MethodName' && name.parent.parent !== null) {
    const call = callOf(source, name.parent.parent);
    const each = call === null ? null : eachByLambda(model, entries, call);
    if (each !== null) return each;
    const entry = call === null ? undefined : entries.find((candidate) => matches(model, candidate, call));
    return call === null || entry === undefined ? null : { entry, call, each: false };
  }
  if (name.parent.name === 'MethodReference') return eachCallback(model, entries, name.parent);
  return null;
}

/**
 * `buffers.forEach(Buffer::recycleBuffer)` makes the call there and then, unlike other uses of a method reference.
 * `this::recycle` and `object::recycle` are made on that object with the element as argument: a method of this file is
 * looked into by itself, and others stay as they are.
 */
function eachCallback(model: JavaModel, entries: readonly LockCallback[], reference: SyntaxNode): CallbackCall | null {
  const { source } = model.scope;
  const invocation = reference.parent?.parent ?? null;
  const call = invocation === null ? null : callOf(source, invocation);
  const name = reference.lastChild;
  const on = reference.firstChild;
  if (call === null || !/^(forEach|ifPresent)$/.test(call.name) || call.receiver === null || name === null || on === null) return null;
  if (isBound(model, on)) return null;
  const method = textOf(source, name);
  const entry = entries.find((candidate) => candidate.method === method && candidate.arguments.includes(0) && candidate.receiverTypes === undefined);
  return entry === undefined ? null : { entry, call, each: true };
}

/** `buffers.forEach(one -> one.recycleBuffer())` says the same. */
function eachByLambda(model: JavaModel, entries: readonly LockCallback[], inner: Call): CallbackCall | null {
  const { source } = model.scope;
  const lambda = inner.node.parent;
  const invocation = lambda?.name === 'LambdaExpression' && lambda.parent?.name === 'ArgumentList' ? lambda.parent.parent : null;
  const call = invocation === null ? null : callOf(source, invocation);
  if (lambda === null || call === null || call.name !== 'forEach' || call.receiver === null || call.arguments.length !== 1 || inner.receiver === null)
    return null;
  const parameter = textOf(source, lambda).slice(0, inner.node.from - lambda.from);
  if (
    !new RegExp(`^\\(?\\s*${squeezed(source, inner.receiver).replace(/\W/g, '\\$&')}\\s*\\)?\\s*->\\s*$`).test(parameter) ||
    inner.arguments.length > 0
  )
    return null;
  const entry = entries.find(
    (candidate) => candidate.receiverTypes === undefined && candidate.method === inner.name && candidate.arguments.includes(0),
  );
  return entry === undefined ? null : { entry, call, each: true };
}

/** Whether the part before `::` is an object and no type. */
function isBound(model: JavaModel, on: SyntaxNode): boolean {
  const text = textOf(model.scope.source, on);
  if (on.name === 'this' || on.name === 'super' || !/^[\w.]+$/.test(text)) return true;
  const first = /^\w+/.exec(text)?.[0] as string;
  return resolveVariable(model.scope, on, first) !== null || !/^[A-Z]/.test(text.slice(text.lastIndexOf('.') + 1));
}

function matches(model: JavaModel, entry: LockCallback, call: Call): boolean {
  if (entry.method !== call.name || !entry.arguments.includes(call.arguments.length)) return false;
  // A method that gives a value is another one of the name.
  if (entry.returnsValue !== true && isUsed(call)) return false;
  // A method of this file is looked into instead: what it does is known.
  if (model.graph.targetsOf(call).some((method) => method.body !== null)) return false;
  if (entry.receiverTypes === undefined && entry.harmlessTypes === undefined) return true;
  if (call.receiver === null || call.receiver.name === 'super') return entry.receiverTypes === undefined;
  const receiver = checkedValue(model.scope.source, call.receiver);
  const type = typeOf(model.scope, receiver) ?? targetType(model.scope, receiver)?.name ?? null;
  if (type !== null && entry.harmlessTypes?.includes(bareName(type)) === true) return false;
  if (entry.receiverTypes === undefined) return true;
  if (type !== null && entry.receiverTypes.includes(bareName(type))) return true;
  const last = /(?<!\w)(\w+)\s*$/.exec(textOf(model.scope.source, receiver))?.[1];
  return last !== undefined && entry.receiverName?.test(last) === true;
}

/** Whether a call is one of the known callbacks that are made under a lock. */
export function isGuarded(model: JavaModel, call: Call): boolean {
  return model.guarded.some(({ callback }) => callback.call.nameNode.from === call.nameNode.from);
}

/** Whether something is done with the value of a call. */
function isUsed(call: Call): boolean {
  const parent = call.node.parent;
  return parent !== null && parent.name !== 'ExpressionStatement' && parent.name !== 'LambdaExpression' && !parent.type.isError;
}

/** The lambda around a call is given to a method of the file that runs it while it holds a lock. */
function runUnderLock(model: JavaModel, node: SyntaxNode): HeldPath[] {
  const { source, declarations } = model.scope;
  const lambda = unitOf(node);
  const invocation = lambda.name === 'LambdaExpression' && lambda.parent?.name === 'ArgumentList' ? lambda.parent.parent : null;
  const call = invocation === null ? null : callOf(source, invocation);
  if (call === null) return [];
  const index = call.arguments.findIndex((argument) => argument.from === lambda.from);
  const result: HeldPath[] = [];
  for (const method of model.graph.targetsOf(call)) {
    const parameter = method.parameters[index]?.name;
    if (method.body === null || parameter === undefined) continue;
    walkUnit(method.body, (inner) => {
      const run = callOf(source, inner);
      if (run?.receiver == null || squeezed(source, run.receiver) !== parameter) return true;
      const locks = heldLocks(source, declarations, inner);
      if (locks.length > 0) result.push({ steps: [call], locks: locks.map((lock) => ({ ...lock, inLambda: true as const })) });
      return true;
    });
  }
  return result;
}

function guardedCall(model: JavaModel, callback: CallbackCall): GuardedCall | null {
  const found = heldPaths(model, callback.call.node);
  if (found.length === 0) return null;
  return { callback, paths: found.slice(0, MAX_PATHS), morePaths: Math.max(0, found.length - MAX_PATHS) };
}

/** The ways on which a lock comes to be held at a node: in its own method, and through the callers in the file. */
export function heldPaths(model: JavaModel, node: SyntaxNode): HeldPath[] {
  const { source, declarations } = model.scope;
  const own = heldLocks(source, declarations, node);
  const found: HeldPath[] = own.length > 0 ? [{ steps: [], locks: own }] : runUnderLock(model, node);
  const method = methodOf(model.scope, node);
  if (method !== null) {
    // Breadth first, each method once: linear in the calls of the file, and the shortest path comes first.
    const seen = new Set([method]);
    let level: { method: typeof method; steps: Call[] }[] = [{ method, steps: [] }];
    for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
      const next: typeof level = [];
      for (const reached of level) {
        for (const inner of model.graph.callersOf(reached.method)) {
          const steps = [inner.call, ...reached.steps];
          const locks = heldLocks(source, declarations, inner.call.node);
          if (locks.length > 0) found.push({ steps, locks });
          if (inner.caller !== null && !seen.has(inner.caller)) {
            seen.add(inner.caller);
            next.push({ method: inner.caller, steps });
          }
        }
      }
      level = next;
    }
  }
  return found;
}
