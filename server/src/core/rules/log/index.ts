import { collectorPause } from './collectorPause.ts';
import { consequentialFailure } from './consequentialFailure.ts';
import { firstFailure } from './firstFailure.ts';
import { illegalTransition } from './illegalTransition.ts';
import { knownIssueInLog } from './knownIssueInLog.ts';
import { memoryExhausted } from './memoryExhausted.ts';
import { subtaskNeverRuns } from './neverRuns.ts';
import { stuckCancellation } from './stuckCancellation.ts';
import type { LogRule } from './types.ts';

export const logRules: readonly LogRule[] = [
  firstFailure,
  consequentialFailure,
  memoryExhausted,
  knownIssueInLog,
  collectorPause,
  stuckCancellation,
  subtaskNeverRuns,
  illegalTransition,
];
