/** What is said about threads, locks and deadlocks: by rules, views and features alike. */
import type { Deadlock, DoubtFacts, EvidenceFacts, LockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { type DoingFacts, doingOf } from '../../analysis/threaddump/doing.ts';
import type { HiddenReason } from '../../analysis/threaddump/hidden.ts';
import { simpleName } from '../../analysis/threaddump/names.ts';
import type { HoldEvidence, Inference, Lock, LockKind, Party, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import { say, type Words } from '../../wording.ts';

/** The name of a deadlock by its kind, as a sentence begins. */
export const TITLE: Record<Deadlock['kind'], string> = {
  monitor: 'Deadlock on monitors',
  ownable: 'Deadlock on java.util.concurrent locks',
  mixed: 'Deadlock on locks of several kinds',
  virtual: 'Deadlock with virtual threads',
  'class-init': 'Deadlock of class initialisation',
  'read-lock': 'Deadlock through a read lock',
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
function shortName(lock: LockFacts): string {
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
  'owner-inferred': ({ thread, from }) => `Who holds what "${thread}" waits for: ${INFERENCE[from]}.`,
  'timed-wait': ({ thread }) => `Whether "${thread}" is still there in a second dump: it waits with a timeout.`,
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

const timeout = (timed: boolean): string => (timed ? ', with a timeout' : '');

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
export const doing = (graph: WaitGraph, party: Party): string => say(DOING, doingOf(graph, party));
