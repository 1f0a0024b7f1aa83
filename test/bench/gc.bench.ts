import { NO_CHECKPOINT } from '../../server/src/core/checkpoint.ts';
import { PADDING } from '../../server/src/core/gc/bytes.ts';
import type { GcLog } from '../../server/src/core/gc/model.ts';
import { GcReader } from '../../server/src/core/gc/reader.ts';
import { parseGcLog } from '../../server/src/core/kinds/gcLog.ts';
import type { BenchCase } from './cases.ts';
import { type GcTruth, type GeneratedGcLog, preUnifiedG1, preUnifiedParallel, unifiedDetailed, unifiedPlain } from './gcGenerator.ts';

const SIZE = 100e6;
const BLOCK = 1 << 20;

/** By the text that was made last: the text of a case goes through a file. */
let truth: GcTruth | null = null;

function made(generated: GeneratedGcLog): string {
  truth = generated.truth;
  return generated.text;
}

function right(log: GcLog): GcLog {
  const { pauses, totalPauseMs, fullGcs } = log.statistics;
  if (
    truth === null ||
    log.collections !== truth.collections ||
    pauses !== truth.pauses ||
    fullGcs !== truth.fullGcs ||
    Math.abs(totalPauseMs * 1000 - truth.pauseMicros) > 1000
  )
    throw new Error(`${JSON.stringify({ collections: log.collections, pauses, totalPauseMs, fullGcs })} instead of ${JSON.stringify(truth)}`);
  return log;
}

let bytes: Buffer | null = null;

/** As from the disk: block by block, cut at the ends of lines. */
function streamed(text: string): GcLog {
  bytes ??= Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(PADDING)]);
  const length = bytes.length - PADDING;
  const reader = new GcReader();
  for (let at = 0; at < length; ) {
    const end = at + BLOCK >= length ? length : bytes.lastIndexOf(10, at + BLOCK) + 1;
    reader.read(bytes.subarray(at, end + PADDING), end - at, at);
    at = end;
  }
  return right(reader.finish());
}

const FORMS: [string, (size: number) => GeneratedGcLog, limit: number][] = [
  ['unified, G1 with details', unifiedDetailed, 5],
  ['unified, a line for each pause', unifiedPlain, 8],
  ['Java 8, Parallel with details', preUnifiedParallel, 9],
  ['Java 8, G1 with details', preUnifiedG1, 6],
];

export const cases: BenchCase[] = [
  ...FORMS.map(
    ([name, generate, maxRatio]): BenchCase => ({
      name: `GC log, 100 MB, streamed: ${name}`,
      text: () => made(generate(SIZE)),
      run: streamed,
      maxRatio,
      runs: 3,
    }),
  ),
  {
    name: 'GC log, 20 MB, in the editor: unified, G1 with details',
    text: () => made(unifiedDetailed(SIZE / 5)),
    run: async (text) => right(await parseGcLog(text, NO_CHECKPOINT)),
    maxMs: 1000,
  },
];
