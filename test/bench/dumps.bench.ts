import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import { NO_CHECKPOINT } from '../../server/src/core/checkpoint.ts';
import { threadDumpKind } from '../../server/src/core/kinds/threadDump.ts';
import { detectThreadDump } from '../../server/src/core/threaddump/detect.ts';
import { parseDumps } from '../../server/src/core/threaddump/parse.ts';
import { bigDump, manyDumps, TEN_MEGABYTES } from './bigDump.ts';
import type { BenchCase } from './cases.ts';

const analyse = (text: string) => threadDumpKind.analyse({ uri: 'bench:dump', text }, { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT });
const one = (): string => bigDump(TEN_MEGABYTES);
const tenth = (): string => bigDump({ ...TEN_MEGABYTES, threads: 500, locks: 50 });
const nine = (): string => manyDumps(9, { ...TEN_MEGABYTES, threads: 5500 });

const docker = (): string =>
  one()
    .split('\n')
    .map((line) => `${JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2026-05-01T12:00:00.000000000Z' })}\n`)
    .join('');

export const cases: BenchCase[] = [
  // Shown beside the larger ones: the cost has to grow with the text and no faster. A few ms are the compiler's.
  { name: 'thread dump, 1 MB: parse and analysis', text: tenth, run: analyse },
  { name: 'thread dump, 10 MB, 5,000 threads, two cycles: parse and analysis', text: one, run: analyse, maxRatio: 8, maxMemory: 3 },
  { name: 'thread dump, 100 MB, nine dumps: parse and analysis', text: nine, run: analyse, maxRatio: 8, maxMemory: 3, runs: 3 },
  { name: 'thread dump, 10 MB: parse alone', text: one, run: (text) => parseDumps(text) },
  { name: 'thread dump, 10 MB: told from other files', text: one, run: (text) => detectThreadDump(text.slice(0, 256 * 1024)), maxMs: 50 },
  { name: "thread dump, 10 MB in docker's JSON: parse and analysis", text: docker, run: analyse },
];
