/** Calls that wait: for time, for another thread, for an answer from outside. */
import type { SyntaxNode } from '@lezer/common';
import { bareName } from '../../../java/declarations.ts';
import { typeOf } from '../../../java/scope.ts';
import { type Call, callOf, invocationAt, squeezed, unitOf } from '../../../java/syntax.ts';
import type { JavaModel } from '../model.ts';

/**
 * - `sleep`; `future`: get() or join() of a future; `thread`: join() of a thread; `latch`: await();
 * - `termination`: awaitTermination() of an executor; `queue`: put() or take() of a bounded queue;
 * - `http`, `jdbc`: an answer from outside.
 */
export type BlockingKind = 'sleep' | 'future' | 'thread' | 'latch' | 'termination' | 'queue' | 'http' | 'jdbc';

export interface BlockingCall {
  kind: BlockingKind;
  call: Call;
}

const NAMES =
  /(?<![\w$])(?:sleep|sleepUninterruptibly|get|join|await|awaitTermination|put|take|send|execute|executeQuery|executeUpdate|executeBatch|executeLargeUpdate|getForObject|getForEntity|postForObject|postForEntity|exchange|openStream)(?=\s*\()/g;

const FOUND = new WeakMap<JavaModel, BlockingCall[]>();

/** All of the file, in the order of the text. */
export function blockingCalls(model: JavaModel): BlockingCall[] {
  let found = FOUND.get(model);
  if (found === undefined) {
    found = [];
    for (const match of model.scope.source.text.matchAll(NAMES)) {
      const call = callAt(model, match.index + 1);
      const kind = call === null ? null : kindOf(model, call);
      if (call !== null && kind !== null) found.push({ kind, call });
    }
    FOUND.set(model, found);
  }
  return found;
}

/** The call whose name stands at an offset. */
export function callAt(model: JavaModel, offset: number): Call | null {
  const { source } = model.scope;
  const node = invocationAt(source, offset);
  return node === null ? null : callOf(source, node);
}

const MAKES_FUTURE =
  /^(supplyAsync|runAsync|submit|thenApply|thenCompose|thenAccept|thenRun|allOf|anyOf|whenComplete|handle|exceptionally|toCompletableFuture)$/;

function kindOf(model: JavaModel, call: Call): BlockingKind | null {
  const { source } = model.scope;
  const { receiver, name } = call;
  const count = call.arguments.length;
  if (receiver === null) return null;
  const text = squeezed(source, receiver);
  const type = bareName(typeOf(model.scope, receiver) ?? '');
  const last = /(?<!\w)(\w+)$/.exec(text)?.[1] ?? '';
  switch (name) {
    case 'sleep':
      return text === 'Thread' || /^(TimeUnit\.)?(NANO|MICRO|MILLI)?SECONDS$|^(TimeUnit\.)?(MINUTES|HOURS)$/.test(text) ? 'sleep' : null;
    case 'sleepUninterruptibly':
      return 'sleep';
    case 'get':
    case 'join':
      if (name === 'join' && (type === 'Thread' || (type === '' && /[tT]hread$/.test(last)))) return 'thread';
      if (count > (name === 'get' ? 2 : 0) || count === 1) return null;
      return isFuture(model, receiver, type, last) && !isDone(model, call, text) ? 'future' : null;
    case 'await':
      return /^(CountDownLatch|CyclicBarrier)$/.test(type) || (type === '' && /[lL]atch$/.test(last)) ? 'latch' : null;
    case 'awaitTermination':
      return 'termination';
    case 'put':
      return count === 1 && /(BlockingQueue|BlockingDeque|TransferQueue|SynchronousQueue)$/.test(type) ? 'queue' : null;
    case 'take':
      return count === 0 && /(BlockingQueue|BlockingDeque|TransferQueue|SynchronousQueue|CompletionService)$/.test(type) ? 'queue' : null;
    case 'send':
      return /^HttpClient$/.test(type) ? 'http' : null;
    case 'execute':
      if (/^(CloseableHttpClient|HttpClient|DefaultHttpClient)$/.test(type)) return 'http';
      if (/\.newCall\(/.test(text)) return 'http';
      return /^(Statement|PreparedStatement|CallableStatement)$/.test(type) ? 'jdbc' : null;
    case 'openStream':
      return type === 'URL' || /^newURL\(/.test(text) ? 'http' : null;
    case 'executeQuery':
    case 'executeUpdate':
    case 'executeBatch':
    case 'executeLargeUpdate':
      return type === '' || /^(Statement|PreparedStatement|CallableStatement)$/.test(type) ? 'jdbc' : null;
    default:
      return /^RestTemplate$/.test(type) || (type === '' && /[rR]estTemplate$/.test(last)) ? 'http' : null;
  }
}

function isFuture(model: JavaModel, receiver: SyntaxNode, type: string, last: string): boolean {
  if (type !== '') return /(^|[a-z])Future$/.test(type);
  const made = callOf(model.scope.source, receiver);
  if (made !== null) return MAKES_FUTURE.test(made.name) && made.receiver !== null;
  return receiver.name === 'Identifier' && /^[a-z]/.test(last) && /[fF]uture$/.test(last);
}

/** Whether the future is known to be complete: asked before, or got from a callback of its own. */
function isDone(model: JavaModel, call: Call, text: string): boolean {
  const { source } = model.scope;
  const unit = unitOf(call.node);
  const before = source.text.slice(unit.from, call.node.from).replace(/\s+/g, '');
  if (before.includes(`${text}.isDone()`) || before.includes(`${text}.isCompletedExceptionally()`)) return true;
  // In then…(), whenComplete() and the like of allOf(), the futures are done.
  for (let at: SyntaxNode | null = call.node; at !== null; at = at.parent) {
    if (at.name !== 'LambdaExpression') continue;
    const given = at.parent?.name === 'ArgumentList' && at.parent.parent !== null ? callOf(source, at.parent.parent) : null;
    if (given !== null && /^(then\w*|whenComplete\w*|handle\w*|map|forEach|mapToInt|mapToLong)$/.test(given.name)) return true;
  }
  return false;
}
