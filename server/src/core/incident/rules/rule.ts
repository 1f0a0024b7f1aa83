import type { IncidentPlace } from '../../../../../common/incident.ts';
import type { EndReason } from '../../knowledge/processEnds.ts';
import type { Certainty, Severity } from '../../model.ts';
import type { Coded, NoFacts } from '../../wording.ts';
import type { SourceDigest } from '../digest/model.ts';
import type { FindingGroup, Joined } from '../joined.ts';
import { nameOf } from '../logs.ts';

export type WaitKind = 'wait' | 'pool' | 'connections' | 'callback' | 'own-pool' | 'starved' | 'call' | 'connection' | 'upgrade' | 'upgrade-perhaps';

/** Why a container ended; `memory`: it went over its limit. */
export type EndCode = EndReason | 'memory';

/** How checkpoints of an incident end: `aborted`: a TaskManager was told so, and not why; `open`: the newest does not complete. */
export type CheckpointEnd = 'expired' | 'declined' | 'aborted' | 'open';

/** What can be wrong with a cluster, a job or a process as a whole, or that nothing is. Places in code: "Job$Map.map (Job.java:12)". */
export interface CauseFacts {
  deadlock: { threads: readonly string[]; kind: string };
  /** `holds`: the lock that it keeps meanwhile; `subtasks`: how many of them wait so. */
  'hidden-wait': {
    task: string;
    /** What the rules of dumps see in it: `pool`: something is to be taken from one; `callback` and `own-pool`: it may wait for itself; `starved`, `call`, `connection`: see `decides`. */
    kind: WaitKind;
    /** Of its thread: "split-fetcher", "async-checkpoint"; `endpoint`: whose main thread it is. */
    role: string;
    endpoint: string | null;
    at: string;
    for: string;
    holds: string | null;
    subtasks: number | null;
    parallelism: number | null;
    /** The pool for which it waits and which waits for itself, the call over the network, or who asks a pool for a connection. */
    decides: string | null;
  };
  'hanging-initialisation': { task: string; at: string; subtasks: number; parallelism: number | null };
  /** All subtasks of a vertex need one lock. */
  convoy: { task: string; lock: string; waiting: number; dumps: number };
  /** A read from the network that all dumps show. */
  'blocked-call': { task: string; at: string; subtasks: number; dumps: number };
  'lock-held': { task: string; lock: string; holder: string; dumps: number };
  /**
   * What is known of the subtasks that did not acknowledge, of `of`. `what`: what a thread waits for, by the code of a wait, the id of a
   * known frame, 'network' or 'lock'; `upload`: it is one that writes the state, of nobody knows which subtask; `perhaps`: no source says
   * that it is this one that did not acknowledge; `pressed`: the task that holds the barriers up.
   */
  'checkpoint-expired': {
    how: CheckpointEnd;
    expired: number;
    task: string | null;
    subtasks: readonly number[];
    of: number | null;
    phase: string | null;
    what: string | null;
    at: string | null;
    upload: boolean;
    perhaps: boolean;
    pressed: string | null;
  };
  /** `what`: what its threads wait for outside of their own code, all of them the same. */
  'back-pressure': { task: string; at: string | null; what: string | null; busy: number | null; external: boolean };
  'skewed-key': { task: string; subtask: number; at: string | null };
  /** `sentence`: what the log says of the first failure. */
  /** `process`: the TaskManager that ended as a whole, where several logs are read. */
  'first-failure': { sentence: string; process: string | null };
  /** `later`: of the failures after it that have another cause. */
  'restart-loop': { sentence: string; restarts: number; later: number };
  /** `process`: where the name of the file says it. */
  'memory-exhausted': { pool: string; task: string | null; at: string | null; process: { taskManager: boolean; host: string } | null };
  /** `acrossMs`: of the one collection that spans the moment. */
  'heartbeat-lost-in-gc': { process: string; pausedMs: number | null; windowMs: number | null; acrossMs: number | null };
  /** `ended`: why its container did, where that is told; `replacement`: that nothing came in its place, for want of what. */
  'taskmanager-lost': {
    process: string;
    reason: LossReason;
    detail: string | null;
    ended: EndCode | null;
    replacement: { kind: 'node' | 'slots'; why: string | null } | null;
  };
  'cancel-stuck': { task: string; at: string | null; killed: boolean };
  /** `waits`: nothing failed yet; `pod`: one of a TaskManager that no node has room for, and what they lack. */
  'slots-missing': { needed: number | null; offered: number | null; waits: boolean; pod: { why: string | null } | null };
  /** The worst that a source says by itself. */
  finding: { message: string };
  /** `shown`: what it rests on, of several the strongest; 'threads' also of a job that has come to its end. */
  healthy: { checkpoints: number; dumps: number; running: number; finished: number; shown: 'threads' | 'checkpoints' | 'records' };
  /** Nothing failed (`running`), or nothing that is here shows a running job; that all is well is not shown. */
  /** `checkpoints`: those that completed, where they do so to the end; 0 where that does not show. `heldUp`: a task that waits for buffers. `unread`: files that were not read, where all else is well. `failed`: checkpoints that did, as the REST API counts them. */
  'not-assessed': {
    sources: number;
    running: boolean;
    /** Jobs were well until somebody cancelled them. */
    cancelled: boolean;
    checkpoints: number;
    heldUp: string | null;
    unread: number;
    failed: number;
    /** Checkpoints are taken, and none has completed yet, or the newest one does not. */
    open: 'all' | 'newest' | null;
  };
}
export type Cause = Coded<CauseFacts>;
export type CauseCode = keyof CauseFacts;

/** `told`: somebody says why; `stopped`: all its threads stood still, but not for a collection; `ended-silently`: its own log breaks off, and it does not answer; `fell-silent`: the same, but whether it still ran nobody says; `lived-on`: its own log goes on. */
export type LossReason = 'told' | 'stopped' | 'ended-silently' | 'fell-silent' | 'lived-on' | 'log-missing';

/** What speaks for a conclusion. */
export interface EvidenceFacts {
  /** As a source says it by itself. */
  finding: { message: string; sources: number };
  failure: { text: string };
  event: { id: string; text: string };
  thread: { thread: string; activity: string; at: string | null; dumps: number };
  blocked: { waiting: readonly string[]; lock: string; holder: string | null };
  checkpoints: { how: CheckpointEnd; expired: number; completed: number };
  /** What a thread stands at, in so many of the dumps that show it. */
  held: { thread: string; what: string; at: string | null; held: number; dumps: number };
  acknowledged: { task: string; missing: readonly number[]; of: number | null };
  phase: { subtask: string; phase: string; ms: number };
  load: { task: string; busy: number | null; backPressured: number | null };
  /** A document that does not say of which vertex. */
  'some-pressure': NoFacts;
  /** Data between tasks that an unaligned checkpoint had to keep. */
  'in-flight': { checkpoint: number; bytes: number };
  /** Of all that its vertex has read. */
  records: { task: string; subtask: number; records: number; all: number };
  share: { task: string; subtask: number; busy: number; others: number };
  /** Where a flame graph has most of the samples. */
  sampled: { task: string; at: string; share: number };
  /** A thread whose end a log tells, in code of the class in which others wait. */
  'thread-ended': { thread: string; exception: string; at: string };
  /** All threads stood still, for no collection. */
  stop: { source: string; what: string; ms: number };
  collector: { source: string; pausedMs: number; windowMs: number; acrossMs: number | null };
  'own-log': { name: string; ms: number; goesOn: boolean };
  'own-log-missing': { process: string };
  consequences: { count: number };
  ended: { process: string; ended: EndCode; detail: string | null };
  /** No node has room for a pod, in the words of the scheduler. */
  'no-node': { pod: string; message: string };
  slots: { needed: number | null; offered: number | null };
  /** The job runs, and none of its tasks has been deployed. */
  undeployed: NoFacts;
  memory: { name: string; bytes: number };
  running: { what: string };
  completed: { checkpoints: number };
  /** The most that a vertex has read. */
  moved: { records: number };
  /** A vertex that has read little of what was written for it: it may hang. */
  'taken-little': { task: string; read: number; given: number };
  'no-records': NoFacts;
  'free-threads': { dumps: number; threads: number };
}
export type Evidence = Coded<EvidenceFacts> & { at: IncidentPlace | null };

/** A conclusion from several sources. */
export interface Conclusion {
  cause: Cause;
  certainty: Certainty;
  /** How near it is to the root of what is wrong: of several the highest is the verdict. */
  rank: number;
  /** Where a finding has it already; else the rank tells. */
  severity?: Severity;
  evidence: Evidence[];
  since: number | null;
  knownIssue: string | null;
  /** What to do, as sources say it. */
  advice: readonly string[];
}

/** One join, one file. It stays silent when what it needs is not there. */
export interface IncidentRule {
  code: CauseCode;
  check(joined: Joined): Conclusion[];
}

/** Frames of the platform and of Flink, which run, and allocate, for the code of the job or of a library. */
export const PLATFORM = /^(?:java|javax|jdk|sun|com\.sun|org\.apache\.flink)\./;

export const placeIn = (source: SourceDigest, line: number): IncidentPlace => ({ source: nameOf(source), line });

/** The first place of findings that say the same. */
const placeOf = ({ sources: [source], lines: [line] }: FindingGroup): IncidentPlace | null =>
  source === undefined || line === undefined ? null : placeIn(source, line);

export const told = (group: FindingGroup): Evidence => ({
  code: 'finding',
  facts: { message: group.message, sources: group.sources.length },
  at: placeOf(group),
});

/** The moment of the first dump that shows something. */
export function dumpTime(joined: Joined, { sources, lines }: FindingGroup): number | null {
  const times = joined.dumps.flatMap(({ source, line, at }) =>
    at !== null && sources.some((one, index) => one === source && (lines[index] as number) >= line) ? [at] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}

/** What several dumps show comes before what one does. */
export const repeated = (count: number): number => Math.min(count, 5) / 10;

/** "enrich" of "enrich (1/1)#0". */
export const taskOf = (thread: string): string => thread.replace(/ \(\d+\/\d+\)(?:#\d+)?$/, '');

/** A fact of a finding that is a text. */
export function textFact({ facts }: { facts: FindingGroup['facts'] }, ...names: readonly string[]): string {
  for (const name of names) {
    const fact = facts[name];
    if (typeof fact === 'string' && fact !== '') return fact;
  }
  return '';
}

export const numberFact = ({ facts }: FindingGroup, name: string): number | null => {
  const fact = facts[name];
  return typeof fact === 'number' ? fact : null;
};
