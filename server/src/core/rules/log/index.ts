import { collectorPause } from './collectorPause.ts';
import { firstFailure } from './firstFailure.ts';
import { followerFailure } from './followerFailure.ts';
import { illegalTransition } from './illegalTransition.ts';
import { memoryExhausted } from './memoryExhausted.ts';
import { stuckCancellation } from './stuckCancellation.ts';
import type { LogRule } from './types.ts';

export const logRules: readonly LogRule[] = [firstFailure, followerFailure, memoryExhausted, collectorPause, stuckCancellation, illegalTransition];
