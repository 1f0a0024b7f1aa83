import type { Span } from '../../../../common/span.ts';
import type { Problem } from '../problems.ts';
import type { Source } from '../unwrap/source.ts';

/**
 * What the documents of a text say: answers of Flink's REST API, alone, several in one text or in an archive of the
 * History Server, and what tells the same otherwise: objects of Kubernetes and configuration files. Times are
 * milliseconds since 1970, durations milliseconds, sizes bytes. Null: the document does not say it.
 */
export interface RestModel {
  documents: RestDocument[];
  /** Documents that were passed over because there are too many. */
  documentsLeft: number;
  /** The text is an archive of the History Server. */
  archive: boolean;
  /** Job documents and plans beside them, which are read as job graphs. */
  plans: number;
  /** What the documents were packed in. */
  wrappers: string[];
  problems: Problem[];
}

/** What a document is about, by its path and by itself. */
export interface Subject {
  job: string | null;
  vertex: string | null;
  /** From 0. */
  subtask: number | null;
  checkpoint: number | null;
  taskManager: string | null;
}

export const NO_SUBJECT: Subject = { job: null, vertex: null, subtask: null, checkpoint: null, taskManager: null };

export interface DocumentBase<T extends string> {
  type: T;
  span: Span;
  /** "/jobs/…" of an archive's entry, or of the line above the document. */
  path: string | null;
  subject: Subject;
}

export type RestDocument =
  | OverviewDocument
  | DashboardDocument
  | JobsDocument
  | TaskManagersDocument
  | VertexDocument
  | ExceptionsDocument
  | CheckpointsDocument
  | CheckpointDocument
  | CheckpointSubtasksDocument
  | CheckpointConfigDocument
  | BackPressureDocument
  | MetricsDocument
  | ConfigurationDocument
  | EnvironmentDocument
  | FlameGraphDocument
  | JobConfigDocument
  | ErrorsDocument
  | PodsDocument
  | PodEventsDocument
  | OtherDocument;

export type DocumentType = RestDocument['type'];

/** The documents of one type. */
export type DocumentOfType<T extends DocumentType> = Extract<RestDocument, { type: T }>;

/** `/overview` (ClusterOverviewWithVersion). */
export interface OverviewDocument extends DocumentBase<'overview'> {
  taskManagers: number | null;
  slotsTotal: number | null;
  slotsAvailable: number | null;
  jobs: { running: number | null; finished: number | null; cancelled: number | null; failed: number | null };
  flinkVersion: string | null;
  slotsSpan: Span;
}

/** `/config` (DashboardConfiguration). */
export interface DashboardDocument extends DocumentBase<'dashboard'> {
  flinkVersion: string | null;
  flinkRevision: string | null;
  timeZone: string | null;
  /** Milliseconds east of UTC. */
  timeZoneOffset: number | null;
  refreshInterval: number | null;
  /** Names of what the dashboard may do. */
  features: string[];
}

export interface JobRow {
  id: string;
  name: string | null;
  state: string | null;
  start: number | null;
  /** Null while it runs. */
  end: number | null;
  duration: number | null;
  /** Tasks by state, those with none left out. */
  tasks: Record<string, number>;
  span: Span;
  stateSpan: Span;
}

/** `/jobs/overview` (MultipleJobsDetails) and, with ids and states alone, `/jobs`. */
export interface JobsDocument extends DocumentBase<'jobs'> {
  jobs: JobRow[];
}

export interface MemoryUse {
  used: number | null;
  committed: number | null;
  /** Null where there is no limit. */
  max: number | null;
  span: Span;
}

export interface TaskManagerRow {
  id: string;
  /** Address of its actor. */
  address: string | null;
  /** The port that `endpoint` and `host` of subtasks name. */
  dataPort: number | null;
  /** When the JobManager heard of it last; the field is called timeSinceLastHeartbeat, and is a time. */
  lastHeartbeat: number | null;
  slots: number | null;
  freeSlots: number | null;
  /** Of the machine. */
  cpuCores: number | null;
  physicalMemory: number | null;
  /** Largest heap of the JVM as its start found it. */
  jvmHeap: number | null;
  /** Bytes by name: frameworkHeap, taskHeap, managedMemory, networkMemory, jvmMetaspace … */
  memory: Record<string, number>;
  /** Taken out of service by the JobManager (1.16+). */
  blocked: boolean;
  /** Only of the document of one TaskManager. */
  metrics: TaskManagerMetrics | null;
  /** Jobs by slot; only of the document of one TaskManager. */
  slotsOfJobs: string[];
  span: Span;
  idSpan: Span;
}

/** TaskManagerMetricsInfo. */
export interface TaskManagerMetrics {
  heap: MemoryUse;
  nonHeap: MemoryUse;
  direct: MemoryUse;
  mapped: MemoryUse;
  /** Buffers for exchanges. */
  networkSegments: { available: number | null; total: number | null };
  collectors: { name: string; count: number; time: number; span: Span }[];
  span: Span;
}

/** `/taskmanagers` (TaskManagersInfo), and `/taskmanagers/:id` (TaskManagerDetailsInfo) as the only one. */
export interface TaskManagersDocument extends DocumentBase<'taskmanagers'> {
  taskManagers: TaskManagerRow[];
  /** The document of one TaskManager. */
  detail: boolean;
}

export interface SubtaskRow {
  /** From 0. */
  subtask: number;
  status: string | null;
  /** From 0. */
  attempt: number | null;
  /** "host:port" of the data port; before 1.19 only the host. */
  endpoint: string | null;
  taskManager: string | null;
  start: number | null;
  /** Null while it runs. */
  end: number | null;
  duration: number | null;
  readBytes: number | null;
  writeBytes: number | null;
  readRecords: number | null;
  writeRecords: number | null;
  backPressuredMs: number | null;
  idleMs: number | null;
  busyMs: number | null;
  /** Time in each state so far, those with none left out (1.16+). */
  statusMs: Record<string, number>;
  /** When each state began; only of `subtasktimes`. */
  timestamps: Record<string, number>;
  span: Span;
  statusSpan: Span;
}

/** `/jobs/:id/vertices/:vid` and its `/subtasktimes`, `/taskmanagers` and `/subtasks/:i`: the subtasks of a vertex (JobVertexDetailsInfo). */
export interface VertexDocument extends DocumentBase<'vertex'> {
  /** `taskmanagers`: a row stands for all subtasks on one TaskManager, and has no subtask. */
  of: 'subtasks' | 'times' | 'taskmanagers' | 'attempt';
  name: string | null;
  parallelism: number | null;
  maxParallelism: number | null;
  /** When it was asked. */
  now: number | null;
  subtasks: SubtaskRow[];
  nameSpan: Span;
}

export interface ExceptionEntry {
  /** Class of the exception; before 1.13 from the trace. */
  name: string | null;
  /** The trace as it was printed, with the way back. */
  trace: Source;
  time: number | null;
  /** Name of the task without "(i/n)#a"; null: the failure is that of the job. */
  task: string | null;
  /** 1-based, as printed. */
  subtask: number | null;
  parallelism: number | null;
  attempt: number | null;
  /** "host:port". */
  endpoint: string | null;
  taskManager: string | null;
  /** Labels of failure enrichers (FLIP-304), 1.18+. */
  labels: Record<string, string>;
  /** Index of the entry that it failed together with; null: an entry of its own. */
  with: number | null;
  span: Span;
  nameSpan: Span;
}

/** `/jobs/:id/exceptions` (JobExceptionsInfoWithHistory; JobExceptionsInfo up to 1.19). */
export interface ExceptionsDocument extends DocumentBase<'exceptions'> {
  /** Where the entries were taken from: the history, else the last failure of each task, else the one that ended the job. */
  form: 'history' | 'all-exceptions' | 'root-exception' | 'none';
  /** As they stand in the document: newest first. What failed together follows its entry. */
  entries: ExceptionEntry[];
  /** There were more. */
  truncated: boolean;
}

export type CheckpointStatus = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

export interface CheckpointRow {
  id: number;
  status: CheckpointStatus | null;
  savepoint: boolean;
  /** CHECKPOINT, UNALIGNED_CHECKPOINT, SAVEPOINT, SYNC_SAVEPOINT. */
  checkpointType: string | null;
  triggered: number | null;
  latestAck: number | null;
  duration: number | null;
  stateSize: number | null;
  checkpointedSize: number | null;
  processedData: number | null;
  persistedData: number | null;
  subtasks: number | null;
  acknowledged: number | null;
  failedAt: number | null;
  failure: string | null;
  externalPath: string | null;
  span: Span;
  statusSpan: Span;
}

/** `/jobs/:id/checkpoints` (CheckpointingStatistics). */
export interface CheckpointsDocument extends DocumentBase<'checkpoints'> {
  counts: { restored: number | null; total: number | null; inProgress: number | null; completed: number | null; failed: number | null };
  latest: {
    completed: CheckpointRow | null;
    savepoint: CheckpointRow | null;
    failed: CheckpointRow | null;
    restored: { id: number; time: number | null; savepoint: boolean } | null;
  };
  /** Newest first; `web.checkpoints.history` of them (10). */
  history: CheckpointRow[];
  countsSpan: Span;
}

/** `/jobs/:id/checkpoints/details/:cid` (CheckpointStatistics). */
export interface CheckpointDocument extends DocumentBase<'checkpoint'> {
  checkpoint: CheckpointRow;
  tasks: CheckpointTask[];
}

export interface CheckpointTask {
  vertex: string;
  status: CheckpointStatus | null;
  latestAck: number | null;
  duration: number | null;
  stateSize: number | null;
  subtasks: number | null;
  acknowledged: number | null;
  span: Span;
}

export interface CheckpointSubtask {
  /** From 0. */
  subtask: number;
  /** `pending`: nothing was heard of it; in a failed checkpoint it never acknowledged. */
  status: 'completed' | 'pending';
  acknowledged: number | null;
  /** Since the checkpoint was triggered. */
  duration: number | null;
  /** From the trigger until the first barrier arrived. */
  startDelay: number | null;
  /** From the first barrier to the last. */
  alignment: number | null;
  sync: number | null;
  async: number | null;
  stateSize: number | null;
  processed: number | null;
  persisted: number | null;
  unaligned: boolean;
  /** The subtask gave it up. */
  aborted: boolean;
  span: Span;
}

/** `/jobs/:id/checkpoints/details/:cid/subtasks/:vid` (TaskCheckpointStatisticsWithSubtaskDetails). */
export interface CheckpointSubtasksDocument extends DocumentBase<'checkpoint-subtasks'> {
  checkpoint: number;
  status: CheckpointStatus | null;
  latestAck: number | null;
  duration: number | null;
  subtasks: CheckpointSubtask[];
  /** Of the vertex. */
  total: number | null;
  acknowledged: number | null;
}

/** `/jobs/:id/checkpoints/config` (CheckpointConfigInfo). */
export interface CheckpointConfigDocument extends DocumentBase<'checkpoint-config'> {
  mode: 'exactly_once' | 'at_least_once' | null;
  /** Null: no periodic checkpoints, printed as the largest long. */
  interval: number | null;
  timeout: number | null;
  minPause: number | null;
  maxConcurrent: number | null;
  tolerableFailures: number | null;
  unaligned: boolean | null;
  alignedTimeout: number | null;
  stateBackend: string | null;
  storage: string | null;
  externalized: boolean | null;
  changelog: boolean | null;
  intervalSpan: Span;
  timeoutSpan: Span;
}

export type PressureLevel = 'ok' | 'low' | 'high';

/** Shares of the time, 0 to 1; null where the subtask does not measure it (legacy sources). */
export interface PressureRow {
  subtask: number;
  level: PressureLevel | null;
  ratio: number | null;
  idle: number | null;
  busy: number | null;
  span: Span;
}

/** `/jobs/:id/vertices/:vid/backpressure` (JobVertexBackPressureInfo). */
export interface BackPressureDocument extends DocumentBase<'back-pressure'> {
  /** `deprecated`: the first answer, before anything was measured. */
  status: string | null;
  level: PressureLevel | null;
  end: number | null;
  subtasks: PressureRow[];
}

export interface MetricRow {
  id: string;
  value: number | null;
  /** As printed, where it is no number. */
  text: string | null;
  min: number | null;
  max: number | null;
  avg: number | null;
  sum: number | null;
  /** Percent (1.20+). */
  skew: number | null;
  span: Span;
}

/** Any document of metrics: ids alone, values, or aggregated values. */
export interface MetricsDocument extends DocumentBase<'metrics'> {
  metrics: MetricRow[];
}

export interface SettingRow {
  key: string;
  value: string;
  keySpan: Span;
  valueSpan: Span;
}

/** `/jobmanager/config`, `/jobs/:id/jobmanager/config`, flink-conf.yaml or config.yaml. */
export interface ConfigurationDocument extends DocumentBase<'configuration'> {
  /** Where it was written: the running JobManager, or a file. */
  of: 'jobmanager' | 'file';
  settings: SettingRow[];
}

/** `/jobmanager/environment` (EnvironmentInfo). */
export interface EnvironmentDocument extends DocumentBase<'environment'> {
  jvm: string | null;
  architecture: string | null;
  options: string[];
  classPath: string[];
}

export interface FlameNode {
  name: string;
  /** Samples in it and below. */
  value: number;
  children: FlameNode[];
  span: Span;
}

/** `/jobs/:id/vertices/:vid/flamegraph` (VertexFlameGraph). */
export interface FlameGraphDocument extends DocumentBase<'flame-graph'> {
  /** Why there are no samples: the vertex has ended, `rest.flamegraph.enabled` is off, or none were taken yet. */
  empty: 'ended' | 'disabled' | 'waiting' | null;
  end: number | null;
  root: FlameNode | null;
}

/** `/jobs/:id/config` (JobConfigInfo). */
export interface JobConfigDocument extends DocumentBase<'job-config'> {
  name: string | null;
  restartStrategy: string | null;
  parallelism: number | null;
  objectReuse: boolean | null;
  /** Parameters of the program. */
  parameters: Record<string, string>;
}

/** `{"errors": […]}`: the request failed. */
export interface ErrorsDocument extends DocumentBase<'errors'> {
  errors: { text: string; span: Span }[];
}

export interface ContainerState {
  state: 'running' | 'waiting' | 'terminated';
  /** OOMKilled, Error, Completed, CrashLoopBackOff, ImagePullBackOff … */
  reason: string | null;
  message: string | null;
  exitCode: number | null;
  signal: number | null;
  started: number | null;
  finished: number | null;
  span: Span;
}

export interface ContainerRow {
  name: string;
  image: string | null;
  restarts: number | null;
  ready: boolean | null;
  state: ContainerState | null;
  /** How its last run ended. */
  last: ContainerState | null;
  /** Bytes; null: no limit is told. */
  memoryLimit: number | null;
  /** Cores. */
  cpuLimit: number | null;
  span: Span;
}

export interface PodRow {
  name: string;
  namespace: string | null;
  node: string | null;
  ip: string | null;
  labels: Record<string, string>;
  /** Pending, Running, Succeeded, Failed, Unknown. */
  phase: string | null;
  /** Evicted, NodeLost, Preempted … */
  reason: string | null;
  message: string | null;
  started: number | null;
  containers: ContainerRow[];
  /** Why it has no node. */
  unschedulable: string | null;
  events: PodEvent[];
  span: Span;
  nameSpan: Span;
}

export interface PodEvent {
  eventType: string | null;
  reason: string | null;
  message: string | null;
  /** "Pod/flink-taskmanager-1-1". */
  object: string | null;
  count: number | null;
  /** Null where only an age is printed. */
  first: number | null;
  last: number | null;
  /** As `kubectl describe` and `kubectl get events` print it. */
  age: string | null;
  span: Span;
}

/** `kubectl get pods -o json|yaml` and `kubectl describe pod`. */
export interface PodsDocument extends DocumentBase<'pods'> {
  pods: PodRow[];
}

/** `kubectl get events`, as a table, JSON or YAML. */
export interface PodEventsDocument extends DocumentBase<'pod-events'> {
  events: PodEvent[];
}

/** Known by its path or its keys, and not read further. */
export interface OtherDocument extends DocumentBase<'other'> {
  what: OtherWhat;
}

export type OtherWhat = 'accumulators' | 'job-status' | 'log-list' | 'applications' | 'rescales' | 'requirements' | 'profiles' | 'unknown';
