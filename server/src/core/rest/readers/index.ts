import { podEvents, pods } from '../kubernetes/objects.ts';
import { operator } from '../kubernetes/operator.ts';
import { checkpoint, checkpointConfig, checkpointSubtasks, checkpoints } from './checkpoints.ts';
import { dashboard, errors, jobConfig, jobs, overview } from './cluster.ts';
import { configuration } from './configuration.ts';
import { exceptions } from './exceptions.ts';
import { backPressure, environment, flameGraph, metrics } from './load.ts';
import { other } from './other.ts';
import type { AnyRestReader } from './reader.ts';
import { taskManagers } from './taskManagers.ts';
import { vertex } from './vertex.ts';

/** The documents of the REST API; a document fits one of them, or is none of ours. */
export const REST_READERS: readonly AnyRestReader[] = [
  overview,
  dashboard,
  jobs,
  taskManagers,
  vertex,
  exceptions,
  checkpoints,
  checkpoint,
  checkpointSubtasks,
  checkpointConfig,
  backPressure,
  metrics,
  configuration,
  environment,
  flameGraph,
  jobConfig,
  pods,
  podEvents,
  operator,
  errors,
  other,
];
