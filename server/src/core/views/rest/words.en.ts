import type { VertexDocument } from '../../rest/model/job.ts';
import type { DocumentType, OtherWhat } from '../../rest/model.ts';
import { plural } from '../../wording.ts';

export type Column =
  | 'job'
  | 'state'
  | 'started'
  | 'duration'
  | 'tasks'
  | 'taskManager'
  | 'slots'
  | 'heartbeat'
  | 'heap'
  | 'direct'
  | 'collections'
  | 'memory'
  | 'subtask'
  | 'attempt'
  | 'read'
  | 'written'
  | 'busy'
  | 'backPressured'
  | 'idle'
  | 'inState'
  | 'time'
  | 'task'
  | 'exception'
  | 'labels'
  | 'checkpoint'
  | 'size'
  | 'acknowledged'
  | 'failure'
  | 'vertex'
  | 'startDelay'
  | 'alignment'
  | 'sync'
  | 'async'
  | 'level'
  | 'metric'
  | 'value'
  | 'min'
  | 'avg'
  | 'max'
  | 'sum'
  | 'option'
  | 'frame'
  | 'share'
  | 'error'
  | 'pod'
  | 'resource'
  | 'jobManager'
  | 'node'
  | 'restarts'
  | 'lastEnd'
  | 'limit'
  | 'reason'
  | 'object'
  | 'count'
  | 'age'
  | 'message'
  | 'fact';

/** What views, outline and hovers say of documents; a second language is a second table of this type. */
export interface RestViewWords {
  titles: Record<DocumentType, string>;
  /** Which part of a vertex the document is. */
  vertexParts: Record<VertexDocument['of'], string>;
  others: Record<OtherWhat, string>;
  columns: Record<Column, string>;
  facts: Record<
    | 'taskManagers'
    | 'slots'
    | 'jobsRunning'
    | 'jobsFailed'
    | 'flink'
    | 'revision'
    | 'timeZone'
    | 'features'
    | 'parallelism'
    | 'checkpoints'
    | 'restored'
    | 'latest'
    | 'mode'
    | 'interval'
    | 'timeout'
    | 'minPause'
    | 'maxConcurrent'
    | 'tolerable'
    | 'unaligned'
    | 'alignedTimeout'
    | 'backend'
    | 'storage'
    | 'retained'
    | 'changelog'
    | 'level'
    | 'java'
    | 'architecture'
    | 'options'
    | 'classPath'
    | 'restarts'
    | 'objectReuse'
    | 'parameters'
    | 'measured'
    | 'samples',
    string
  >;
  slots(free: number, of: number): string;
  of(part: number | string, whole: number | string): string;
  counts(counts: { completed: number | null; failed: number | null; inProgress: number | null }): string;
  never: string;
  yes: string;
  no: string;
  hidden(count: number): string;
  /** Report. */
  archive(documents: number): string;
  documents(count: number): string;
  nothing: string;
  failures: string;
  graph: string;
  /** Lenses. */
  showGraph: string;
}

const dash = (value: number | null): string => (value === null ? '?' : String(value));

export const REST_WORDS: RestViewWords = {
  titles: {
    overview: 'Cluster',
    dashboard: 'Dashboard',
    jobs: 'Jobs',
    taskmanagers: 'TaskManagers',
    vertex: 'Vertex',
    exceptions: 'Exceptions',
    checkpoints: 'Checkpoints',
    checkpoint: 'Checkpoint',
    'checkpoint-subtasks': 'Checkpoint by subtask',
    'checkpoint-config': 'Checkpointing',
    'back-pressure': 'Back pressure',
    metrics: 'Metrics',
    configuration: 'Configuration',
    environment: 'JVM of the JobManager',
    'flame-graph': 'Flame graph',
    profile: 'Profile',
    'job-config': 'Configuration of the job',
    errors: 'Error',
    pods: 'Pods',
    'pod-events': 'Events of Kubernetes',
    operator: 'Resources of the Flink Kubernetes operator',
    other: 'Other',
  },
  vertexParts: { subtasks: 'subtasks', times: 'times of the subtasks', taskmanagers: 'by TaskManager', attempt: 'one attempt' },
  others: {
    accumulators: 'Accumulators',
    'job-status': 'State of the job',
    'log-list': 'Log files',
    applications: 'Applications',
    rescales: 'Rescaling',
    requirements: 'Resource requirements',
    profiles: 'Profiles',
    unknown: 'Other document',
  },
  columns: {
    job: 'job',
    state: 'state',
    started: 'started',
    duration: 'duration',
    tasks: 'tasks',
    taskManager: 'TaskManager',
    slots: 'slots',
    heartbeat: 'last heartbeat',
    heap: 'heap',
    direct: 'direct memory',
    collections: 'collections',
    memory: 'process size',
    subtask: 'subtask',
    attempt: 'attempt',
    read: 'records read',
    written: 'records written',
    busy: 'busy',
    backPressured: 'back-pressured',
    idle: 'idle',
    inState: 'in this state',
    time: 'time',
    task: 'task',
    exception: 'exception',
    labels: 'labels',
    checkpoint: 'checkpoint',
    size: 'size',
    acknowledged: 'acknowledged',
    failure: 'failure',
    vertex: 'vertex',
    startDelay: 'start delay',
    alignment: 'alignment',
    sync: 'sync',
    async: 'async',
    level: 'level',
    metric: 'metric',
    value: 'value',
    min: 'min',
    avg: 'average',
    max: 'max',
    sum: 'sum',
    option: 'option',
    frame: 'frame',
    share: 'samples',
    error: 'error',
    pod: 'pod',
    resource: 'resource',
    jobManager: 'JobManager',
    node: 'node',
    restarts: 'restarts',
    lastEnd: 'last end',
    limit: 'memory limit',
    reason: 'reason',
    object: 'object',
    count: 'count',
    age: 'last seen',
    message: 'message',
    fact: 'what',
  },
  facts: {
    taskManagers: 'TaskManagers',
    slots: 'slots',
    jobsRunning: 'jobs running',
    jobsFailed: 'jobs failed',
    flink: 'Flink',
    revision: 'revision',
    timeZone: 'time zone',
    features: 'features',
    parallelism: 'parallelism',
    checkpoints: 'checkpoints',
    restored: 'restored',
    latest: 'latest completed',
    mode: 'mode',
    interval: 'interval',
    timeout: 'timeout',
    minPause: 'minimum pause',
    maxConcurrent: 'at once',
    tolerable: 'failures that are tolerated',
    unaligned: 'unaligned',
    alignedTimeout: 'aligned until',
    backend: 'state backend',
    storage: 'storage',
    retained: 'retained when the job ends',
    changelog: 'changelog',
    level: 'level',
    java: 'Java',
    architecture: 'architecture',
    options: 'options',
    classPath: 'class path',
    restarts: 'restarts',
    objectReuse: 'object reuse',
    parameters: 'parameters',
    measured: 'measured',
    samples: 'samples',
  },
  slots: (free, of) => `${free} of ${of} free`,
  of: (part, whole) => `${part} of ${whole}`,
  counts: ({ completed, failed, inProgress }) => `${dash(completed)} completed, ${dash(failed)} failed, ${dash(inProgress)} in progress`,
  never: 'never',
  yes: 'yes',
  no: 'no',
  hidden: (count) => `… and ${count} more`,
  archive: (documents) => `Archive of the History Server with ${plural(documents, 'document')}.`,
  documents: (count) => `${plural(count, 'document')} of the REST API.`,
  nothing: 'This document shows nothing wrong; it is one of many.',
  failures: 'Failures',
  graph: 'Job',
  showGraph: '$(type-hierarchy) Job graph',
};

/** The call tree of a flame graph. */
export const FLAME = {
  title: 'Samples by calls',
  unit: 'samples',
  samples: 'Samples of the threads of one vertex, taken by Flink: those that wait count as well.',
  cut: 'Some calls are left out: there are too many different ones.',
  unnamed: '(a call without a name)',
  profile: 'Samples of a whole process, taken by async-profiler.',
  events: {
    cpu: 'Samples of a whole process by async-profiler: of threads while they were on a processor. Those that waited are not in it.',
    wall: 'Samples of a whole process by async-profiler: of all threads, also of those that waited.',
    allocations: 'Samples of a whole process by async-profiler: of what was allocated. The innermost entry is the class.',
    locks: 'Samples of a whole process by async-profiler: of waits for locks. The innermost entry is the class of the lock.',
  },
  reversed: 'The page was drawn upside down: calls may be read from the innermost outwards.',
  left: (count: number) => `${plural(count, 'call')} with few samples are counted where they were called from.`,
  noCalls:
    'The profile has no samples: nothing ran, or the profiler could not look (its event may need rights that a container has not: ITIMER and WALL need none).',
  empty: {
    ended: 'The vertex does not run any more: there is nothing to sample.',
    disabled: 'Flame graphs are switched off. In the configuration of the cluster: rest.flamegraph.enabled: true, then a restart of the JobManager.',
    waiting: 'No samples have been taken yet: ask again in some seconds.',
  },
};
