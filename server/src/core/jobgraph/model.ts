import type { Span } from '../../../../common/span.ts';
import type { Problem } from '../problems.ts';
import type { Source } from '../unwrap/source.ts';
import type { JobContext } from './context.ts';
import type { Edge } from './edge.ts';
import type { Vertex } from './vertex.ts';

export type { Exchange, Ship, VertexKind } from './vocabulary.ts';

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
  /** A job document, or a plan, in which no vertex stands; `state` as Flink prints it, where the document has it. */
  withoutGraph: { title: string | null; state: string | null; span: Span } | null;
  /** Wrappers that were undone: "history-archive", "html", "json-string", "log" … */
  wrappers: string[];
}
