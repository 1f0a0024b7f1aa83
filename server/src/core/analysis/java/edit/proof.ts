/**
 * Whether a call that leaves its lock still means the same. docs/java-fixes.md has the conditions in words; the
 * differential tests (test/java/differential) hold them.
 *
 * Taken for granted about a callback: it returns when it declares no exception; a pool does not care which of two
 * threads gives memory back first, and a notification without arguments that change may come late.
 */
import type { SyntaxNode } from '@lezer/common';
import { bareName, type Method } from '../../../java/declarations.ts';
import { fieldOf, typeOf } from '../../../java/scope.ts';
import { type Call, callOf, invocationAt, parts, spanOf, squeezed, textOf, unitOf, walkUnit } from '../../../java/syntax.ts';
import type { LockCallback } from '../../../knowledge/lockCallbacks.ts';
import { methodOf } from '../callGraph.ts';
import { heldLocks } from '../locks.ts';
import { type JavaModel, sameNode } from '../model.ts';
import type { Region } from './context.ts';
import { comesBack, effectsOf } from './effects.ts';
import { knownNotNull } from './nonNull.ts';
import { type Cost, type CostCode, type Refusal, refuse } from './plan.ts';
import type { Surroundings } from './surroundings.ts';

/** The code that a lock covers. */
export interface RegionNodes {
  nodes: readonly SyntaxNode[];
  /** The lock as the source names it; empty where the region is a helper. */
  lock: string;
  /** The `unlock()` that ends it, where there is no finally. */
  end?: SyntaxNode;
}

/** Everything that may run between a call and the end of its region: with a loop around it, all of the loop. */
export function after(around: Surroundings): SyntaxNode[] {
  const loop = around.loops[0];
  if (loop === undefined) return around.later;
  return [loop, ...around.later.filter((node) => node.from < loop.from || node.to > loop.to)];
}

/** Reasons in the code behind a call, or around it, why it cannot come later at all. */
export function cannotComeLater(
  model: JavaModel,
  entry: LockCallback,
  around: Surroundings,
  region: RegionNodes,
  moved: (call: SyntaxNode) => boolean,
): Refusal | null {
  const woken = effectsOf(model, region.nodes, moved).find(({ code }) => code === 'signal');
  const waiting = woken === undefined ? null : waiter(model);
  if (woken !== undefined && waiting !== null && waiting.asks !== null && !waiting.isTold) {
    return refuse('signals', { code: 'signals', facts: { method: entry.method } }, [
      { span: spanOf(woken.node), code: 'wakes', facts: {} },
      { span: spanOf(waiting.asks), code: 'asks', facts: {} },
    ]);
  }
  for (const effect of effectsOf(model, after(around), moved)) {
    if (effect.code === 'relock' && !isOwnUnlock(effect.node, around, region) && lockOf(model, effect.node) === region.lock)
      return refuse('lock-unclear', { code: 'relocked', facts: { lock: region.lock } }, [{ span: spanOf(effect.node), code: 'here', facts: {} }]);
    if (effect.code === 'asks-pool' && entry.effect === 'pool')
      return refuse('state-read-later', { code: 'pool-asked', facts: { method: entry.method } }, [
        { span: spanOf(effect.node), code: 'pool-asked', facts: {} },
      ]);
    if (effect.code === 'state-read' && entry.effect === 'callback')
      return refuse('state-read-later', { code: 'state-read', facts: { method: entry.method } }, [
        { span: spanOf(effect.node), code: 'read', facts: { name: textOf(model.scope.source, effect.node) } },
      ]);
  }
  return null;
}

function lockOf(model: JavaModel, node: SyntaxNode): string | null {
  const receiver = callOf(model.scope.source, node)?.receiver ?? null;
  return receiver === null ? null : squeezed(model.scope.source, receiver);
}

/** The unlock that ends the region, by itself or in a finally clause. */
function isOwnUnlock(node: SyntaxNode, around: Surroundings, region: RegionNodes): boolean {
  if (region.end !== undefined && region.end.from <= node.from && node.to <= region.end.to) return true;
  return around.later.some((root) => root.name === 'FinallyClause' && root.from <= node.from && node.to <= root.to);
}

/**
 * What a call that leaves may change for others, so that somebody has to look at the edit; empty when nothing.
 * `each`: the call is one whose arguments stay where they are.
 */
export function doubts(
  model: JavaModel,
  entry: LockCallback,
  call: Call,
  each: boolean,
  around: Surroundings,
  region: RegionNodes,
  moved: (call: SyntaxNode) => boolean,
): Cost[] {
  const result: Cost[] = [];
  const add = (code: CostCode, node: SyntaxNode): void => {
    if (!result.some((other) => other.code === code)) result.push({ code, span: spanOf(node), method: entry.method });
  };
  const pool = entry.effect === 'pool';
  const returns = pool && comesBack(model);
  for (const effect of effectsOf(model, after(around), moved)) {
    if (effect.code === 'publish') add('published-before', effect.node);
    else if (effect.code === 'foreign' || effect.code === 'nested-lock') add('unknown-before', effect.node);
    else if (effect.code === 'relock' && !isOwnUnlock(effect.node, around, region)) add('unknown-before', effect.node);
    else if (effect.code === 'state-write') {
      if (!pool) add('written-before', effect.node);
      else if (returns) add('comes-back', effect.node);
      if (entry.throws.length > 0) add('exception-late', effect.node);
    } else if (effect.code === 'state-read' && returns) add('comes-back', effect.node);
  }
  const woken = effectsOf(model, region.nodes, moved).find(({ code }) => code === 'signal');
  if (woken !== undefined && (waiter(model)?.asks ?? null) !== null) add('signals-first', woken.node);
  if (!each && call.arguments.some((argument) => sharesState(model, argument))) {
    add('shared-argument', call.arguments.find((argument) => sharesState(model, argument)) as SyntaxNode);
  }
  const varying = pool || each ? undefined : call.arguments.find((argument) => !isConstant(model, argument));
  if (varying !== undefined && effectsOf(model, region.nodes, moved).some(({ code }) => code !== 'state-read')) add('order', varying);
  const asked = askedUnderLock(model, entry, call, moved);
  if (asked !== null) add('asked-under-lock', asked);
  return result;
}

/** Whether nothing that can be told apart happens between the call and the end of its region. */
export function nothingAfter(model: JavaModel, around: Surroundings, region: RegionNodes, moved: (call: SyntaxNode) => boolean): boolean {
  return effectsOf(model, after(around), moved).every(
    ({ code, node }) => code === 'state-read' || code === 'asks-pool' || (code === 'relock' && isOwnUnlock(node, around, region)),
  );
}

/** Whether the receiver may be null, so that the exception must be seen to at its place. */
export function mayBeNull(model: JavaModel, call: Call): boolean {
  return call.receiver !== null && call.receiver.name !== 'super' && !knownNotNull(model.scope, call.receiver);
}

const HANDED_OVER =
  /^(int|long|short|byte|char|float|double|boolean|String|Integer|Long|Boolean|UUID|Buffer|MemorySegment|NetworkSequenceViewReader|InputChannel\w*|InputGate|ResultSubpartitionView)$/;

/** Whether what is handed over is an object that the lock may guard: a collection, an array, an object made of one. */
export function sharesState(model: JavaModel, argument: SyntaxNode): boolean {
  if (/^(this|null|StringLiteral|IntegerLiteral|BooleanLiteral|LambdaExpression|MethodReference|ClassLiteral)$/.test(argument.name)) return false;
  if (argument.name === 'ObjectCreationExpression') return false;
  const type = typeOf(model.scope, argument);
  if (type !== null && HANDED_OVER.test(bareName(type)) && !type.endsWith(']')) return false;
  if (argument.name === 'MethodInvocation' || argument.name === 'BinaryExpression') return type === null || !HANDED_OVER.test(bareName(type));
  // A local or parameter of a class that is no container is what the callback is about.
  const field = fieldOf(model.scope, argument);
  const container =
    type === null || type.endsWith(']') || /(?:Collection|List|Deque|Queue|Set|Map|Iterator|Iterable|Builder|Object)$|Array/.test(bareName(type));
  return field === null ? container && type !== 'Object' : true;
}

function isConstant(model: JavaModel, node: SyntaxNode): boolean {
  if (/Literal$|^(this|null)$/.test(node.name)) return true;
  const field = fieldOf(model.scope, node);
  if (field !== null) return field.modifiers.has('final');
  return /^[A-Z][\w.]*$/.test(squeezed(model.scope.source, node));
}

const POOL_QUESTIONS =
  /(?<![\w$])(?:requestBuffer\w*|requestMemorySegment\w*|requestBufferBuilder\w*|getNumberOf(?:Available|Requested|Used)\w*|bestEffortGetNumOfUsedBuffers|isRecycled|refCnt)(?=\s*\()/g;
const QUIET = /^(isBuffer|readableBytes|getSize|getDataType|equals|hashCode|toString)$/;

/** A place in the file where somebody who holds a lock asks what the callback changes. */
function askedUnderLock(model: JavaModel, entry: LockCallback, call: Call, moved: (call: SyntaxNode) => boolean): SyntaxNode | null {
  const { source } = model.scope;
  if (entry.effect === 'pool') {
    for (const match of source.text.matchAll(POOL_QUESTIONS)) {
      const asked = invocationAt(model.scope.source, match.index + 1);
      if (asked !== null && underLock(model, asked)) return asked;
    }
    return null;
  }
  const name = call.receiver === null ? null : squeezed(source, call.receiver).replace(/^this\./, '');
  if (name === null || !/^\w+$/.test(name) || (call.receiver !== null && fieldOf(model.scope, call.receiver) === null)) return null;
  for (const match of source.text.matchAll(new RegExp(`(?<![\\w$.])(?:this\\s*\\.\\s*)?${name}\\s*\\.\\s*(\\w+)\\s*\\(`, 'g'))) {
    if (QUIET.test(match[1] as string)) continue;
    const asked = invocationAt(model.scope.source, match.index + match[0].lastIndexOf(match[1] as string) + 1);
    const own = asked === null ? null : callOf(source, asked);
    if (
      asked === null ||
      own === null ||
      moved(asked) ||
      own.name === entry.method ||
      model.guarded.some((other) => sameNode(other.callback.call.node, asked))
    )
      continue;
    if (underLock(model, asked)) return asked;
  }
  return null;
}

function underLock(model: JavaModel, node: SyntaxNode, seen = new Set<Method>()): boolean {
  const { source, declarations } = model.scope;
  if (heldLocks(source, declarations, node).length > 0) return true;
  const method = methodOf(model.scope, node);
  if (method === null || seen.has(method)) return false;
  seen.add(method);
  return model.graph.callersOf(method).some((inner) => underLock(model, inner.call.node, seen));
}

interface Waiter {
  /** A question to others, or a call of which nothing is known, by which a waiting thread decides to go on waiting. */
  asks: SyntaxNode | null;
  /** It has itself told by what it asks. */
  isTold: boolean;
}

const WAITS = /(?<![\w$])(?:wait|await|awaitNanos|awaitUninterruptibly|awaitUntil)(?=\s*\()/g;

/** Who waits in this file for being woken up; the one that asks most. Null when nobody does. */
function waiter(model: JavaModel): Waiter | null {
  let result: Waiter | null = null;
  for (const match of model.scope.source.text.matchAll(WAITS)) {
    const waits = invocationAt(model.scope.source, match.index + 1);
    const unit = waits === null ? null : unitOf(waits);
    if (waits === null || unit === null) continue;
    const here = (node: SyntaxNode): boolean => sameNode(node, waits);
    const asks = effectsOf(model, [unit], here).find(({ code }) => code === 'foreign' || code === 'asks-pool')?.node ?? null;
    const isTold = /\b(?:add|register)\w*Listener\s*\(/.test(textOf(model.scope.source, unit)) || tellsItself(model, unit);
    if (result === null || (asks !== null && !isTold)) result = { asks, isTold };
  }
  return result;
}

/** Whether a method of the file that is called in a unit registers a listener. */
function tellsItself(model: JavaModel, unit: SyntaxNode): boolean {
  let found = false;
  walkUnit(unit, (node) => {
    const call = callOf(model.scope.source, node);
    const own = call === null ? [] : model.graph.targetsOf(call);
    if (own.some((method) => /\b(?:add|register)\w*Listener\s*\(/.test(textOf(model.scope.source, method.node)))) found = true;
    return !found;
  });
  return found;
}

/** The statements of a region. */
export function nodesOf(region: Region): RegionNodes {
  const nodes =
    region.first.from === region.last.from
      ? [region.first]
      : parts(region.container).filter((node) => node.from >= region.span.start && node.to <= region.span.end);
  return { nodes, lock: region.lock, ...(region.last.name === 'ExpressionStatement' ? { end: region.last } : {}) };
}
