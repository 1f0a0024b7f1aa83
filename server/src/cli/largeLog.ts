import { stat } from 'node:fs/promises';
import type { Settings } from '../../../common/settings.ts';
import { detect, SAMPLE_LENGTH } from '../core/detect.ts';
import { isGzip, isZip } from '../io/expand.ts';
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
  if (isGzip(head) || isZip(head) || detect(head.toString('utf8')).kind !== 'flink-log') return null;
  const { analysis, index } = await streamLogFile(source.path, uriOf(source), settings);
  const spans = [...analysis.problems, ...analysis.findings, ...analysis.findings.flatMap((finding) => finding.related)].map((one) => one.span);
  const places = await positionsIn(
    source.path,
    index,
    spans.flatMap((span) => [span.start, span.end]),
  );
  const at = (offset: number) => places.get(offset) ?? { line: 0, character: 0 };
  return reportWith(source.path, analysis, (span) => ({ start: at(span.start), end: at(span.end) }));
}
