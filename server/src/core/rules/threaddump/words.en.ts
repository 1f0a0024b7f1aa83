/** What is said about threads, locks and deadlocks: by rules, views and features alike. */

import { table } from '../../../../../common/table.ts';
import type { ThreadActivity } from '../../analysis/threaddump/activity.ts';
import type { Deadlock, DoubtFacts, EvidenceFacts, LockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { type Doing, type DoingFacts, doingOf } from '../../analysis/threaddump/doing.ts';
import type { HeldUp } from '../../analysis/threaddump/heldUp.ts';
import type { HiddenReason } from '../../analysis/threaddump/hidden.ts';
import { simpleName } from '../../analysis/threaddump/names.ts';
import type { WaitsFor } from '../../analysis/threaddump/waitPoint.ts';
import type { GraphThread, HoldEvidence, Inference, Lock, LockKind, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import { KNOWN_FRAMES } from '../../knowledge/knownFrames.ts';
import type { Certainty } from '../../model.ts';
import { list, plural, quoted, quotedThread, say, shorten, type Words } from '../../wording.ts';
import type { EnderFacts, FixFacts, RelatedFacts } from './facts.ts';

/** What holds the members of a deadlock, behind their number. */
const HELD_BY_KIND: Record<Deadlock['kind'], string> = {
  monitor: ' on monitors',
  ownable: ' on java.util.concurrent locks',
  mixed: ' on locks of several kinds',
  virtual: ', virtual ones among them',
  'class-init': ' that initialise classes',
  'read-lock': ' through a read lock',
};

const LOCK_KIND: Record<Exclude<LockKind, 'class-init'>, string> = {
  monitor: 'monitor',
  ownable: 'lock',
  'read-lock': 'read-write lock',
  other: 'object',
};

/** "monitor 0x00000007296dfa90 (org.apache.flink.AvailableBufferQueue)": the id and the class as in the text. */
function lockName({ kind, key, className }: LockFacts): string {
  if (kind === 'class-init') return `class ${className ?? key}`;
  const named = className === null || key.includes(className) ? '' : ` (${className})`;
  return `${LOCK_KIND[kind]} ${key}${named}`;
}

/** "monitor 0x00000007296dfa90 (AvailableBufferQueue)": the id as in the text, the class without its package. */
export function shortName(lock: LockFacts): string {
  const { className } = lock;
  return lockName(className === null ? lock : { ...lock, key: lock.key.replace(className, simpleName(className)), className: simpleName(className) });
}

export const shortLock = (lock: Lock): string => shortName(lockFacts(lock));

/** The words between a lock and its holder. */
export const heldBy = ({ kind }: { kind: LockKind }): string => (kind === 'class-init' ? 'being initialised by' : 'held by');

const HOW: Record<HoldEvidence, string> = {
  'locked-line': 'its stack shows the lock as locked',
  'synchronizer-list': 'in its list of locked ownable synchronizers',
  'owned-by': 'named as owner beside the wait',
  'jvm-section': "named as owner by the JVM's deadlock section",
  'class-initialiser': 'it is running the class initialiser',
};

/** What speaks for a deadlock. */
export const EVIDENCE: Words<EvidenceFacts> = {
  'jvm-section': () => "The JVM's own deadlock section reports it.",
  waits: ({ thread, lock, owner, how }) =>
    `"${thread}" waits for ${lockName(lock)}, ${heldBy(lock)} ${owner === null ? 'a thread that the dump does not show' : `"${owner}"`}${how === null ? '' : ` (${HOW[how]})`}.`,
  'more-waits': ({ count }) => `And so on for ${count} more threads.`,
  'writer-waits': ({ writer, lock }) =>
    `"${writer}" waits for the write lock of ${lock.key}, and no thread holds it exclusively: it must be held for reading.`,
  'reader-inside': ({ reader, writer, className, method }) =>
    `"${reader}" is inside ${className} (${method}), the class that takes this lock in "${writer}", so it may hold the read lock.`,
  'reader-behind': ({ reader, writer }) => `"${reader}" is held up behind "${writer}", so neither would go on.`,
};

const INFERENCE: Record<Inference, string> = {
  'only-initialiser': 'this JVM does not print which class is waited for; only one other thread is inside a class initialiser',
  'crossed-initialisers': 'this format does not show waits for a class; the two threads stand in two class initialisers at once',
  'several-holders': 'more than one thread is printed as the holder of this lock; the first one was taken',
  'readers-invisible': 'read-lock holders are not visible in a dump',
};

/** What would confirm or refute a deadlock. */
export const DOUBTS: Words<DoubtFacts> = {
  'sampled-dump': () =>
    'Take a second dump: Thread.dump_to_file samples one thread after the other, so the waits need not have been true at one moment.',
  'owner-inferred': ({ threads, from }) =>
    `Who holds what ${list(threads.map((name) => quotedThread(name)))} ${threads.length === 1 ? 'waits' : 'wait'} for: ${INFERENCE[from]}.`,
  'timed-wait': ({ thread }) => `Whether "${thread}" is still there in a second dump: it waits with a timeout.`,
  'address-hidden': () => 'The addresses of the locks, which are blacked out in this text: two locks of one class look like one.',
  'other-source': () => 'That the threads are of one process: other text stands between them, and addresses are the same in many processes.',
  'header-lost': () => 'The whole dump: the first line of a thread in the cycle is missing in this text, so its stack may be that of two threads.',
  'reader-frame': () => 'Whether the named frame runs between readLock().lock() and unlock(); who holds a lock for reading is in no dump of any JVM.',
};

/** Why nobody is shown as the holder of a lock, and what would show it; one sentence. */
export const HIDDEN: Record<HiddenReason, string> = {
  'no-thread-in-initialiser': 'No thread in the dump is inside the initialiser of this class.',
  'held-for-reading': 'No thread holds it exclusively, so it is held for reading, and no dump shows readers.',
  'dump-to-file-without-owners': 'This JVM does not write the owners of java.util.concurrent locks into the file; a jstack -l would.',
  'without-synchronizers': 'The dump was taken without the list of locked synchronizers; jstack -l or jcmd Thread.print -l shows it.',
  'without-monitors': 'This kind of dump does not show who holds a monitor; jstack -l does.',
  'dump-breaks-off': 'The dump breaks off, so the holder may be in the part that is missing.',
  'stacks-cut': 'Stacks are cut, and the frame that took it may be in the part that is missing.',
  'in-passing': 'It may just be changing hands, be held in native code, or by a virtual thread that is not mounted.',
};

export const timeout = (timed: boolean): string => (timed ? ', with a timeout' : '');

const DOING: Words<DoingFacts> = {
  'only-named': () => 'is only named; the dump has no stack of it',
  'waits-for-lock': ({ lock, timed }) => `waits for ${shortName(lock)}${timeout(timed)}`,
  'waits-for-notify': ({ timed }) => `waits to be notified (Object.wait)${timeout(timed)}`,
  'waits-for-notify-on': ({ key, timed }) => `waits to be notified on ${key} (Object.wait; it has given the monitor up)${timeout(timed)}`,
  'waits-for-condition': ({ timed }) => `waits for a condition to be signalled${timeout(timed)}`,
  'waits-for-future': ({ timed }) => `waits for a future to complete${timeout(timed)}`,
  'waits-for-latch': ({ timed }) => `waits for a count-down latch${timeout(timed)}`,
  'waits-for-permit': ({ timed }) => `waits for a permit of a semaphore${timeout(timed)}`,
  'parked-on': ({ className, timed }) => `is parked on ${className}${timeout(timed)}`,
  sleeps: () => 'sleeps',
  'state-not-printed': () => 'is in a state that the dump does not say',
  'blocked-at-unnamed-monitor': () => 'is blocked at a monitor that the dump does not name',
  'waits-for-input': () => 'waits for input or output in native code (RUNNABLE as Java counts it)',
  runs: () => 'runs, or could run',
  'not-started': () => 'has not been started',
  ended: () => 'has ended',
  waits: ({ timed }) => `waits${timeout(timed)}`,
};

/** What a thread does, behind its name. */
export const doingText = (does: Doing): string => say(DOING, does);

export const doing = (graph: WaitGraph, graphThread: GraphThread): string => doingText(doingOf(graph, graphThread));

/** What a thread waits for, behind "waits". */
export const WAITS_FOR: Record<WaitsFor, string> = {
  latch: 'for a latch',
  future: 'for a future',
  condition: 'for a condition',
  notify: 'to be notified',
  thread: 'for a thread to end',
  executor: 'for an executor to end',
  queue: 'at a queue',
  connection: 'for a connection',
  permit: 'for a permit',
  barrier: 'for other threads to arrive',
  process: 'for a process to end',
  socket: 'for a socket',
  http: 'for an HTTP answer',
  sleep: 'asleep',
  lock: 'for a lock',
  other: 'parked',
};

const theyDo = ({ thread, threads }: EnderFacts, one: string, more: string): string =>
  threads === 1 ? `${quoted(thread)} ${one}` : `${quoted(thread)} and ${threads - 1} more ${more}`;

export const ENDER: Record<EnderFacts['does'], (facts: EnderFacts) => string> = {
  'wants-lock': (facts) => `${theyDo(facts, 'waits', 'wait')} for a lock in ${facts.at}`,
  'reads-socket': (facts) => `${theyDo(facts, 'reads', 'read')} from a socket in ${facts.at}, so the other side has not answered`,
  'waits-for-network': (facts) => `${theyDo(facts, 'waits', 'wait')} for the network in ${facts.at}`,
  waits: (facts) => `${theyDo(facts, 'waits', 'wait')} ${WAITS_FOR[facts.for ?? 'other']} in ${facts.at}`,
  runs: (facts) => `${theyDo(facts, 'is', 'are')} in ${facts.at}`,
};

/** How many subtasks of a vertex wait at a place. */
export function subtasksWait(threads: number, parallelism: number | null): string {
  if (parallelism === null) return `${plural(threads, 'thread waits', 'threads wait')} there.`;
  if (threads === parallelism) return `${threads === 2 ? 'Both' : `All ${threads}`} subtasks wait there.`;
  return `${threads} of ${parallelism} subtasks ${threads === 1 ? 'waits' : 'wait'} there.`;
}

/** "Reader" of "com.acme.Client$Reader" and of "java.lang.Class for com.acme.Client$Reader". */
const innermost = (className: string): string =>
  className
    .split(/[.$/ ]/)
    .filter((part) => part !== '' && !/^\d+$/.test(part))
    .at(-1) ?? className;

/** The lock classes of the JDK are known by their outer name, all others by their innermost. */
function bareClass(className: string): string {
  if (className.startsWith('[')) return simpleName(className);
  return className.startsWith('java.util.concurrent.') ? (simpleName(className).split('$')[0] ?? '') : innermost(className);
}

/** A lock in a message: "monitor Registry", "ReentrantLock", "class Client"; which one it is, is told by {@link shortName}. */
export function lockLabel({ kind, className }: LockFacts, limit = 40): string {
  if (className === null) return LOCK_KIND[kind === 'class-init' ? 'other' : kind];
  const name = shorten(bareClass(className), limit);
  if (kind === 'class-init') return `class ${name}`;
  if (kind !== 'monitor') return name;
  if (className === 'java.lang.Class') return 'the monitor of a class';
  return className.startsWith('java.lang.Class for ') ? `monitor of class ${name}` : `monitor ${name}`;
}

/** What kind of locks a cycle goes through. */
export const CYCLE_ON: Record<Deadlock['kind'], string> = {
  monitor: 'The locks are monitors (synchronized).',
  ownable: 'The locks are java.util.concurrent locks.',
  mixed: 'The locks are of several kinds.',
  virtual: "Virtual threads take part, which the JVM's own search does not look at.",
  'class-init': "The JVM's own search does not look at class initialisation.",
  'read-lock': 'No dump shows who holds a lock for reading.',
};

/** What a thread of Flink is at. */
export const ACTIVITY: Record<ThreadActivity['activity'], string> = {
  idle: 'normal: it has nothing to do',
  'back-pressured': 'back-pressured',
  undecidable: 'idle or softly back-pressured',
  busy: 'busy',
  blocked: 'blocked',
  external: 'waits for something outside Flink',
  state: 'works on state',
  checkpoint: 'works on a checkpoint',
  memory: 'waits for or allocates memory',
  waiting: 'waits in user or connector code',
  unknown: 'not known',
};

const HELD_UP_BY = table<string>({ network: 'waiting for the network', lock: 'waiting for a lock whose holder is not shown' });

/** What a vertex stands in, behind its name; `place` as the message has room for it. */
export const heldUpText = ({ does, at }: Pick<HeldUp, 'does' | 'at'>, place: string): string =>
  `, ${KNOWN_FRAMES.find(({ id }) => id === does)?.title ?? HELD_UP_BY[does] ?? does}${at === null ? '' : ` in ${place}`}`;

/** Beside a finding. */
export const RELATED: Words<RelatedFacts> = {
  'waits-for': ({ thread, lock, at }) => `${quotedThread(thread)} waits here for ${shortName(lock)}${at === '' ? '' : `, wanted in ${at}`}`,
  holds: ({ thread, lock, taken }) =>
    `${quotedThread(thread)} ${lock.kind === 'class-init' ? 'is initialising' : 'holds'} ${shortName(lock)}${taken === '' ? '' : `, taken in ${taken}`}`,
  'more-in-cycle': ({ count }) => `… and ${plural(count, 'thread')} more in this cycle`,
  'more-waiters': ({ count }) => `… and ${plural(count, 'thread')} more`,
  'holder-does': ({ thread, does }) => `${quotedThread(thread)} holds it and ${doingText(does)}`,
  'holds-it': ({ thread }) => `${quotedThread(thread)} holds it`,
  'waits-here': ({ thread }) => `${quotedThread(thread)} waits here`,
  'it-waits-here': () => 'It waits here',
  'it-computes-here': () => 'It computes here',
  'computes-too': ({ thread }) => `${quotedThread(thread)} computes all along too`,
  'waits-too': ({ thread }) => `${quotedThread(thread)} waits there too`,
  'may-end-it': (facts) => ENDER[facts.does](facts),
  wants: ({ thread, lock }) => `${quotedThread(thread)} wants ${shortName(lock)}`,
  'waits-for-result': ({ thread }) => `${quotedThread(thread)} waits for a result`,
  'waits-for-pool': ({ thread }) => `${quotedThread(thread)} waits for the pool`,
  'has-frames-of-bug': ({ thread }) => `${quotedThread(thread)} has the frames of the bug`,
  'waits-for-buffers': ({ thread }) => `${quotedThread(thread)} waits for network buffers`,
  'stands-at': ({ thread, frame, activity }) =>
    `${quotedThread(thread)}: ${KNOWN_FRAMES.find(({ id }) => id === frame)?.title ?? ACTIVITY[activity]}`,
  'task-stands-here': () => 'The task stands here',
  cancels: ({ thread }) => `${quotedThread(thread)} is there to cancel it`,
};

/** What can be done about a finding, as an editor lists it. */
export const FIXES: Words<FixFacts> = {
  'show-deadlock': () => 'Show the deadlock in the lock-wait graph',
  'show-lock': () => 'Show the lock in the lock-wait graph',
  'show-thread': () => 'Show the thread in the lock-wait graph',
  'explain-deadlock': () => 'Copy an explanation of the deadlock',
  'move-callback': ({ method, file }) => `Move ${method} outside the synchronized block in ${file}`,
};

/** A deadlock as text for a ticket. */
export const EXPLAIN = {
  title: (kind: Deadlock['kind'], threads: number, certainty: Certainty): string =>
    `Deadlock of ${plural(threads, 'thread')}${HELD_BY_KIND[kind]} (${certainty}).`,
  dump: (text: string): string => `Dump: ${text}`,
  waits: (lock: LockFacts, owner: string | null): string =>
    `waits for ${shortName(lock)}, ${heldBy(lock)} ${owner === null ? 'a thread that is not visible' : quotedThread(owner)}`,
  holds: (held: readonly { lock: LockFacts; taken: string }[]): string =>
    `holds ${held.map(({ lock, taken }) => `${shortName(lock)}${taken === '' ? '' : `, taken in ${taken}`}`).join('; ')}`,
  moreMembers: (count: number): string => `… and ${plural(count, 'thread')} more in the cycle.`,
  victims: (names: readonly string[], more: number): string =>
    `Held up by it without being part of it: ${names.map((name) => quotedThread(name)).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  evidence: 'Evidence:',
  missing: 'To confirm it, look at:',
  jdkFrames: (count: number): string => `… ${plural(count, 'frame')} of the JDK`,
  moreFrames: (count: number): string => `… ${plural(count, 'more frame')}`,
};
