import type { TaskThread } from '../digest/model.ts';
import type { Joined, JoinedDump } from '../joined.ts';
import { type Evidence, placeIn } from './rule.ts';

/** The thread of a subtask, or one that writes the state of a checkpoint, that stands somewhere in the dumps of its process. */
export interface HeldThread {
  task: string;
  /** From 1; null: one of an upload, of which nobody knows whose it is. */
  subtask: number | null;
  parallelism: number | null;
  /** What it waits for, by the code of a wait, the id of a known frame, 'network' or 'lock'. */
  what: string;
  /** Where in code; null where dumps differ in that, or it stands in Flink's own. */
  at: string | null;
  /** So many dumps show it there, of so many that show it at all. */
  held: number;
  dumps: number;
  evidence: Evidence;
}

interface Seen {
  dump: JoinedDump;
  thread: TaskThread;
}

/** What a thread waits for outside of its own work; null: it works, or waits for records, buffers or mail, as all do. */
function whatOf({ role, activity, waits, does, blocked }: TaskThread): string | null {
  // What a source reads is its own matter, and its task thread is free meanwhile.
  if (role === 'split-fetcher' || (role === 'legacy-source' && waits === null)) return null;
  if (waits !== null) return waits.for;
  if (activity === 'blocked' || blocked !== null) return 'lock';
  return does ?? null;
}

const placeOf = ({ user, external }: TaskThread): string | null => user ?? external;

/** Waits that nothing ends, as far as one dump shows, before calls that are answered some day, and these before what ends by itself. */
function strength(what: string): number {
  if (what === 'sleep') return 0;
  return SOFT.has(what) ? 1 : 2;
}

const SOFT: ReadonlySet<string> = new Set([
  'sync-snapshot',
  'async-snapshot',
  'channel-state-future',
  'kafka-poll',
  'checkpoint-metadata',
  'finishing',
]);

/** All threads of subtasks that any dump shows held up, the strongest first. */
export function heldThreads({ dumps }: Joined): HeldThread[] {
  const seen = new Map<string, Seen[]>();
  for (const dump of dumps)
    for (const thread of dump.tasks) {
      if (thread.role === 'split-fetcher') continue;
      const key = `${dump.process?.name ?? ''}\n${thread.role}\n${thread.thread}`;
      seen.set(key, [...(seen.get(key) ?? []), { dump, thread }]);
    }
  return strongestFirst([...seen.values()].flatMap((all) => heldIn(all) ?? []));
}

/** Threads that write the state of a checkpoint: of a pool, so that each dump may show another one at the same. */
export function heldUploads({ dumps }: Joined): HeldThread[] {
  const showing = dumps.filter(({ uploads }) => uploads !== undefined);
  const places = new Map<string, Seen[]>();
  for (const dump of showing)
    for (const thread of dump.uploads ?? []) {
      const what = whatOf(thread);
      const place = placeOf(thread);
      if (what === null || place === null) continue;
      const key = `${dump.process?.name ?? ''}\n${what}\n${place}`;
      places.set(key, [...(places.get(key) ?? []), { dump, thread }]);
    }
  const held = [...places.values()].flatMap((all): HeldThread[] => {
    const [first] = all;
    const ofProcess = showing.filter(({ process }) => process?.name === first?.dump.process?.name).length;
    const found = heldIn(all);
    return found === null ? [] : [{ ...found, held: new Set(all.map(({ dump }) => dump)).size, dumps: ofProcess }];
  });
  return strongestFirst(held);
}

const strongestFirst = (held: readonly HeldThread[]): HeldThread[] =>
  [...held].sort((a, b) => b.held / b.dumps - a.held / a.dumps || strength(b.what) - strength(a.what) || b.held - a.held);

function heldIn(all: readonly Seen[]): HeldThread | null {
  const standing = all.flatMap((one) => {
    const what = whatOf(one.thread);
    return what === null ? [] : [{ ...one, what }];
  });
  const [first] = standing;
  if (first === undefined) return null;
  const { dump, thread, what } = first;
  const at = placeOf(thread);
  return {
    task: thread.task,
    subtask: thread.subtask,
    parallelism: thread.parallelism,
    what,
    at: standing.every((one) => placeOf(one.thread) === at) ? at : null,
    held: standing.length,
    dumps: all.length,
    evidence: {
      code: 'held',
      facts: { thread: thread.thread, what, at, held: standing.length, dumps: all.length },
      at: placeIn(dump.source, thread.line),
    },
  };
}

/** Every dump that shows the thread shows it held up. */
export const lasts = ({ held, dumps }: HeldThread): boolean => held === dumps;

/** Of several vertices that are held up as much as each other nobody knows which one it is. */
export function onlyVertex(held: readonly HeldThread[]): HeldThread | null {
  const lasting = held.filter(lasts);
  const [first] = lasting;
  if (first === undefined) return null;
  const alike = lasting.filter(({ what }) => strength(what) === strength(first.what));
  return alike.every(({ task }) => task === first.task) ? first : null;
}
