import type { SnapshotManifest } from '../../../common/snapshot.ts';
import { readVersion } from '../core/flinkVersion.ts';
import { CALLS, type Call, type CallName, hasLite, isHistoryServer, isIn, isSegment, type ProfilerName, type Subject } from './calls.ts';
import type { ClusterClient, Host } from './client.ts';
import { isEnded } from './jobStates.ts';
import { finishedIn } from './profiles.ts';
import { type Row, rowsIn } from './rows.ts';
import { type Budget, type Sink, Snapshot } from './snapshot.ts';
import { HeadAndTail } from './tail.ts';

/** Which logs are fetched: none; those of up to 50 MB; all; of each the end, in bytes. */
export type LogsWanted = 'none' | 'usual' | 'all' | number;

export interface CollectOptions {
  /** Ids; null: those that run, else those that ended last. */
  jobs: readonly string[] | null;
  logs: LogsWanted;
  /** Null: none. A person has agreed to them. */
  dumps: { count: number; intervalMs: number; of: readonly string[] | null; lite?: boolean } | null;
  /** Samples of threads, where the cluster takes some. */
  flameGraphs: boolean;
  maxBytes: number;
  maxMs: number;
  /** Of each job the load of so many vertices is asked for. */
  maxVertices: number;
  redact: readonly string[];
}

export const USUAL: CollectOptions = {
  jobs: null,
  logs: 'usual',
  dumps: null,
  flameGraphs: true,
  maxBytes: 500 * 1024 * 1024,
  maxMs: 10 * 60_000,
  maxVertices: 500,
  redact: [],
};

/** Larger logs go from their process through the JobManager only when a person asks for it. In bytes. */
const LARGE_LOG = 50 * 1000 * 1000;
/** Jobs that are looked at where nobody names one. */
const MAX_JOBS = 20;
const MAX_ENDED = 3;
/** Dumps are taken of so many TaskManagers where nobody names them. */
const MAX_DUMPED = 10;
/** Results of the profiler of a process; Flink keeps ten (rest.profiling.history-size). */
const MAX_PROFILES = 3;

interface Given {
  client: ClusterClient;
  sink: Sink;
  host: Pick<Host, 'now' | 'wait'>;
  options: CollectOptions;
  signal: AbortSignal;
  /** Of an attempt that was broken off, into the same folder. */
  earlier?: SnapshotManifest | null;
  /** Told what is asked, by its path. */
  tell?: (path: string) => void;
}

interface Job {
  jid: string;
  state: string;
  vertices: string[];
  taskManagers: Set<string>;
}

/**
 * Takes a snapshot: first what the JobManager knows, then what has to be measured, then logs, thread dumps last. A call that
 * fails is written down, and the next one is made. Rejects where the cluster cannot be reached at all, or it was cancelled.
 */
export async function collect({ client, sink, host, options, signal, earlier = null, tell = () => undefined }: Given): Promise<SnapshotManifest> {
  const budget: Budget = { bytes: options.maxBytes, until: host.now() + options.maxMs };
  // The first call tells whether there is a cluster at all, and its version.
  const dashboard = await client.ask('dashboard', {}, signal, budget.until);
  const snapshot = new Snapshot(client, sink, { signal, budget, now: () => host.now(), redact: options.redact, earlier, tell });
  const told: unknown = JSON.parse(dashboard.text);
  const version = readVersion(String((told as { 'flink-version'?: unknown })['flink-version'] ?? ''));
  snapshot.manifest.flinkVersion = version;
  // From now on the folder is known for what it is.
  await snapshot.end(false);
  try {
    await new Collector(snapshot, host, options, signal, { version, history: isHistoryServer(told) }).run();
  } catch (error) {
    await snapshot.end(false);
    throw error;
  }
  await snapshot.end(true);
  return snapshot.manifest;
}

class Collector {
  readonly #snapshot: Snapshot;
  readonly #host: Pick<Host, 'now' | 'wait'>;
  readonly #options: CollectOptions;
  readonly #signal: AbortSignal;
  readonly #version: string | null;
  readonly #history: boolean;

  constructor(
    snapshot: Snapshot,
    host: Pick<Host, 'now' | 'wait'>,
    options: CollectOptions,
    signal: AbortSignal,
    { version, history }: { version: string | null; history: boolean },
  ) {
    this.#snapshot = snapshot;
    this.#host = host;
    this.#options = options;
    this.#signal = signal;
    this.#version = version;
    this.#history = history;
  }

  async run(): Promise<void> {
    const cheap: CallName[] = ['dashboard', 'overview', 'environment', 'jobManagerMetrics'];
    const [jobs, taskManagers, settings] = await Promise.all([
      this.#json('jobs'),
      this.#json('taskManagers'),
      this.#json('configuration'),
      ...cheap.map((name) => this.#json(name)),
    ]);
    if (this.#history) for (const name of ['taskManagers', 'jobManagerLogs'] as const) this.#snapshot.leave(name, {}, { code: 'history', facts: {} });
    const wanted = this.#options.jobs ?? chosen(rowsIn(jobs, 'jobs'));
    const found = await Promise.all(wanted.map((job) => this.#job(job)));
    const processes = rowsIn(taskManagers, 'taskmanagers').flatMap(({ id }) => (isSegment(id) ? [id] : []));
    await Promise.all(processes.map((taskManager) => this.#json('taskManager', { taskManager })));
    await this.#load(found, this.#options.flameGraphs && isSet(settings, 'rest.flamegraph.enabled'));
    if (isSet(settings, 'rest.profiling.enabled')) await this.#profiles(processes);
    if (this.#options.logs !== 'none' && !this.#history) await this.#logs(processes);
    if (this.#options.dumps !== null) await this.#dumps(processes, found);
  }

  /** Null where there is no answer, and where this version does not have it. */
  async #json(name: CallName, subject: Subject = {}, number?: number): Promise<unknown> {
    if (!isIn(name, this.#version, this.#history)) return null;
    const text = await this.#snapshot.document(name, subject, number);
    return text === null ? null : JSON.parse(text);
  }

  async #job(jid: string): Promise<Job> {
    const names: CallName[] = ['plan', 'jobConfig', 'exceptions', 'checkpointConfig', 'rescales'];
    const [document, checkpoints] = await Promise.all([
      this.#json('job', { job: jid }),
      this.#json('checkpoints', { job: jid }),
      ...names.map((name) => this.#json(name, { job: jid })),
    ]);
    const vertices = rowsIn(document, 'vertices').flatMap(({ id }) => (isSegment(id) ? [id] : []));
    const taskManagers = new Set<string>();
    await Promise.all(
      vertices.slice(0, this.#options.maxVertices).map(async (vertex) => {
        for (const subtask of rowsIn(await this.#json('vertex', { job: jid, vertex }), 'subtasks'))
          if (typeof subtask['taskmanager-id'] === 'string') taskManagers.add(subtask['taskmanager-id']);
      }),
    );
    await Promise.all(
      telling(checkpoints).map(async (checkpoint) => {
        await this.#json('checkpoint', { job: jid, checkpoint });
        await Promise.all(
          vertices.slice(0, this.#options.maxVertices).map((vertex) => this.#json('checkpointSubtasks', { job: jid, checkpoint, vertex })),
        );
      }),
    );
    const { state } = (document ?? {}) as { state?: unknown };
    return { jid, state: typeof state === 'string' ? state : '', vertices, taskManagers };
  }

  /** What every vertex that may run has to do. */
  async #load(jobs: readonly Job[], samples: boolean): Promise<void> {
    const all = jobs
      .filter(({ state }) => !isEnded(state))
      .flatMap(({ jid, vertices }) => vertices.slice(0, this.#options.maxVertices).map((vertex) => ({ job: jid, vertex })));
    if (all.length === 0) return;
    const begun = this.#host.now();
    const measured: CallName[] = ['backPressure', ...(samples ? (['flameGraph'] as const) : [])];
    const names: CallName[] = ['load', 'watermarks'];
    await Promise.all(
      all.flatMap((subject) => [...measured.map((name) => this.#measure(name, subject)), ...names.map((name) => this.#json(name, subject))]),
    );
    const measuring = Math.max(...measured.map((name) => (CALLS[name] as Call).measuring ?? 0));
    await this.#host.wait(Math.max(0, begun + measuring - this.#host.now()), this.#signal);
    await Promise.all(all.flatMap((subject) => measured.map((name) => this.#json(name, subject))));
  }

  /** The first answer tells nothing and is not kept. */
  async #measure(name: CallName, subject: Subject): Promise<void> {
    if (!this.#snapshot.over) await this.#snapshot.begin(name, subject);
  }

  /** What profilers have sampled: the lists, and of each process the newest results. */
  async #profiles(processes: readonly string[]): Promise<void> {
    await this.#profilesOf('jobManagerProfiles', 'jobManagerProfile', {});
    for (const taskManager of processes) await this.#profilesOf('taskManagerProfiles', 'taskManagerProfile', { taskManager });
  }

  async #profilesOf(list: ProfilerName, name: CallName, process: Subject): Promise<void> {
    const finished = finishedIn(await this.#json(list, process));
    for (const [index, profile] of finished.entries()) {
      const subject = { ...process, profile };
      if (index < MAX_PROFILES) await this.#snapshot.document(name, subject);
      else this.#snapshot.leave(name, subject, { code: 'newest-profiles', facts: { kept: MAX_PROFILES } });
    }
  }

  async #logs(processes: readonly string[]): Promise<void> {
    await this.#logsOf('jobManagerLogs', 'jobManagerLog', {});
    for (const taskManager of processes) await this.#logsOf('taskManagerLogs', 'taskManagerLog', { taskManager });
  }

  async #logsOf(list: CallName, name: CallName, process: Subject): Promise<void> {
    for (const { name: log, size } of rowsIn(await this.#json(list, process), 'logs')) {
      if (!isSegment(log)) continue;
      const bytes = typeof size === 'number' ? size : 0;
      const subject = { ...process, log };
      const { logs } = this.#options;
      if (bytes > LARGE_LOG && logs === 'usual') this.#snapshot.leave(name, subject, { code: 'large-log', facts: { bytes } });
      else if (typeof logs === 'number' && bytes > logs) await this.#end(name, subject, logs);
      else
        await this.#snapshot.file(name, subject, async (pieces, put) => {
          await put('', pieces);
          return { partly: null };
        });
    }
  }

  /** Of a log its beginning, as the older part of a rotation, and its end. */
  async #end(name: CallName, subject: Subject, most: number): Promise<void> {
    await this.#snapshot.file(name, subject, async (pieces, put) => {
      const kept = new HeadAndTail(most);
      await pieces((piece) => kept.push(piece));
      const { head, tail } = kept.parts();
      const give = (all: readonly Uint8Array[]) => async (take: (piece: Uint8Array) => Promise<void> | void) => {
        for (const piece of all) await take(piece);
      };
      await put('', give(tail.length > 0 ? tail : head));
      if (tail.length > 0) await put('.1', give(head));
      return { partly: kept.dropped === 0 ? null : { code: 'parts', facts: {} } };
    });
  }

  /** One process at a time, and the same process not sooner again than was said. */
  async #dumps(processes: readonly string[], jobs: readonly Job[]): Promise<void> {
    const { dumps } = this.#options;
    if (dumps === null) return;
    const used = new Set(jobs.flatMap(({ taskManagers }) => [...taskManagers]));
    const byUse = [...processes].sort((a, b) => Number(used.has(b)) - Number(used.has(a)));
    const chosenOnes = dumps.of ?? byUse.slice(0, MAX_DUMPED);
    for (let number = 1; number <= dumps.count; number++) {
      const begun = this.#host.now();
      for (const taskManager of chosenOnes) await this.#dump('taskManagerDump', { taskManager }, number);
      if (dumps.of === null && number === 1 && !this.#history) await this.#dump('jobManagerDump', {}, number);
      if (number < dumps.count && !this.#snapshot.over) await this.#host.wait(Math.max(0, begun + dumps.intervalMs - this.#host.now()), this.#signal);
    }
  }

  /** A whole one may harm where one without locks was wanted. */
  async #dump(name: 'taskManagerDump' | 'jobManagerDump', subject: Subject, number: number): Promise<void> {
    if (this.#options.dumps?.lite !== true) await this.#json(name, subject, number);
    else if (hasLite(name, this.#version)) await this.#json(name, { ...subject, lite: true }, number);
    else this.#snapshot.leave(name, subject, { code: 'no-lite', facts: {} });
  }
}

/** Where a switch is not set, a call would only say so. */
const isSet = (settings: unknown, key: string): boolean =>
  Array.isArray(settings) && settings.some((row: Row | null) => row?.['key'] === key && String(row['value']) === 'true');

/** Jobs that run, then a few that ended last: an incident may have ended its job. */
function chosen(rows: readonly Row[]): string[] {
  const known = rows.filter((row): row is Row & { jid: string } => isSegment(row['jid']));
  const hasEnded = (row: Row) => isEnded(row['state']);
  const ended = known.filter(hasEnded).sort((a, b) => Number(b['end-time'] ?? 0) - Number(a['end-time'] ?? 0));
  return [...known.filter((row) => !hasEnded(row)).slice(0, MAX_JOBS), ...ended.slice(0, MAX_ENDED)].map(({ jid }) => jid);
}

/** The ids of checkpoints worth their details: the last that failed, the last that completed, one that is under way, the slowest. */
function telling(checkpoints: unknown): number[] {
  const history = rowsIn(checkpoints, 'history').filter((row): row is Row & { id: number } => typeof row['id'] === 'number');
  const of = (status: string) => history.filter((row) => row['status'] === status);
  const slowest = [...of('COMPLETED')].sort((a, b) => Number(b['end_to_end_duration'] ?? 0) - Number(a['end_to_end_duration'] ?? 0))[0];
  const found = [of('FAILED')[0], of('IN_PROGRESS').at(-1), of('COMPLETED')[0], slowest];
  return [...new Set(found.flatMap((row) => row?.id ?? []))];
}
