import { stat } from 'node:fs/promises';
import type { Settings } from '../../../common/settings.ts';
import { NO_CHECKPOINT } from '../core/checkpoint.ts';
import { detect, SAMPLE_LENGTH } from '../core/detect.ts';
import type { SparseIndex } from '../core/log/sparseIndex.ts';
import type { AnalysisBase } from '../core/model.ts';
import { isGzip, isZip } from '../io/expand.ts';
import { streamGcFile, withGcLines } from '../io/gcFile.ts';
import { positionsIn, streamLogFile } from '../io/logFile.ts';
import { readHead } from '../io/nodeFile.ts';
import { type Source, uriOf } from './inputs.ts';
import { type FileReport, reportWith } from './report.ts';

/** Above this a log is read in one pass from the disk instead of as a text in memory. */
const LARGE = 50 * 1024 * 1024;

/** The report of a large log; null for everything that is read as a text: small, compressed, or no log. */
export async function largeLogReport(source: Source, settings: Settings): Promise<FileReport | null> {
  if (source.path === '-') return null;
  const size = await stat(source.path).then(
    (info) => info.size,
    () => 0,
  );
  if (size <= LARGE) return null;
  const head = await readHead(source.path, SAMPLE_LENGTH);
  if (isGzip(head) || isZip(head)) return null;
  const streamed = await stream(source, settings, head.toString('utf8'));
  if (streamed === null) return null;
  const { analysis, index } = streamed;
  const spans = [...analysis.problems, ...analysis.findings, ...analysis.findings.flatMap((finding) => finding.related)].map((one) => one.span);
  const places = await positionsIn(
    source.path,
    index,
    spans.flatMap((span) => [span.start, span.end]),
  );
  const at = (offset: number) => places.get(offset) ?? { line: 0, character: 0 };
  return reportWith(source.path, analysis, (span) => ({ start: at(span.start), end: at(span.end) }));
}

async function stream(source: Source, settings: Settings, head: string): Promise<{ analysis: AnalysisBase; index: SparseIndex } | null> {
  const uri = uriOf(source);
  switch (detect(head).kind) {
    case 'flink-log': {
      const { analysis, index } = await streamLogFile(source.path, uri, settings);
      return { analysis: await withGcLines(source.path, analysis, settings, uri, NO_CHECKPOINT), index };
    }
    case 'gc-log':
      return streamGcFile(source.path, { uri, settings, head, checkpoint: NO_CHECKPOINT });
    default:
      return null;
  }
}
