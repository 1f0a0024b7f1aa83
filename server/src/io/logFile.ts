import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import type { Position } from '../../../common/span.ts';
import type { LogAnalysis } from '../core/analysis/log/model.ts';
import { type Checkpoint, NO_CHECKPOINT } from '../core/checkpoint.ts';
import { concludeLog } from '../core/kinds/concludeLog.ts';
import { THE_SAME } from '../core/kinds/flinkLog.ts';
import type { Layout } from '../core/log/layouts.ts';
import { layoutsOfPatterns } from '../core/log/pattern.ts';
import type { SparseIndex } from '../core/log/streaming/sparseIndex.ts';
import { LogStream } from '../core/log/streaming/stream.ts';
import { LINE_PREFIXES } from '../core/unwrap/lines/prefixes.ts';
import type { Opener, Streaming } from './byteFile.ts';
import { feed, NODE_BYTES } from './feed.ts';
import { looksLikeGc, readGcFile } from './gcFile.ts';
import { blocksOf, joinBlocks } from './logBlocks.ts';

/** Bytes between an indexed record and a place in it; more is one record of unusual size. */
const MAX_COUNTED = 64 << 20;

export interface StreamedLog {
  /** Spans count bytes of the file. */
  analysis: LogAnalysis;
  index: SparseIndex;
  bytes: number;
}

/**
 * Reads a log in bounded memory, whatever its size, in one pass or, where there are threads for it, in blocks; lines of a
 * collector that stand in it, and GC logs that belong to it, are joined with it.
 * Rejects with the system's error when the file cannot be read, with Cancelled when nobody waits any more.
 */
export async function streamLogFile(
  open: Opener,
  uri: string,
  settings: Settings = DEFAULT_SETTINGS,
  checkpoint: Checkpoint = NO_CHECKPOINT,
  { gcLogs = async () => [], blocks }: Pick<Streaming, 'gcLogs' | 'blocks'> = {},
): Promise<StreamedLog> {
  const { layouts } = layoutsOfPatterns(settings['logjam.log.patterns']);
  const stretches = blocks === undefined || layouts.length > 0 ? [] : await blocksOf(open, blocks.size);
  const stream = blocks !== undefined && stretches.length > 1 ? await joinBlocks(blocks.read(stretches)) : await inOnePass(open, layouts, checkpoint);
  const { log, problems } = stream.finish();
  const wrapper = LINE_PREFIXES.find(({ id }) => id === log.wrapper) ?? null;
  const own = (await looksLikeGc(open)) ? [{ gc: (await readGcFile(open, wrapper, checkpoint)).log, source: THE_SAME }] : [];
  const analysis = concludeLog(log, settings, { uri, files: [] }, [...own, ...(await gcLogs(stream.bytes + 1))]);
  analysis.problems.push(...problems);
  return { analysis, index: stream.index, bytes: stream.bytes };
}

async function inOnePass(open: Opener, layouts: readonly Layout[], checkpoint: Checkpoint): Promise<LogStream> {
  const stream = new LogStream(NODE_BYTES, { layouts });
  await feed(open, stream, checkpoint);
  return stream;
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
