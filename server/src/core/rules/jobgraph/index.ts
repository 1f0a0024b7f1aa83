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

/** Each by its id; their order is that of their list. */
export const JOB_GRAPH_RULES = {
  'loops-interleaved': loopsInterleaved,
  'loop-half-open': loopHalfOpen,
  'loop-parallelism-mismatch': loopParallelismMismatch,
  'feedback-across-scopes': feedbackAcrossScopes,
  'loop-side-entrance': loopSideEntrance,
  'scope-levels-skipped': scopeLevelsSkipped,
  'blocking-exchange-in-loop': blockingExchangeInLoop,
  'loop-unaligned-checkpoints': loopUnalignedCheckpoints,
  'custom-partitioner-unaligned': customPartitionerUnaligned,
  'forward-changes-parallelism': forwardChangesParallelism,
  'job-graph-cycle': jobGraphCycle,
  'loop-bounded-feedback': loopBoundedFeedback,
  'loop-without-exit': loopWithoutExit,
  'loop-without-entry': loopWithoutEntry,
  'iterate-removed': iterateRemoved,
  'loop-loses-feedback': loopLosesFeedback,
  'loop-ended-early': loopEndedEarly,
  'feedback-dropped': feedbackDropped,
  'loop-never-ends': loopNeverEnds,
  'event-time-in-loop': eventTimeInLoop,
  'feedback-partitioned-differently': feedbackPartitioning,
  bottleneck,
  'serial-bottleneck': serialBottleneck,
  'join-without-key': joinWithoutKey,
  'batch-diamond': batchDiamond,
  'max-parallelism-too-small': maxParallelismTooSmall,
  'network-buffers': networkBuffers,
  'duplicate-names': duplicateNames,
  'loop-found': loopFound,
  'loop-ends-apart': loopEndsApart,
  'loop-stuck-in-dump': loopStuckInDump,
  'broadcast-fan-out': broadcastFanOut,
  'needless-rebalance': needlessRebalance,
} as const satisfies Record<string, JobRule>;

/** The findings in a job graph, worst first. */
export const jobGraphRules: readonly JobRule[] = Object.values(JOB_GRAPH_RULES);
