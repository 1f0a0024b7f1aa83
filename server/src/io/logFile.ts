import { isAscii } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import type { Position } from '../../../common/span.ts';
import type { LogAnalysis } from '../core/analysis/log/model.ts';
import { type Checkpoint, NO_CHECKPOINT } from '../core/checkpoint.ts';
import { concludeStream } from '../core/kinds/concludeLog.ts';
import { layoutsOfPatterns } from '../core/log/pattern.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import { type ByteAccess, LogStream } from '../core/log/streaming/stream.ts';

/** Bytes between an indexed record and a place in it; more is one record of unusual size. */
const MOST_COUNTED = 64 << 20;

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
 * Reads a log from disk in one pass and bounded memory, whatever its size.
 * Rejects with the system's error when the file cannot be read, with Cancelled when nobody waits any more.
 */
export async function streamLogFile(
  path: string,
  uri: string,
  settings: Settings = DEFAULT_SETTINGS,
  checkpoint: Checkpoint = NO_CHECKPOINT,
): Promise<StreamedLog> {
  const { layouts } = layoutsOfPatterns(settings['logjam.log.patterns']);
  const stream = new LogStream(NODE_BYTES, { layouts });
  await feed(path, stream, checkpoint);
  return { analysis: concludeStream(stream, settings, uri), index: stream.index, bytes: stream.bytes };
}

/** Line and character of byte offsets: the index leads near, the bytes from there on are counted. */
export async function positionsIn(path: string, index: SparseIndex, offsets: readonly number[]): Promise<Map<number, Position>> {
  const result = new Map<number, Position>();
  const groups = new Map<number, { line: number; offsets: number[] }>();
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    const near = index.atOffset(offset) ?? { offset: 0, line: 0 };
    const group = groups.get(near.offset);
    if (group === undefined) groups.set(near.offset, { line: near.line, offsets: [offset] });
    else group.offsets.push(offset);
  }
  const file = await open(path, 'r');
  try {
    for (const [from, group] of groups) {
      const length = Math.min((group.offsets.at(-1) ?? from) - from, MOST_COUNTED);
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, from);
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
    await file.close();
  }
  return result;
}

/**
 * Hands all bytes of a file to a stream, which is still to be ended. It reads a little at a time and at once: bytes that
 * this thread has just read are scanned twice as fast as those that another one has.
 */
export async function feed(path: string, stream: LogStream, checkpoint: Checkpoint): Promise<void> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const size = readSync(file, stream.reserve());
      if (size === 0) return;
      stream.commit(size);
      if (checkpoint.due()) await checkpoint.pause();
    }
  } finally {
    closeSync(file);
  }
}
