import type { Checkpoint } from '../core/checkpoint.ts';
import { detect, SAMPLE_LENGTH } from '../core/detect.ts';
import { gcWrapperOf } from '../core/gc/detect.ts';
import { concludeGc } from '../core/kinds/gcLog.ts';
import type { Analysis } from '../core/kinds/index.ts';
import type { StreamedFile } from '../core/kinds/logSet.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import type { Head, Opener, Streaming } from './byteFile.ts';
import { feed, NODE_BYTES } from './feed.ts';
import { readGcFile } from './gcFile.ts';
import { streamLogFile } from './logFile.ts';
import { readHead } from './nodeFile.ts';
import { isPacked } from './packed.ts';

/** Rejects with the system's error. */
export async function headOf(open: Opener): Promise<Head> {
  const bytes = await readHead(open, SAMPLE_LENGTH);
  const text = bytes.toString('utf8');
  return { text, kind: isPacked(bytes) ? 'packed' : detect(text).kind };
}

/** Analyses a log that is too large for a text in memory, in one pass; spans count bytes. Null where the file is no log. */
export async function streamFile(
  open: Opener,
  head: Head,
  { uri, settings, checkpoint, ...beside }: Streaming,
): Promise<{ analysis: Analysis; index: SparseIndex } | null> {
  if (head.kind === 'flink-log') return streamLogFile(open, uri, settings, checkpoint, beside);
  if (head.kind !== 'gc-log') return null;
  const { log, index } = await readGcFile(open, gcWrapperOf(head.text), checkpoint);
  return { analysis: concludeGc(log, settings, uri), index };
}

/** A Flink log as one of several that are read as one. */
export function streamedFile(open: Opener, head: Head, { name, uri }: { name: string; uri: string }, checkpoint: Checkpoint): StreamedFile {
  return { name, uri, head: head.text, bytes: NODE_BYTES, feed: (stream) => feed(open, stream, checkpoint) };
}
