import type { Span } from '../../../../common/span.ts';
import type { Problem } from '../problems.ts';
import type { Source } from '../unwrap/source.ts';
import type { JobContext } from './context.ts';
import type { Edge } from './edge.ts';
import type { Vertex } from './vertex.ts';

/**
 * What a job graph says, whatever the format. Vertices and edges are named by their index in the plan's lists:
 * ids may be missing, blanked or used twice. Every span points into the original text.
 */

export type PlanFormat =
  /** StreamGraph JSON of `env.getExecutionPlan()`: one vertex an operator, before chaining. */
  | 'execution-plan'
  /** REST `/jobs/:id/plan` (JsonPlanGenerator): one vertex a job vertex, operators chained. */
  | 'rest-plan'
  /** REST `/jobs/:id` (JobDetailsInfo): the plan with states and metrics. */
  | 'rest-job'
  /** `stream-graph` of a 2.x job document: operators, some not scheduled yet. */
  | 'stream-graph'
  /** DataSet optimizer plan (PlanJSONDumpGenerator), iterations nested as step functions. */
  | 'batch-plan'
  /** A tree of a SQL EXPLAIN. */
  | 'explain-tree'
  /** "Stage N : …" text of EXPLAIN up to 1.12. */
  | 'explain-stages'
  /** COMPILE PLAN JSON (1.14 exec JSON plan, CompiledPlan 1.15+). */
  | 'compiled-plan';

export type VertexKind =
  | 'source'
  | 'operator'
  | 'sink'
  /** Where the feedback of a loop comes in again: IterationSource, flink-ml head, StateFun feedback-union, partial solution. */
  | 'loop-head'
  /** Where the feedback leaves: IterationSink, flink-ml tail, StateFun feedback, next partial solution. */
  | 'loop-tail'
  /** A batch iteration as a whole; its step function holds the vertices whose `container` it is. */
  | 'iteration';

/** Partitioner of an edge, normalised; `custom` also stands for what a connector defines. */
export type Ship = 'forward' | 'hash' | 'rebalance' | 'rescale' | 'shuffle' | 'global' | 'broadcast' | 'custom' | 'range';

/** ResultPartitionType of the produced result, or the coarser mode of stream-graph, batch and compiled plans. */
export type Exchange =
  | 'pipelined'
  | 'pipelined_bounded'
  | 'pipelined_approximate'
  | 'blocking'
  | 'blocking_persistent'
  | 'hybrid_full'
  | 'hybrid_selective';

/** An input whose producer the document does not say, or says twice. */
export interface UnresolvedInput {
  to: number;
  id: string | null;
  reason: 'blank' | 'unknown' | 'ambiguous';
  span: Span;
}

/** A loop that the document itself marks as one (batch step functions). */
export interface DeclaredLoop {
  iteration: number;
  /** Feedback edges as [tail, head]; a delta iteration has two: the workset and the solution set. */
  feedback: [number, number][];
  members: number[];
  flavour: 'bulk' | 'delta' | 'stream';
}

/** An "advice[n]: [WARNING] …" of EXPLAIN PLAN_ADVICE. */
export interface PlanAdvice {
  number: number;
  level: string;
  text: string;
  span: Span;
}

export interface JobPlan {
  format: PlanFormat;
  /** Job name, or the heading of an EXPLAIN section. */
  title: string | null;
  jobId: string | null;
  /** Null where the document does not say. */
  mode: 'streaming' | 'batch' | null;
  /** "flinkVersion" of a compiled plan, as printed. */
  flinkVersion: string | null;
  /** RUNNING, FINISHED … of a job document. */
  state: string | null;
  vertices: readonly Vertex[];
  /** Edges of the document, then restored feedback edges. */
  edges: Edge[];
  declaredLoops: DeclaredLoop[];
  unresolved: UnresolvedInput[];
  advice: PlanAdvice[];
  /** Operators that adaptive batch has not scheduled yet (2.0+). */
  pendingOperators: number | null;
  /** The text ended inside this plan. */
  truncated: boolean;
  /** The object or section of the text. */
  span: Span;
  source: Source;
}

export interface ParsedJobGraph {
  plans: JobPlan[];
  /** What other documents in the same text say about the job. */
  context: JobContext;
  problems: Problem[];
  /** Wrappers that were undone: "history-archive", "html", "json-string", "log" … */
  wrappers: string[];
}
