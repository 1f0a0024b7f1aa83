import { safeName } from '../../../common/snapshot.ts';
import { compareVersions } from '../core/flinkVersion.ts';

/**
 * The calls of Flink's REST API that Logjam makes, as data; all of them only read, but for PROFILERS, which a person starts.
 * Versions are those in which the handler is in WebMonitorEndpoint (read in the jars of 1.13.6 to 2.3.0).
 */
export interface Call {
  /** `:job`, `:vertex`, `:checkpoint`, `:taskmanager`, `:log` and `:profile` are filled in. */
  path: string;
  query?: string;
  /** The first line of Flink that has it; all have it where nothing is said. */
  since?: string;
  /** `settings`: a list of keys and values of a configuration; `text`: a file of any size; `page`: what a profiler draws. */
  shape: 'json' | 'settings' | 'text' | 'page';
  /**
   * `cheap`: the JobManager answers from what it knows; `measures`: it begins to measure and knows more when it is asked again;
   * `large`: a whole file goes from its process through the JobManager; `stops`: all threads of the process stand still meanwhile.
   */
  cost: 'cheap' | 'measures' | 'large' | 'stops';
  /** Of what measures: so long after the first answer the second one tells, in ms. */
  measuring?: number;
  /** From this line of Flink on it may be asked for without what costs most: of a dump, the locks that threads hold. */
  lite?: string;
  /** The History Server has it too, of jobs that have ended. */
  history?: true;
  /** Some have it and some do not, whatever their version (the History Server has no processes): that it is not there is no fault. */
  optional?: true;
}

/** Asked of all subtasks of a vertex at once: a list of ids would make a request line of more than 4,096 bytes (FLINK-8949). */
const LOAD = 'busyTimeMsPerSecond,backPressuredTimeMsPerSecond,idleTimeMsPerSecond,numRecordsInPerSecond,numRecordsOutPerSecond';
const HEAP = ['Memory.Heap.Used', 'Memory.Heap.Max', 'Memory.Metaspace.Used', 'CPU.Load', 'Threads.Count'].map((name) => `Status.JVM.${name}`).join();

export const CALLS = {
  dashboard: { path: '/config', shape: 'json', cost: 'cheap', history: true },
  overview: { path: '/overview', shape: 'json', cost: 'cheap', optional: true },
  jobs: { path: '/jobs/overview', shape: 'json', cost: 'cheap', history: true },
  taskManagers: { path: '/taskmanagers', shape: 'json', cost: 'cheap', optional: true },
  configuration: { path: '/jobmanager/config', shape: 'settings', cost: 'cheap', optional: true },
  environment: { path: '/jobmanager/environment', since: '1.16', shape: 'json', cost: 'cheap', optional: true },
  jobManagerMetrics: { path: '/jobmanager/metrics', query: `get=${HEAP}`, shape: 'json', cost: 'cheap', optional: true },
  job: { path: '/jobs/:job', shape: 'json', cost: 'cheap', history: true },
  jobMetrics: { path: '/jobs/:job/metrics', query: 'get=numRestarts,fullRestarts', shape: 'json', cost: 'cheap', optional: true },
  plan: { path: '/jobs/:job/plan', shape: 'json', cost: 'cheap', history: true },
  jobConfig: { path: '/jobs/:job/config', shape: 'json', cost: 'cheap', history: true },
  exceptions: { path: '/jobs/:job/exceptions', query: 'maxExceptions=100', shape: 'json', cost: 'cheap', history: true },
  checkpoints: { path: '/jobs/:job/checkpoints', shape: 'json', cost: 'cheap', history: true, optional: true },
  checkpointConfig: { path: '/jobs/:job/checkpoints/config', shape: 'json', cost: 'cheap', history: true, optional: true },
  rescales: { path: '/jobs/:job/rescales/overview', since: '2.3', shape: 'json', cost: 'cheap', optional: true },
  checkpoint: { path: '/jobs/:job/checkpoints/details/:checkpoint', shape: 'json', cost: 'cheap', history: true, optional: true },
  checkpointSubtasks: {
    path: '/jobs/:job/checkpoints/details/:checkpoint/subtasks/:vertex',
    shape: 'json',
    cost: 'cheap',
    history: true,
    optional: true,
  },
  vertex: { path: '/jobs/:job/vertices/:vertex', shape: 'json', cost: 'cheap', history: true },
  load: { path: '/jobs/:job/vertices/:vertex/subtasks/metrics', query: `get=${LOAD}`, shape: 'json', cost: 'cheap' },
  watermarks: { path: '/jobs/:job/vertices/:vertex/watermarks', shape: 'json', cost: 'cheap' },
  backPressure: { path: '/jobs/:job/vertices/:vertex/backpressure', shape: 'json', cost: 'measures', measuring: 2500 },
  // A hundred samples, 50 ms apart.
  flameGraph: { path: '/jobs/:job/vertices/:vertex/flamegraph', shape: 'json', cost: 'measures', measuring: 6500, optional: true },
  taskManager: { path: '/taskmanagers/:taskmanager', shape: 'json', cost: 'cheap' },
  taskManagerLogs: { path: '/taskmanagers/:taskmanager/logs', shape: 'json', cost: 'cheap' },
  jobManagerLogs: { path: '/jobmanager/logs', shape: 'json', cost: 'cheap', optional: true },
  taskManagerLog: { path: '/taskmanagers/:taskmanager/logs/:log', shape: 'text', cost: 'large' },
  jobManagerLog: { path: '/jobmanager/logs/:log', shape: 'text', cost: 'large' },
  // Without rest.profiling.enabled there is no such path.
  taskManagerProfiles: { path: '/taskmanagers/:taskmanager/profiler', since: '1.19', shape: 'json', cost: 'cheap', optional: true },
  jobManagerProfiles: { path: '/jobmanager/profiler', since: '1.19', shape: 'json', cost: 'cheap', optional: true },
  taskManagerProfile: { path: '/taskmanagers/:taskmanager/profiler/:profile', since: '1.19', shape: 'page', cost: 'large' },
  jobManagerProfile: { path: '/jobmanager/profiler/:profile', since: '1.19', shape: 'page', cost: 'large' },
  taskManagerDump: { path: '/taskmanagers/:taskmanager/thread-dump', shape: 'json', cost: 'stops', lite: '2.4' },
  jobManagerDump: { path: '/jobmanager/thread-dump', since: '1.15', shape: 'json', cost: 'stops', lite: '2.4' },
} as const satisfies Record<string, Call>;

export type CallName = keyof typeof CALLS;

/** Profilers, which are started where their results are listed (POST). */
export const PROFILERS = ['taskManagerProfiles', 'jobManagerProfiles'] as const;
export type ProfilerName = (typeof PROFILERS)[number];

/** The oldest line of Flink whose answers are known; older ones are asked all the same, and it is said. */
export const OLDEST = '1.13';

/** What a call is about. */
export interface Subject {
  job?: string;
  vertex?: string;
  checkpoint?: number;
  taskManager?: string;
  log?: string;
  /** The file of a result of the profiler. */
  profile?: string;
  /** Without what costs most; only where {@link hasLite}. */
  lite?: true;
}

/** Whether a version of Flink has a call; one whose version is not known is asked. `history`: it is a History Server. */
export function isIn(name: CallName, version: string | null, history = false): boolean {
  const { since, history: archived }: Call = CALLS[name];
  if (history && archived !== true) return false;
  return since === undefined || version === null || compareVersions(version, since) >= 0;
}

/** Whether a version has a form of a call that costs less; one that is not known is not relied on. */
export function hasLite(name: CallName, version: string | null): boolean {
  const { lite }: Call = CALLS[name];
  return lite !== undefined && version !== null && compareVersions(version, lite) >= 0;
}

/** Whether the answer to `dashboard` is that of a History Server (DashboardConfiguration, 1.16+). */
export const isHistoryServer = (dashboard: unknown): boolean =>
  (dashboard as { features?: { 'web-history'?: unknown } } | null)?.features?.['web-history'] === true;

/** Whether a name that a cluster gives can be asked for: of `..` the address would be another. */
export const isSegment = (name: unknown): name is string => typeof name === 'string' && name !== '' && name !== '.' && name !== '..';

/** The path of a call below the address of the cluster, with its query; each name in it is one segment, whatever is in it. */
export function pathOf(name: CallName, subject: Subject = {}): string {
  const { path, query }: Call = CALLS[name];
  const values: Record<string, string | undefined> = {
    job: subject.job,
    vertex: subject.vertex,
    checkpoint: subject.checkpoint === undefined ? undefined : String(subject.checkpoint),
    taskmanager: subject.taskManager,
    log: subject.log,
    profile: subject.profile,
  };
  const filled = path.replace(/:([a-z]+)/g, (_, key: string) => {
    const value = values[key];
    if (!isSegment(value)) throw new Error(`${path} is asked without its ${key}`);
    return encodeURIComponent(value);
  });
  const asked = subject.lite === true ? 'mode=lite' : query;
  return asked === undefined ? filled : `${filled}?${asked}`;
}

/**
 * The name of its file in a snapshot: the path, so that what a document is about can be read from it. `number`: of several
 * dumps of one process.
 */
export function fileOf(name: CallName, subject: Subject = {}, number?: number): string {
  const { path, shape }: Call = CALLS[name];
  const segments = path
    .slice(1)
    // The files of a process lie in one folder.
    .replace('/logs/:log', '/:log')
    .split('/')
    .map((segment) => {
      if (!segment.startsWith(':')) return segment;
      const key = segment === ':taskmanager' ? 'taskManager' : (segment.slice(1) as keyof Subject);
      return safeName(String(subject[key] ?? ''));
    });
  if (segments.length === 2 && segments[0] === 'taskmanagers') segments.push('detail');
  const file = segments.join('/');
  if (isFile(shape)) return file;
  return `${file}${number === undefined ? '' : `-${number}`}.json`;
}

/** Its answer is a file with a name of its own. */
const isFile = (shape: Call['shape']): boolean => shape === 'text' || shape === 'page';

/** Of each call a pattern of its document's path, see {@link documentPath}. */
const DOCUMENTS = (Object.keys(CALLS) as CallName[]).map((name) => {
  const { path, shape }: Call = CALLS[name];
  const keys: string[] = [];
  const pattern = path.replace(/[.]/g, '\\.').replace(/:([a-z]+)/g, (_, key: string) => {
    keys.push(key);
    return '([^/]+)';
  });
  return { name, keys, pattern: new RegExp(`^${pattern}${isFile(shape) ? '' : '\\.json'}$`) };
});

/** The path of a call's answer as a document: that of the API, with an ending that says what it is. Names in it are as they are. */
export function documentPath(name: CallName, subject: Subject = {}): string {
  const path = (pathOf(name, subject).split('?', 1)[0] ?? '').split('/').map(decodeURIComponent).join('/');
  return isFile(CALLS[name].shape) ? path : `${path}.json`;
}

/** The call whose document has this path; null for none. */
export function callOf(path: string): { name: CallName; subject: Subject } | null {
  for (const { name, keys, pattern } of DOCUMENTS) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const values = Object.fromEntries(keys.map((key, index) => [key, match[index + 1] as string]));
    const { job, vertex, checkpoint, taskmanager, log, profile } = values;
    return {
      name,
      subject: {
        ...(job !== undefined && { job }),
        ...(vertex !== undefined && { vertex }),
        ...(checkpoint !== undefined && { checkpoint: Number(checkpoint) }),
        ...(taskmanager !== undefined && { taskManager: taskmanager }),
        ...(log !== undefined && { log }),
        ...(profile !== undefined && { profile }),
      },
    };
  }
  return null;
}
