import { safeName } from '../../../../common/snapshot.ts';
import type { Side } from '../knowledge/side.ts';
import { rotationName } from '../log/rotation.ts';
import { compare } from './digest/merge.ts';
import type { SourceDigest, SourceOf } from './digest/model.ts';
import { type LogSource, nameOf, segmentKey } from './logs.ts';

/** One JVM, as far as its files tell. */
export interface Process {
  /** As the cluster calls it. */
  id: string | null;
  name: string;
  side: Side | null;
  logs: LogSource[];
  dumps: SourceOf<'thread-dump'>[];
  gc: SourceOf<'gc-log'>[];
  /** Milliseconds that its clock is ahead of the JobManager's. */
  ahead: Clock | null;
}

export interface Clock {
  ms: number;
  slack: number;
  /** Both clocks cannot agree. */
  differs: boolean;
}

/** A source whose process is not known. */
export interface Unjoined {
  source: SourceDigest;
  /** How many processes it may belong to. */
  candidates: number;
}

const RESOURCE = /^Starting TaskManager with ResourceID: (\S+)/;

/** What flink-daemon.sh has of a process: its log, and what it writes to its standard output and error. */
const WRITTEN = /\.(?:log|out|err)$/;

/** The processes behind the sources; dumps and GC logs go to them where that is certain. */
export function processesOf(sources: readonly SourceDigest[], logs: readonly LogSource[]): { processes: Process[]; unjoined: Unjoined[] } {
  const byKey = new Map<string, Process>();
  for (const log of logs) {
    const name = segmentKey(log);
    const key = name.replace(WRITTEN, '');
    const process = byKey.get(key) ?? { id: null, name, side: null, logs: [], dumps: [], gc: [], ahead: null };
    if (name.endsWith('.log')) process.name = name;
    process.logs.push(log);
    byKey.set(key, process);
  }
  const processes = [...byKey.values()];
  for (const process of processes) {
    process.side = sideOf(process);
    process.id = idOf(process, logs);
  }
  const unjoined: Unjoined[] = [];
  for (const source of sources) {
    if (source.kind !== 'thread-dump' && source.kind !== 'gc-log') continue;
    const found = source.kind === 'thread-dump' ? ownerOfDump(source, processes) : byName(source, processes);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      const own: Process = { id: null, name: baseOf(nameOf(source)), side: null, logs: [], dumps: [], gc: [], ahead: null };
      const known = processes.find(
        (one) => one.logs.length === 0 && (one.name === own.name || (source.kind === 'thread-dump' && shareAttempts(one, source))),
      );
      if (known === undefined) {
        if (processes.some((one) => one.logs.length > 0)) unjoined.push({ source, candidates: found.length });
        processes.push(own);
      }
      add(known ?? own, source);
    } else add(only, source);
  }
  const jobManager = processes.filter(({ side, logs: own }) => side === 'JM' && own.length > 0);
  const [master] = jobManager;
  if (master !== undefined && jobManager.length === 1)
    for (const process of processes) if (process.side === 'TM' && process.logs.length > 0) process.ahead = clockOf(process, master);
  return { processes: processes.sort((a, b) => compare(a.name, b.name)), unjoined };
}

/** An attempt of a subtask runs in one process: dumps that show the same are of the same. */
function shareAttempts({ dumps }: Process, source: SourceOf<'thread-dump'>): boolean {
  const names = new Set(attemptsIn(source));
  return dumps.some((dump) => attemptsIn(dump).some((name) => names.has(name)));
}

const attemptsIn = ({ body }: SourceOf<'thread-dump'>): string[] =>
  body.dumps.flatMap(({ tasks }) => tasks.flatMap(({ role, thread, attempt }) => (role === 'task' && attempt !== null ? [thread] : [])));

function add(process: Process, source: SourceOf<'thread-dump'> | SourceOf<'gc-log'>): void {
  if (source.kind === 'thread-dump') process.dumps.push(source);
  else process.gc.push(source);
}

function sideOf({ logs, name }: Process): Side | null {
  const told = logs.find(({ body }) => body.process.side !== null)?.body.process.side;
  if (told != null) return told;
  const sides = logs.flatMap(({ body }) => body.executions.flatMap(({ states }) => states.map(({ side }) => side)));
  const master = logs.some(({ body }) => body.jobs.length > 0);
  if (master) return 'JM';
  return sides.length > 0 && sides.every((side) => side === sides[0])
    ? (sides[0] ?? null)
    : /job-?manager/i.test(name)
      ? 'JM'
      : /task-?manager/i.test(name)
        ? 'TM'
        : null;
}

/** By its own words, else by where the JobManager says that its executions run. */
function idOf({ side, logs }: Process, all: readonly LogSource[]): string | null {
  if (side !== 'TM') return null;
  for (const { body } of logs)
    for (const { message } of body.records) {
      const id = RESOURCE.exec(message)?.[1];
      if (id !== undefined) return id;
    }
  const own = new Set(
    logs.flatMap(({ body }) => body.executions.flatMap(({ id, states }) => (id !== null && states.some((one) => one.side === 'TM') ? [id] : []))),
  );
  const told = new Set<string>();
  for (const { body } of all)
    for (const { id, location } of body.executions)
      if (id !== null && location !== null && own.has(id)) told.add(location.split(' @ ')[0] ?? location);
  const [only] = told;
  return told.size === 1 ? (only ?? null) : null;
}

/** A thread's name is that of a subtask and its attempt: who ran that is whose dump it is. */
function ownerOfDump(source: SourceOf<'thread-dump'>, processes: readonly Process[]): Process[] {
  const seen = source.body.dumps.flatMap(({ tasks }) => tasks.filter(({ subtask }) => subtask !== null));
  const names = new Map(seen.map((one) => [`${one.task} (${one.subtask}/${one.parallelism})`, one.attempt]));
  const certain = processes.filter(
    ({ side, logs }) =>
      side === 'TM' &&
      logs.some(({ body }) =>
        body.executions.some(({ task, subtask, parallelism, attempt, states }) => {
          const shown = names.get(`${task} (${subtask}/${parallelism})`);
          return shown !== undefined && (shown === null || attempt === null || shown === attempt) && states.some((one) => one.side === 'TM');
        }),
      ),
  );
  if (certain.length === 1) return certain;
  const inPlace = bySnapshot(nameOf(source), certain.length > 1 ? certain : processes);
  if (inPlace.length === 1) return inPlace;
  const named = byName(source, certain.length > 1 ? certain : processes);
  return named.length === 1 ? named : certain.length > 1 ? certain : named;
}

/** In a snapshot of a cluster the folder says whose it is: "jobmanager/…", or "taskmanagers/ID/…" with the id that the process tells itself. */
function bySnapshot(name: string, processes: readonly Process[]): Process[] {
  const folders = name.split('/').slice(0, -1);
  const id = folders[folders.lastIndexOf('taskmanagers') + 1];
  if (folders.includes('taskmanagers')) return processes.filter((one) => one.id !== null && safeName(one.id) === id);
  // Beside its log there may be others that only their folder calls so: what went to standard output, and those of a shared folder.
  if (folders.at(-1) !== 'jobmanager') return [];
  const masters = processes.filter(({ logs }) => logs.some(({ body }) => body.process.side === 'JM' || body.jobs.length > 0));
  // Of a shared folder every process gives the same logs, and what was fetched later has grown.
  const beside = masters.filter(({ logs }) =>
    logs.some(({ names }) => names.some((one) => one.split('/').slice(0, -1).join('/') === folders.join('/'))),
  );
  return beside.length > 0 ? beside : masters;
}

/** By the beginning that its name shares with that of one log alone: "taskmanager-1-jstack.txt" beside "taskmanager-1.log". */
function byName(source: SourceDigest, processes: readonly Process[]): Process[] {
  const name = nameOf(source);
  const beside = byFolder(name, processes);
  if (beside !== null) return [beside];
  const fitting = processes
    .filter(({ logs }) => logs.length > 0)
    .map((process) => ({ process, base: baseOf(process.name) }))
    .filter(({ base }) => base !== '' && name.startsWith(base) && !/^\w/.test(name.slice(base.length)));
  const longest = Math.max(0, ...fitting.map(({ base }) => base.length));
  // "taskmanager-2-jstack.txt" is not that of "taskmanager.log" where the number means a process, which nobody knows.
  const best = fitting.filter(({ base }) => base.length === longest).map(({ process }) => process);
  const numbered = /^-\d/.test(name.slice(longest)) && processes.some((one) => one !== best[0] && /-\d+$/.test(baseOf(one.name)));
  return numbered ? [...best, ...best] : best;
}

/** Where processes have folders of their own, the one whose folder it is in. */
function byFolder(name: string, processes: readonly Process[]): Process | null {
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
  const folders = processes.filter(({ logs }) => logs.length > 0).map((process) => ({ process, folder: folderOf(process.name) }));
  if (new Set(folders.map(({ folder }) => folder)).size < folders.length || folders.length < 2) return null;
  const own = folders.filter(({ folder }) => folder !== '' && name.startsWith(folder));
  const nearest = own.sort((a, b) => b.folder.length - a.folder.length)[0];
  // A folder that holds those of others is nobody's own.
  if (nearest === undefined || folders.some(({ folder }) => folder !== nearest.folder && folder.startsWith(nearest.folder))) return null;
  return nearest.process;
}

const baseOf = (name: string): string => rotationName(name).replace(/\.[a-z]{1,5}$/i, '');

/**
 * What both write of an execution ties their clocks: the TaskManager has it after the JobManager deployed it, and switches
 * it to RUNNING before the JobManager says so.
 */
function clockOf(process: Process, master: Process): Clock | null {
  let least = Number.NEGATIVE_INFINITY;
  let most = Number.POSITIVE_INFINITY;
  const told = new Map(master.logs.flatMap(({ body }) => body.executions.flatMap((one) => (one.id === null ? [] : [[one.id, one] as const]))));
  for (const { body } of process.logs) {
    for (const one of body.executions) {
      const there = one.id === null ? undefined : told.get(one.id);
      if (there === undefined) continue;
      const received = timeOf(one.states.find(({ to }) => to === 'DEPLOYING')) ?? timeOf(one.mentions.find(({ what }) => what === 'received'));
      const deployed = timeOf(there.states.find(({ to }) => to === 'DEPLOYING')) ?? timeOf(there.mentions.find(({ what }) => what === 'deploying'));
      if (received !== null && deployed !== null) most = Math.min(most, received - deployed);
      const runs = timeOf(one.states.find(({ to }) => to === 'RUNNING'));
      const seen = timeOf(there.states.find(({ to }) => to === 'RUNNING'));
      if (runs !== null && seen !== null) least = Math.max(least, runs - seen);
    }
  }
  if (!Number.isFinite(least) || !Number.isFinite(most)) return null;
  const [low, high] = [Math.min(least, most), Math.max(least, most)];
  const differs = low > TOLERANCE || high < -TOLERANCE;
  const ms = differs ? Math.round((low + high) / 2) : 0;
  return { ms, slack: Math.ceil(Math.max(Math.abs(low - ms), Math.abs(high - ms))), differs };
}

/** Records of one machine may be so late. */
const TOLERANCE = 250;

const timeOf = (one: { time: number | null } | undefined): number | null => one?.time ?? null;
