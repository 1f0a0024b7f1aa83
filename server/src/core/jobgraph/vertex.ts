import type { Span } from '../../../../common/span.ts';
import { decodeJson } from './jsonReader.ts';
import type { VertexKind } from './model.ts';
import { decodeHtml } from './sourceText.ts';

/** Start and end offsets in the plan's own text ({@link JobPlan.source}), not yet mapped to the original. */
export interface RawRange {
  start: number;
  end: number;
}

/** Metrics of a job vertex; sums over its subtasks unless the name says otherwise. Null: not in the document. */
export interface VertexMetrics {
  readBytes: number | null;
  writeBytes: number | null;
  readRecords: number | null;
  writeRecords: number | null;
  /** Milliseconds, summed over subtasks (1.16+). */
  backPressuredMs: number | null;
  idleMs: number | null;
  busyMs: number | null;
  /** Between 0 and 1, highest subtask, from metric or back-pressure documents. */
  busyRatio: number | null;
  backPressuredRatio: number | null;
  idleRatio: number | null;
  /** Percent, 1.20+. */
  skew: number | null;
  /** Lowest over the subtasks, epoch milliseconds. */
  watermark: number | null;
}

export function emptyMetrics(): VertexMetrics {
  return {
    readBytes: null,
    writeBytes: null,
    readRecords: null,
    writeRecords: null,
    backPressuredMs: null,
    idleMs: null,
    busyMs: null,
    busyRatio: null,
    backPressuredRatio: null,
    idleRatio: null,
    skew: null,
    watermark: null,
  };
}

/** One vertex of a plan. Texts are decoded when first asked for: a large plan has megabytes of them. */
export class Vertex {
  readonly index: number;
  /** As printed, "" when missing or blanked. Not unique in damaged documents. */
  id: string;
  kind: VertexKind = 'operator';
  parallelism: number | null = null;
  maxParallelism: number | null = null;
  slotSharingGroup: string | null = null;
  /** RUNNING, FINISHED … */
  status: string | null = null;
  /** Milliseconds the vertex has run. */
  durationMs: number | null = null;
  metrics: VertexMetrics | null = null;
  /** Index of the batch iteration whose step function holds this vertex. */
  container: number | null = null;
  /** Of a stream-graph: false when adaptive batch has not scheduled the operator yet. */
  scheduled: boolean | null = null;
  /** Of a stream-graph: the job vertex that the operator runs in. */
  jobVertexId: string | null = null;
  /** "pact" of the older formats, exec node type of compiled plans, driver of batch plans. */
  operatorType: string | null = null;
  /** Operator uid where a document carries it. */
  uid: string | null = null;
  /** Changelog kinds this operator emits, such as "I,UB,UA,D" (EXPLAIN CHANGELOG_MODE). */
  changelogMode: string | null = null;
  /** The object that describes the vertex. */
  span: Span;
  idSpan: Span;
  nameSpan: Span;
  parallelismSpan: Span | null = null;
  maxParallelismSpan: Span | null = null;
  /** Objects of the document about this vertex, in the plan's own text. */
  readonly objects: RawRange[] = [];
  #rawName = '';
  #name: string | null = null;
  #rawOperator = '';
  #rawDescription = '';
  #description: string | null = null;

  constructor(index: number, id: string, span: Span) {
    this.index = index;
    this.id = id;
    this.span = span;
    this.idSpan = span;
    this.nameSpan = span;
  }

  /** Short name, one line; "vertex N" when the document has none. */
  get name(): string {
    this.#name ??= this.#chooseName() || `vertex ${this.index + 1}`;
    return this.#name;
  }

  /** Long description, possibly several lines; "" when the document has none. */
  get description(): string {
    this.#description ??= decodeHtml(decodeJson(this.#rawDescription));
    return this.#description;
  }

  get hasName(): boolean {
    return this.#rawName !== '';
  }

  /** `raw` as in a JSON string, without its quotes. */
  setRawName(raw: string): void {
    this.#rawName = raw;
    this.#name = null;
  }

  setRawDescription(raw: string): void {
    this.#rawDescription = raw;
    this.#description = null;
  }

  setRawOperator(raw: string): void {
    this.#rawOperator = raw;
    this.#name = null;
  }

  #chooseName(): string {
    for (const raw of [this.#rawName, this.#rawDescription, this.#rawOperator]) {
      const name = raw === '' ? '' : oneLine(decodeHtml(decodeJson(raw)));
      if (name !== '') return name;
    }
    return '';
  }

  /** Whether name or description may contain the pattern; cheap, nothing is decoded. */
  mayMatch(pattern: RegExp): boolean {
    return pattern.test(this.#rawName === '' ? this.#rawDescription : this.#rawName);
  }

  /** What to call the vertex in a sentence. */
  get label(): string {
    return this.id === '' ? `"${shorten(this.name)}"` : `"${shorten(this.name)}" (${this.id.length > 12 ? this.id.slice(0, 8) : this.id})`;
  }
}

export function shorten(text: string, limit = 80): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

function oneLine(text: string): string {
  return text.includes('\n') ? text.replace(/\s*\n\s*/g, ' ').trim() : text.trim();
}
