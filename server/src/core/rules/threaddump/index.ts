import { classInitDeadlock } from './classInitDeadlock.ts';
import { deadlock } from './deadlock.ts';
import { hiddenOwner } from './hiddenOwner.ts';
import { knownIssue, knownIssueFixed } from './knownIssue.ts';
import { longWait } from './longWait.ts';
import { readLockDeadlock } from './readLockDeadlock.ts';
import { sectionDiffers } from './sectionDiffers.ts';
import type { DumpRule } from './types.ts';

/** The findings in a thread dump, worst first. */
export const threadDumpRules: readonly DumpRule[] = [
  deadlock,
  classInitDeadlock,
  readLockDeadlock,
  knownIssue,
  knownIssueFixed,
  longWait,
  sectionDiffers,
  hiddenOwner,
];
