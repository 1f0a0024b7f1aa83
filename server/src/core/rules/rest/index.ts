import { backPressured } from './backPressured.ts';
import { checkpointNotAcknowledged } from './checkpointNotAcknowledged.ts';
import { checkpointsFail } from './checkpointsFail.ts';
import { flameGraph } from './flameGraph.ts';
import { jobInTrouble } from './jobInTrouble.ts';
import { noPeriodicCheckpoints } from './noPeriodicCheckpoints.ts';
import { containerKilled, podEvicted } from './pods.ts';
import { requestFailed } from './requestFailed.ts';
import type { RestRule } from './shared.ts';
import { busySubtask, skewedRecords } from './skew.ts';
import { slowCheckpoint } from './slowCheckpoint.ts';
import { subtasksLinger } from './subtasksLinger.ts';
import { noTaskManager, taskManagerMemory, taskManagerSilent } from './taskManagers.ts';

/** The findings in documents of the REST API and of Kubernetes, worst first. */
export const restRules: readonly RestRule[] = [
  containerKilled,
  podEvicted,
  noTaskManager,
  jobInTrouble,
  checkpointsFail,
  checkpointNotAcknowledged,
  slowCheckpoint,
  busySubtask,
  subtasksLinger,
  taskManagerMemory,
  taskManagerSilent,
  skewedRecords,
  backPressured,
  flameGraph,
  noPeriodicCheckpoints,
  requestFailed,
];
