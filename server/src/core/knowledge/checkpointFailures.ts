/** Why a checkpoint failed, by what Flink prints of it (CheckpointFailureReason). */
export type CheckpointFailure = 'expired' | 'declined' | 'async' | 'task' | 'finalize' | 'trigger' | 'subsumed' | 'job' | 'other';

export interface CheckpointFailureKind {
  reason: Exclude<CheckpointFailure, 'other'>;
  pattern: RegExp;
  /** It says nothing of checkpoints: the job ended, restarted or was stopped. */
  follows?: true;
  samples: readonly string[];
  nearMisses: readonly string[];
}

/** The first that fits counts. */
export const CHECKPOINT_FAILURES: readonly CheckpointFailureKind[] = [
  {
    reason: 'expired',
    pattern: /\bcheckpoint expired before /i,
    samples: ['Checkpoint expired before completing.', 'The checkpoint expired before triggering was complete'],
    nearMisses: ['The lease expired.'],
  },
  {
    reason: 'job',
    pattern:
      /Checkpoint ?Coordinator (?:is suspending|shutdown)|The job has failed|FailoverRegion is restarting|Periodic checkpoint scheduler is shut down/,
    follows: true,
    samples: [
      'Checkpoint Coordinator is suspending.',
      'CheckpointCoordinator shutdown.',
      'The job has failed.',
      'FailoverRegion is restarting.',
      'Periodic checkpoint scheduler is shut down.',
    ],
    nearMisses: ['Task has failed.'],
  },
  {
    reason: 'subsumed',
    pattern: /Checkpoint (?:has been subsumed|was canceled because a barrier from newer checkpoint)/,
    follows: true,
    samples: ['Checkpoint has been subsumed.', 'Checkpoint was canceled because a barrier from newer checkpoint was received.'],
    nearMisses: ['Checkpoint was declined.'],
  },
  {
    reason: 'declined',
    pattern:
      /Checkpoint was declined|Task does not support checkpointing|Task received cancellation from one of its inputs|checkpoint alignment phase needed to buffer more/,
    samples: [
      'Checkpoint was declined (tasks not ready)',
      'Checkpoint was declined.',
      'Task does not support checkpointing',
      'Task received cancellation from one of its inputs',
      'The checkpoint alignment phase needed to buffer more than the configured maximum bytes',
    ],
    nearMisses: ['The offer was declined.'],
  },
  {
    reason: 'async',
    pattern: /Asynchronous task checkpoint failed/,
    samples: ['Asynchronous task checkpoint failed.'],
    nearMisses: ['Asynchronous call failed.'],
  },
  {
    reason: 'task',
    pattern: /^Task (?:has failed|local checkpoint failure)/,
    samples: ['Task has failed.', 'Task local checkpoint failure.'],
    nearMisses: ['The job has failed.'],
  },
  {
    reason: 'finalize',
    pattern: /Failure to finalize checkpoint|Could not finalize the pending checkpoint/,
    samples: ['Failure to finalize checkpoint.', 'Could not finalize the pending checkpoint 7. Failure reason: Failure to finalize checkpoint.'],
    nearMisses: ['finalize'],
  },
  {
    reason: 'trigger',
    pattern: /An Exception occurred while triggering the checkpoint|Trigger checkpoint failure|Not all required tasks are currently running/,
    samples: [
      'An Exception occurred while triggering the checkpoint. IO-problem detected.',
      'Trigger checkpoint failure.',
      'Not all required tasks are currently running.',
    ],
    nearMisses: ['Triggering checkpoint 7'],
  },
];

export function checkpointFailure(message: string | null): CheckpointFailure {
  return CHECKPOINT_FAILURES.find(({ pattern }) => message !== null && pattern.test(message))?.reason ?? 'other';
}

/** Failures that only follow from something else that happened to the job. */
export const followsFromJob = (reason: CheckpointFailure): boolean =>
  CHECKPOINT_FAILURES.some((kind) => kind.reason === reason && kind.follows === true);
