import type { Span } from '../../../../common/span.ts';
import { oneLine } from '../text.ts';
import { decodeHtml } from '../unwrap/html.ts';
import { decodeJson } from '../unwrap/json/escapes.ts';
import { JsonReader } from '../unwrap/json/reader.ts';
import type { Source } from '../unwrap/source.ts';
import { chainOf, nameOfTree } from './chain.ts';
import type { LoopRole } from './loopNames.ts';
import { readMetrics, type VertexMetrics } from './metrics.ts';
import type { VertexKind } from './model.ts';
import type { RawRange, Vertex } from './vertex.ts';

/**
 * A vertex while its document is read: readers fill it in, in whatever order the document has. Everybody else sees it as
 * a {@link Vertex}, which nothing can be written to. One object for both: a large plan has tens of thousands.
 */
export class VertexDraft implements Vertex {
  readonly index: number;
  id: string;
  kind: VertexKind = 'operator';
  parallelism: number | null = null;
  maxParallelism: number | null = null;
  slotSharingGroup: string | null = null;
  status: string | null = null;
  durationMs: number | null = null;
  container: number | null = null;
  scheduled: boolean | null = null;
  jobVertexId: string | null = null;
  operatorType: string | null = null;
  loopRoles: readonly LoopRole[] | null = null;
  uid: string | null = null;
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

  get objects(): RawRange[] {
    const own = { start: this.#start, end: this.#end };
    return this.#detailsStart < 0 || this.#detailsStart === this.#start ? [own] : [own, { start: this.#detailsStart, end: this.#detailsEnd }];
  }

  get idRange(): RawRange {
    return this.#idStart < 0 ? { start: this.#start, end: this.#end } : { start: this.#idStart, end: this.#idEnd };
  }

  /** Read from the text when first asked for. */
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

  get name(): string {
    this.#name ??= this.#chooseName() || `vertex ${this.index + 1}`;
    return this.#name;
  }

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
      const name = text.includes('- ') && text.includes('\n') ? nameOfTree(text) : oneLine(text).trim();
      if (name !== '') return name;
    }
    return '';
  }

  /** The text that the name is made of, not decoded. */
  get rawText(): string {
    return this.#rawName === '' ? this.#rawDescription : this.#rawName;
  }

  get operators(): string[] {
    return chainOf(this.name, this.description);
  }

  get isChain(): boolean {
    const text = this.rawText;
    return (text.includes('->') || text.includes('-&gt;') || text.includes('- ')) && this.operators.length > 1;
  }
}
