import type { SyntaxNode } from '@lezer/common';
import { table } from '../../../../../../common/table.ts';
import { bareName, type Method } from '../../../java/declarations.ts';
import { fieldOf, resolveVariable, typeOf } from '../../../java/scope.ts';
import { type Call, callOf, children, parts, squeezed, textOf, walk } from '../../../java/syntax.ts';
import { escapeRegExp } from '../../../wording.ts';
import type { JavaModel } from '../model.ts';
import { knownNotNull } from './nonNull.ts';

/**
 * What code does that could be told apart from its not having been done yet:
 *
 * - `signal`: wakes up who waits on a monitor or condition (`notifyAll`, `signal`);
 * - `nested-lock`: takes another lock;
 * - `relock`: `lock()`, `unlock()` and the like in the code itself;
 * - `holds-lock`: asks whether the lock is held (`Thread.holdsLock`, `isHeldByCurrentThread`);
 * - `publish`: writes what others read without the lock: volatile fields, atomics, concurrent collections;
 * - `state-write`, `state-read`: fields and the objects in them;
 * - `foreign`: a call of which nothing is known;
 * - `asks-pool`: a question to the pool, or to a buffer about whether it has been recycled.
 */
export type EffectCode = 'signal' | 'nested-lock' | 'relock' | 'holds-lock' | 'publish' | 'state-write' | 'state-read' | 'foreign' | 'asks-pool';

export interface Effect {
  code: EffectCode;
  node: SyntaxNode;
}

/** Methods of the file that are looked into, one within the other. */
const DEEPEST = 6;

const SIGNALS = /^(notify|notifyAll|signal|signalAll)$/;
const LOCKS = /^(lock|lockInterruptibly|tryLock|unlock|unlockRead|unlockWrite|readLock|writeLock)$/;
const ASKS_POOL =
  /^(requestBuffer\w*|requestMemorySegment\w*|requestBufferBuilder\w*|getNumberOf\w*|bestEffortGetNumOfUsedBuffers|isRecycled|refCnt|retainBuffer|isAvailable|getAvailableFuture)$/;
const READS =
  /^(size|isEmpty|contains|containsKey|containsValue|containsAll|get|getOrDefault|peek\w*|element|first|last|getFirst|getLast|iterator|values|keySet|entrySet|indexOf|hasNext|stream|toArray|length|charAt|startsWith|endsWith|equals|hashCode|toString|getKey|getValue|cardinality|nextSetBit|intValue|longValue)$/;
const WRITES =
  /^(add\w*|offer\w*|push|pop|poll\w*|clear|remove\w*|retainAll|put\w*|set\w*|next|sort|replaceAll|computeIfAbsent|merge|append|fill|inc|dec|increment\w*|decrement\w*)$/;
const ATOMIC_READS = /^(get|getPlain|getAcquire|intValue|longValue|sum)$/;

const CONCURRENT = /^(Atomic\w+|LongAdder|Concurrent\w+|CopyOnWrite\w+|\w*Blocking(Queue|Deque)|VarHandle)$/;
const PLAIN_CONTAINER =
  /^(Collection|Iterable|List|ArrayList|LinkedList|Deque|ArrayDeque|Queue|PriorityQueue|Set|HashSet|LinkedHashSet|SortedSet|TreeSet|Map|HashMap|LinkedHashMap|SortedMap|TreeMap|EnumMap|BitSet|Iterator|ListIterator|Entry|StringBuilder|String|Optional|Integer|Long)$/;
/** Of those, what a concurrent collection may stand behind. */
const INTERFACE = /^(Collection|Iterable|List|Deque|Queue|Set|SortedSet|Map|SortedMap)$/;
/** What a buffer says about itself and keeps saying. */
const CONSTANT_ANSWERS = /^(isBuffer|readableBytes|getSize|getDataType|getMaxCapacity|getMemorySegment|isCompressed|getChannelInfo|name|ordinal)$/;
const UTILITIES = /^(Math|Objects|Arrays|Collections|String|Integer|Long|Boolean|Preconditions|System|Thread|ExceptionUtils|Optional|Stream)$/;
/** Of those that hold or reach something that others see, the methods that only look. */
const ONLY_LOOK = table<RegExp>({
  System: /^(nanoTime|currentTimeMillis|identityHashCode|lineSeparator|getProperty|getenv)$/,
  Thread: /^(currentThread|onSpinWait|yield)$/,
  Arrays: /^(asList|toString|deepToString|hashCode|equals|copyOf\w*|stream)$/,
  Collections: /^(empty\w*|unmodifiable\w*|singleton\w*|nCopies|max|min)$/,
});
const OWN_CHECKS = /^(checkState|checkArgument|checkNotNull|requireNonNull)$/;
const LOGGER = /^(LOG|LOGGER|log|logger)$/;
const MADE_HARMLESSLY =
  /(Exception|Error)$|^(Object|ArrayList|ArrayDeque|LinkedList|HashMap|HashSet|LinkedHashMap|TreeMap|StringBuilder|Tuple2|String)$/;

/** Everything that nodes do when they run, in the order of the text; methods of the file are looked into. */
export function effectsOf(model: JavaModel, roots: readonly SyntaxNode[], moved: (call: SyntaxNode) => boolean): Effect[] {
  const result: Effect[] = [];
  const seen = new Set<Method>();
  for (const root of roots) collect(model, root, moved, result, null, seen, 0);
  return result;
}

function collect(
  model: JavaModel,
  root: SyntaxNode,
  moved: (call: SyntaxNode) => boolean,
  into: Effect[],
  place: SyntaxNode | null,
  seen: Set<Method>,
  depth: number,
): void {
  walk(root, (node) => {
    const at = place ?? node;
    switch (node.name) {
      case 'SynchronizedStatement':
        into.push({ code: 'nested-lock', node: at });
        break;
      case 'ResourceSpecification':
        // Closed at the end of the block, by code of which nothing is known.
        into.push({ code: 'foreign', node: at });
        break;
      case 'AssignmentExpression':
      case 'UpdateExpression':
        writes(model, node, at, into);
        break;
      case 'Identifier':
      case 'FieldAccess':
        if (readsField(model, node)) into.push({ code: 'state-read', node: at });
        break;
      case 'ArrayAccess':
        into.push({ code: 'state-read', node: at });
        break;
      case 'ObjectCreationExpression': {
        const name = bareName(/^new\s+([\w.]+)/.exec(textOf(model.scope.source, node))?.[1] ?? '');
        if (!MADE_HARMLESSLY.test(name) || node.getChild('ClassBody') !== null) into.push({ code: 'foreign', node: at });
        break;
      }
      case 'MethodInvocation': {
        const call = callOf(model.scope.source, node);
        if (call === null || moved(node)) break;
        const own = model.graph.targetsOf(call).filter((method) => method.body !== null);
        if (own.length > 0 && depth < DEEPEST) {
          for (const method of own) {
            if (method.modifiers.has('synchronized')) into.push({ code: 'nested-lock', node: at });
            if (seen.has(method)) continue;
            seen.add(method);
            collect(model, method.body as SyntaxNode, moved, into, at, seen, depth + 1);
          }
        } else {
          const code = codeOfCall(model, call);
          if (code !== null) into.push({ code: code === 'relock' && place !== null ? 'nested-lock' : code, node: at });
        }
        break;
      }
    }
    return true;
  });
}

function writes(model: JavaModel, node: SyntaxNode, at: SyntaxNode, into: Effect[]): void {
  const { scope } = model;
  const target = node.name === 'AssignmentExpression' ? node.firstChild : children(node).find((child) => !child.name.endsWith('Op'));
  if (target === null || target === undefined) return;
  const field = fieldOf(scope, target);
  if (field !== null) {
    into.push({ code: field.modifiers.has('volatile') ? 'publish' : 'state-write', node: at });
    return;
  }
  const local = target.name === 'Identifier' && resolveVariable(scope, target, textOf(scope.source, target)) !== null;
  // A field of another object, or an inherited one, may be volatile.
  if (!local) into.push({ code: target.name === 'ArrayAccess' ? 'state-write' : 'publish', node: at });
}

function readsField(model: JavaModel, node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null || parent.name === 'MethodName' || parent.name === 'Label') return false;
  if (parent.name === 'FieldAccess' && parent.lastChild?.from === node.from) return false;
  if (parent.name === 'AssignmentExpression' && parent.firstChild?.from === node.from) {
    return !/^\s*=(?!=)/.test(model.scope.source.text.slice(node.to, parent.to));
  }
  const field = fieldOf(model.scope, node);
  if (field !== null) {
    if (!field.modifiers.has('final')) return true;
    // Handed on, gone over or aliased: what is in it will be read.
    const type = bareName(field.type);
    const asked = parent.name === 'MethodInvocation' && parent.firstChild?.from === node.from;
    return (
      !asked &&
      parent.name !== 'ArrayAccess' &&
      (field.type.endsWith(']') || PLAIN_CONTAINER.test(type) || CONCURRENT.test(type)) &&
      type !== 'String'
    );
  }
  if (node.name === 'FieldAccess') return !/^[A-Z]\w*(\.[A-Z]\w*)*$|\.this$|\.class$/.test(squeezed(model.scope.source, node));
  const text = textOf(model.scope.source, node);
  return resolveVariable(model.scope, node, text) === null && !/^[A-Z]/.test(text);
}

function codeOfCall(model: JavaModel, call: Call): EffectCode | null {
  const { scope } = model;
  const { name, receiver } = call;
  if (name === 'holdsLock' || name === 'isHeldByCurrentThread') return 'holds-lock';
  if (SIGNALS.test(name) && call.arguments.length === 0) return 'signal';
  if (LOCKS.test(name) && (name !== 'lock' || call.arguments.length === 0)) return 'relock';
  if (ASKS_POOL.test(name)) return 'asks-pool';
  if (OWN_CHECKS.test(name)) return null;
  if (receiver === null) return 'foreign';
  const text = squeezed(scope.source, receiver);
  if (LOGGER.test(text)) return null;
  if (receiver.name === 'Identifier' && UTILITIES.test(text) && resolveVariable(scope, receiver, text) === null)
    return ONLY_LOOK[text]?.test(name) === false ? 'foreign' : null;
  if (/^System\.(err|out)$/.test(text)) return null;
  if (CONSTANT_ANSWERS.test(name) && call.arguments.length === 0) return null;
  const declared = bareName(typeOf(scope, receiver) ?? '');
  const type = INTERFACE.test(declared) ? bareName(madeType(model, receiver) ?? declared) : declared;
  if (CONCURRENT.test(type)) return READS.test(name) || ATOMIC_READS.test(name) ? 'state-read' : 'publish';
  if (PLAIN_CONTAINER.test(type) && call.arguments.every((argument) => argument.name !== 'LambdaExpression' && argument.name !== 'MethodReference')) {
    if (READS.test(name)) return 'state-read';
    if (WRITES.test(name)) return 'state-write';
  }
  // The value of one container asked at once: map.values().size().
  const inner = callOf(scope.source, receiver);
  if (type === '' && inner !== null && READS.test(inner.name) && READS.test(name) && codeOfCall(model, inner) === 'state-read') return 'state-read';
  return 'foreign';
}

/** The class that a field or local of an interface's type is seen to be made as where others may touch it without a lock; null: none is seen. */
function madeType(model: JavaModel, receiver: SyntaxNode, depth = 0): string | null {
  const { scope } = model;
  const field = fieldOf(scope, receiver);
  if (field === null) {
    // A local that is another name of a field.
    const variable = receiver.name === 'Identifier' ? resolveVariable(scope, receiver, textOf(scope.source, receiver)) : null;
    const declarator = variable?.kind === 'local' ? variable.node.parent : null;
    const value = declarator?.name === 'VariableDeclarator' ? parts(declarator).at(-1) : undefined;
    return value === undefined || value.from === variable?.node.from || depth > 3 ? null : madeType(model, value, depth + 1);
  }
  const path = squeezed(scope.source, receiver);
  const name = escapeRegExp(path.slice(path.lastIndexOf('.') + 1));
  for (const match of scope.source.text.matchAll(new RegExp(`(?<![\\w$])${name}\\s*=(?!=)\\s*`, 'g'))) {
    const found = MADE_CONCURRENT.exec(scope.source.text.slice(match.index + match[0].length, match.index + match[0].length + 120));
    if (found !== null) return found[1] ?? 'ConcurrentHashMap';
  }
  return null;
}

const MADE_CONCURRENT =
  /^(?:new\s+(?:[\w.]+\.)?((?:Concurrent|CopyOnWrite)\w+|\w*Blocking(?:Queue|Deque))\b|(?:Collections\s*\.\s*synchronized|ConcurrentHashMap\s*\.\s*newKeySet|ConcurrentMap))/;

const CALM_QUESTIONS =
  /^(size|isEmpty|clear|poll|pollFirst|pollLast|peek|peekFirst|peekLast|contains|containsKey|values|keySet|entrySet|cardinality|get\w*AndSet|getAndIncrement|getAndDecrement|incrementAndGet|decrementAndGet|compareAndSet|notify|notifyAll|signal|signalAll|unlock|hashCode|isHeldByCurrentThread)$/;
const CALM_ADDITIONS = /^(add|addFirst|addLast|offer|offerFirst|offerLast|push|put|remove|set|lazySet)$/;
const BOXED = /^(Integer|Long|Short|Byte|Character|Float|Double|Boolean)$/;

/**
 * The first node that is not certain to complete without an exception; null when all do. Errors of the machine do not
 * count, nor do calls that `moved` tells: they leave, and what they are made on is not checked in their place.
 */
export function mayThrow(model: JavaModel, roots: readonly SyntaxNode[], moved: (call: SyntaxNode) => boolean, depth = 0): SyntaxNode | null {
  for (const root of roots) {
    let found: SyntaxNode | null = null;
    walk(root, (node) => {
      if (found !== null) return false;
      // What a lambda does happens in the call that it is given to.
      if (node.name === 'LambdaExpression') return false;
      if (throwsItself(model, node, moved, depth)) found = node;
      return found === null;
    });
    if (found !== null) return found;
  }
  return null;
}

function throwsItself(model: JavaModel, node: SyntaxNode, moved: (call: SyntaxNode) => boolean, depth: number): boolean {
  const { scope } = model;
  switch (node.name) {
    case 'ThrowStatement':
    case 'AssertStatement':
    case 'ArrayAccess':
    case 'ArrayCreationExpression':
    case 'SwitchStatement':
    case 'SynchronizedStatement':
    case 'TryWithResourcesStatement':
    case 'ResourceSpecification':
      return true;
    case 'EnhancedForStatement': {
      const iterable = node.getChild('ForSpec')?.lastChild;
      const list = node.getChild('ForSpec') === null ? undefined : parts(node.getChild('ForSpec') as SyntaxNode).at(-1);
      return iterable === null || iterable === undefined || list === undefined || !knownNotNull(scope, list);
    }
    case 'CastExpression':
      return node.getChild('PrimitiveType') === null || unboxes(model, node.lastChild);
    case 'BinaryExpression': {
      if (node.getChild('ArithOp') === null) return node.getChild('CompareOp') !== null && comparesBoxed(model, node);
      const text = textOf(scope.source, node.getChild('ArithOp') as SyntaxNode);
      if (/^[/%]$/.test(text) && !/^[1-9]\d*$/.test(textOf(scope.source, node.lastChild ?? node))) return true;
      return unboxes(model, node.firstChild) || unboxes(model, node.lastChild);
    }
    case 'UpdateExpression':
      return children(node).some((child) => !child.name.endsWith('Op') && (unboxes(model, child) || notOwn(model, child)));
    case 'AssignmentExpression': {
      const [target, value] = [node.firstChild, node.lastChild];
      if (target === null || value === null) return true;
      if (/^\s*[/%]=/.test(scope.source.text.slice(target.to, value.from))) return true;
      const type = typeOf(scope, target);
      return notOwn(model, target) || ((type === null || /^[a-z]/.test(type)) && unboxes(model, value));
    }
    case 'LocalVariableDeclaration':
      return (
        node.getChild('PrimitiveType') !== null && node.getChildren('VariableDeclarator').some((one) => unboxes(model, parts(one).at(-1) ?? null))
      );
    case 'FieldAccess':
      return notOwn(model, node);
    case 'ObjectCreationExpression': {
      const name = bareName(/^new\s+([\w.]+)/.exec(textOf(scope.source, node))?.[1] ?? '');
      return !MADE_HARMLESSLY.test(name) || (!/(Exception|Error)$/.test(name) && parts(node.getChild('ArgumentList') ?? node).length > 0);
    }
    case 'MethodInvocation':
      return callThrows(model, node, moved, depth);
    default:
      return node.type.isError;
  }
}

/** A field behind an object that may be null. */
function notOwn(model: JavaModel, node: SyntaxNode): boolean {
  if (node.name === 'ArrayAccess') return true;
  if (node.name !== 'FieldAccess') return false;
  const text = squeezed(model.scope.source, node);
  if (/^(\w+\.)?this\.\w+$|^\w+\.this$|^[A-Z]\w*(\.[A-Z]\w*)*$/.test(text)) return false;
  return node.firstChild === null || !knownNotNull(model.scope, node.firstChild);
}

/** Whether the value of an expression may be a boxed null where a number is wanted. */
function unboxes(model: JavaModel, node: SyntaxNode | null): boolean {
  if (node === null) return false;
  const type = typeOf(model.scope, node);
  if (type !== null) return BOXED.test(bareName(type));
  return node.name === 'MethodInvocation' || node.name === 'ArrayAccess';
}

function comparesBoxed(model: JavaModel, node: SyntaxNode): boolean {
  return (
    /[<>]|==|!=/.test(textOf(model.scope.source, node)) &&
    [node.firstChild, node.lastChild].some((side) => BOXED.test(bareName((side && typeOf(model.scope, side)) ?? '')))
  );
}

function callThrows(model: JavaModel, node: SyntaxNode, moved: (call: SyntaxNode) => boolean, depth: number): boolean {
  const { scope } = model;
  const call = callOf(scope.source, node);
  if (call === null) return true;
  const { receiver, name } = call;
  const refused = receiver !== null && receiver.name !== 'super' && !knownNotNull(scope, receiver);
  if (moved(node)) return false;
  const own = model.graph.targetsOf(call).filter((method) => method.body !== null);
  if (own.length > 0)
    return refused || depth >= DEEPEST || own.some((method) => mayThrow(model, [method.body as SyntaxNode], moved, depth + 1) !== null);
  if (receiver === null) return !SIGNALS.test(name);
  const text = squeezed(scope.source, receiver);
  if (LOGGER.test(text) || /^System\.(err|out)$/.test(text)) return false;
  if (text === 'System' && /^(gc|nanoTime|currentTimeMillis|identityHashCode)$/.test(name)) return false;
  if (refused) return true;
  if (SIGNALS.test(name) || LOCKS.test(name)) return false;
  if (/^(Math)$/.test(text) && /^(min|max)$/.test(name)) return call.arguments.some((argument) => unboxes(model, argument));
  const type = bareName(typeOf(scope, receiver) ?? '');
  if (CONSTANT_ANSWERS.test(name) && call.arguments.length === 0) return false;
  if (!PLAIN_CONTAINER.test(type) && !CONCURRENT.test(type)) return true;
  if (/^Optional|String$/.test(type)) return !/^(length|isEmpty|isPresent|equals|hashCode)$/.test(name);
  if (CALM_QUESTIONS.test(name)) return /^(SortedMap|TreeMap|TreeSet|SortedSet|PriorityQueue|Concurrent\w+)$/.test(type) && call.arguments.length > 0;
  if (
    !CALM_ADDITIONS.test(name) ||
    /^(SortedMap|TreeMap|TreeSet|SortedSet|PriorityQueue|EnumMap|Iterator|ListIterator|Entry|(?=\w*Blocking\w)\w+)$/.test(type)
  )
    return true;
  if (name === 'remove' && (call.arguments.length === 0 || /^(List|ArrayList|LinkedList)$/.test(type))) return true;
  if (name === 'set' && !/^Atomic/.test(type)) return true;
  // An interface may stand for a collection that refuses null or is full.
  const made = /^(ArrayList|LinkedList|HashSet|LinkedHashSet|HashMap|LinkedHashMap|Atomic\w+|LongAdder|BitSet)$/.test(type);
  return !made && !call.arguments.every((argument) => knownNotNull(scope, argument) || argument.name === 'IntegerLiteral');
}

/** Types of the file that buffers or notifications come back to, on the same thread. */
export function comesBack(model: JavaModel): boolean {
  return model.scope.declarations.types.some((type) => {
    const header = textOf(model.scope.source, { start: type.node.from, end: type.node.getChild('ClassBody')?.from ?? type.node.to });
    return (
      (/\b(?:implements|extends)\b/.test(header) &&
        /(?:Recycler|BufferListener|BufferAvailabilityListener|BufferPoolOwner|BufferProvider)\b/.test(header)) ||
      type.methods.some((method) => /^(recycle|notifyBufferAvailable|notifyDataAvailable|releaseMemory)$/.test(method.name))
    );
  });
}
