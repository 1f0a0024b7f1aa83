// What Kubernetes says of the pods of a cluster, and its operator of what it deploys.
import type { Span } from '../../../../../common/span.ts';
import type { Source } from '../../unwrap/source.ts';
import type { DocumentBase } from './document.ts';

export interface ContainerState {
  state: 'running' | 'waiting' | 'terminated';
  /** OOMKilled, Error, Completed, CrashLoopBackOff, ImagePullBackOff … */
  reason: string | null;
  message: string | null;
  exitCode: number | null;
  signal: number | null;
  started: number | null;
  finished: number | null;
  span: Span;
}

export interface ContainerRow {
  name: string;
  image: string | null;
  restarts: number | null;
  ready: boolean | null;
  state: ContainerState | null;
  /** How its last run ended. */
  last: ContainerState | null;
  /** Bytes; null: no limit is told. */
  memoryLimit: number | null;
  /** Cores. */
  cpuLimit: number | null;
  span: Span;
}

export interface PodRow {
  name: string;
  namespace: string | null;
  node: string | null;
  ip: string | null;
  labels: Record<string, string>;
  /** Pending, Running, Succeeded, Failed, Unknown. */
  phase: string | null;
  /** Evicted, NodeLost, Preempted … */
  reason: string | null;
  message: string | null;
  started: number | null;
  containers: ContainerRow[];
  /** Why it has no node. */
  unschedulable: string | null;
  events: PodEvent[];
  span: Span;
  nameSpan: Span;
}

export interface PodEvent {
  eventType: string | null;
  reason: string | null;
  message: string | null;
  /** "Pod/flink-taskmanager-1-1". */
  object: string | null;
  count: number | null;
  /** Null where only an age is printed. */
  first: number | null;
  last: number | null;
  /** As `kubectl describe` and `kubectl get events` print it. */
  age: string | null;
  span: Span;
}

/** `kubectl get pods -o json|yaml` and `kubectl describe pod`. */
export interface PodsDocument extends DocumentBase<'pods'> {
  pods: PodRow[];
}

/** `kubectl get events`, as a table, JSON or YAML. */
export interface PodEventsDocument extends DocumentBase<'pod-events'> {
  events: PodEvent[];
}

/** What the operator tells of a failure (`status.error`, its FlinkResourceException). */
export interface OperatorError {
  /** Written as Java prints it: the exception, its frames where the operator keeps them, and its causes. */
  trace: Source;
  /** Why Kubernetes could not deploy: "ImagePullBackOff". */
  reason: string | null;
  span: Span;
}

export interface OperatorResourceRow {
  /** FlinkDeployment, FlinkSessionJob, FlinkStateSnapshot. */
  kind: string;
  name: string | null;
  namespace: string | null;
  /** "v1_19". */
  flinkVersion: string | null;
  /** READY, DEPLOYED_NOT_READY, DEPLOYING, MISSING, ERROR. */
  jobManager: string | null;
  jobState: string | null;
  /** CREATED, SUSPENDED, UPGRADING, DEPLOYED, STABLE, ROLLING_BACK, ROLLED_BACK, FAILED. */
  lifecycle: string | null;
  error: OperatorError | null;
  span: Span;
  nameSpan: Span;
}

/** Custom resources of Flink's Kubernetes operator (`kubectl get flinkdeployment -o json|yaml`, `kubectl describe`), or the error of one. */
export interface OperatorDocument extends DocumentBase<'operator'> {
  resources: OperatorResourceRow[];
}
