import type { Span } from '../../../../common/span.ts';
import { decodeHtml } from '../unwrap/html.ts';
import { decodeJson } from '../unwrap/json/escapes.ts';
import { JsonReader } from '../unwrap/json/reader.ts';
import type { Source } from '../unwrap/source.ts';
import { shorten } from '../wording.ts';
import { chainOf, nameOfTree } from './chain.ts';
import type { LoopRole } from './loopNames.ts';
import { readMetrics, type VertexMetrics } from './metrics.ts';
import type { VertexKind } from './model.ts';

/** Start and end offsets in the plan's own text ({@link JobPlan.source}), not yet mapped to the original. */
export interface RawRange {
  start: number;
  end: number;
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
  /** Index of the batch iteration whose step function holds this vertex. */
  container: number | null = null;
  /** Of a stream-graph: false when adaptive batch has not scheduled the operator yet. */
  scheduled: boolean | null = null;
  /** Of a stream-graph: the job vertex that the operator runs in. */
  jobVertexId: string | null = null;
  /** "pact" of the older formats, exec node type of compiled plans, driver of batch plans. */
  operatorType: string | null = null;
  /** What the name says about loops; null for most vertices. */
  loopRoles: readonly LoopRole[] | null = null;
  /** Operator uid where a document carries it. */
  uid: string | null = null;
  /** Changelog kinds this operator emits, such as "I,UB,UA,D" (EXPLAIN CHANGELOG_MODE). */
  changelogMode: string | null = null;
  readonly #source: Source;
  #start: number;
  #end: number;
  #idStart = -1;
  #idEnd = -1;
  #nameStart = -1;
  #nameEnd = -1;
  #parallelismStart = -1;
  #parallelismEnd = -1;
  #maxParallelismStart = -1;
  #maxParallelismEnd = -1;
  /** The entry of "vertices" in a job document. */
  #detailsStart = -1;
  #detailsEnd = -1;
  #metricsStart = -1;
  #metricsEnd = -1;
  #metrics: VertexMetrics | null = null;
  #rawName = '';
  #name: string | null = null;
  #rawOperator = '';
  #rawDescription = '';
  #description: string | null = null;

  constructor(source: Source, index: number, id: string, start: number, end: number) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
    this.index = index;
    this.id = id;
  }

  /** The object that describes the vertex. */
  get span(): Span {
    return this.#source.span(this.#start, this.#end);
  }

  get idSpan(): Span {
    return this.#idStart < 0 ? this.nameSpan : this.#source.span(this.#idStart, this.#idEnd);
  }

  get nameSpan(): Span {
    return this.#nameStart < 0 ? this.span : this.#source.span(this.#nameStart, this.#nameEnd);
  }

  get parallelismSpan(): Span | null {
    return this.#parallelismStart < 0 ? null : this.#source.span(this.#parallelismStart, this.#parallelismEnd);
  }

  get maxParallelismSpan(): Span | null {
    return this.#maxParallelismStart < 0 ? null : this.#source.span(this.#maxParallelismStart, this.#maxParallelismEnd);
  }

  /** Objects of the document about this vertex, as offsets into the plan's own text. */
  get objects(): RawRange[] {
    const own = { start: this.#start, end: this.#end };
    return this.#detailsStart < 0 || this.#detailsStart === this.#start ? [own] : [own, { start: this.#detailsStart, end: this.#detailsEnd }];
  }

  /** Offsets of the id in the plan's own text, for edges that have no place of their own. */
  get idRange(): RawRange {
    return this.#idStart < 0 ? { start: this.#start, end: this.#end } : { start: this.#idStart, end: this.#idEnd };
  }

  /** Null when the document has none. Read from the text when first asked for. */
  get metrics(): VertexMetrics | null {
    if (this.#metrics === null && this.#metricsStart >= 0) {
      this.#metrics = readMetrics(new JsonReader(this.#source.text, this.#metricsStart, this.#metricsEnd));
    }
    return this.#metrics;
  }

  placeMetrics(start: number, end: number): void {
    this.#metricsStart = start;
    this.#metricsEnd = end;
    this.#metrics = null;
  }

  get hasIdPlace(): boolean {
    return this.#idStart >= 0;
  }

  placeEnd(end: number): void {
    this.#end = end;
  }

  placeId(start: number, end: number): void {
    this.#idStart = start;
    this.#idEnd = end;
  }

  placeName(start: number, end: number): void {
    this.#nameStart = start;
    this.#nameEnd = end;
  }

  placeParallelism(start: number, end: number): void {
    this.#parallelismStart = start;
    this.#parallelismEnd = end;
  }

  placeMaxParallelism(start: number, end: number): void {
    this.#maxParallelismStart = start;
    this.#maxParallelismEnd = end;
  }

  placeDetails(start: number, end: number): void {
    this.#detailsStart = start;
    this.#detailsEnd = end;
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
      const text = raw === '' ? '' : decodeHtml(decodeJson(raw));
      const name = text.includes('- ') && text.includes('\n') ? nameOfTree(text) : oneLine(text);
      if (name !== '') return name;
    }
    return '';
  }

  /** The text that the name is made of, not decoded. */
  get rawText(): string {
    return this.#rawName === '' ? this.#rawDescription : this.#rawName;
  }

  /** Chained operators, in the order of the text; one for a vertex that is not a chain. */
  get operators(): string[] {
    return chainOf(this.name, this.description);
  }

  /**
   * Several operators run as this vertex. Released Flink chains across the borders of loops, so that such a vertex
   * can belong to more than one scope; the innermost is the one it is given.
   */
  get isChain(): boolean {
    const text = this.rawText;
    return (text.includes('->') || text.includes('-&gt;') || text.includes('- ')) && this.operators.length > 1;
  }

  /** What to call the vertex in a sentence. */
  get label(): string {
    return this.id === '' ? `"${shorten(this.name)}"` : `"${shorten(this.name)}" (${this.id.length > 12 ? this.id.slice(0, 8) : this.id})`;
  }
}

function oneLine(text: string): string {
  return text.includes('\n') ? text.replace(/\s*\n\s*/g, ' ').trim() : text.trim();
}
