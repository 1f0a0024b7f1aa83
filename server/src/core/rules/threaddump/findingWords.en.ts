/** What is said about the findings in thread dumps; a second language is a second table of this type. */
import type { DeadlockKind } from '../../analysis/threaddump/deadlockModel.ts';
import type { SlowWork } from '../../analysis/threaddump/slowHolders.ts';
import { issueOf } from '../../knowledge/issues/index.ts';
import { bare, type Cut, fitting, list, placeCut, plural, quoted, quotedThread, type Saying, say, threadCut, threadCuts } from '../../wording.ts';
import { isOfLibrary, issueAdvice, issueDetails, issueMessage, issuePrecondition } from '../issueWords.en.ts';
import type { BottleneckFacts, CycleFacts, DumpFacts, IssueFacts } from './facts.ts';
import { cancelled, holderWaits, names, poolExhausted, poolWaits, queueFull, SECOND_DUMP, taskWaits } from './waitWords.en.ts';
import { CYCLE_ON, DOUBTS, doingText, EVIDENCE, HIDDEN, heldUpText, lockLabel, shortName } from './words.en.ts';

export type DumpRuleWords = { readonly [Code in keyof DumpFacts]: Saying<DumpFacts[Code]> };

const waiting = (threads: number): string => plural(threads, 'thread waits', 'threads wait');

/** The threads of a cycle that a message names, and the sentence's part about them all. */
const shortened = (threads: readonly string[]): Cut[] => threadCuts(threads.slice(0, 2));
const members = (shown: readonly string[], all: readonly string[]): string =>
  list([...shown.map((name) => `"${name}"`), ...all.slice(shown.length)], Math.max(1, shown.length));

const CYCLE_TITLE: Partial<Record<DeadlockKind, string>> = {
  'class-init': 'Class initialiser deadlock',
  'read-lock': 'Read lock deadlock',
};

const IN_ORDER = 'Take the locks in one order everywhere, or call no foreign code (callbacks, listeners) while a lock is held.';

const CYCLE_ADVICE: Record<DeadlockKind, string> = {
  monitor: IN_ORDER,
  ownable: IN_ORDER,
  mixed: IN_ORDER,
  virtual: IN_ORDER,
  'class-init': 'Break the circle between the static initialisers, or initialise both classes from one thread at start-up.',
  'read-lock': 'Release the read lock before anything is awaited that needs the write lock.',
};

/** What the message and the places beside it tell already is no evidence of its own. */
function cycleEvidence({ evidence, certainty }: CycleFacts): string[] {
  const own = evidence.filter(({ code }) => code !== 'waits' && code !== 'more-waits');
  return (own.length > 0 || certainty === 'proved' ? own : evidence).map((one) => say(EVIDENCE, one));
}

const cycle: Saying<CycleFacts> = {
  message: ({ kind, threads }, room) =>
    fitting(
      shortened(threads),
      (...shown) =>
        threads.length === 1
          ? `Deadlock: ${members(shown, threads)} waits for itself`
          : `${CYCLE_TITLE[kind] ?? `Deadlock of ${threads.length} threads`}: ${members(shown, threads)} wait for each other`,
      room,
    ),
  details: ({ kind, threads, sides, victims, issue, certainty }) => [
    ...(threads.length > 2 ? [`In waiting order: ${names(threads, 6)}.`] : []),
    CYCLE_ON[kind],
    ...sides.map(
      ({ thread, took, tookAt, wants, wantsAt }) =>
        `${quotedThread(thread)} took ${shortName(took)} in ${tookAt} and wants ${shortName(wants)} in ${wantsAt}.`,
    ),
    ...(victims === 0 ? [] : [`${plural(victims, 'more thread waits', 'more threads wait')} behind it.`]),
    ...(issue === null ? [] : [`It is the known bug ${issue}.`]),
    ...(certainty === 'proved' ? ['None of them ever goes on: only a restart of the process ends it.'] : []),
  ],
  advice: ({ kind, issue }) => (issue === null ? [CYCLE_ADVICE[kind]] : []),
  evidence: cycleEvidence,
  missing: ({ doubts }) => doubts.map((one) => say(DOUBTS, one)),
};

const knownIssue: Saying<IssueFacts> = {
  message: ({ issue, upgrade }, room) => issueMessage(issueOf(issue), upgrade, room),
  details: ({ issue, version, verdict }) => issueDetails(issueOf(issue), version, verdict === 'affected'),
  advice: ({ issue, upgrade }) => issueAdvice(issueOf(issue), upgrade),
  evidence: ({ issue, threads, deadlock, cut }) => [
    deadlock === null
      ? `${threads.length === 1 ? 'One thread has' : `${threads.length} threads have`} the frames of the bug.`
      : `${deadlock} threads form a deadlock, and their stacks have the frames of the bug${cut ? ', as far as the dump shows them' : ''}.`,
    issuePrecondition(issueOf(issue)),
  ],
  missing({ issue, verdict, deadlock, cut }) {
    const { uncertain } = issueOf(issue);
    return [
      ...(cut
        ? ['The outer frames, which this dump cuts off: jstack -l, or cluster.thread-dump.stacktrace-max-depth: 200 (Flink 1.15 and later).']
        : []),
      ...(verdict === 'unknown' && !isOfLibrary(issueOf(issue))
        ? ['The Flink version: setting logjam.flinkVersion, or a dump with line numbers.']
        : []),
      ...(verdict === 'possible' ? ['The exact Flink version: not every version that fits the dump has the bug.'] : []),
      ...(deadlock === null ? [SECOND_DUMP] : []),
      ...(uncertain === undefined ? [] : [uncertain]),
    ];
  },
};

const SLOW_WORK: Record<SlowWork, string> = {
  file: 'reads or writes a file',
  accept: 'waits for somebody to connect',
  connect: 'opens a connection',
  read: 'waits for an answer from the network',
  write: 'sends to the network',
  network: 'waits for the network',
  process: 'waits for a process',
  sleep: 'sleeps',
};

/** Shorter, for a message with a name and a place. */
const AT_WORK: Partial<Record<SlowWork, string>> = { read: SLOW_WORK.network };

/** For a holder on whom a task waits. */
const SLOW_ADVICE: Record<'network' | 'file' | 'process' | 'sleep', string> = {
  network: 'Look at the other side of the connection. Give the call timeouts to connect and to read, and make it outside of the lock.',
  file: 'Read and write outside of the lock; look at how fast the disk is.',
  process: 'Wait for the process outside of the lock, and with a timeout.',
  sleep: 'Sleep outside of the lock, or let each task have its own.',
};

const slowWork: Saying<DumpFacts['slow-work-under-lock']> = {
  message: ({ lock, does, waiters }, room) =>
    fitting([lockLabel(lock)], (object) => `${waiting(waiters)} for ${object} while its holder ${SLOW_WORK[does]}`, room),
  details: ({ holder, at, taken }) => [
    `${quotedThread(holder)} holds it${taken === '' || taken === at ? '' : `, taken in ${taken},`}${at === '' ? '' : ` and is at ${at}`}.`,
  ],
  advice: ({ does }) => [
    does === 'sleep' ? 'Sleep after the lock is given back, or wait with a condition of the lock.' : 'Do it outside of the lock, or with a timeout.',
  ],
  evidence: ({ sure }) => (sure ? [] : ['The first line of the holder is missing; what stands below it is taken for a thread of its own.']),
  missing: () => [SECOND_DUMP],
};

const pressed = ({ task, backPressured, subtasks: all }: BottleneckFacts['pressed'][number]): string =>
  `${quoted(task)} (${backPressured} of ${all} subtasks)`;

export const DUMP_RULE_WORDS: DumpRuleWords = {
  deadlock: cycle,
  'class-init-deadlock': cycle,
  'read-lock-deadlock': cycle,
  'read-lock-upgrade': {
    message: ({ thread, outer }, room) =>
      fitting(
        [threadCut(thread)],
        (name) =>
          outer === null
            ? `"${name}" waits for the write lock, and may hold the read lock itself`
            : `"${name}" waits for its own read lock: it asks for the write lock`,
        room,
      ),
    details: ({ at, outer, stamped, behind }) => [
      outer === null ? `It asks in ${at}.` : `It asks in ${at}, called from ${outer} of the same class.`,
      `A ${stamped ? 'StampedLock' : 'ReentrantReadWriteLock'} is not upgraded by asking: whoever holds it for reading has to release it first.`,
      ...(behind === 0 ? [] : [`${plural(behind, 'other thread waits', 'other threads wait')} behind it for the same lock.`]),
    ],
    advice: ({ stamped }) => [
      stamped
        ? 'Convert the stamp with tryConvertToWriteLock, or release it before the write lock is taken, and check again.'
        : 'Release the read lock before the write lock is taken, and check the condition again afterwards.',
    ],
    evidence: ({ listed, outer }) => [
      listed ? 'No thread holds the lock exclusively, so it is held for reading.' : 'No thread is seen to hold the lock exclusively.',
      outer === null
        ? 'No other thread is inside the class that takes it or at work in its package: the method that asks may have taken it before.'
        : 'No other thread of the dump is inside the class that takes it; this one is, further out on its stack.',
    ],
    missing: ({ listed, outer, stamped }) => [
      `Whether ${outer === null ? 'the method holds the read lock as it asks' : 'the outer frame holds the read lock'}; who holds a lock for reading is in no dump of any JVM.`,
      ...(outer === null ? ['Whether another thread took the read lock and never released it.'] : []),
      ...(listed
        ? []
        : [stamped ? 'Who holds the lock exclusively: of a StampedLock no dump shows it.' : 'Who holds the lock exclusively: jstack -l lists it.']),
    ],
  },
  'lock-holder-waits': holderWaits,
  'known-issue': knownIssue,
  'not-this-known-issue': {
    message: ({ issue, version }, room) => fitting([version ?? ''], (range) => `Not ${issue}: Flink ${range} has its fix already`, room),
    details: ({ issue }) => [`The deadlock looks like it (${issueOf(issue).title}), but the bug was fixed in ${issueOf(issue).fixed.join(', ')}.`],
    advice: () => ['Do not upgrade for that bug: look at the stacks for what is different, and report it.'],
  },
  'loop-waits-for-itself': {
    message: () => 'A loop waits for itself: its feedback queue is full and its head waits for buffers',
    details: ({ tail, head }) => [
      `${quotedThread(tail)} cannot hand a record back to the head, and ${quotedThread(head)}, a head, waits for an output buffer.`,
      'If the loop body emits more than it receives, its buffers fill and the loop stops.',
    ],
    advice: () => ['Filter before feeding back, give the loop more network buffers, or feed back through a system such as Kafka.'],
    evidence: ({ tails, heads }) => [
      `${tails} of the loop's tails ${tails === 1 ? 'waits' : 'wait'} at a full feedback queue.`,
      `${heads} of its heads ${heads === 1 ? 'waits' : 'wait'} for an output buffer.`,
    ],
    missing: () => [SECOND_DUMP, 'numRecordsOut of the head: it stands still in a deadlock, and grows under mere back-pressure.'],
  },
  'lock-owner-not-visible': {
    message: ({ lock, waiters }, room) =>
      fitting([lockLabel(lock)], (object) => `${waiting(waiters)} for ${object}; the dump does not show its holder`, room),
    details: ({ lock, first }) => [`They wait for ${shortName(lock)}, ${quotedThread(first)} among them.`],
    missing: ({ reason }) => [HIDDEN[reason]],
  },
  'long-wait-behind-lock': {
    message: ({ lock, holder, waiters }, room) =>
      fitting([threadCut(holder), lockLabel(lock)], (name, object) => `${waiting(waiters)} for "${name}", which holds ${object}`, room),
    details: ({ lock, at, does, waiters, direct }) => [
      `It holds ${shortName(lock)}${at === '' ? '' : `, is at ${at}`}${does === null ? '' : `${at === '' ? '' : ' and'} ${doingText(does)}`}.`,
      ...(waiters > direct ? [`${direct} of the threads wait for it directly, the others behind them.`] : []),
    ],
    advice: () => ['Look at what the holder does there: input or output, a remote call or a long computation under a lock is the usual cause.'],
  },
  'slow-work-under-lock': slowWork,
  'blocks-other-threads': {
    message: ({ thread, lock, waiters }, room) =>
      fitting(
        [threadCut(thread), lockLabel(lock)],
        (name, object) => `"${name}" holds ${object}, for which ${plural(waiters, 'other thread')} ${waiters === 1 ? 'waits' : 'wait'}`,
        room,
      ),
    details: ({ at }) => (at === '' ? [] : [`It is at ${at}.`]),
    advice: () => ['Look at what it does under the lock: input or output, a remote call or a long computation belongs outside.'],
    evidence: () => ['The text says how many wait; they are not in it.'],
    missing: () => ['A dump of all threads: who waits, and whether the holder waits for one of them.'],
  },
  'task-waits-in-user-code': taskWaits,
  'task-waits-for-lock': {
    message: ({ thread, threads, lock, holder, at, checkpoint, slow }, room) => {
      const wait = threads > 1 ? `and ${threads - 1} more wait` : 'waits';
      if (slow === null) {
        return fitting(
          [...threadCuts([thread, holder]), lockLabel(lock)],
          (name, owner, object) => `"${name}" ${wait} for ${checkpoint ? 'the checkpoint lock' : object}, held by "${owner}"`,
          room,
        );
      }
      return fitting(
        [threadCut(thread), placeCut(bare(at))],
        (name, place) =>
          checkpoint
            ? `"${name}" ${AT_WORK[slow] ?? SLOW_WORK[slow]} under its checkpoint lock in ${place}`
            : `"${name}" ${wait} for a lock whose holder ${AT_WORK[slow] ?? SLOW_WORK[slow]} in ${place}`,
        room,
      );
    },
    details: ({ thread, threads, lock, holder, at, does, slow }) => [
      ...(slow === null ? [] : [`${quotedThread(thread)} waits for it, ${quotedThread(holder)} holds it.`]),
      `The holder of ${shortName(lock)}${at === '' ? '' : ` is at ${at}${does === null ? '' : '; it'}`}${does === null ? '' : ` ${doingText(does)}`}.`,
      `No record, timer or checkpoint of ${threads > 1 ? 'these subtasks' : 'the subtask'} is handled meanwhile.`,
    ],
    advice: ({ checkpoint, slow }) => [
      slow !== null && !checkpoint
        ? SLOW_ADVICE[slow === 'sleep' || slow === 'file' || slow === 'process' ? slow : 'network']
        : checkpoint
          ? 'Fetch outside of the checkpoint lock and with a timeout; take the lock to emit and to change state alone, or move to the newer Source interface.'
          : 'If it lasts, look at what the holder does there: user code shared between tasks, such as a static lock, is the usual cause.',
    ],
    evidence: () => ['The lock and its holder are in the dump; that it lasts is not.'],
    missing: () => ['A second dump some seconds later with the same holder at the same place.'],
  },
  'task-computes-all-along': {
    message: ({ thread, task, threads, at, inside, loop }, room) =>
      loop === 'regex'
        ? fitting(
            [threads > 1 ? task : threadCut(thread), placeCut(bare(at))],
            (name, place) => `"${name}" does not end a regular expression in ${place}`,
            room,
          )
        : fitting(
            [threads > 1 ? task : threadCut(thread), placeCut(bare(at)), bare(inside ?? '')],
            (name, place, map) =>
              loop === 'map' ? `"${name}" loops in ${map}, called by ${place}` : `"${name}" computes all along in ${place}, the others hardly`,
            room,
          ),
    details: ({ threads, calm, spent, loop }) => [
      ...(spent === null
        ? []
        : [
            `${threads === 1 ? 'It has' : `${threads} subtasks have each`} spent about ${spent.percent} % of ${plural(spent.seconds, 'second')} on a core.`,
          ]),
      ...(calm === 0 ? [] : [`${calm === 1 ? 'The other subtask here has' : `The ${calm} other subtasks here have`} next to nothing to do.`]),
      ...(loop === 'map'
        ? ['A map that several threads change without a lock may come to hold a circle: whoever looks into it never comes back.']
        : []),
      ...(loop === 'regex' ? ['Where repetitions stand within repetitions, matching may take twice as long with every character.'] : []),
    ],
    advice: ({ loop }) => [
      loop === 'map'
        ? 'Use a ConcurrentHashMap, or one map for each subtask; only a restart of the TaskManager ends the loop.'
        : loop === 'regex'
          ? 'Rewrite the expression without repetitions inside of repetitions, or bound the text; after a restart the record comes again.'
          : 'Compare how many records the subtasks get: nearly all come to this one (skew), or it does not end with one of them.',
    ],
    evidence: ({ inside, at, loop, depth }) => [
      loop === 'map'
        ? `It is in ${inside}, called by ${at}.`
        : loop === 'regex'
          ? `Its stack stands ${depth} calls deep in java.util.regex, called by ${at}.`
          : `It is at ${at}.`,
    ],
    missing: () => ['A second dump some seconds later: whether it is at the same place, and cpu= has grown as fast as the clock.'],
  },
  'task-is-being-cancelled': cancelled,
  'network-buffers-starved': {
    message: ({ threads }) => `${waiting(threads)} for network buffers of the TaskManager: all are taken`,
    details: ({ first }) => [
      `${quotedThread(first)} is the first.`,
      'After 30 s (taskmanager.network.memory.exclusive-buffers-request-timeout-ms) a task fails with "Insufficient number of network buffers".',
    ],
    advice: () => ['If they stay there, raise taskmanager.memory.network.fraction and max, or lower the parallelism.'],
    evidence: ({ threads }) => [`${plural(threads, 'thread stands', 'threads stand')} in NetworkBufferPool.`],
    missing: () => ['A second dump some seconds later: at the start of a job this can be a matter of milliseconds.'],
  },
  'pool-may-wait-for-itself': poolWaits,
  'resource-pool-exhausted': poolExhausted,
  'async-queue-full': queueFull,
  'suspected-bottleneck': {
    message: ({ task, does, pressed: before }, room) => {
      const after = `; ${plural(before.length, 'task is', 'tasks are')} back-pressured`;
      if (does === null) return fitting([task], (name) => `Bottleneck: "${name}"${after} meanwhile`, room);
      const brief = (name: string, place: string): string => `Bottleneck: "${name}"${heldUpText(does, place)}`;
      return fitting([task, placeCut(bare(does.at ?? ''))], [(name, place) => `${brief(name, place)}${after}`, brief], room);
    },
    details: ({ working, waiting, subtasks: all, does, others }) => [
      does !== null
        ? `${working} of its ${plural(all, 'subtask')} here: ${heldUpText(does, does.at ?? '').slice(2)}.`
        : `${working} of its ${plural(all, 'subtask')} here ${waiting === working ? `${working === 1 ? 'waits' : 'wait'} in user or connector code` : `${working === 1 ? 'is' : 'are'} at work`}.`,
      ...(does?.does === 'sleep' ? ['While it sleeps, no record, timer or checkpoint of the subtask is handled.'] : []),
      ...(others.length === 0 ? [] : [`Also at work: ${list(others.map((task) => quoted(task)))}.`]),
    ],
    advice: ({ does }) => [
      does?.does === 'sleep'
        ? 'Take the sleep out of the task, or shorten it: what has to go slowly is best slowed down at the source, by its rate limit.'
        : does !== null
          ? 'Look at the latency of what it waits for; use asynchronous I/O or batches. More subtasks help only where the other side can take more.'
          : 'Speed up what it does there; more subtasks help where they compute, not where they wait for something outside.',
    ],
    evidence: ({ pressed: before }) => [`Back-pressured, as they wait for output buffers: ${list(before.map(pressed), 5)}.`],
    missing: () => ['The job graph: which vertex is downstream of which.', 'Busy and back-pressured time of the vertices over some minutes.'],
  },
  'deadlock-section-differs-tails': {
    message: ({ threads, tails }) =>
      `The JVM lists ${plural(threads.length + tails.length, 'thread')} here, but only ${threads.length} of them are the deadlock`,
    details: ({ threads, tails }) => [`It is ${names(threads)}; ${names(tails)} only ${tails.length === 1 ? 'waits' : 'wait'} behind it.`],
  },
  'deadlock-section-differs-not-in-stacks': {
    message: () => 'The JVM reports a deadlock that the stacks of this dump do not show',
    details: ({ threads }) => [`It is that of ${names(threads)}.`, 'Section and stacks were taken one after the other.'],
    advice: () => ['Take a second dump: it shows which of the two is true.'],
  },
  'deadlock-section-differs-not-in-section': {
    message: ({ threads }, room) =>
      fitting(shortened(threads), (...shown) => `The JVM's own deadlock section misses that of ${members(shown, threads)}`, room),
    details: ({ threads }) => [`The stacks close the cycle of ${names(threads)}.`],
  },
};
