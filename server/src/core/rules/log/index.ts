import { checkpointsFailInLog } from './checkpointsFailInLog.ts';
import { checkpointsNotTriggered } from './checkpointsNotTriggered.ts';
import { checkpointsSlow } from './checkpointsSlow.ts';
import { collectorPause } from './collectorPause.ts';
import { consequentialFailure } from './consequentialFailure.ts';
import { firstFailure } from './firstFailure.ts';
import { illegalTransition } from './illegalTransition.ts';
import { knownIssueInLog } from './knownIssueInLog.ts';
import { memoryExhausted } from './memoryExhausted.ts';
import { subtaskNeverRuns } from './neverRuns.ts';
import { processNotFound } from './notFound.ts';
import { stuckCancellation } from './stuckCancellation.ts';
import type { LogRule } from './types.ts';

/** Each by its id; their order is that of their list. */
export const LOG_RULES = {
  'first-failure': firstFailure,
  'consequential-failure': consequentialFailure,
  'memory-exhausted': memoryExhausted,
  'known-issue-in-log': knownIssueInLog,
  'heartbeat-lost-in-gc': collectorPause,
  'stuck-cancellation': stuckCancellation,
  'subtask-does-not-start': subtaskNeverRuns,
  'process-not-found': processNotFound,
  'checkpoints-fail-in-log': checkpointsFailInLog,
  'checkpoints-not-triggered': checkpointsNotTriggered,
  'checkpoints-slow-in-log': checkpointsSlow,
  'illegal-state-transition': illegalTransition,
} as const satisfies Record<string, LogRule>;

export const logRules: readonly LogRule[] = Object.values(LOG_RULES);
