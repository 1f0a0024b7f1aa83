import { isAscii } from 'node:buffer';
import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import type { Position } from '../../../common/span.ts';
import type { LogAnalysis } from '../core/analysis/log/model.ts';
import { type Checkpoint, NO_CHECKPOINT } from '../core/checkpoint.ts';
import { concludeLog } from '../core/kinds/concludeLog.ts';
import { THE_SAME } from '../core/kinds/flinkLog.ts';
import { layoutsOfPatterns } from '../core/log/pattern.ts';
import type { ByteAccess } from '../core/log/streaming/chunkReader.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import { LogStream } from '../core/log/streaming/stream.ts';
import { LINE_PREFIXES } from '../core/unwrap/lines/prefixes.ts';
import type { Opener, Streaming } from './byteFile.ts';
import { looksLikeGc, readGcFile } from './gcFile.ts';

/** Bytes between an indexed record and a place in it; more is one record of unusual size. */
const MAX_COUNTED = 64 << 20;

/** Bytes by way of Node's Buffer, whose search and decoding are native. */
export const NODE_BYTES: ByteAccess = {
  view: (buffer) => Buffer.from(buffer),
  latin1: (bytes, start, end) => (bytes as Buffer).toString('latin1', start, end),
  utf8: (bytes, start, end) => (bytes as Buffer).toString('utf8', start, end),
  isAscii: (bytes) => isAscii(bytes),
};

export interface StreamedLog {
  /** Spans count bytes of the file. */
  analysis: LogAnalysis;
  index: SparseIndex;
  bytes: number;
}

/**
 * Reads a log in one pass and bounded memory, whatever its size; lines of a collector that stand in it, and GC logs that
 * belong to it, are joined with it.
 * Rejects with the system's error when the file cannot be read, with Cancelled when nobody waits any more.
 */
export async function streamLogFile(
  open: Opener,
  uri: string,
  settings: Settings = DEFAULT_SETTINGS,
  checkpoint: Checkpoint = NO_CHECKPOINT,
  gcLogs: NonNullable<Streaming['gcLogs']> = async () => [],
): Promise<StreamedLog> {
  const { layouts } = layoutsOfPatterns(settings['logjam.log.patterns']);
  const stream = new LogStream(NODE_BYTES, { layouts });
  await feed(open, stream, checkpoint);
  const { log, problems } = stream.finish();
  const wrapper = LINE_PREFIXES.find(({ id }) => id === log.wrapper) ?? null;
  const own = (await looksLikeGc(open)) ? [{ gc: (await readGcFile(open, wrapper, checkpoint)).log, source: THE_SAME }] : [];
  const analysis = concludeLog(log, settings, { uri, files: [] }, [...own, ...(await gcLogs(stream.bytes + 1))]);
  analysis.problems.push(...problems);
  return { analysis, index: stream.index, bytes: stream.bytes };
}

/** Line and character of byte offsets: the index leads near, the bytes from there on are counted. */
export async function positionsIn(open: Opener, index: SparseIndex, offsets: readonly number[]): Promise<Map<number, Position>> {
  const result = new Map<number, Position>();
  const groups = new Map<number, { line: number; offsets: number[] }>();
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    const near = index.atOffset(offset) ?? { offset: 0, line: 0 };
    const group = groups.get(near.offset);
    if (group === undefined) groups.set(near.offset, { line: near.line, offsets: [offset] });
    else group.offsets.push(offset);
  }
  const file = await open();
  try {
    for (const [from, group] of groups) {
      const length = Math.min((group.offsets.at(-1) ?? from) - from, MAX_COUNTED);
      const buffer = Buffer.allocUnsafe(length);
      const bytesRead = await file.read(buffer, from);
      let { line } = group;
      let start = 0;
      for (const offset of group.offsets) {
        const end = Math.min(offset - from, bytesRead);
        for (let at = buffer.indexOf(10, start); at !== -1 && at < end; at = buffer.indexOf(10, start)) {
          line++;
          start = at + 1;
        }
        result.set(offset, { line, character: buffer.toString('utf8', start, end).length });
      }
    }
  } finally {
    file.close();
  }
  return result;
}

/** Hands all bytes of a file to a stream, which is still to be ended. */
export async function feed(open: Opener, stream: LogStream, checkpoint: Checkpoint): Promise<void> {
  const file = await open();
  try {
    for (let at = 0; ; ) {
      const read = file.read(stream.reserve(), at);
      const size = typeof read === 'number' ? read : await read;
      if (size === 0) return;
      stream.commit(size);
      at += size;
      if (checkpoint.due()) await checkpoint.pause();
    }
  } finally {
    file.close();
  }
}
