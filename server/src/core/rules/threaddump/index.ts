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
import { taskIgnoresCancel } from './taskIgnoresCancel.ts';
import { taskWaitsForLock } from './taskWaitsForLock.ts';
import { taskWaitsInUserCode } from './taskWaitsInUserCode.ts';
import type { DumpRule } from './types.ts';

/** The findings in a thread dump, worst first. */
export const threadDumpRules: readonly DumpRule[] = [
  deadlock,
  classInitDeadlock,
  readLockDeadlock,
  readLockUpgrade,
  lockHolderWaits,
  knownIssue,
  knownIssueFixed,
  loopDeadlock,
  networkBuffersStarved,
  longWait,
  slowUnderLock,
  blocksOthers,
  sectionDiffers,
  taskIgnoresCancel,
  taskWaitsInUserCode,
  taskWaitsForLock,
  poolWaitsForItself,
  resourcePoolExhausted,
  suspectedBottleneck,
  hiddenOwner,
];
