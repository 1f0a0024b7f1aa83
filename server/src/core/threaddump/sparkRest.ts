import { decodeInto } from '../unwrap/json/escapes.ts';
import { isTrue, items, type JsonNode, member, numberAt, stringAt, stringValue } from '../unwrap/json/tree.ts';
import { compose, Source, SourceBuilder } from '../unwrap/source.ts';
import { dumpOfThreads } from './dumpOfThreads.ts';
import { frameAt } from './frames.ts';
import { STATES } from './header.ts';
import type { Frame, LockAction, LockActionKind, ThreadDump, ThreadState } from './model.ts';
import { LazyThread } from './thread.ts';

/**
 * `[{"threadId":61,"threadName":…,"threadState":…,"stackTrace":"a.B.c(B.java:1)\\n…","blockedByThreadId":62,
 * "blockedByLock":"Monitor(java.lang.Object@1234})","holdingLocks":[…]}]` of Spark's `/executors/ID/threads`
 * (org.apache.spark.status.api.v1.ThreadStackTrace); from Spark 2.4 on the stack is `{"elems":[…]}`.
 */
export function sparkThreads(root: JsonNode): JsonNode[] | null {
  if (root.kind !== 'array') return null;
  const threads = items(root);
  return threads.some((thread) => member(thread, 'threadName') !== undefined && member(thread, 'holdingLocks') !== undefined) ? threads : null;
}

export const readSpark = (source: Source, root: JsonNode, nodes: JsonNode[], cut: boolean): ThreadDump =>
  dumpOfThreads('spark-rest', source, root, nodes, threadOf, cut);

function threadOf(source: Source, node: JsonNode): LazyThread {
  const { text } = source;
  const thread = new LazyThread('spark-rest');
  thread.name = stringAt(text, node, 'threadName') ?? '';
  thread.id = numberAt(text, node, 'threadId');
  thread.daemon = isTrue(text, node, 'isDaemon');
  const state = stringAt(text, node, 'threadState');
  thread.state = state !== null && STATES.has(state) ? (state as ThreadState) : null;
  thread.span = source.span(node.start, node.end);
  const name = member(node, 'threadName') ?? node;
  thread.nameSpan = source.span(name.start, name.end);
  const stack = member(node, 'stackTrace');
  thread.framesFrom(() => framesOf(source, stack));
  thread.locks = locksOf(source, node, thread);
  return thread;
}

function locksOf(source: Source, node: JsonNode, { state, frames }: LazyThread): LockAction[] {
  const locks: LockAction[] = [];
  const owner = numberAt(source.text, node, 'blockedByThreadId');
  const parked = frames[0]?.method === 'park';
  const kind = state === 'BLOCKED' ? 'waiting-to-lock' : parked ? 'parking' : 'waiting-on';
  addLock(source, locks, kind, member(node, 'blockedByLock'), owner);
  for (const held of items(member(node, 'holdingLocks'))) {
    if (held.kind === 'string' && stringValue(source.text, held).startsWith('Monitor(')) addLock(source, locks, 'locked', held, null);
  }
  return locks;
}

/** `Monitor(java.lang.Object@1234})`, brace and all; empty where there is none. */
function addLock(source: Source, locks: LockAction[], kind: LockActionKind, node: JsonNode | undefined, owner: number | null): void {
  if (node?.kind !== 'string') return;
  const match = /^\w+\(([^()\s@]+)@([^()\s}]+)\}?\)$/.exec(stringValue(source.text, node));
  if (match === null) return;
  const span = source.span(node.start, node.end);
  locks.push({
    kind,
    lock: { key: `${match[1]}@${match[2]}`, className: match[1] as string },
    span,
    lockSpan: { ...span },
    owner: owner === null ? null : { name: null, id: owner },
  });
}

function framesOf(source: Source, stack: JsonNode | undefined): Frame[] {
  if (stack?.kind === 'object') return items(member(stack, 'elems')).flatMap((one) => framesOf(source, one));
  if (stack?.kind !== 'string') return [];
  const builder = new SourceBuilder(source.text);
  decodeInto(builder, source.text, stack.start, stack.end);
  const { text, map } = builder.build();
  const inner = new Source(text, compose(source.map, map));
  const frames: Frame[] = [];
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const frame = frameAt(inner, start, end);
    if (frame !== null) frames.push(frame);
    start = end + 1;
  }
  return frames;
}
