/** What the views of thread dumps say beside what they show. */
import type { GapFacts } from '../../analysis/threaddump/gaps.ts';
import { type NoFacts, plural, type Words } from '../../wording.ts';

interface CallTreeFacts {
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
};
