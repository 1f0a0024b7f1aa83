/** What the views of thread dumps say beside what they show. */

import type { Suspicion, Verdict } from '../../analysis/threaddump/dumpDiff.ts';
import type { GapFacts } from '../../analysis/threaddump/gaps.ts';
import type { HeldUp } from '../../analysis/threaddump/heldUp.ts';
import { type ThreadRole, taskOfRole } from '../../analysis/threaddump/roles.ts';
import type { FlinkVersion } from '../../model.ts';
import { heldUpText } from '../../rules/threaddump/words.en.ts';
import type { LockActionKind } from '../../threaddump/model.ts';
import { bare, fitting, grouped, type NoFacts, placeCut, plural, threadCut, type Words } from '../../wording.ts';

const inAll = (dumps: number): string => (dumps === 2 ? 'both dumps' : `all ${dumps} dumps`);

export interface CallTreeFacts {
  'idle-left-out': { count: number };
  'stacks-cut': { count: number };
  'no-stacks': NoFacts;
}

export const CALL_TREE: Words<CallTreeFacts> = {
  'idle-left-out': ({ count }) => `${plural(count, 'idle pool thread is', 'idle pool threads are')} left out.`,
  'stacks-cut': ({ count }) =>
    `The stacks of ${plural(count, 'thread')} are cut in the dump; their outer frames are missing, so they start further in.`,
  'no-stacks': () => 'The dump has no stacks of threads that do something.',
};

export const CALL_TREE_FACETS: readonly [string, string] = ['Role', 'State'];
/** What it counts. */
export const CALL_TREE_UNIT: string = 'threads';
export const OTHER_ROLE: string = 'other';

export const callTreeTitle = (dump: number, of: number): string => (of === 1 ? 'Call tree' : `Call tree of dump ${dump}`);

/** What is missing in a dump, with the way to get it where there is one. */
export const GAPS: Words<GapFacts> = {
  'owners-not-printed': ({ waiters }) =>
    `${plural(waiters, 'thread waits', 'threads wait')} for java.util.concurrent locks whose owners are not printed: take the dump with \`jstack -l\` or \`jcmd <pid> Thread.print -l\`.`,
  'breaks-off': () => 'The text ends in the middle of the dump.',
  'stacks-cut': ({ threads }) => `The stacks of ${plural(threads, 'thread')} are cut; jstack prints them whole.`,
  'stacks-cut-by-flink': ({ threads }) =>
    `The stacks of ${plural(threads, 'thread')} are cut; set cluster.thread-dump.stacktrace-max-depth (Flink 1.15 and later) or use jstack.`,
  'stacks-not-listed': ({ threads }) => `The stacks of ${plural(threads, 'thread')} of the deadlock are not in this text.`,
  'headers-lost': ({ threads }) => `The first lines of ${plural(threads, 'thread')} are missing, so their names are not known.`,
  'wanted-not-told': ({ threads }) =>
    `${plural(threads, 'thread is', 'threads are')} BLOCKED, but this text does not tell for which lock: a deadlock between them would not be seen. Lines that begin with "- waiting to lock" or "- locked" may have been lost on the way: look at the original dump.`,
  'holder-not-shown': ({ threads }) =>
    `${plural(threads, 'thread is', 'threads are')} BLOCKED at a monitor that no thread of this text holds: its holder may stand in what was cut off, or be native code.`,
  'taken-without-locks': ({ threads }) =>
    `None of the ${threads} threads shows a lock that it holds: the dump was taken without them (mode=lite), and a deadlock may not show.`,
};

/** The first line of the report where no rule has found anything. */
export interface VerdictFacts {
  /** The same stack in all dumps, without CPU time. */
  stuck: { thread: string; dumps: number };
  'only-at-work': { task: string; held: HeldUp | null };
  'held-up': HeldUp;
  'no-threads': NoFacts;
  'not-all-shown': { threads: number };
  nothing: { threads: number };
}

export const VERDICTS: Words<VerdictFacts> = {
  stuck: ({ thread, dumps }) =>
    fitting([threadCut(thread)], (name) => `Suspected: "${name}" is stuck: it stands at the same place in ${inAll(dumps)}`, 100),
  'held-up': (held) =>
    fitting(
      [held.task, placeCut(bare(held.at ?? ''))],
      (name, place) => `Perhaps held up: ${held.pool === null ? `"${name}"` : `all ${held.pool} threads of ${name}`}${heldUpText(held, place)}`,
      100,
    ),
  'only-at-work': ({ task, held }) =>
    fitting(
      [task, placeCut(bare(held?.at ?? ''))],
      (name, place) => `Perhaps the bottleneck: "${name}"${held === null ? ' alone is at work in all of its subtasks' : heldUpText(held, place)}`,
      100,
    ),
  'no-threads': () => 'No thread of this dump could be read',
  'not-all-shown': ({ threads }) => `No deadlock is visible in ${plural(threads, 'thread')}, but this dump does not show everything`,
  nothing: ({ threads }) => `No deadlock and no thread stuck in user code is visible in ${plural(threads, 'thread')}`,
};

const TOLD_BY: Record<FlinkVersion['evidence'], string> = {
  'frame-lines': 'line numbers of frames',
  'jar-tag': 'jar tags',
  banner: 'the start banner',
  plan: 'the plan',
  rest: 'the REST API',
  setting: 'the setting logjam.flinkVersion',
};

/** The report page of a dump. */
export const REPORT = {
  headings: {
    about: 'The dump',
    comparison: 'Comparison',
    deadlocks: 'Deadlocks',
    locks: 'Contended locks',
    states: 'States',
    tasks: 'Tasks',
    roles: 'Roles',
    stacks: 'Same stacks',
    open: 'What this dump leaves open',
  },
  columns: {
    locks: ['lock', 'waiters', 'held up in all', 'root blocker'],
    states: ['state', 'threads'],
    tasks: [
      'vertex',
      'subtasks here',
      'idle',
      'back-pressured',
      'idle or softly back-pressured',
      'busy',
      'waits in user code or outside Flink',
      'blocked',
    ],
    roles: ['role', 'threads', 'idle'],
  },
  study: {
    link: 'Link',
    category: 'Category',
    trigger: 'Trigger',
    cause: 'Root cause',
    consequence: 'Consequence',
    fix: 'Fix',
    workaround: 'Workaround',
    certainty: 'Certainty',
    evidence: 'Evidence',
  },
  finding: (line: string, times: number): string => (times === 1 ? line : `${line} (${times} times)`),
  more: (count: number): string => `… and ${count} more`,
  dump: (number: number, of: number, time: string | null): string => `Dump ${number} of ${of}${time === null ? '' : ` (${time})`}`,
  format: (dialect: string, dumps: number): string => `Format: ${dialect}${dumps > 1 ? `, ${dumps} dumps` : ''}`,
  jvm: (text: string): string => `JVM: ${text}`,
  time: (text: string): string => `Time: ${text}`,
  flink: (version: FlinkVersion | null): string =>
    `Flink: ${version === null ? 'version unknown' : `${version.range} (from ${TOLD_BY[version.evidence]})`}`,
  threads: (counts: readonly number[]): string => `Threads: ${counts.join(', ')}`,
  unread: (parts: number): string => `${plural(parts, 'part')} of the text could not be read in full`,
  consequence: (threads: number, inDeadlock: number | null, victims: number): string =>
    inDeadlock === null
      ? `${plural(threads, 'thread shows', 'threads show')} it.`
      : `${plural(inDeadlock, 'thread')} wait for each other for ever${victims === 0 ? '' : `, and ${victims} more wait behind them`}.`,
  fix: (fixed: readonly string[], affected: string): string =>
    `${fixed.length === 0 ? 'no release has it yet' : `upgrade to ${fixed.join(', ')} or later`}. Affected: ${affected || 'development versions only'}.`,
  notVisible: 'not visible',
  notPrinted: 'not printed',
  subtasks: (here: number, parallelism: number | null): string => `${here} of ${parallelism ?? '?'}`,
  moreVertices: (count: number): string => `… and ${count} more vertices.`,
  undecidable: 'Idle or softly back-pressured: the task thread waits in its mailbox, and one dump cannot tell which of the two it is.',
  bottleneck: (tasks: readonly string[]): string =>
    tasks.length === 0
      ? 'Tasks are back-pressured, but none that could be the cause is in this dump: it may be in another TaskManager.'
      : `Suspected bottleneck: ${tasks.map((task) => `"${task}"`).join(', then ')}.`,
  onlyAtWork: (task: string): string =>
    `If the others are back-pressured rather than idle, "${task}" is the bottleneck: none of its subtasks waits in the mailbox.`,
  noRole: 'no role known',
  moreFrames: (count: number): string => `… ${count} more`,
  group: (states: readonly (readonly [string | null, number])[], names: readonly string[], threads: number): string =>
    `**${plural(threads, 'thread')}** (${states.map(([state, count]) => `${count} ${state ?? 'in a state not printed'}`).join(', ')}): ${names.join(', ')}${threads > names.length ? ', …' : ''}`,
  moreStacks: (count: number): string => `… and ${count} more different stacks.`,
  notExcluded: (key: string, title: string, version: string, toConfirm: string): string =>
    `${key} (${title}) cannot be excluded: Flink ${version} has it, and a dump does not show it. To confirm: ${toConfirm}.`,
};

/** "task thread of Join (34/256), attempt 1", or the role's title alone. */
export const roleText = (known: ThreadRole): string => {
  const task = taskOfRole(known);
  return task === null ? known.role.title : `${known.role.title} of ${task}${known.attempt === null ? '' : `, attempt ${known.attempt}`}`;
};

/** The stacks of a dump, each with its threads. */
export const STACKS = {
  dump: (number: number, of: number, time: string | null): string => REPORT.dump(number, of, time),
  counts: ({ threads, stacks, harmless }: { threads: number; stacks: number; harmless: number }): string =>
    `${plural(threads, 'thread')}, ${plural(stacks, 'different stack')}; ${harmless === 0 ? 'none' : grouped(harmless)} of them only ${harmless === 1 ? 'waits' : 'wait'} for work.`,
  group: (told: { threads: number; states: readonly (readonly [string | null, number])[]; roles: readonly string[]; harmless: boolean }): string =>
    [
      plural(told.threads, 'thread'),
      told.states.map(([state, count]) => `${told.states.length === 1 ? '' : `${count} `}${state ?? REPORT.notPrinted}`).join(', '),
      ...(told.roles.length > 0 ? [told.roles.slice(0, 3).join(', ')] : []),
      ...(told.harmless ? ['harmless: waits for work'] : []),
    ].join(' · '),
  names: (names: readonly string[], of: number): string => `${names.join(', ')}${of > names.length ? ` and ${of - names.length} more` : ''}`,
  moreFrames: (count: number): string => REPORT.moreFrames(count),
  more: (count: number): string => `… and ${plural(count, 'more stack')}`,
  bare: (count: number): string => `${plural(count, 'thread')} without a stack ${count === 1 ? 'is' : 'are'} left out.`,
};

/** Dumps beside each other, as a page. */
export const COMPARED = {
  dumps: ['dump', 'taken', 'threads'],
  threads: ['thread', 'state in each dump', 'where it stands', 'CPU time'],
  dump: (number: number, file: string): string => `Dump ${number}: ${file}`,
  slow: (name: string, dumps: number): string => `"${name}" stands at the same place in ${inAll(dumps)}, with little work in between`,
  noTime: 'no time',
  noState: 'no state',
  absent: '–',
  growing: 'Growing groups of threads',
  oneDump: 'One dump alone shows no change: take another one some seconds later',
  stuck: (count: number, first: string, dumps: number): string =>
    count === 1
      ? `"${first}" stands at the same place in ${inAll(dumps)}`
      : `${count} threads stand at the same place in ${inAll(dumps)}, "${first}" first`,
  nothingStuck: (dumps: number, busy: number): string =>
    busy === 0 ? `No thread is stuck over ${dumps} dumps` : `No thread is stuck over ${dumps} dumps; ${plural(busy, 'is', 'are')} busy at one place`,
  cpu: (ms: number, share: number | null): string => `${Math.round(ms)} ms${share === null ? '' : `, ${Math.round(share * 100)} % of a core`}`,
};

/** The comparison of dumps as text. */
export const DIFF = {
  head: (dumps: readonly { time: string | null; threads: number }[]): string =>
    `${dumps.length} dumps: ${dumps.map(({ time, threads }) => `${time ?? 'no time'} (${threads} threads)`).join(', ')}`,
  verdicts: {
    stuck: 'Stuck: same stack in every dump, no CPU time used',
    'busy-at-one-place': 'Busy at one place: same stack, a tenth of a core or more',
    gone: 'Gone',
    new: 'New',
    moving: 'Moving',
  } satisfies Partial<Record<Verdict, string>>,
  suspicions: {
    deadlocked: ', deadlocked',
    'waits-in-user-code': ', waits in user or connector code',
    blocked: ', blocked',
    task: '',
    other: '',
  } satisfies Record<Suspicion, string>,
  count: (title: string, count: number): string => `${title}: ${count}`,
  more: (count: number): string => `… and ${count} more`,
  idle: 'Idle',
  nowAndThen: 'At one place, with little work in between',
  growing: 'Growing groups of threads:',
  cpu: (ms: number, share: number | null): string => `, ${Math.round(ms)} ms CPU${share === null ? '' : ` (${Math.round(share * 100)} % of a core)`}`,
};

/** What stands before a lock in a dump, as jstack writes it. */
export const LOCK_LINES: Readonly<Record<LockActionKind, string>> = {
  'waiting-to-lock': 'waiting to lock',
  relocking: 'waiting to re-lock in wait()',
  'waiting-on': 'waiting on',
  parking: 'parking to wait for ',
  locked: 'locked',
  eliminated: 'eliminated',
  'class-init': 'waiting on the Class initialization monitor for',
};
