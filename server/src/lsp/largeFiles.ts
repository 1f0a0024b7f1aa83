import type { FileAnalysis, Lines } from '../../../common/contracts.ts';
import type { GraphView } from '../../../common/graph.ts';
import { EMPTY_SPAN, type Position, type Range, type Span } from '../../../common/span.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { moduleOf } from '../core/index.ts';
import type { Severity } from '../core/model.ts';
import { contentUri } from './content.ts';
import type { Analysed } from './documents.ts';
import type { Host, Paged } from './host.ts';

const ORDER: Severity[] = ['error', 'warning', 'info', 'hint'];
const MOST_FINDINGS = 200;
const MOST_LINES = 2000;

/** Files that no editor hands over: their findings, their lines, and places in them. */
export class LargeFiles {
  readonly #paged = new Map<string, Paged>();
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async #file(uri: string, follow: boolean): Promise<Paged | null> {
    let file = this.#paged.get(uri);
    if (file === undefined) {
      const made = this.#host.paged(uri);
      if (made === null) return null;
      file = made;
      await file.extend(NO_CHECKPOINT);
      this.#paged.set(uri, file);
    } else if (follow) await file.extend(NO_CHECKPOINT);
    return file;
  }

  async lines({ uri, from, count, follow }: { uri: string; from: number; count: number; follow?: boolean }): Promise<Lines | null> {
    const file = await this.#file(uri, follow === true);
    if (file === null) return null;
    const first = Math.max(0, Math.min(from, file.lines - 1));
    return { from: first, lines: await file.read(first, Math.min(count, MOST_LINES)), total: file.lines, bytes: file.bytes };
  }

  /**
   * Runs something that turns spans into ranges. For a file on the disk it is run twice: first to learn which places
   * it wants, then, after one walk over the file, with their positions.
   */
  async withRanges<R>(document: Analysed, run: (range: (span: Span) => Range) => R): Promise<R> {
    if (!document.onDisk) return run((span) => document.index.range(span));
    const file = await this.#file(document.uri, false);
    const wanted = new Set<number>();
    const origin: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const first = run(({ start, end }) => {
      wanted.add(start).add(end);
      return origin;
    });
    if (file === null || wanted.size === 0) return first;
    const offsets = [...wanted];
    const positions = new Map((await file.positions(offsets)).map((position, i) => [offsets[i] as number, position]));
    const at = (offset: number): Position => positions.get(offset) ?? origin.start;
    return run(({ start, end }) => ({ start: at(start), end: at(end) }));
  }

  async analysis(document: Analysed): Promise<FileAnalysis> {
    const { analysis, uri } = document;
    const module = moduleOf(analysis.kind);
    const all = [
      ...analysis.findings.map(({ severity, message, span }) => ({ severity, message, span })),
      ...analysis.problems.map(({ message, span }) => ({ severity: 'hint' as const, message, span: span ?? EMPTY_SPAN })),
    ].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || a.span.start - b.span.start);
    const shown = all.slice(0, MOST_FINDINGS);
    return {
      kind: analysis.kind,
      dialect: analysis.dialect,
      report: module?.report ? contentUri({ uri, name: 'report' }) : null,
      views: Object.keys(module?.graphs ?? {}) as GraphView[],
      documents: Object.keys(module?.documents ?? {}),
      findings: await this.withRanges(document, (range) => shown.map(({ severity, message, span }) => ({ severity, message, range: range(span) }))),
      more: all.length - shown.length,
    };
  }
}
