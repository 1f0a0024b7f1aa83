/** What is said about threads, locks and deadlocks: by rules, views and features alike. */
import type { Deadlock, DoubtFacts, EvidenceFacts, LockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { lockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import { type DoingFacts, doingOf } from '../../analysis/threaddump/doing.ts';
import type { HiddenReason } from '../../analysis/threaddump/hidden.ts';
import { simpleName } from '../../analysis/threaddump/names.ts';
import type { WaitsFor } from '../../analysis/threaddump/waitPoint.ts';
import type { GraphThread, HoldEvidence, Inference, Lock, LockKind, WaitGraph } from '../../analysis/threaddump/waits/model.ts';
import { list, plural, quoted, say, shorten, type Words } from '../../wording.ts';

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
export const doing = (graph: WaitGraph, graphThread: GraphThread): string => say(DOING, doingOf(graph, graphThread));

/** What a thread waits for, behind "waits". */
const WAITS_FOR: Record<WaitsFor, string> = {
  latch: 'for a latch',
  future: 'for a future',
  condition: 'for a condition',
  notify: 'to be notified',
  thread: 'for a thread to end',
  executor: 'for an executor to end',
  queue: 'at a queue',
  permit: 'for a permit',
  barrier: 'at a barrier',
  process: 'for a process to end',
  socket: 'for a socket',
  sleep: 'asleep',
  lock: 'for a lock',
  other: 'parked',
};

/** The first sentence of a finding has at most so many characters. */
const FIRST_SENTENCE = 100;

/** A sentence about a thread and a place, both cut as far as the length of the sentence asks for; the place keeps its end. */
function brief(name: string, place: string, sentence: (name: string, place: string) => string): string {
  const shortName = quoted(name, 40);
  const bare = place.endsWith(')') && place.includes(' (') ? place.slice(0, place.indexOf(' (')) : place;
  const left = FIRST_SENTENCE - sentence(shortName, '').length;
  return sentence(shortName, bare.length <= left ? bare : `…${bare.slice(bare.length - Math.max(20, left - 1))}`);
}

export type EnderFacts = { thread: string; does: 'wants-lock' | 'reads-socket' | 'waits' | 'runs'; at: string };

export type HiddenWaitFacts = {
  task: string;
  /** 'task', 'split-fetcher' or 'legacy-source'. */
  role: string;
  threads: number;
  parallelism: number | null;
  /** Where it waits, "Class.method (File.java:12)". */
  at: string;
  code: 'user' | 'connector';
  for: WaitsFor;
  timed: boolean;
  phase: 'initialising' | 'running' | 'closing';
  enders: EnderFacts[];
};

const ENDER: Record<EnderFacts['does'], (facts: EnderFacts) => string> = {
  'wants-lock': ({ thread, at }) => `${quoted(thread)} waits for a lock in ${at}`,
  'reads-socket': ({ thread, at }) => `${quoted(thread)} reads from a socket in ${at}, so the other side has not answered`,
  waits: ({ thread, at }) => `${quoted(thread)} waits in ${at} itself`,
  runs: ({ thread, at }) => `${quoted(thread)} is in ${at}`,
};

const subtasks = (threads: number, parallelism: number | null): string =>
  parallelism === null ? plural(threads, 'thread') : `${threads} of ${plural(parallelism, 'subtask')}`;

/** A thread that does the work of a subtask and waits for something that is no lock. */
export const HIDDEN_WAIT = {
  message(facts: HiddenWaitFacts): string {
    const { task, at, role, code, phase, enders, threads, parallelism, timed } = facts;
    const what = WAITS_FOR[facts.for];
    const where = role === 'split-fetcher' ? 'fetch' : `${code} code`;
    const first = brief(task, at, (name, place) =>
      role === 'split-fetcher' ? `${name} is stuck in fetch, waiting ${what} in ${place}.` : `${name} waits ${what} in ${where}, ${place}.`,
    );
    const scope = `So it is in ${subtasks(threads, parallelism)}${timed ? ', with a timeout' : ''}.`;
    const meanwhile =
      role === 'split-fetcher'
        ? 'Its task thread looks idle, but no record of its splits can come.'
        : phase === 'initialising'
          ? 'It has not begun to run (INITIALIZING): no record is read and no checkpoint can be taken until then.'
          : phase === 'closing'
            ? 'The subtask cannot end before that.'
            : 'No record, timer or checkpoint of the subtask is handled meanwhile; if one of them is to end the wait, it never ends.';
    const everybody = at.includes('.<clinit>')
      ? ' It runs a static initialiser: every thread that needs this class waits for it, those of pools too.'
      : '';
    const by = enders[0] === undefined ? '' : ` Perhaps to be ended by: ${list(enders.map((one) => ENDER[one.does](one)))}.`;
    return `${first} ${scope} ${meanwhile}${everybody}${by}`;
  },
  evidence: ({ at, for: what, code, enders, role }: HiddenWaitFacts): string[] => [
    `The innermost frame outside the JDK is ${at}, ${code === 'user' ? 'user' : 'connector or library'} code: Flink itself does not wait there (${WAITS_FOR[what]}).`,
    ...(role === 'split-fetcher' ? ['The wait is inside SplitReader.fetch, not at the queue to the task thread.'] : []),
    ...enders.map((one) => `${ENDER[one.does](one)}.`),
  ],
  missing: ({ for: what, timed, role }: HiddenWaitFacts): string[] => [
    `A second dump some seconds later with the thread at the same place${timed ? ': the wait has a timeout' : ''}.`,
    ...(what === 'sleep' ? [] : ['Who is to end the wait: no dump shows who completes a future, opens a latch or fills a queue.']),
    ...(role === 'split-fetcher' ? ['Whether the connector waits for new records in this way, and there are none.'] : []),
  ],
};

/** Beside the finding of a wait. */
export const WAIT_PLACES = {
  here: () => 'It waits here',
  too: ({ thread }: { thread: string }) => `${quoted(thread)} waits there too`,
  ender: (facts: EnderFacts) => ENDER[facts.does](facts),
  wants: ({ thread, lock }: { thread: string; lock: string }) => `${quoted(thread)} wants ${lock}`,
};

/** "Reader" of "com.acme.Client$Reader" and of "java.lang.Class for com.acme.Client$Reader". */
const innermost = (className: string): string =>
  className
    .split(/[.$/ ]/)
    .filter((part) => part !== '' && !/^\d+$/.test(part))
    .at(-1) ?? className;

export type LockoutFacts = {
  holder: string;
  lock: LockFacts;
  at: string;
  for: WaitsFor;
  timed: boolean;
  waiter: string;
  waiters: number;
  total: number;
  /** Holders of other locks that wait at the same place. */
  others: number;
};

/** The holder of a wanted lock waits for something that is no lock. */
export const LOCKOUT = {
  message(facts: LockoutFacts): string {
    const { holder, lock, at, waiter, waiters, total, others, timed } = facts;
    const verb = lock.kind === 'class-init' ? 'initialises' : 'holds';
    const object = lock.className === null ? LOCK_KIND[lock.kind === 'class-init' ? 'other' : lock.kind] : shorten(innermost(lock.className), 30);
    const first = brief(holder, '', (name) => `${name} ${verb} ${object} and waits ${WAITS_FOR[facts.for]}.`);
    const more = waiters > 1 ? ` and ${plural(waiters - 1, 'other thread')}` : '';
    const behind = total > waiters ? `, ${total} in all` : '';
    const same = others > 0 ? ` The same in ${plural(others, 'more thread')}.` : '';
    return `${first} It waits in ${at}${timed ? ', with a timeout' : ''}. ${quoted(waiter)}${more} ${waiters > 1 ? 'want' : 'wants'} ${shortName(lock)}${behind}: if ${waiters > 1 ? 'one of them' : 'it'} is to end that wait, none of them ever goes on.${same}`;
  },
  evidence: ({ holder, lock, at, for: what, waiter }: LockoutFacts): string[] => [
    `${quoted(holder)} ${lock.kind === 'class-init' ? 'is running the initialiser of' : 'holds'} ${shortName(lock)} and waits ${WAITS_FOR[what]} in ${at}.`,
    `${quoted(waiter)} cannot go on before that.`,
  ],
  missing: ({ timed }: LockoutFacts): string[] => [
    `A second dump some seconds later with both threads at the same place${timed ? ': the wait has a timeout' : ''}.`,
    'Who is to end the wait of the holder: no dump shows who completes a future, opens a latch or sends a signal.',
  ],
};

/** A thread that wants to write under a read-write lock that nobody holds exclusively, and that may hold it for reading itself. */
export const UPGRADE = {
  message: ({ thread, at, outer }: { thread: string; at: string; outer: string }): string =>
    `${brief(thread, '', (name) => `${name} may wait for itself: it asks for a write lock and may hold the read lock.`)} It asks in ${at}, called from ${outer} of the same class. A ReentrantReadWriteLock cannot be upgraded: whoever holds it for reading has to release it first.`,
  evidence: ({ at, outer }: { at: string; outer: string }): string[] => [
    'No thread holds the lock exclusively, so it is held for reading.',
    `No other thread of the dump is inside the class that takes it; this one is, in ${at} below ${outer}.`,
  ],
  missing: (): string[] => [
    'Whether the outer frame runs between readLock().lock() and unlock(); who holds a lock for reading is in no dump of any JVM.',
  ],
};

export type PoolFacts = { pool: string; at: string; threads: number };

/** All threads of an executor wait for results. */
export const POOL = {
  message: ({ pool, at, threads }: PoolFacts): string =>
    threads === 1
      ? `${brief(pool, at, (name, place) => `${name}, alone in its pool, waits for a result in ${place}.`)} If the result is to come from this pool, it never will: its only thread is the one that waits.`
      : `All ${threads} threads of the pool ${quoted(pool)} wait for a result at ${at}. If the result is to come from this pool, it never will.`,
  evidence: ({ threads }: PoolFacts): string[] => [
    threads === 1
      ? 'The only thread by this name runs a task of its executor and waits for a result inside it.'
      : `Each of the ${threads} threads runs a task of the pool and waits inside it.`,
  ],
  missing: (): string[] => ['Which executor is to complete what they wait for.'],
  waits: ({ thread }: { thread: string }) => `${quoted(thread)} waits for a result`,
};

/** Threads that wait for something to be given back. */
export const EXHAUSTED = {
  message: ({ threads, at, first }: { threads: number; at: string; first: string }): string =>
    `${brief('', at, (_, place) => `${threads} threads wait to take something from a pool in ${place}.`)} ${quoted(first)} is the first. If it is a pool of connections or the like, it is empty: whoever has taken from it does not give back, or it is too small.`,
  evidence: ({ threads, at }: { threads: number; at: string }): string[] => [`${threads} threads wait in ${at}, in the middle of other work.`],
  missing: (): string[] => [
    'Whether the queue is one of work to be done: then these threads are idle.',
    'A second dump some seconds later with the same threads at the same place.',
  ],
};

/** Above a thread that waits for something that is no lock; the holder of a wanted lock among them. */
export const WAIT_LENS = {
  title: ({ at, for: what }: { at: string; for: WaitsFor }): string => `Waits ${WAITS_FOR[what]} in ${at}`,
  tooltip: (): string => 'It waits in user or connector code, and nothing else of its subtask runs meanwhile. Open the report',
  holder: (): string => 'It waits itself, perhaps for one of these threads. Show it in the lock-wait graph',
};

const CYCLE_ON: Record<Deadlock['kind'], string> = {
  monitor: 'On monitors',
  ownable: 'On java.util.concurrent locks',
  mixed: 'On locks of several kinds',
  virtual: 'With virtual threads',
  'class-init': 'In class initialisers',
  'read-lock': 'Through a read lock',
};

/** How much of names is shown: as much as the first sentence has room for. */
const NAME_LIMITS = [80, 40, 30, 24];
const SHORTEST_NAME = 18;

/** A cycle of waits. */
export const CYCLE = {
  /** `names` are those of all members, `steps` the first waits; an owner is null where the dump does not show it. */
  message({
    kind,
    proved,
    names,
    steps,
    victims,
  }: {
    kind: Deadlock['kind'];
    proved: boolean;
    names: readonly string[];
    steps: readonly { thread: string; lock: Lock; owner: string | null }[];
    victims: number;
  }): string {
    const head = proved ? 'Deadlock' : 'Perhaps a deadlock';
    const sentence = (limit: number): string => {
      const shown = names.slice(0, 3).map((name) => quoted(name, limit));
      return names.length === 1
        ? `${head}: ${shown[0]} waits for itself.`
        : `${head}: ${list([...shown.slice(0, 2), ...names.slice(2)], 2)} wait for each other.`;
    };
    const limit = NAME_LIMITS.find((one) => sentence(one).length <= FIRST_SENTENCE) ?? SHORTEST_NAME;
    const first = sentence(limit);
    const told = steps.map(
      ({ thread, lock, owner }) => `${thread} waits for ${shortLock(lock)}, ${heldBy(lock)} ${owner ?? 'a thread that is not visible'}`,
    );
    const more = names.length > steps.length ? `; and so on, ${names.length} threads in all` : '';
    const behind = victims === 0 ? '' : ` ${plural(victims, 'more thread waits', 'more threads wait')} behind it.`;
    return `${first} ${CYCLE_ON[kind]}: ${told.join('; ')}${more}.${behind}`;
  },
};
