import type { Span } from '../../../../common/span.ts';
import type { LoopRole } from './loopNames.ts';
import type { VertexMetrics } from './metrics.ts';
import type { VertexKind } from './vocabulary.ts';

/** Start and end offsets in the plan's own text ({@link JobPlan.source}), not yet mapped to the original. */
export interface RawRange {
  start: number;
  end: number;
}

/** One vertex of a plan as it was read. Texts are decoded when first asked for: a large plan has megabytes of them. */
export interface Vertex {
  readonly index: number;
  /** As printed, "" when missing or blanked. Not unique in damaged documents. */
  readonly id: string;
  readonly kind: VertexKind;
  readonly parallelism: number | null;
  readonly maxParallelism: number | null;
  readonly slotSharingGroup: string | null;
  /** RUNNING, FINISHED … */
  readonly status: string | null;
  /** Milliseconds the vertex has run. */
  readonly durationMs: number | null;
  /** Index of the batch iteration whose step function holds this vertex. */
  readonly container: number | null;
  /** Of a stream-graph: false when adaptive batch has not scheduled the operator yet. */
  readonly scheduled: boolean | null;
  /** Of a stream-graph: the job vertex that the operator runs in. */
  readonly jobVertexId: string | null;
  /** "pact" of the older formats, exec node type of compiled plans, driver of batch plans. */
  readonly operatorType: string | null;
  /** What the name says about loops; null for most vertices. */
  readonly loopRoles: readonly LoopRole[] | null;
  /** Operator uid where a document carries it. */
  readonly uid: string | null;
  /** Changelog kinds this operator emits, such as "I,UB,UA,D" (EXPLAIN CHANGELOG_MODE). */
  readonly changelogMode: string | null;
  /** Null when the document has none. */
  readonly metrics: VertexMetrics | null;

  /** The object that describes the vertex. */
  readonly span: Span;
  readonly idSpan: Span;
  readonly nameSpan: Span;
  readonly parallelismSpan: Span | null;
  readonly maxParallelismSpan: Span | null;
  /** Objects of the document about this vertex, as offsets into the plan's own text. */
  readonly objects: RawRange[];
  /** Offsets of the id in the plan's own text, for edges that have no place of their own. */
  readonly idRange: RawRange;

  /** Short name, one line; "vertex N" when the document has none. */
  readonly name: string;
  readonly hasName: boolean;
  /** Long description, possibly several lines; "" when the document has none. */
  readonly description: string;
  /** Chained operators, in the order of the text; one for a vertex that is not a chain. */
  readonly operators: string[];
  /**
   * Several operators run as this vertex. Released Flink chains across the borders of loops, so that such a vertex
   * can belong to more than one scope; the innermost is the one it is given.
   */
  readonly isChain: boolean;
}
