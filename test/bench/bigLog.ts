// A generated log on disk, read as a user's is: newline scan, index and whole analysis, each in a process of its own, with
// peak memory and a check against the generator's truth; lnav beside it where it is installed.
// tsx test/bench/bigLog.ts [SIZE in MB, default 100] [FILE]
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { at } from '../../scripts/lib/paths.mjs';
import { generateLog, type LogTruth } from './logGenerator.ts';
import { median } from './median.ts';
import type { Measured, Mode } from './readLog.ts';

/** The most that a mode may take, as a multiple of the scan. */
const LIMITS = { index: 3, analysis: 8 } as const;
/** How much faster than lnav loads the file; judged where the file is so large that the start of a program does not count. */
const LARGE = 1000;
const FASTER_THAN_LNAV = { index: 5, analysis: 2 } as const;
const MAX_MEGABYTES = 300;

/** Every run in a process of its own, bundled as the product is. */
function measured(script: string, mode: Mode, file: string, runs: number): Measured {
  const all = Array.from(
    { length: runs },
    () => JSON.parse(execFileSync(process.execPath, [script, mode, file], { encoding: 'utf8', maxBuffer: 1 << 26 })) as Measured,
  );
  const peakMB = Math.max(...all.map((one) => one.peakMB));
  return { ms: median(all.map((one) => one.ms)), peakMB, answer: all[0]?.answer ?? {} };
}

/** Time in which lnav loads a file, in ms; null where it is not installed. */
function lnav(file: string, runs: number): number | null {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    if (spawnSync('lnav', ['-n', '-c', ':switch-to-view help', file], { stdio: 'ignore' }).error !== undefined) return null;
    times.push(performance.now() - start);
  }
  return median(times);
}

/** When the last block is joined: each thread takes the next block when it is free, and they are joined in their order. In ms. */
function simulated(blocks: readonly number[], joins: readonly number[], threads: number): number {
  const free = Array<number>(threads).fill(0);
  let joined = 0;
  for (const [index, ms] of blocks.entries()) {
    const thread = free.indexOf(Math.min(...free));
    const read = (free[thread] as number) + ms;
    free[thread] = read;
    joined = Math.max(joined, read) + (joins[index] as number);
  }
  return joined;
}

/** Prints a table; returns what is over its limit or wrong. */
export async function benchBigLog(megabytes: number, given?: string): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-big-'));
  const file = given ?? path.join(folder, 'tm.log');
  const truthFile = `${file}.truth.json`;
  if (!existsSync(file) || !existsSync(truthFile)) writeFileSync(truthFile, JSON.stringify(await generateLog(file, megabytes * 1e6)));
  const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as LogTruth;
  const script = path.join(folder, 'readLog.cjs');
  buildSync({ entryPoints: [at('test/bench/readLog.ts')], outfile: script, bundle: true, minify: true, platform: 'node', target: 'node20' });
  const runs = megabytes > 300 ? 3 : 7;
  const over: string[] = [];
  console.log(`streamed log, ${(truth.bytes / 1e6).toFixed(0)} MB, ${truth.lines} lines, ${truth.records} records, medians of ${runs} runs`);
  const show = (name: string, ms: number, more = '') => console.log(`${`${ms.toFixed(0)} ms`.padStart(21)}${more}  ${name}`);
  const other = lnav(file, runs);
  const base = measured(script, 'scan', file, runs);
  show('newline scan', base.ms);
  if (other !== null) show('lnav, loading', other);
  for (const mode of ['index', 'analysis'] as const) {
    const { ms, peakMB, answer: found } = measured(script, mode, file, runs);
    const ratio = ms / base.ms;
    const faster = other === null ? '' : `, ${(other / ms).toFixed(1)} times as fast as lnav`;
    show(mode, ms, `  ×${ratio.toFixed(1)}  ${peakMB.toFixed(0)} MB${faster}`);
    if (ratio > LIMITS[mode]) over.push(`${mode}: ratio ${ratio.toFixed(1)} > ${LIMITS[mode]}`);
    if (other !== null && megabytes >= LARGE && other / ms < FASTER_THAN_LNAV[mode])
      over.push(`${mode}: less than ${FASTER_THAN_LNAV[mode]} times as fast as lnav`);
    if (peakMB > MAX_MEGABYTES) over.push(`${mode}: ${peakMB.toFixed(0)} MB > ${MAX_MEGABYTES}`);
    over.push(...wrong(truth, found).map((what) => `${mode}: ${what}`));
  }
  const onePass = measured(script, 'analysis', file, runs).ms;
  const { answer } = measured(script, 'blocks', file, 1);
  const { blocks, joins } = answer as { blocks: number[]; joins: number[] };
  const sum = (all: number[]) => all.reduce((one, other) => one + other, 0);
  show(`in ${blocks.length} blocks: reading them, and handing on and joining them`, sum(blocks), `  + ${sum(joins).toFixed(0)} ms`);
  for (const threads of [1, 2, 4, 8])
    show(
      `by ${threads} thread(s) and one that joins, each with a core of its own (simulated from these)`,
      simulated(blocks, joins, threads),
      `  ×${(onePass / simulated(blocks, joins, threads)).toFixed(2)} as fast as one pass`,
    );
  rmSync(folder, { recursive: true });
  for (const what of over) console.log(`  OVER: ${what}`);
  return over;
}

function wrong(truth: LogTruth, answer: Record<string, unknown>): string[] {
  const expected: Record<string, unknown> = { ...truth, first: truth.first?.line };
  const sorted = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(Object.entries(value).sort()) : String(value));
  return Object.entries(answer).flatMap(([name, got]) =>
    sorted(got) === sorted(expected[name]) ? [] : [`${name} is ${sorted(got)} instead of ${sorted(expected[name])}`],
  );
}

const [, main, ...args] = process.argv;
if (main === at('test/bench/bigLog.ts')) {
  void benchBigLog(Number(args[0] ?? 100), args[1]).then((over) => {
    process.exitCode = over.length === 0 ? 0 : 1;
  });
}
