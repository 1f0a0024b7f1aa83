import type { LoopOrigin } from '../../jobgraph/loopNames.ts';

/** An operator or job vertex: its name, at most 200 characters, and its id, "" where the document has none. */
export type VertexFact = { name: string; id: string };

export type LoopFact = { name: string; origin: LoopOrigin };

/** Why a loop body may give more records than it takes. */
export type AmplifierFact =
  /** Null where the plan does not say how many subtasks. */
  { kind: 'broadcast'; from: VertexFact; subtasks: number | null } | { kind: 'ways-into-tail'; count: number } | { kind: 'operator'; name: string };

/** What DataStream.iterate() is in the Flink of the plan. */
export type IterateStanding = 'version-unknown' | 'works' | 'deprecated' | 'removed';

/** The facts of every finding, by its code: the id of its rule, and the variant behind it. */
export type JobFacts = {
  'batch-diamond': { vertex: VertexFact; producer: VertexFact };
  'blocking-exchange-in-loop': { exchange: string; from: VertexFact; to: VertexFact; loop: LoopFact };
  'blocking-exchange-in-loop-hybrid': { exchange: string; from: VertexFact; to: VertexFact; loop: LoopFact };
  /** Shares of the time, from 0 to 1. */
  /** `own`: its parallelism is not that of most others, so it is set for it alone. */
  bottleneck: { vertex: VertexFact; busy: number; producer: VertexFact; backPressured: number; accumulated: boolean; own: boolean };
  'broadcast-fan-out': { from: VertexFact; to: VertexFact; subtasks: number };
  'custom-partitioner-unaligned': { edges: number };
  'custom-partitioner-unaligned-forced': { edges: number };
  'duplicate-names': { name: string; count: number };
  'event-time-in-loop': { vertex: VertexFact; loop: LoopFact; word: string };
  /** `scope`: the innermost loop around the vertex, null outside of all; `inside`: that loop is within the one that it feeds. */
  'feedback-across-scopes': { loop: LoopFact; vertex: VertexFact; scope: { loop: LoopFact; level: number } | null; inside: boolean };
  'feedback-dropped': { waitMs: number };
  'feedback-partitioned-differently': { vertex: VertexFact; loop: LoopFact; input: string; feedback: string; parallelism: number | null };
  'forward-changes-parallelism': { from: VertexFact; fromParallelism: number; to: VertexFact; toParallelism: number };
  'iterate-removed': { loops: number; standing: IterateStanding; version: string | null };
  'join-without-key': { vertex: VertexFact };
  'job-graph-cycle': { from: VertexFact; to: VertexFact };
  /** `exchangesNamed`: the plan says what exchanges there are. */
  'loop-bounded-feedback': { loop: LoopFact; exchangesNamed: boolean; amplifiers: AmplifierFact[] };
  /** `logged`: a log beside the plan says so, the plan does not. */
  'loop-ended-early': { loop: LoopFact; source: VertexFact; logged: boolean };
  'loop-ends-apart': { loop: LoopFact; headGroup: string; tailGroup: string };
  /** `between`: vertices of the loop besides its ends. */
  'loop-found': { loop: LoopFact; level: number; between: number; head: VertexFact; tail: VertexFact };
  'loop-half-open': { vertex: VertexFact; missing: 'head' | 'tail'; other: string; truncated: boolean };
  'loop-loses-feedback': { intervalMs: number; loops: number; exactlyOnce: boolean };
  'loop-never-ends': { loop: LoopFact };
  'loop-never-ends-bounded': { sources: number };
  'loop-parallelism-mismatch': { loop: LoopFact; tail: VertexFact; parallelism: number; headParallelism: number };
  'loop-parallelism-mismatch-before-tail': { loop: LoopFact; producer: VertexFact; parallelism: number; headParallelism: number };
  'loop-side-entrance': { vertex: VertexFact; loop: LoopFact; entered: VertexFact };
  /** Names of threads. */
  'loop-stuck-in-dump': { loop: LoopFact; tail: string; head: string };
  'loop-unaligned-checkpoints': { loop: LoopFact };
  'loop-unaligned-checkpoints-forced': { loop: LoopFact };
  'loop-without-entry': { loop: LoopFact };
  /** `operators`: the plan shows operators, so that none is hidden in a chain. */
  'loop-without-exit': { loop: LoopFact; operators: boolean };
  /** `loops`: the first of `count`. */
  'loops-interleaved': { loops: LoopFact[]; count: number; vertices: number };
  'max-parallelism-too-small': { vertex: VertexFact; parallelism: number; maxParallelism: number };
  'max-parallelism-too-small-beyond': { vertex: VertexFact; parallelism: number; maxParallelism: number };
  'needless-rebalance': { from: VertexFact; to: VertexFact; parallelism: number };
  /** `needed` and `available` are of each TaskManager, `buffers` of the job; `limit` is the configured text. */
  'network-buffers': {
    needed: number;
    taskManagers: number;
    limit: string;
    available: number;
    buffers: number;
    slots: number;
    widest: number;
  };
  'scope-levels-skipped': { from: VertexFact; fromLevel: number; to: VertexFact; toLevel: number };
  'serial-bottleneck': { vertex: VertexFact; before: number | null; after: number | null };
  'serial-bottleneck-global': { vertex: VertexFact; parallelism: number };
};

/** What stands at the places beside a finding. */
export interface RelatedFacts {
  'common-producer': Record<string, never>;
  'later-input': Record<string, never>;
  head: { loop: LoopFact };
  'head-at-level': { loop: LoopFact; level: number };
  tail: { loop: LoopFact };
  'another-loop': { loop: LoopFact };
  'loop-of-plan': { loop: LoopFact };
  'back-pressured': { ratio: number };
  unaligned: Record<string, never>;
  option: { name: string };
  'checkpoint-configuration': Record<string, never>;
  'custom-partitioner': Record<string, never>;
  'same-name': Record<string, never>;
  'input-comes-by': { ship: string };
  parallelism: { parallelism: number | null };
  'head-parallelism': { parallelism: number };
  'cycle-leads-here': Record<string, never>;
  status: { status: string };
  'still-running': Record<string, never>;
  'logged-finished': Record<string, never>;
  'tail-group': { group: string };
  'bounded-source': Record<string, never>;
  'tail-waits': Record<string, never>;
  'head-waits': Record<string, never>;
  'in-both': { vertex: VertexFact };
  slots: { slots: number };
  level: { level: number };
  'single-exchange': Record<string, never>;
}

export interface FixFacts {
  copy: { text: string };
  'copy-flink-ml': Record<string, never>;
  'set-option': { key: string; value: string };
  'set-ship': { ship: string };
  'set-feedback-ship': { ship: string };
  'set-parallelism': { parallelism: number };
}

/** What a fix costs or changes besides the finding. */
export interface CostFacts {
  'slower-checkpoints': Record<string, never>;
  'no-rescaling': Record<string, never>;
  'process-memory': Record<string, never>;
  'flink-ml-library': Record<string, never>;
  /** The plan is changed, the job is not: it needs this. */
  'file-only-key-by': Record<string, never>;
  'file-only-rebalance': Record<string, never>;
  'file-only-parallelism': Record<string, never>;
}
