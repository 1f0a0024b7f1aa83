/** Answers of Flink's REST API, as far as the lab asks them. */

/** `/jobs/:jobid` */
export interface Job {
  state: string;
  vertices: { id: string; name: string; status: string }[];
}

/** `/jobs/:jobid/checkpoints` */
export interface Checkpoints {
  counts: { total: number; completed: number; failed: number };
  /** Newest first. */
  history: { id: number; status: string }[];
}

interface ExceptionEntry {
  exceptionName: string;
  stacktrace: string;
  timestamp: number;
  taskName: string | null;
}

/** `/jobs/:jobid/exceptions` */
export interface Exceptions {
  exceptionHistory?: { entries: (ExceptionEntry & { concurrentExceptions?: ExceptionEntry[] })[] };
}

/** `/jobs/:jobid/vertices/:vertexid/backpressure`: the name of the field has changed with the versions. */
export interface BackPressure {
  'backpressure-level'?: string;
  backpressureLevel?: string;
}

/** `/jobmanager/profiler`, `/taskmanagers/:id/profiler` (1.19+), newest first. */
export interface Profilings {
  profilingList: { status: string; message: string | null; outputFile: string | null }[];
}

/** `/taskmanagers` */
export interface TaskManagers {
  taskmanagers: { id: string }[];
}

/** One of `/jobs/:jobid/vertices/:vertexid/subtasks/metrics`: over all subtasks. */
export interface Metric {
  id: string;
  min: number;
  max: number;
  avg: number;
}
