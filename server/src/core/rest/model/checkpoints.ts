// What Flink says of the checkpoints of a job. Every size is in bytes, every duration in milliseconds.
import type { Span } from '../../../../../common/span.ts';
import type { DocumentBase } from './document.ts';

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
