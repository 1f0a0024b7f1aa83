// readLog.js MODE FILE: one run of one mode over a log, bundled and run by bigLog.ts in a process of its own.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { NO_CHECKPOINT } from '../../server/src/core/checkpoint.ts';
import { BlockJoin } from '../../server/src/core/log/streaming/blocks.ts';
import { LogStream } from '../../server/src/core/log/streaming/stream.ts';
import { feed, NODE_BYTES } from '../../server/src/io/feed.ts';
import { blocksOf, readBlock } from '../../server/src/io/logBlocks.ts';
import { streamLogFile } from '../../server/src/io/logFile.ts';
import { onDisk } from '../../server/src/io/nodeFile.ts';

export type Mode = 'scan' | 'index' | 'analysis' | 'blocks';

/** As four threads would read a log. */
const BLOCKS = 8;

export interface Measured {
  ms: number;
  peakMB: number;
  answer: Record<string, unknown>;
}

/** The unit: a native search for every line feed of the file. */
function scan(file: string): number {
  const fd = openSync(file, 'r');
  const buffer = Buffer.allocUnsafe(1 << 20);
  let lines = 0;
  for (;;) {
    const size = readSync(fd, buffer, 0, buffer.length, null);
    if (size === 0) break;
    const view = buffer.subarray(0, size);
    for (let at = view.indexOf(10); at !== -1; at = view.indexOf(10, at + 1)) lines++;
  }
  closeSync(fd);
  return lines;
}

/** As threads read it, but one after the other: what each block takes to read, and to hand on and join. In ms. */
async function inBlocks(file: string): Promise<Record<string, unknown>> {
  const blocks: number[] = [];
  const joins: number[] = [];
  const open = onDisk(file);
  const stretches = await blocksOf(open, Math.ceil(statSync(file).size / BLOCKS));
  const join = new BlockJoin();
  for (const stretch of stretches) {
    const start = performance.now();
    const block = await readBlock(open, stretch, NO_CHECKPOINT);
    const read = performance.now();
    join.add(structuredClone(block));
    blocks.push(read - start);
    joins.push(performance.now() - read);
  }
  return { blocks, joins, records: join.finish().log.recordCount };
}

/** The scanner alone: only where records and lines stand. */
async function recordsOf(file: string): Promise<number> {
  const stream = new LogStream(NODE_BYTES, { indexOnly: true });
  await feed(onDisk(file), stream, NO_CHECKPOINT);
  stream.end();
  return stream.index.records;
}

async function answerOf(mode: Mode, file: string): Promise<Record<string, unknown>> {
  if (mode === 'scan') return { lines: scan(file) };
  if (mode === 'index') return { records: await recordsOf(file) };
  if (mode === 'blocks') return inBlocks(file);
  const { log, failures } = (await streamLogFile(onDisk(file), `file://${file}`)).analysis;
  return {
    records: log.recordCount,
    levels: log.levels,
    exceptions: log.exceptions.length + log.exceptionsLeft,
    switches: log.executions.reduce((sum, one) => sum + one.states.length, 0),
    executions: log.executions.length + log.executionsLeft,
    failures: failures.episodes.length + failures.episodesLeft,
    first: failures.first?.line,
  };
}

async function main(mode: Mode, file: string): Promise<void> {
  const start = performance.now();
  const answer = await answerOf(mode, file);
  const ms = performance.now() - start;
  const measured: Measured = { ms, peakMB: process.resourceUsage().maxRSS / 1024, answer };
  process.stdout.write(JSON.stringify(measured));
}

void main(process.argv[2] as Mode, process.argv[3] ?? '');
