/** Futures that are completed, and components that are closed, while a lock is held. */
import { bareName } from '../../../java/declarations.ts';
import { fieldOf, typeOf } from '../../../java/scope.ts';
import { type Call, squeezed, textOf, unitOf } from '../../../java/syntax.ts';
import { heldPaths } from '../guarded.ts';
import type { HeldLock } from '../locks.ts';
import type { JavaModel } from '../model.ts';
import { callAt } from './blocking.ts';

export interface UnderLock {
  call: Call;
  type: string;
  lock: HeldLock;
  /** Code of others runs in the call: a future that is handed out, a component with threads of its own. */
  isOpen: boolean;
}

function callsUnderLock(model: JavaModel, names: RegExp, look: (call: Call) => { type: string; isOpen: boolean } | null): UnderLock[] {
  const result: UnderLock[] = [];
  for (const match of model.scope.source.text.matchAll(names)) {
    const call = callAt(model, match.index + 1);
    const seen = call === null || call.receiver === null ? null : look(call);
    if (call === null || seen === null) continue;
    const lock = heldPaths(model, call.node)[0]?.locks.at(-1);
    if (lock !== undefined && lock.inLambda !== true) result.push({ call, lock, ...seen });
  }
  return result;
}

export function completesUnderLock(model: JavaModel): UnderLock[] {
  const { source } = model.scope;
  return callsUnderLock(model, /(?<![\w$])(?:complete|completeExceptionally|cancel)(?=\s*\()/g, (call) => {
    const { receiver } = call;
    if (receiver === null) return null;
    const type = bareName(typeOf(model.scope, receiver) ?? '');
    const name = /(?<!\w)(\w+)$/.exec(squeezed(source, receiver))?.[1] ?? '';
    if (!/^CompletableFuture$/.test(type) && !(type === '' && call.name !== 'cancel' && /[fF]uture$/.test(name))) return null;
    if (isMadeHere(model, call)) return null;
    return { type: 'CompletableFuture', isOpen: new RegExp(`\\breturn\\s+(?:this\\.)?${name}\\b`).test(source.text) };
  });
}

const HAS_THREADS =
  /(Executor|ExecutorService|Service|Driver|Client|Producer|Consumer|Pool|Connection|Server|Thread|Timer|Election|Retriever|Watcher|Informer|CuratorFramework|NodeCache|TreeCache)$/;
const HARMLESS =
  /(Stream|Reader|Writer|Channel|Builder|Buffer|BufferConsumer|Iterator|Statement|ResultSet|Iterable|File|Scanner|Iteration|Registry|Closeable)$/;

export function closesUnderLock(model: JavaModel): UnderLock[] {
  return callsUnderLock(model, /(?<![\w$])(?:close|closeAsync|shutdown|shutdownNow|stop)(?=\s*\(\s*\))/g, (call) => {
    const { receiver } = call;
    if (receiver === null || receiver.name === 'this' || receiver.name === 'super') return null;
    const type = bareName(typeOf(model.scope, receiver) ?? '');
    if (type === '' || HARMLESS.test(type) || fieldOf(model.scope, receiver) === null) return null;
    // Only asking to stop does not wait.
    const onlyAsks = /^(shutdown|shutdownNow)$/.test(call.name);
    return onlyAsks || !HAS_THREADS.test(type) ? null : { type, isOpen: true };
  });
}

/** Whether the future was made in the method itself, so that nothing can hang on it yet. */
function isMadeHere(model: JavaModel, call: Call): boolean {
  const { source } = model.scope;
  const name = call.receiver === null ? '' : squeezed(source, call.receiver);
  return (
    /^\w+$/.test(name) &&
    new RegExp(`\\b${name}\\s*=\\s*new\\s+CompletableFuture\\b`).test(textOf(source, unitOf(call.node))) &&
    fieldOf(model.scope, call.receiver as NonNullable<Call['receiver']>) === null
  );
}
