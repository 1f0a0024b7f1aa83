import type { Thread, ThreadState } from '../../threaddump/model.ts';
import { activitiesOf } from './activity.ts';
import { lockoutsOf } from './lockouts.ts';
import type { AnalysedDump } from './model.ts';
import { innermostFrame } from './names.ts';
import { normalisedFrame, normalisedMethod } from './stackGroups.ts';
import { waitsForWork } from './waitsForWork.ts';

/** Several dumps of one process side by side. Locks are never compared by address: a collection moves objects. */
export interface DumpDiff {
  dumps: { time: string | null; threads: number }[];
  rows: ThreadRow[];
  pools: PoolRow[];
}

/** One thread over time; `null` where a dump does not have it. */
export interface ThreadRow {
  name: string;
  id: number | null;
  role: string | null;
  states: (ThreadState | 'unknown' | null)[];
  /** Of the dump of the same index; for reveals. */
  threads: (Thread | null)[];
  verdict: Verdict;
  /** How likely it is the one that holds the others up, the likeliest first. */
  suspicion: Suspicion;
  /** CPU time used between the first and the last dump that print it. */
  cpuMs: number | null;
  /** Share of one core between these two dumps, 0 to 1. */
  cpuShare: number | null;
  /** Innermost frame that tells something, of the last dump that has the thread. */
  stands: string;
}

export type Verdict =
  /** The same stack in every dump, no CPU time used (or none printed), and not a thread that waits for work. */
  | 'stuck'
  /** The same stack in every dump although it used CPU time: a long computation or a loop. */
  | 'busy-at-one-place'
  /** The same stack in every dump and a little CPU time: it does something now and then. */
  | 'now-and-then'
  | 'moving'
  | 'idle'
  | 'new'
  | 'gone';

export type Suspicion =
  | 'deadlocked'
  /** Waits in user or connector code, or holds a wanted lock while it waits. */
  | 'waits-in-user-code'
  | 'blocked'
  /** Does the work of a subtask. */
  | 'task'
  | 'other';

const SUSPICIONS: readonly Suspicion[] = ['deadlocked', 'waits-in-user-code', 'blocked', 'task', 'other'];

/** Threads whose names differ only in numbers. */
export interface PoolRow {
  prefix: string;
  counts: number[];
  /** Grows in every step: a leak if it goes on. */
  growing: boolean;
}

/** Above this much CPU time between two dumps a thread has done something. */
const CPU_MOVED_MS = 5;
/** From this share of a core on it was busy. */
const BUSY_SHARE = 0.1;

export function diffDumps(dumps: readonly AnalysedDump[]): DumpDiff {
  const tracks = match(dumps.map(({ dump }) => dump.threads));
  const suspicions = new Map(dumps.flatMap((analysed) => suspicionsOf(analysed)));
  const idle = dumps.map(
    (analysed) =>
      new Set(
        activitiesOf(analysed)
          // Who holds a wanted lock as it waits does not wait for work.
          .filter((one) => waitsForWork(one) && suspicions.get(one.thread) !== 'waits-in-user-code')
          .map(({ thread }) => thread),
      ),
  );
  const roles = new Map(dumps.flatMap((analysed) => activitiesOf(analysed).map(({ thread, role }) => [thread, role?.role.title ?? null] as const)));
  const rows = tracks.map((threads) => rowOf(threads, idle, roles, suspicions));
  return {
    dumps: dumps.map(({ dump }) => ({ time: dump.time, threads: dump.threads.length })),
    rows: rows.sort(
      (a, b) =>
        ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) ||
        SUSPICIONS.indexOf(a.suspicion) - SUSPICIONS.indexOf(b.suspicion) ||
        (b.cpuMs ?? 0) - (a.cpuMs ?? 0),
    ),
    pools: pools(dumps.map(({ dump }) => dump.threads)),
  };
}

const ORDER: Verdict[] = ['stuck', 'busy-at-one-place', 'gone', 'new', 'moving', 'now-and-then', 'idle'];

function suspicionsOf(analysed: AnalysedDump): [Thread, Suspicion][] {
  const deadlocked = new Set(analysed.deadlocks.flatMap(({ threads }) => threads));
  const holders = new Set(lockoutsOf(analysed).map(({ holder }) => holder.index));
  return activitiesOf(analysed).map(({ thread, wait, activity, role }): [Thread, Suspicion] => {
    if (deadlocked.has(thread.index)) return [thread, 'deadlocked'];
    if (wait !== null || holders.has(thread.index)) return [thread, 'waits-in-user-code'];
    if (activity === 'blocked') return [thread, 'blocked'];
    return [thread, role?.role.id === 'task' ? 'task' : 'other'];
  });
}

/** The same thread in every dump: by name and id; by name and order where ids are missing or names repeat. */
function match(dumps: readonly (readonly Thread[])[]): (Thread | null)[][] {
  const tracks = new Map<string, (Thread | null)[]>();
  dumps.forEach((threads, at) => {
    const seen = new Map<string, number>();
    for (const thread of threads) {
      const base = `${thread.id ?? ''}\n${thread.name}`;
      const nth = seen.get(base) ?? 0;
      seen.set(base, nth + 1);
      const key = `${base}\n${nth}`;
      let track = tracks.get(key);
      if (track === undefined) {
        track = dumps.map(() => null);
        tracks.set(key, track);
      }
      track[at] = thread;
    }
  });
  return [...tracks.values()];
}

function rowOf(
  threads: (Thread | null)[],
  idle: readonly Set<Thread>[],
  roles: ReadonlyMap<Thread, string | null>,
  suspicions: ReadonlyMap<Thread, Suspicion>,
): ThreadRow {
  const present = threads.filter((thread) => thread !== null);
  const last = present.at(-1) as Thread;
  const cpu = cpuOf(present);
  return {
    name: last.name,
    id: last.id,
    role: roles.get(last) ?? null,
    states: threads.map((thread) => (thread === null ? null : (thread.state ?? 'unknown'))),
    threads,
    verdict: verdictOf(threads, present, idle, cpu),
    suspicion: suspicions.get(last) ?? 'other',
    cpuMs: cpu.ms,
    cpuShare: cpu.share,
    stands: stands(last),
  };
}

interface Cpu {
  ms: number | null;
  share: number | null;
}

function cpuOf(present: readonly Thread[]): Cpu {
  const timed = present.filter(({ cpuMs }) => cpuMs !== null);
  const first = timed[0];
  const last = timed.at(-1);
  if (first === undefined || last === undefined || first === last) return { ms: null, share: null };
  const ms = (last.cpuMs as number) - (first.cpuMs as number);
  const elapsed = (last.elapsedMs ?? 0) - (first.elapsedMs ?? 0);
  // A negative difference means another thread has taken the name and id over.
  if (ms < 0) return { ms: null, share: null };
  return { ms, share: elapsed > 0 ? Math.min(1, ms / elapsed) : null };
}

function verdictOf(threads: readonly (Thread | null)[], present: readonly Thread[], idle: readonly Set<Thread>[], cpu: Cpu): Verdict {
  if (threads.at(-1) === null) return 'gone';
  if (threads[0] === null) return 'new';
  if (present.every((thread) => idle.some((set) => set.has(thread)))) return 'idle';
  const first = present[0] as Thread;
  if (present.length < threads.length || first.methods.length === 0 || !present.every((thread) => isSameStack(thread, first))) return 'moving';
  if (cpu.ms === null || cpu.ms <= CPU_MOVED_MS) return 'stuck';
  const busy = cpu.share === null ? present.every(({ state }) => state === 'RUNNABLE') : cpu.share >= BUSY_SHARE;
  return busy ? 'busy-at-one-place' : 'now-and-then';
}

/** The methods are compared first: of a thread that has moved no frame has to be read. */
function isSameStack(one: Thread, other: Thread): boolean {
  if (one === other) return true;
  return (
    one.methods.length === other.methods.length &&
    one.methods.every((method, i) => normalisedMethod(method) === normalisedMethod(other.methods[i] ?? '')) &&
    one.frames.map(normalisedFrame).join('\n') === other.frames.map(normalisedFrame).join('\n')
  );
}

function stands(thread: Thread): string {
  const telling = innermostFrame(thread, ({ className }) => !/^(?:java|javax|jdk|sun)\./.test(className)) ?? thread.topFrames(1)[0];
  return telling === undefined ? '' : normalisedFrame(telling);
}

function pools(dumps: readonly (readonly Thread[])[]): PoolRow[] {
  const counts = new Map<string, number[]>();
  dumps.forEach((threads, at) => {
    for (const { name } of threads) {
      const prefix = name.replace(/\d+/g, '#');
      if (prefix === name) continue;
      let row = counts.get(prefix);
      if (row === undefined) {
        row = dumps.map(() => 0);
        counts.set(prefix, row);
      }
      row[at] = (row[at] as number) + 1;
    }
  });
  return [...counts]
    .map(([prefix, row]) => ({ prefix, counts: row, growing: row.length > 1 && row.every((count, i) => i === 0 || count > (row[i - 1] as number)) }))
    .filter(({ counts: row }) => Math.max(...row) > 1)
    .sort((a, b) => Number(b.growing) - Number(a.growing) || Math.max(...b.counts) - Math.max(...a.counts));
}
