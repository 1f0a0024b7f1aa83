import { stat } from 'node:fs/promises';
import type { Settings } from '../../../common/settings.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import { detect, SAMPLE_LENGTH } from '../core/detect.ts';
import type { Analysis } from '../core/kinds/index.ts';
import type { StreamedFile } from '../core/kinds/logSet.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import { LARGE_FILE } from '../core/log/streaming/stream.ts';
import { isGzip, isZip } from './expand.ts';
import { streamGcFile, withGcLines } from './gcFile.ts';
import { feed, NODE_BYTES, streamLogFile } from './logFile.ts';
import { readHead } from './nodeFile.ts';

/** A log on the disk that is too large for a text in memory. */
export interface LargeLog {
  path: string;
  /** Its beginning. */
  head: string;
  kind: 'flink-log' | 'gc-log';
}

/** Null for every file that is read as a text: small, compressed, or no log. Rejects with the system's error. */
export async function largeLog(path: string): Promise<LargeLog | null> {
  if ((await stat(path)).size <= LARGE_FILE) return null;
  const bytes = await readHead(path, SAMPLE_LENGTH);
  const head = bytes.toString('utf8');
  const { kind } = detect(head);
  return isGzip(bytes) || isZip(bytes) || (kind !== 'flink-log' && kind !== 'gc-log') ? null : { path, head, kind };
}

/** Analyses it in one pass; spans count bytes. */
export async function analyseLargeLog(
  { path, head, kind }: LargeLog,
  { uri, settings, checkpoint }: { uri: string; settings: Settings; checkpoint: Checkpoint },
): Promise<{ analysis: Analysis; index: SparseIndex }> {
  if (kind === 'gc-log') return streamGcFile(path, { uri, settings, head, checkpoint });
  const { analysis, index } = await streamLogFile(path, uri, settings, checkpoint);
  return { analysis: await withGcLines(path, analysis, settings, uri, checkpoint), index };
}

/** A Flink log as one of several that are read as one. */
export function streamedFile({ path, head }: LargeLog, name: string, uri: string, checkpoint: Checkpoint): StreamedFile {
  return { name, uri, head, bytes: NODE_BYTES, feed: (stream) => feed(path, stream, checkpoint) };
}
