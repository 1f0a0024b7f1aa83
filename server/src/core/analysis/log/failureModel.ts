import type { Span } from '../../../../../common/span.ts';
import type { ConsequenceReason } from '../../knowledge/consequences.ts';
import type { EndReason } from '../../knowledge/processEnds.ts';
import type { Certainty } from '../../model.ts';
import type { Coded } from '../../wording.ts';
import type { CheckpointSubtask } from './checkpointBehind.ts';

/** What failed, as far as the text names it. */
export interface FailedFacts {
  /** `name`: of the task, or the id of the execution; `subtask`: "3/4". */
  task: { name: string | null; subtask: string | null };
  /** `event`: id in knowledge/logEvents.ts of what says so. */
  process: { event: string };
  /** A container or pod, by its id. */
  worker: { id: string };
  /** A process that others miss, by what they call it. */
  missing: { process: string; id: string };
  /** The part of a source that runs in the JobManager. */
  enumerator: { source: string };
  /** A process was told to stop. */
  shutdown: Record<string, never>;
  /** The job as a whole, by its JobMaster. */
  'global-failure': Record<string, never>;
  /** The job, in an answer of the REST API that names no subtask. */
  'job-reported': Record<string, never>;
  /** A request to the REST API, such as a submission. */
  'request-failed': Record<string, never>;
  /** Flink's Kubernetes operator has an error in the state of a resource, "namespace/name"; `state`: of its life cycle, or why it warns; `error`: what is no exception. */
  'operator-error': { resource: string | null; state: string; error: string | null };
  /** The restart strategy gave up; what failed is told before. */
  'restart-refused': { job: string };
  /** Told by the Dispatcher, when all is over. */
  'job-ended': { job: string };
  'job-switched': { job: string; from: string; to: string };
  /** `message`: of the record that it is printed with; `named`: the line that names the exception is in the text. */
  exception: { message: string | null; named: boolean };
}
export type Failed = Coded<FailedFacts>;

/** An exception as it is printed, without its frames. */
export type Thrown = {
  className: string;
  /** The line of the message that says what happened. */
  message: string;
};

/** Why something failed. */
export interface CauseFacts {
  /** The root cause; `within`: what it was wrapped into, where the root says nothing by itself. */
  exception: { root: Thrown; within: Thrown | null };
  /** `pool`: what the JVM prints behind "java.lang.OutOfMemoryError: ". */
  'out-of-memory': { pool: string | null };
  /** `limit`: over which limit it was, for example "physical"; `oom`: the runtime says OOMKilled; neither: ended on request. */
  'container-killed': { limit: string | null; oom: boolean; exitCode: string | null };
  /** The end of a container by what Kubernetes or YARN says of it; `detail`: in their words; `master`: of the ApplicationMaster. */
  'process-ended': { reason: EndReason; exitCode: string | null; detail: string | null; master: boolean };
  /** `frame`: the problematic one, as printed; `wanted`: native memory that was not to be had; `thread`: the one that ran. */
  'jvm-crash': {
    signal: string | null;
    frame: string | null;
    library: string | null;
    wanted: string | null;
    thread: string | null;
    report: string | null;
    /** Of the machine, as the report states it. */
    memory: string | null;
  };
  /** What the Python worker raised, as the message of a Java exception quotes it. */
  python: { raised: Thrown };
  /** Why the last checkpoint failed before there were too many failures; `afterMs`: until it expired; `reason`: as the message says. */
  checkpoint: { id: string | null; expired: boolean; afterMs: number | null; root: Thrown | null; reason: string | null };
  /** A task that goes on after it was cancelled, until the process is ended; `at`: where it stands, "Class.method". */
  'cancel-ignored': { task: string; at: string | null };
  /** Slots that the job asked for, and those it got. */
  slots: { required: number; offered: number };
  /** No slots, since Kubernetes or YARN did not give a TaskManager; `root`: what it answered, null where those that it gave did not register. */
  'worker-refused': { root: Thrown | null };
  /** State of an operator, by its id, that the job does not have; `maximum`: it does, with another maximum parallelism. */
  'state-unmapped': { operator: string; path: string; maximum: { restored: number; now: number } | null };
  /** What wrote the restored state, and what is to read it: classes of serializers; `of`: "state", "key" or "namespace". */
  'serializer-changed': { of: string; before: string; now: string };
  /** The JobManager is no longer leader; `seconds`: for which its lease could not be renewed, `root`: what that failed with. */
  'leadership-lost': { how: 'lease' | 'zookeeper' | null; seconds: number | null; root: Thrown | null };
  /** "TERM" of SIGTERM. */
  signal: { name: string | null };
}
export type Cause = Coded<CauseFacts>;

/** Something that failed: a subtask, the job as a whole, a process, or just an exception in the log. */
export interface Failure {
  kind: 'task' | 'job' | 'process' | 'exception';
  failed: Failed;
  /** Index into `LogModel.executions`. */
  execution: number | null;
  /** Index into `LogModel.exceptions`. */
  exception: number | null;
  time: number | null;
  line: number;
  record: number | null;
  span: Span;
  /** Null when the text does not hold it. */
  cause: Cause | null;
  /** `suspected`: the cause stands nearby, the text does not tie the two together. */
  causeCertainty: Certainty;
  /** Why this failed because of another failure; null for a failure of its own. */
  consequence: ConsequenceReason | null;
  /** What tells of the checkpoint that it failed of: an exception, by its index, that is not its own, and whose part it was. */
  checkpoint?: { exception: number | null; subtask: CheckpointSubtask | null };
  /** Of what a refusal speaks that names nothing: a path or a schema, by what it was wrapped into. */
  about?: string;
  /** False: the failure itself is not in the text, only its being reported. */
  seen: boolean;
}

/** How others say that a process is gone, with what they call it. */
export interface LostFacts {
  unreachable: { process: string; id: string };
  silent: { process: string; id: string };
  /** `peer`: a TaskManager by its data port. */
  disconnected: { peer: string };
}
export type Lost = Coded<LostFacts>;

/** What speaks for the conclusions about an episode. */
export interface EpisodeEvidenceFacts {
  /** The first failure. */
  first: { failure: Failure };
  /** Another one. */
  further: { failure: Failure };
  /** The first of the subtasks that were cancelled. */
  cancelled: { count: number };
  lost: { lost: Lost };
}
export type EpisodeEvidence = Coded<EpisodeEvidenceFacts> & { line: number; span: Span };

/** The job runs again after the last of its `failures`: `ms` until its tasks ran, and so many checkpoints completed since. */
export interface Recovery {
  ms: number;
  checkpoints: number;
  failures: number;
}

/** Everything between a failure and the next deployment. */
export interface Episode {
  first: Failure;
  /** The others, in order of time. */
  rest: Failure[];
  /** Executions that were cancelled after the first failure. */
  cancelled: number[];
  /**
   * `restarting`: a restart had begun, no task was deployed again; `resumed`: the job was suspended and runs again; `stopped`: its process
   * shut down; `master-stopped`: the JobManager did.
   */
  outcome: 'restarted' | 'restarting' | 'failed' | 'resumed' | 'stopped' | 'master-stopped' | 'open';
  /** Only consequences are in the text: what made them fail is not. */
  symptomOnly: boolean;
  /** The process that others miss, where only symptoms are in the text. */
  lost: Lost | null;
  /** Of `first` being what failed first, and of its cause. */
  certainty: Certainty;
  evidence: EpisodeEvidence[];
  /** Of the first failure of a text alone: null where it does not show. */
  recovery: Recovery | null;
}

export interface FailureAnalysis {
  first: Failure | null;
  episodes: Episode[];
  /** Episodes beyond the cap, counted only. */
  episodesLeft: number;
}
