import { FoldingRangeKind } from 'vscode-languageserver-types';
import type { Fold } from '../types.ts';
import type { LogDocument } from './places.ts';

const MOST_FOLDS = 20_000;

/** Records with more than one line, causes within a trace, and everything from a first failure to its last consequence. */
export function folds({ analysis, text }: LogDocument): Fold[] {
  const result: Fold[] = [];
  for (const episode of analysis.failures.episodes) {
    const last = Math.max(...episode.evidence.map((one) => one.span.end));
    if (last > episode.first.span.end && text.slice(episode.first.span.end, last).includes('\n'))
      result.push({ span: { start: episode.first.span.start, end: last }, kind: FoldingRangeKind.Region });
  }
  for (const record of analysis.log.records) {
    if (record.lines > 1 && result.length < MOST_FOLDS) result.push({ span: record.span, kind: FoldingRangeKind.Region });
  }
  for (const exception of analysis.log.exceptions) {
    if (exception.record === null) result.push({ span: exception.span, kind: FoldingRangeKind.Region });
    for (const one of exception.chain.slice(1)) {
      const end = one.elidedSpan?.end ?? one.frames[one.frames.length - 1]?.span.end;
      if (end !== undefined && result.length < MOST_FOLDS) result.push({ span: { start: one.headSpan.start, end } });
    }
  }
  return result;
}
