import { isTrue, items, type JsonNode, member, numberAt, stringAt, stringValue } from '../unwrap/json/tree.ts';
import { Source } from '../unwrap/source.ts';
import { frameAt } from './frames.ts';
import { STATES } from './header.ts';
import type { Frame, LockAction, LockActionKind, LockRef, OwnerRef, ThreadDump, ThreadState } from './model.ts';
import { LazyThread } from './thread.ts';

/** `{"threadDump":{"threadContainers":[{"container":…,"threads":[…]}]}}` of `jcmd Thread.dump_to_file -format=json`, JDK 21 on. */
export function dumpToFileRoot(root: JsonNode): JsonNode | null {
  const dump = member(root, 'threadDump') ?? root;
  return member(dump, 'threadContainers')?.kind === 'array' ? dump : null;
}

/** States and locks are there from JDK 24 on, owners of parked threads' locks from 26 on. */
export function readDumpToFileJson(source: Source, root: JsonNode, dump: JsonNode, cut: boolean): ThreadDump {
  const { text } = source;
  const threads: LazyThread[] = [];
  for (const container of items(member(dump, 'threadContainers'))) {
    const name = stringAt(text, container, 'container');
    for (const node of items(member(container, 'threads'))) {
      if (node.kind !== 'object') continue;
      const thread = threadOf(source, node, name);
      thread.index = threads.length;
      threads.push(thread);
    }
  }
  const states = threads.some((thread) => thread.state !== null);
  return {
    dialect: 'dump-to-file-json',
    jvm: stringAt(text, dump, 'runtimeVersion'),
    time: stringAt(text, dump, 'time'),
    span: source.span(root.start, root.end),
    threads,
    section: null,
    shows: { monitors: states, synchronizers: false, states, complete: !cut },
  };
}

function threadOf(source: Source, node: JsonNode, container: string | null): LazyThread {
  const { text } = source;
  const thread = new LazyThread('dump-to-file-json');
  thread.name = stringAt(text, node, 'name') ?? '';
  thread.id = numberAt(text, node, 'tid');
  thread.virtual = isTrue(text, node, 'virtual');
  thread.container = container;
  const state = stringAt(text, node, 'state');
  thread.state = state !== null && STATES.has(state) ? (state as ThreadState) : null;
  const carrier = numberAt(text, node, 'carrier');
  if (carrier !== null) thread.stateDetail = `mounted on carrier #${carrier}`;
  thread.span = source.span(node.start, node.end);
  const name = member(node, 'name') ?? node;
  thread.nameSpan = source.span(name.start, name.end);
  thread.locks = locksOf(source, node);
  const stack = items(member(node, 'stack'));
  thread.framesFrom(() => stack.flatMap((frame) => frameOf(source, frame)));
  return thread;
}

function locksOf(source: Source, node: JsonNode): LockAction[] {
  const { text } = source;
  const locks: LockAction[] = [];
  const blocker = member(node, 'parkBlocker');
  addLock(source, locks, 'parking', member(blocker, 'object') ?? stringNode(blocker), numberAt(text, blocker, 'owner'));
  addLock(source, locks, 'waiting-to-lock', stringNode(member(node, 'blockedOn')), null);
  addLock(source, locks, 'waiting-on', stringNode(member(node, 'waitingOn')), null);
  const owned = items(member(node, 'monitorsOwned')).map((info) => ({ info, depth: numberAt(text, info, 'depth') ?? 0 }));
  owned.sort((a, b) => a.depth - b.depth);
  for (const { info } of owned) {
    for (const lock of items(member(info, 'locks'))) {
      if (lock.kind === 'string') addLock(source, locks, 'locked', lock, null);
      else if (lock.kind === 'scalar') {
        const span = source.span(lock.start, lock.end);
        locks.push({ kind: 'eliminated', lock: null, span, lockSpan: { ...span }, owner: null });
      }
    }
  }
  return locks;
}

function addLock(source: Source, locks: LockAction[], kind: LockActionKind, node: JsonNode | undefined, owner: number | null): void {
  if (node?.kind !== 'string') return;
  const name = stringValue(source.text, node);
  const sign = name.lastIndexOf('@');
  const lock: LockRef = { key: name, className: sign === -1 ? null : name.slice(0, sign) };
  const ownerRef: OwnerRef | null = owner === null ? null : { name: null, id: owner };
  locks.push({ kind, lock, span: source.span(node.start, node.end), lockSpan: source.span(node.start, node.end), owner: ownerRef });
}

function stringNode(node: JsonNode | undefined): JsonNode | undefined {
  return node?.kind === 'string' ? node : undefined;
}

/** The text of a frame has its slashes escaped: it is read from the decoded string, its place is the whole string. */
function frameOf(source: Source, node: JsonNode): Frame[] {
  if (node.kind !== 'string') return [];
  const value = stringValue(source.text, node);
  const place = source.span(node.start, node.end);
  const frame = frameAt(new Source(value, { start: () => place.start, end: () => place.end }), 0, value.length);
  return frame === null ? [] : [frame];
}
