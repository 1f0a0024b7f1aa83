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

/** Each by its id; their order is that of their list. */
export const REST_RULES = {
  'container-killed': containerKilled,
  'pod-evicted': podEvicted,
  'no-task-manager': noTaskManager,
  'job-in-trouble': jobInTrouble,
  'checkpoints-fail': checkpointsFail,
  'checkpoint-not-acknowledged': checkpointNotAcknowledged,
  'slow-checkpoint': slowCheckpoint,
  'busy-subtask': busySubtask,
  'subtasks-linger': subtasksLinger,
  'task-manager-memory': taskManagerMemory,
  'task-manager-silent': taskManagerSilent,
  'record-skew': skewedRecords,
  'back-pressured': backPressured,
  'flame-graph-hot': flameGraph,
  'no-periodic-checkpoints': noPeriodicCheckpoints,
  'request-failed': requestFailed,
} as const satisfies Record<string, RestRule>;

/** The findings in documents of the REST API and of Kubernetes, worst first. */
export const restRules: readonly RestRule[] = Object.values(REST_RULES);
