import { asyncQueueFull } from './asyncQueueFull.ts';
import { blocksOthers } from './blocksOthers.ts';
import { classInitDeadlock } from './classInitDeadlock.ts';
import { deadlock } from './deadlock.ts';
import { hiddenOwner } from './hiddenOwner.ts';
import { knownIssue, knownIssueFixed } from './knownIssue.ts';
import { lockHolderWaits } from './lockHolderWaits.ts';
import { longWait } from './longWait.ts';
import { loopDeadlock } from './loopDeadlock.ts';
import { networkBuffersStarved } from './networkBuffersStarved.ts';
import { poolWaitsForItself } from './poolWaitsForItself.ts';
import { readLockDeadlock } from './readLockDeadlock.ts';
import { readLockUpgrade } from './readLockUpgrade.ts';
import { resourcePoolExhausted } from './resourcePoolExhausted.ts';
import { sectionDiffers } from './sectionDiffers.ts';
import { slowUnderLock } from './slowUnderLock.ts';
import { suspectedBottleneck } from './suspectedBottleneck.ts';
import { taskComputes } from './taskComputes.ts';
import { taskIgnoresCancel } from './taskIgnoresCancel.ts';
import { taskWaitsForLock } from './taskWaitsForLock.ts';
import { taskWaitsInUserCode } from './taskWaitsInUserCode.ts';
import type { DumpRule } from './types.ts';

/** Each by its id; their order is that of their list. */
export const DUMP_RULES = {
  deadlock,
  'class-init-deadlock': classInitDeadlock,
  'read-lock-deadlock': readLockDeadlock,
  'read-lock-upgrade': readLockUpgrade,
  'lock-holder-waits': lockHolderWaits,
  'known-issue': knownIssue,
  'not-this-known-issue': knownIssueFixed,
  'loop-waits-for-itself': loopDeadlock,
  'network-buffers-starved': networkBuffersStarved,
  'long-wait-behind-lock': longWait,
  'slow-work-under-lock': slowUnderLock,
  'blocks-other-threads': blocksOthers,
  'deadlock-section-differs': sectionDiffers,
  'task-is-being-cancelled': taskIgnoresCancel,
  'task-waits-in-user-code': taskWaitsInUserCode,
  'task-waits-for-lock': taskWaitsForLock,
  'task-computes-all-along': taskComputes,
  'pool-may-wait-for-itself': poolWaitsForItself,
  'resource-pool-exhausted': resourcePoolExhausted,
  'async-queue-full': asyncQueueFull,
  'suspected-bottleneck': suspectedBottleneck,
  'lock-owner-not-visible': hiddenOwner,
} as const satisfies Record<string, DumpRule>;

/** The findings in a thread dump, worst first. */
export const threadDumpRules: readonly DumpRule[] = Object.values(DUMP_RULES);
