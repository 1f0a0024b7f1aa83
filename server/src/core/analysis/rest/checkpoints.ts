import { type CheckpointFailure, checkpointFailure, followsFromJob } from '../../knowledge/checkpointFailures.ts';
import type { CheckpointRow, CheckpointSubtask, CheckpointSubtasksDocument, CheckpointsDocument } from '../../rest/model/checkpoints.ts';
import type { RestModel } from '../../rest/model.ts';
import { documentsOf } from './model.ts';

/** How the last checkpoints of a job ended. */
export interface CheckpointHistory {
  /** Ended ones that the document lists. */
  ended: number;
  failed: number;
  /** Failed since the last that completed. */
  inARow: number;
  /** The newest that failed for a reason of its own. */
  newest: CheckpointRow;
  /** By reason, most first. */
  reasons: { reason: CheckpointFailure; count: number }[];
  /** In all its life the job completed so many. */
  completed: number | null;
}

/** Null where no checkpoint failed, or all that failed did so with the job. */
export function historyOf({ history, counts }: CheckpointsDocument): CheckpointHistory | null {
  const ended = history.filter(({ status }) => status === 'COMPLETED' || status === 'FAILED');
  const failed = ended.filter(({ status, failure }) => status === 'FAILED' && !followsFromJob(checkpointFailure(failure)));
  const [newest] = failed;
  if (newest === undefined) return null;
  const success = ended.findIndex(({ status }) => status === 'COMPLETED');
  const since = success === -1 ? ended : ended.slice(0, success);
  const tally = new Map<CheckpointFailure, number>();
  for (const { failure } of failed) {
    const reason = checkpointFailure(failure);
    tally.set(reason, (tally.get(reason) ?? 0) + 1);
  }
  return {
    ended: ended.length,
    failed: failed.length,
    inARow: since.filter((row) => failed.includes(row)).length,
    newest,
    reasons: [...tally].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    completed: counts.completed,
  };
}

export type CheckpointPhase = 'start-delay' | 'alignment' | 'sync' | 'async';

/** Where the time of a subtask's part of a checkpoint went. */
export interface PhaseShare {
  row: CheckpointSubtask;
  phase: CheckpointPhase;
  ms: number;
  /** From the trigger to the acknowledgement. */
  duration: number;
}

/** From so long on a checkpoint is felt. */
const SLOW_MS = 5000;
const MOST_OF_IT = 0.5;

/** The slowest subtask that has acknowledged, where one phase took most of a long time. */
export function slowestPhase({ subtasks }: CheckpointSubtasksDocument): PhaseShare | null {
  let slowest: CheckpointSubtask | null = null;
  for (const row of subtasks) if (row.status === 'completed' && (row.duration ?? 0) > (slowest?.duration ?? 0)) slowest = row;
  const duration = slowest?.duration ?? 0;
  if (slowest === null || duration < SLOW_MS) return null;
  const phases: [CheckpointPhase, number | null][] = [
    ['start-delay', slowest.startDelay],
    ['alignment', slowest.alignment],
    ['sync', slowest.sync],
    ['async', slowest.async],
  ];
  const [phase, ms] = phases.reduce((a, b) => ((b[1] ?? 0) > (a[1] ?? 0) ? b : a));
  return ms !== null && ms >= MOST_OF_IT * duration ? { row: slowest, phase, ms, duration } : null;
}

/** Why checkpoints failed, by their ids, as far as the text tells. */
export function failuresOf(rest: RestModel): Map<number, CheckpointFailure> {
  const rows = [
    ...documentsOf(rest, 'checkpoints').flatMap(({ history }) => history),
    ...documentsOf(rest, 'checkpoint').map(({ checkpoint }) => checkpoint),
  ];
  return new Map(rows.flatMap(({ id, status, failure }) => (status === 'FAILED' && failure !== null ? [[id, checkpointFailure(failure)]] : [])));
}
