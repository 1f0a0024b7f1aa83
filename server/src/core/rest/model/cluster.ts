// What Flink says of a cluster: its jobs, its TaskManagers and how it is configured.
import type { Span } from '../../../../../common/span.ts';
import type { DocumentBase } from './document.ts';

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
