/** What the tree of clusters says. */
import { table } from '../../../common/table.ts';
import type { AddressFault } from '../../../server/src/cluster/address.ts';
import type { Profiling } from '../../../server/src/cluster/profiles.ts';

/** What async-profiler samples, by the names that Flink gives to it. */
export const PROFILE_MODES = table<{ label: string; description: string }>({
  ITIMER: { label: 'Processor time (ITIMER)', description: 'what threads do while they run; needs no rights' },
  WALL: { label: 'Wall clock (WALL)', description: 'what all threads do, those that wait as well' },
  ALLOC: { label: 'Allocations (ALLOC)', description: 'who allocates, and what' },
  LOCK: { label: 'Locks (LOCK)', description: 'who waits for locks, and for whose' },
  CPU: { label: 'Processor time by the kernel (CPU)', description: 'with native and kernel frames; needs perf_events, which containers often bar' },
});

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "3 s", "4 min", "5 h", "6 d": how long a job has run. */
function age(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 36 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

const megabytes = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

export const TREE = {
  open: 'Open',
  showMore: 'Show More',
  history: 'A History Server has what ended jobs left behind: no processes, logs, metrics or thread dumps',
  version: (version: string | null, jobs: number, history: boolean) =>
    `${history ? 'History Server, ' : ''}${version === null ? 'no version told' : `Flink ${version}`}, ${jobs} ${jobs === 1 ? 'job' : 'jobs'}`,
  tooOld: (version: string) => `Flink ${version} is older than 1.13, from which on its answers are known`,
  noAnswer: 'no answer',
  notAsked: 'not asked yet',
  watched: 'watched',
  job: (state: string, duration: number | null) => `${state}${duration === null ? '' : ` for ${age(duration)}`}`,
  restarts: (count: number) => (count === 1 ? '1 restart' : `${count} restarts`),
  load: (busy: number | null, pressed: number | null) =>
    [busy === null ? null : `busy ${percent(busy)}`, pressed === null || pressed < 0.01 ? null : `held up ${percent(pressed)}`]
      .filter((part) => part !== null)
      .join(', '),
  skew: 'the others of it are at rest',
  slots: (used: number, all: number) => `${used} of ${all} slots`,
  heard: (ms: number) => `last heard of ${age(ms)} ago`,
  log: (bytes: number) => megabytes(bytes),
  more: (count: number) => `${count} more are not shown`,
  noLogs: 'No log files: they may go to the console of the container (kubectl logs --previous)',
  nextPage: (count: number) => `${count} more: a click shows the next ones, a filter searches all`,
  noJobs: 'No jobs',
  noProfiler:
    'The profiler is switched off. Flink 1.19 and later have it: rest.profiling.enabled: true in the configuration, then a restart of the JobManager',
  noProfiles: 'Nothing was profiled yet: Start Profiler… is in the menu of this node',
  profileMode: (mode: string) => PROFILE_MODES[mode]?.label ?? mode,
  profileName: ({ mode, triggered }: Profiling) => `${mode || 'Profile'}${triggered === null ? '' : ` ${new Date(triggered).toLocaleTimeString()}`}`,
  profile: ({ status, duration, message }: Profiling) => {
    const parts = [duration === null ? '' : `${duration} s`, status === 'FAILED' ? `failed: ${message}` : status === 'RUNNING' ? 'running' : ''];
    return parts.filter(Boolean).join(', ');
  },
  labels: {
    jobManager: 'JobManager',
    taskManagers: 'TaskManagers',
    exceptions: 'Exceptions',
    checkpoints: 'Checkpoints',
    checkpointConfig: 'Checkpoint Configuration',
    plan: 'Plan',
    job: 'Job Document',
    jobConfig: 'Configuration',
    configuration: 'Configuration',
    overview: 'Overview',
    dump: 'Thread Dump',
    profiler: 'Profiler',
    memory: 'Memory and Slots',
    vertex: 'Subtasks',
    backPressure: 'Back Pressure',
    load: 'Load',
    watermarks: 'Watermarks',
    flameGraph: 'Flame Graph',
  },
};

/** What the graph of a running job says of its figures. */
export const LIVE = {
  asOf: (time: string) => `As the cluster told at ${time}; asked for again as long as this is in sight.`,
  noAnswer: (since: string | null, why: string) =>
    `${since === null ? 'No answer' : `No answer since ${since}, what is drawn is as of then`}: ${why}`,
};

/** What the status bar says of the clusters that are watched. */
export const STATUS = {
  itemName: 'Logjam: clusters',
  looking: (name: string) => `${name}: looking…`,
  one: (name: string, sentence: string) => `${name}: ${sentence}`,
  more: (count: number) => ` (+${count})`,
  noAnswer: 'no answer',
  noVerdict: 'nothing could be read',
  line: (name: string, certainty: string | null, sentence: string, time: string) =>
    `${name}: ${sentence}${certainty === null ? '' : ` (${certainty})`}, ${time}`,
  lead: 'A click leads to the first of them',
};

export const ASKS = {
  snapshotOf: (name: string) => `Snapshot of ${name}`,
  takingDumps: 'Thread dumps',
  url: 'The address of the REST API: what you open the Web UI with',
  urlExample: 'http://localhost:8081',
  name: 'How is it to be called?',
  addressFaults: {
    'no-url': 'This is no address; one is http://localhost:8081',
    'no-http': 'The address begins with http:// or https://',
    credentials: 'Leave the password out of the address: it is asked for next, and kept by itself',
  } satisfies Record<AddressFault, string>,
  how: 'How does it let you in?',
  ways: {
    none: { label: 'Without anything', description: 'Flink itself asks for nothing' },
    token: { label: 'With a token', description: 'Authorization: Bearer …' },
    basic: { label: 'With user and password', description: 'Basic' },
    header: { label: 'With a header of another kind', description: 'for example a cookie' },
    file: { label: 'As a file says…', description: 'certificates, a command that prints headers: docs/live-clusters.md' },
  },
  token: 'The token',
  user: 'The user',
  password: 'The password',
  header: 'The header, for example Cookie: session=…',
  headerWrong: 'A header has the form Name: value',
  fileWrong: (why: string) => `This file does not say how a cluster is reached: ${why}`,
  remove: (name: string) => `Forget ${name}, and its credentials?`,
  removeButton: 'Forget',
  chosen: 'Which processes?',
  dumps: 'How many dumps of each, and how many seconds apart?',
  once: { label: 'One dump', description: 'what each thread does now' },
  thrice: { label: 'Three dumps, 10 s apart', description: 'what does not move' },
  lite: { label: 'One dump without locks', description: 'quick with any number of threads; a deadlock may not show in it' },
  take: 'Take Dumps',
  profileWhat: 'What is to be sampled?',
  profileHowLong: 'For how long?',
  profileSeconds: (seconds: number) => (seconds < 120 ? `${seconds} s` : `${seconds / 60} min`),
  profile: (mode: string, seconds: number) => `${PROFILE_MODES[mode]?.label ?? mode} for ${seconds} s`,
  profileStart: 'Start Profiler',
  profiling: (process: string) => `Profiler of ${process}`,
  profileLeft: (seconds: number) => (seconds > 0 ? `${seconds} s to go` : 'waiting for the result'),
  profileFailed: (why: string, mode: string) =>
    `The profiler failed: ${why || 'no reason was given'}${mode === 'CPU' ? '. CPU needs perf_events; ITIMER and WALL need no rights' : ''}`,
  profileLate: 'The profiler has not finished yet; its result will be below Profiler',
  filter: 'Which jobs, vertices, TaskManagers and logs are to be shown? A part of the name or id; empty: all',
  filtered: (text: string) => `Shown is what has "${text}" in its name or id`,
  taking: (name: string, number: number, of: number) => `${name}, ${number} of ${of}`,
  snapshotWith: 'What is to be in the snapshot?',
  plain: { label: 'Documents and logs', description: 'nothing stands still for them' },
  withDumps: { label: 'Documents, logs and three thread dumps of each TaskManager', description: 'their threads stand still meanwhile' },
  folder: 'Where is the snapshot to be written?',
  snapshotHere: 'Write Snapshot Here',
  taken: (files: number, missed: number) => `Snapshot: ${files} files${missed === 0 ? '' : `, ${missed} calls without an answer`}`,
  largeLog: (name: string, bytes: number) =>
    `${name} has ${megabytes(bytes)}. Fetching it sends the whole file from its process through the JobManager; an editor shows no file of this size. logjam collect --logs all fetches it into a folder.`,
  noDump: 'This dump was not kept. A new one is taken by Take Thread Dumps…',
  whichSubtask: 'Which subtask?',
  noSubtask: 'No subtask of this vertex runs on a TaskManager now',
  noThread: (name: string) => `This dump has no thread of ${name}: it may have ended, or its name is cut`,
  noLog: (taskManager: string) => `${taskManager} has no log file: it may go to the console of the container (kubectl logs)`,
  noCheckpoint: 'This job has no checkpoint yet',
  noLook: 'The answers behind this verdict were not kept; the status bar leads to those of the last one',
  gone: 'This cluster was removed',
  watchBegins: (name: string) =>
    `${name} is watched while this window is open: a few calls every 10 s, more every 30 s, no thread dumps. The verdict is in the status bar.`,
  offerSnapshot: 'Take Snapshot',
  offerDumps: 'With Thread Dumps…',
  openSnapshot: 'Open',
  wasTaken: (name: string, why: string) => `${name}: ${why}. A snapshot was taken.`,
  notTaken: (name: string, why: string, fault: string) => `${name}: ${why}. No snapshot could be taken: ${fault}`,
  enough: (name: string, count: number) => `${count} snapshots of ${name} were taken by themselves; no more are until it is watched anew.`,
  goOn: (begun: string) =>
    `A snapshot of this cluster that was begun at ${begun} is not finished. What it has of logs and dumps is not fetched again.`,
  goOnButton: 'Go On',
  anew: 'Begin Anew',
  credentialsUnread: (why: string) => `Its credentials cannot be read: ${why}`,
  browser: 'In a browser certificates of your own, and programs that print headers, cannot be used; the cluster has to allow it (CORS)',
};
