/** What the editor says in thread dumps: lenses, hints, outline, hovers. In hovers names and places come as Markdown. */
import type { ThreadActivity } from '../../core/analysis/threaddump/activity.ts';
import type { LockFacts } from '../../core/analysis/threaddump/deadlockModel.ts';
import type { WaitsFor } from '../../core/analysis/threaddump/waitPoint.ts';
import type { LockKind } from '../../core/analysis/threaddump/waits/model.ts';
import type { KnownFrame } from '../../core/knowledge/knownFrames.ts';
import { ACTIVITY, heldBy, shortName, WAITS_FOR } from '../../core/rules/threaddump/words.en.ts';
import { capital, plural, quotedThread } from '../../core/wording.ts';

const waiting = (threads: number): string => plural(threads, 'thread waits', 'threads wait');

export const LENSES = {
  ofDump: (number: number, of: number, verdict: string): string => `Dump ${number} of ${of}: ${verdict}`,
  openReport: 'Open the report',
  readable: 'Readable text',
  readableWhy: 'This dump as jstack prints one, with a line for each frame',
  stacks: 'Stacks',
  stacksWhy: 'Threads with the same stack together, with how many they are',
  compare: (dumps: number): string => `Compare ${dumps} dumps`,
  compareWhy: 'Threads that are stuck, new or gone',
  deadlock: (threads: number, proved: boolean, lock: LockFacts, owner: string | 'itself' | null): string =>
    `${proved ? 'Deadlock' : 'Deadlock suspected'} of ${plural(threads, 'thread')}: this thread waits for ${shortName(lock)}${
      owner === null ? '' : owner === 'itself' ? ', held by itself' : `, ${heldBy(lock)} ${quotedThread(owner, 50)}`
    }`,
  showGraph: 'Show it in the lock-wait graph',
  wait: (what: WaitsFor, at: string): string => `Waits ${WAITS_FOR[what]} in ${at}`,
  waitWhy: 'It waits in user or connector code, and nothing else of its subtask runs meanwhile. Open the report',
  holdsUp: (threads: number): string => `Holds up ${plural(threads, 'thread')}`,
  holderWaits: 'It waits itself, perhaps for one of these threads. Show it in the lock-wait graph',
  holderRuns: 'It waits for no lock itself: its progress would free them. Show it in the lock-wait graph',
};

export const HINTS = {
  owner: (lock: LockFacts, owner: string): string => `${heldBy(lock)} ${quotedThread(owner, 40)}`,
  ownerWhy: (lock: LockFacts, owner: string): string =>
    `${quotedThread(owner)} ${lock.kind === 'class-init' ? 'is initialising this class' : 'holds this lock'}`,
  waiting: (count: number): string => `${count} waiting`,
};

export const OUTLINE = {
  dump: (number: number, of: number): string => (of === 1 ? 'Thread dump' : `Dump ${number} of ${of}`),
  threads: (count: number): string => plural(count, 'thread'),
  deadlock: (threads: number): string => `Deadlock of ${plural(threads, 'thread')}`,
  noState: 'State not printed',
  noName: '(no name)',
  more: (count: number): string => `… and ${count} more`,
  standing: {
    'in-deadlock': 'in a deadlock',
    'behind-deadlock': 'behind a deadlock',
    waits: 'waits for a lock',
    none: '',
  },
};

export const LINKS = { open: (file: string): string => `Open ${file}` };

const LOCK: Record<LockKind, string> = {
  monitor: 'Monitor',
  ownable: 'java.util.concurrent lock',
  'class-init': 'Initialisation of class',
  'read-lock': 'Read-write lock, not held exclusively',
  other: 'Something to be signalled through',
};

export const LOCK_HOVER = {
  title: (kind: LockKind, id: string, className: string | null): string => `${LOCK[kind]} ${id}${className === null ? '' : ` of class ${className}`}`,
  deadlock: (threads: number | null): string =>
    `**Deadlock:** this lock is part of a cycle of ${threads === null ? 'threads' : plural(threads, 'thread')}.`,
  signal: 'Nobody holds it: threads wait here until another one signals.',
  noHolder: 'Nobody is seen to hold it.',
  hidden: (why: string): string => `The holder is not visible. ${why}`,
  holder: (name: string, does: string): string => `Held by ${name}, which ${does}.`,
  waiters: (count: number, names: string): string => `${waiting(count)} for it: ${names}.`,
  noWaiters: 'Nobody waits to lock it.',
  signalled: (count: number, names: string): string => `${waiting(count)} to be notified or signalled: ${names}.`,
  root: (name: string, steps: number): string => `Root blocker: ${name}, ${steps} steps away.`,
  gaveUp: 'This line says "locked", but the thread has given the monitor up in Object.wait(): it does not hold it.',
  eliminated: 'The JIT compiler removed this lock: nobody holds it.',
  more: (count: number): string => ` and ${count} more`,
};

export const THREAD_HOVER = {
  title: (name: string, daemon: boolean, virtual: boolean): string =>
    `${capital(`${daemon ? 'daemon ' : ''}${virtual ? 'virtual ' : ''}thread`)} ${name}`,
  does: (text: string): string => `It ${text}.`,
  owner: (name: string): string => `What it waits for is held by ${name}.`,
  heldUp: (count: number, names: readonly string[]): string =>
    `${waiting(count)} for it: ${names.join(', ')}${count > names.length ? ` and ${count - names.length} more` : ''}.`,
  lock: (name: string, lock: string): string => `${name} (${lock})`,
  deadlock: (certainty: string, names: readonly string[], more: number): string =>
    `**Deadlock** (${certainty}), in waiting order: ${[...names, ...(more > 0 ? [`${more} more`] : []), names[0]].join(' → ')}`,
  behind: (threads: number): string => `**Held up by a deadlock** of ${plural(threads, 'thread')}, without being part of it.`,
  state: (state: string, inferred: boolean, cpuMs: number | null): string =>
    `State ${state}${inferred ? ', concluded from its lock lines' : ''}${cpuMs === null ? '' : `, ${Math.round(cpuMs)} ms of CPU time`}.`,
  at: (place: string): string => `At ${place}.`,
  cut: 'Its stack is cut; outer frames are missing.',
  carries: (id: string): string => `It carries virtual thread ${id}.`,
};

export type GeneratedBy = 'initialiser' | 'lambda' | 'reflection' | 'proxy';

const GENERATED: Record<GeneratedBy, string> = {
  initialiser: 'A static initialiser: the class is being initialised by this thread, and other threads that need it wait.',
  lambda: 'The class that the JVM made for a lambda expression.',
  reflection: 'Reflection or a method handle.',
  proxy: 'A proxy class made at run time (CGLIB).',
};

export const FRAME_HOVER = {
  position: (index: number, of: number): string =>
    index === 0 ? 'The thread is here: innermost frame.' : `Frame ${index + 1} of ${of}, counted from the innermost.`,
  module: (name: string): string => `From module ${name}.`,
  jdk: 'Part of the JDK.',
  generated: (by: GeneratedBy): string => GENERATED[by],
  takes: (lock: string, waiters: number): string => `Takes ${lock} here${waiters > 0 ? `; ${waiters} waiting for it` : ''}.`,
  native: 'native code',
  noSource: 'source unknown',
  source: (file: string, line: number | null): string => `${file}${line === null ? '' : `, line ${line}`}`,
};

const SUSPICIOUS: Record<KnownFrame['suspicious'], string> = {
  no: 'Normal.',
  'if-long': 'Normal for a moment; a sign of trouble when it lasts.',
  yes: 'A sign of trouble.',
};

/** Around what knowledge/ says. */
export const KNOWLEDGE_HOVER = {
  role: (role: string, meaning: string, next: string | undefined): string => `**Role**: ${role}. ${meaning}${next === undefined ? '' : ` ${next}`}`,
  standing: (title: string, activity: ThreadActivity['activity'], meaning: string): string =>
    `**It is ${title}** (${ACTIVITY[activity]}). ${meaning}`,
  state: (state: string, meaning: string): string => `${state}: ${meaning}`,
  frame: ({ title, versions, meaning, suspicious, next }: KnownFrame): string =>
    `**${capital(title)}** (Flink ${versions}). ${meaning}\n\n${SUSPICIOUS[suspicious]} ${next === 'Nothing.' ? '' : `Next: ${next}`}`.trimEnd(),
  class: (name: string, meaning: string): string => `**${name}**: ${meaning}`,
};
