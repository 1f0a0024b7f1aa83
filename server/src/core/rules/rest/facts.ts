import type { CheckpointPhase } from '../../analysis/rest/checkpoints.ts';
import type { LingeringState } from '../../analysis/rest/load.ts';
import type { CheckpointFailure } from '../../knowledge/checkpointFailures.ts';

/** A subtask as logs name it: `subtask` counts from 1. */
export type SubtaskFact = { vertex: string | null; subtask: number; parallelism: number | null };

/** What the rules tell, by the code of the finding. Times in ms, sizes in bytes, shares from 0 to 1. */
export interface RestFacts {
  'checkpoints-fail': {
    failed: number;
    ended: number;
    reason: CheckpointFailure;
    /** Of the failed ones so many for this reason. */
    count: number;
    checkpoint: number;
    acknowledged: number | null;
    subtasks: number | null;
    failure: string | null;
    /** None completed in all the life of the job. */
    never: boolean;
  };
  'checkpoint-not-acknowledged': {
    checkpoint: number;
    missing: SubtaskFact[];
    count: number;
    of: number;
    failed: boolean /** Null: the text does not say it. */;
    reason: CheckpointFailure | null;
  };
  'slow-checkpoint': { checkpoint: number; row: SubtaskFact; phase: CheckpointPhase; ms: number; durationMs: number };
  'no-periodic-checkpoints': Record<never, never>;
  'back-pressured': { subtasks: number; of: number; share: number };
  'back-pressure-not-measured': Record<never, never>;
  'busy-subtask': { row: SubtaskFact; of: number; share: number; next: number };
  'record-skew': { row: SubtaskFact; of: number; share: number; records: number; next: number; busy: number };
  'subtasks-linger': { state: LingeringState; vertex: string | null; count: number; of: number; ms: number; rows: SubtaskFact[] };
  'no-task-manager': Record<never, never>;
  'job-in-trouble': { job: string; state: string; failedTasks: number };
  'heap-nearly-full': { taskManager: string; used: number; max: number; collections: number; gcMs: number };
  'direct-memory-nearly-full': { taskManager: string; used: number; max: number };
  'task-manager-silent': { taskManager: string; behindMs: number; of: number };
  'task-manager-blocked': { taskManager: string };
  'flame-graph-disabled': Record<never, never>;
  'flame-graph-hot': { frame: string; share: number; innermost: string };
  'request-failed': { error: string; count: number };
  'container-killed': {
    pod: string;
    container: string;
    reason: string | null;
    exitCode: number | null;
    memoryLimit: number | null;
    restarts: number;
    /** Why it is not started again yet. */
    waits: string | null;
  };
  'container-not-starting': { pod: string; container: string; reason: string; message: string | null };
  'pod-evicted': { pod: string; reason: string; message: string | null };
  'pod-unschedulable': { pod: string; message: string };
}

/** What stands at other places. */
export interface RestRelatedFacts {
  'failed-checkpoint': { checkpoint: number; reason: CheckpointFailure; acknowledged: number | null; subtasks: number | null };
  subtask: SubtaskFact;
  'subtask-share': SubtaskFact & { share: number };
}
