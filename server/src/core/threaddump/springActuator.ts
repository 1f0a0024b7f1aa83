import type { Span } from '../../../../common/span.ts';
import { isTrue, items, type JsonNode, member, numberAt, stringAt } from '../unwrap/json/tree.ts';
import type { Source } from '../unwrap/source.ts';
import { dumpOfThreads } from './dumpOfThreads.ts';
import type { Frame, LockAction, LockRef, OwnerRef, ThreadDump, ThreadState } from './model.ts';
import { LazyThread, type Synchronizer } from './thread.ts';

/** `{"threads":[{"threadName":…,"threadId":…,"stackTrace":[…],"lockedMonitors":[…]}]}`; Spring Boot 1 gives the bare list. */
export function springThreads(root: JsonNode): JsonNode[] | null {
  const list = root.kind === 'array' ? root : member(root, 'threads');
  const threads = items(list);
  return threads.some((thread) => member(thread, 'threadName') !== undefined && member(thread, 'stackTrace') !== undefined) ? threads : null;
}

export const readSpring = (source: Source, root: JsonNode, nodes: JsonNode[], cut: boolean): ThreadDump =>
  dumpOfThreads('spring-actuator', source, root, nodes, threadOf, cut);

function threadOf(source: Source, node: JsonNode): LazyThread {
  const { text } = source;
  const thread = new LazyThread('spring-actuator');
  thread.name = stringAt(text, node, 'threadName') ?? '';
  thread.id = numberAt(text, node, 'threadId');
  thread.daemon = isTrue(text, node, 'daemon');
  thread.state = stringAt(text, node, 'threadState') as ThreadState | null;
  if (isTrue(text, node, 'inNative')) thread.stateDetail = 'in native';
  thread.span = source.span(node.start, node.end);
  thread.nameSpan = placeOf(source, member(node, 'threadName') ?? node);
  thread.synchronizers = items(member(node, 'lockedSynchronizers')).flatMap((info) => synchronizerOf(source, info));
  const stack = items(member(node, 'stackTrace'));
  thread.locks = locksOf(source, node, stack, thread.state);
  thread.framesFrom(() => stack.flatMap((frame) => frameOf(source, frame)));
  return thread;
}

function locksOf(source: Source, node: JsonNode, stack: JsonNode[], state: ThreadState | null): LockAction[] {
  const locks: LockAction[] = [];
  const wait = waitOf(source, node, stack, state);
  if (wait !== null) locks.push(wait);
  const monitors = items(member(node, 'lockedMonitors')).map((info) => ({ info, depth: numberAt(source.text, info, 'lockedStackDepth') ?? 0 }));
  monitors.sort((a, b) => a.depth - b.depth);
  for (const { info } of monitors) {
    const lock = lockInfo(source.text, info);
    if (lock !== null) locks.push({ kind: 'locked', lock, span: placeOf(source, info), lockSpan: lockPlace(source, info), owner: null });
  }
  return locks;
}

function waitOf(source: Source, node: JsonNode, stack: JsonNode[], state: ThreadState | null): LockAction | null {
  const { text } = source;
  const info = member(node, 'lockInfo');
  const name = member(node, 'lockName');
  const lock = lockInfo(text, info) ?? lockNamed(stringAt(text, node, 'lockName'));
  if (lock === null) return null;
  const place = name?.kind === 'string' ? name : (info as JsonNode);
  const id = numberAt(text, node, 'lockOwnerId');
  const ownerName = stringAt(text, node, 'lockOwnerName');
  const owner: OwnerRef | null = id === null || id < 0 ? null : { name: ownerName, id };
  const parked = stringAt(text, stack[0], 'methodName') === 'park';
  const kind = state === 'BLOCKED' ? 'waiting-to-lock' : parked ? 'parking' : 'waiting-on';
  return { kind, lock, span: placeOf(source, place), lockSpan: lockPlace(source, place), owner };
}

function lockInfo(text: string, info: JsonNode | undefined): LockRef | null {
  const className = stringAt(text, info, 'className');
  const hash = numberAt(text, info, 'identityHashCode');
  return className === null || hash === null ? null : { key: `${className}@${(hash >>> 0).toString(16)}`, className };
}

function lockNamed(name: string | null): LockRef | null {
  const sign = name?.lastIndexOf('@') ?? -1;
  return name === null || sign === -1 ? null : { key: name, className: name.slice(0, sign) };
}

function synchronizerOf(source: Source, info: JsonNode): Synchronizer[] {
  const lock = lockInfo(source.text, info);
  return lock === null ? [] : [{ lock, span: placeOf(source, info), lockSpan: lockPlace(source, info) }];
}

/** Where the lock's identity stands: the hash of a lock object, else the whole name. */
function lockPlace(source: Source, node: JsonNode): Span {
  return placeOf(source, member(node, 'identityHashCode') ?? node);
}

function placeOf(source: Source, node: JsonNode): Span {
  return source.span(node.start, node.end);
}

function frameOf(source: Source, node: JsonNode): Frame[] {
  const { text } = source;
  const className = stringAt(text, node, 'className');
  const method = stringAt(text, node, 'methodName');
  if (className === null || method === null) return [];
  const line = numberAt(text, node, 'lineNumber');
  const file = stringAt(text, node, 'fileName');
  const moduleName = stringAt(text, node, 'moduleName');
  const version = stringAt(text, node, 'moduleVersion');
  return [
    {
      span: placeOf(source, node),
      className,
      method,
      file: file === 'null' ? null : file,
      line: line === null || line < 0 ? null : line,
      native: isTrue(text, node, 'nativeMethod'),
      module: moduleName === null ? stringAt(text, node, 'classLoaderName') : version === null ? moduleName : `${moduleName}@${version}`,
    },
  ];
}
