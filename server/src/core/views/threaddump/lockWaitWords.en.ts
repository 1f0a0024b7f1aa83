/** What the graph of threads and locks says. */
import type { LegendEntry } from '../../../../../common/graph.ts';
import type { LockFacts } from '../../analysis/threaddump/deadlockModel.ts';
import type { Doing } from '../../analysis/threaddump/doing.ts';
import type { HiddenReason } from '../../analysis/threaddump/hidden.ts';
import { doingText, HIDDEN, shortName } from '../../rules/threaddump/words.en.ts';
import { capital, type NoFacts, plural, quotedThread, type Words } from '../../wording.ts';

export interface GraphFacts {
  'graph-title': { dump: number; of: number; time: string | null };
  /** Where there is nothing to draw. */
  'no-dump': NoFacts;
  'no-threads': NoFacts;
  'format-without-locks': { threads: number };
  'nobody-waits': { threads: number; signals: number; synchronizers: boolean };
  /** Beside the drawing. */
  'other-dumps': { dump: number; of: number };
  'idle-left-out': NoFacts;
  'breaks-off': NoFacts;
  'stacks-cut': NoFacts;
  'owners-not-listed': NoFacts;
  'sampled-dump': NoFacts;
  'locks-left-out': { shown: number; left: number };
  'waiters-grouped': { count: number };
}

export const GRAPH: Words<GraphFacts> = {
  'graph-title': ({ dump, of, time }) =>
    of < 2 ? 'Lock-wait graph' : `Lock-wait graph of dump ${dump} of ${of}${time === null ? '' : ` (${time})`}`,
  'no-dump': () => 'No thread dump in this file could be read.',
  'no-threads': () => 'No thread of this dump could be read.',
  'format-without-locks': ({ threads }) =>
    `The dump has ${plural(threads, 'thread')}, but this format does not say who waits for which lock. Take jstack -l, or jcmd Thread.print -l, to see it.`,
  'nobody-waits': ({ threads, signals, synchronizers }) =>
    [
      `None of the ${plural(threads, 'thread')} of this dump waits for a lock.`,
      ...(signals === 0
        ? []
        : [`${plural(signals, 'thread waits', 'threads wait')} for a signal (a notify, a condition, a future), which nobody holds.`]),
      ...(synchronizers ? [] : ['Holders of java.util.concurrent locks are not part of this dump; jstack -l lists them.']),
    ].join(' '),
  'other-dumps': ({ dump, of }) =>
    `The file has ${of} dumps; this is number ${dump}. Put the cursor into another one and open the graph from there to see it.`,
  'idle-left-out': () => 'Threads that neither wait for a lock nor hold one that is waited for are left out.',
  'breaks-off': () => 'The dump breaks off; locks may have holders and waiters that are missing here.',
  'stacks-cut': () => 'Stacks are cut, so a lock may have a holder that is not shown.',
  'owners-not-listed': () => 'The dump does not list who holds java.util.concurrent locks; only owners that it names otherwise are shown.',
  'sampled-dump': () => 'The threads were sampled one after the other, not at one moment.',
  'locks-left-out': ({ shown, left }) => `The ${shown} locks that hold up most threads are shown; ${left} more are left out.`,
  'waiters-grouped': ({ count }) => `${count} waiting threads are drawn together, as they hold nothing that others wait for.`,
};

export const LEGEND: readonly LegendEntry[] = [
  { for: 'thread', text: 'Thread' },
  { for: 'virtual-thread', text: 'Virtual thread' },
  { for: 'monitor', text: 'Monitor (synchronized)' },
  { for: 'synchronizer', text: 'java.util.concurrent lock' },
  { for: 'class-init', text: 'Class being initialised' },
  { for: 'aggregate', text: 'Several threads that wait alike' },
  { for: 'waits-for', text: 'waits for' },
  { for: 'held-by', text: 'is held by' },
  { for: 'cycle', text: 'Part of a deadlock' },
  { for: 'victim', text: 'Waits behind a deadlock' },
  { for: 'suspect', text: 'Root blocker: holds up others and waits for no lock' },
];

export type Standing = 'in-deadlock' | 'behind-deadlock' | 'holds-up' | 'none';

/** The description of a node or an edge, for screen readers and tooltips. */
export interface DescriptionFacts {
  lock: { lock: LockFacts; owner: string | null; hidden: HiddenReason; waiters: number; total: number };
  thread: { thread: string; does: Doing | null; standing: Standing; behind: number };
  group: { lock: LockFacts; count: number };
  waits: { thread: string; lock: LockFacts };
  'group-waits': { lock: LockFacts; count: number };
  held: { lock: LockFacts; owner: string; suspected: boolean };
}

const STANDING: Record<Standing, (behind: number) => string> = {
  'in-deadlock': () => ' It is part of a deadlock.',
  'behind-deadlock': () => ' It waits behind a deadlock.',
  'holds-up': (behind) => ` It holds up ${plural(behind, 'thread')}.`,
  none: () => '',
};

export const DESCRIPTIONS: Words<DescriptionFacts> = {
  lock: ({ lock, owner, hidden, waiters, total }) =>
    `${capital(shortName(lock))}. ${owner === null ? `Its holder is not visible. ${HIDDEN[hidden]}` : `Held by ${quotedThread(owner)}.`} ${plural(waiters, 'thread waits', 'threads wait')} for it, ${total} in all behind it.`,
  thread: ({ thread, does, standing, behind }) =>
    `Thread ${quotedThread(thread)} ${does === null ? '' : doingText(does)}.${STANDING[standing](behind)}`,
  group: ({ lock, count }) =>
    `${plural(count, 'more thread waits', 'more threads wait')} for ${shortName(lock)} and hold nothing that others wait for.`,
  waits: ({ thread, lock }) => `${quotedThread(thread)} waits for ${shortName(lock)}.`,
  'group-waits': ({ lock, count }) => `${plural(count, 'thread waits', 'threads wait')} for ${shortName(lock)}.`,
  held: ({ lock, owner, suspected }) => `${capital(shortName(lock))} is ${suspected ? 'probably ' : ''}held by ${quotedThread(owner)}.`,
};

/** Short texts on nodes and edges. */
export const LABELS = {
  waiting: (count: number): string => `${count} waiting`,
  holderNotVisible: 'holder not visible',
  classInit: 'class initialisation',
  deadlock: 'deadlock',
  holdsUp: (count: number): string => `holds up ${count}`,
  moreThreads: (count: number): string => `+${count} threads`,
  waitFor: (lock: string): string => `wait for ${lock}`,
  waits: (timed: boolean): string => (timed ? 'waits for, with a timeout' : 'waits for'),
  groupWaits: 'wait for',
  held: (suspected: boolean): string => (suspected ? 'held by?' : 'held by'),
  notPrinted: 'not printed',
  notVisible: 'not visible',
  details: {
    class: 'Class',
    id: 'Id',
    holder: 'Holder',
    waiters: 'Waiting for it',
    total: 'Held up behind it',
    role: 'Role',
    state: 'State',
    does: 'Does',
    at: 'At',
  },
};
