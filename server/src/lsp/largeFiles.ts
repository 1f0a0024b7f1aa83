import type { FileAnalysis, FindLine, FoundLine, Lines } from '../../../common/contracts.ts';
import type { Position } from '../../../common/span.ts';
import { hasView, isDocumentName, isGraphView, isTextName, viewsOf } from '../../../common/views.ts';
import { contentUri } from '../../../common/virtual.ts';
import { type Checkpoint, NO_CHECKPOINT } from '../core/checkpoint.ts';
import { bySeverity } from '../core/findings.ts';
import { Places } from '../core/places.ts';
import { featuresOf } from '../features/index.ts';
import type { Analysed } from './documents.ts';
import type { Host, Paged } from './host.ts';
import { outlineOf } from './outline.ts';
import { TextLines } from './textLines.ts';

const MOST_FINDINGS = 200;
const MOST_LINES = 2000;

/** Files that no editor hands over: their findings, their lines, and positions in them. */
export class LargeFiles {
  /** Of any analysis, those of large files included. */
  readonly places = new Places((uri, offsets) => this.positions(uri, offsets));
  readonly #paged = new Map<string, Paged>();
  readonly #host: Host;

  readonly #find: (uri: string) => Promise<Analysed | null>;

  /** `find`: the analysis of a file; one that is not on the disk as a plain text has its text in memory. */
  constructor(host: Host, find: (uri: string) => Promise<Analysed | null>) {
    this.#host = host;
    this.#find = find;
  }

  async #file(uri: string, follow: boolean): Promise<Paged | null> {
    let file = this.#paged.get(uri);
    if (file === undefined) {
      const made = (await this.#host.paged(uri).catch(() => null)) ?? (await this.#inMemory(uri));
      if (made === null) return null;
      file = made;
      await file.extend(NO_CHECKPOINT);
      this.#paged.set(uri, file);
    } else if (follow) await file.extend(NO_CHECKPOINT);
    return file;
  }

  async #inMemory(uri: string): Promise<Paged | null> {
    const document = await this.#find(uri);
    return document === null || document.parts !== undefined ? null : new TextLines(document.text, document.index);
  }

  /** The file is read again: what is known of its lines may be of an older state. */
  forget(uri: string): void {
    this.#paged.delete(uri);
  }

  async find(wanted: FindLine & { uri: string }, checkpoint: Checkpoint): Promise<FoundLine | null> {
    return (await this.#file(wanted.uri, false))?.find(wanted, checkpoint) ?? null;
  }

  async lines({ uri, from, count, follow }: { uri: string; from: number; count: number; follow?: boolean }): Promise<Lines | null> {
    const file = await this.#file(uri, follow === true);
    if (file === null) return null;
    const first = Math.max(0, Math.min(from, file.lines - 1));
    return { from: first, lines: await file.read(first, Math.min(count, MOST_LINES)), total: file.lines, bytes: file.bytes };
  }

  /** Lines and characters of byte offsets. */
  async positions(uri: string, offsets: readonly number[]): Promise<Position[]> {
    return (await this.#file(uri, false))?.positions(offsets) ?? [];
  }

  async analysis(document: Analysed): Promise<FileAnalysis> {
    const { analysis, uri } = document;
    const views = viewsOf(analysis.kind);
    const all = [
      ...analysis.findings.map(({ severity, message, at }) => ({ severity, message, at })),
      ...analysis.problems.map(({ message, span }) => ({ severity: 'hint' as const, message, at: { document: uri, span } })),
    ].sort((a, b) => bySeverity(a.severity, b.severity) || a.at.span.start - b.at.span.start);
    const shown = all.slice(0, MOST_FINDINGS);
    return {
      kind: analysis.kind,
      dialect: analysis.dialect,
      report: hasView(analysis.kind, 'report') ? contentUri({ uri, name: 'report' }) : null,
      views: views.filter(isGraphView),
      documents: views.filter(isDocumentName),
      contents: views.filter(isTextName),
      outline: await this.places.withPlaces(document, (place) => outlineOf(featuresOf(analysis.kind).symbols?.(document) ?? [], place)),
      findings: await this.places.withPlaces(document, (place) =>
        shown.map(({ severity, message, at }) => ({ severity, message, range: place(at) })),
      ),
      more: all.length - shown.length,
    };
  }
}
