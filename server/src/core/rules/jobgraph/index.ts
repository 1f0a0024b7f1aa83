import { batchDiamond } from './batchDiamond.ts';
import { blockingExchangeInLoop } from './blockingExchangeInLoop.ts';
import { bottleneck } from './bottleneck.ts';
import { broadcastFanOut } from './broadcastFanOut.ts';
import { customPartitionerUnaligned } from './customPartitionerUnaligned.ts';
import { duplicateNames } from './duplicateNames.ts';
import { eventTimeInLoop } from './eventTimeInLoop.ts';
import { feedbackAcrossScopes } from './feedbackAcrossScopes.ts';
import { feedbackDropped } from './feedbackDropped.ts';
import { feedbackPartitioning } from './feedbackPartitioning.ts';
import { forwardChangesParallelism } from './forwardChangesParallelism.ts';
import { iterateRemoved } from './iterateRemoved.ts';
import { jobGraphCycle } from './jobGraphCycle.ts';
import { joinWithoutKey } from './joinWithoutKey.ts';
import { loopBoundedFeedback } from './loopBoundedFeedback.ts';
import { loopEndedEarly } from './loopEndedEarly.ts';
import { loopEndsApart } from './loopEndsApart.ts';
import { loopFound } from './loopFound.ts';
import { loopHalfOpen } from './loopHalfOpen.ts';
import { loopLosesFeedback } from './loopLosesFeedback.ts';
import { loopNeverEnds } from './loopNeverEnds.ts';
import { loopParallelismMismatch } from './loopParallelismMismatch.ts';
import { loopSideEntrance } from './loopSideEntrance.ts';
import { loopStuckInDump } from './loopStuckInDump.ts';
import { loopsInterleaved } from './loopsInterleaved.ts';
import { loopUnalignedCheckpoints } from './loopUnalignedCheckpoints.ts';
import { loopWithoutEntry } from './loopWithoutEntry.ts';
import { loopWithoutExit } from './loopWithoutExit.ts';
import { maxParallelismTooSmall } from './maxParallelismTooSmall.ts';
import { needlessRebalance } from './needlessRebalance.ts';
import { networkBuffers } from './networkBuffers.ts';
import { scopeLevelsSkipped } from './scopeLevelsSkipped.ts';
import { serialBottleneck } from './serialBottleneck.ts';
import type { JobRule } from './shared.ts';

/** The findings in a job graph, worst first. */
export const jobGraphRules: readonly JobRule[] = [
  loopsInterleaved,
  loopHalfOpen,
  loopParallelismMismatch,
  feedbackAcrossScopes,
  loopSideEntrance,
  scopeLevelsSkipped,
  blockingExchangeInLoop,
  loopUnalignedCheckpoints,
  customPartitionerUnaligned,
  forwardChangesParallelism,
  jobGraphCycle,
  loopBoundedFeedback,
  loopWithoutExit,
  loopWithoutEntry,
  iterateRemoved,
  loopLosesFeedback,
  loopEndedEarly,
  feedbackDropped,
  loopNeverEnds,
  eventTimeInLoop,
  feedbackPartitioning,
  bottleneck,
  serialBottleneck,
  joinWithoutKey,
  batchDiamond,
  maxParallelismTooSmall,
  networkBuffers,
  duplicateNames,
  loopFound,
  loopEndsApart,
  loopStuckInDump,
  broadcastFanOut,
  needlessRebalance,
];
