// What Flink says of one job: its vertices and their subtasks, its failures, how it was configured.
import type { Span } from '../../../../../common/span.ts';
import type { Source } from '../../unwrap/source.ts';
import type { DocumentBase } from './document.ts';

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

/** `/jobs/:id/config` (JobConfigInfo). */
export interface JobConfigDocument extends DocumentBase<'job-config'> {
  name: string | null;
  restartStrategy: string | null;
  parallelism: number | null;
  objectReuse: boolean | null;
  /** Parameters of the program. */
  parameters: Record<string, string>;
}
