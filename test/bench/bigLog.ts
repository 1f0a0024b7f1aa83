// A generated log on disk, read as a user's is: newline scan, index and whole analysis, each in a process of its own, with
// peak memory and a check against the generator's truth; lnav beside it where it is installed.
// tsx test/bench/bigLog.ts [SIZE in MB, default 100] [FILE]
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../scripts/lib/paths.mjs';
import { indexLogFile, streamLogFile } from '../../server/src/io/logFile.ts';
import { generateLog, type LogTruth } from './logGenerator.ts';
import { median } from './median.ts';

/** The most that a mode may take, as a multiple of the scan. */
const LIMITS = { index: 3, analysis: 8 } as const;
/** How much faster than lnav loads the file. */
const FASTER_THAN_LNAV = { index: 5, analysis: 2 } as const;
const MOST_MEGABYTES = 300;

type Mode = 'scan' | keyof typeof LIMITS;

interface Measured {
  /** Median. */
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

async function answerOf(mode: Mode, file: string): Promise<Record<string, unknown>> {
  if (mode === 'scan') return { lines: scan(file) };
  if (mode === 'index') return { records: (await indexLogFile(file)).records };
  const { log, failures } = (await streamLogFile(file, `file://${file}`)).analysis;
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

/** In a process of its own: a run to warm up, then those that count. */
async function inThisProcess(mode: Mode, file: string, runs: number): Promise<void> {
  let answer = await answerOf(mode, file);
  // Later runs find the garbage of those before them.
  const peakMB = process.resourceUsage().maxRSS / 1024;
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    answer = await answerOf(mode, file);
    times.push(performance.now() - start);
  }
  const result: Measured = { ms: median(times), peakMB, answer };
  process.stdout.write(JSON.stringify(result));
}

function measured(mode: Mode, file: string, runs: number): Measured {
  const args = ['--import', 'tsx', at('test/bench/bigLog.ts'), '--measure', mode, file, String(runs)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 })) as Measured;
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

/** Prints a table; returns what is over its limit or wrong. */
export async function benchBigLog(megabytes: number, given?: string): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-big-'));
  const file = given ?? path.join(folder, 'tm.log');
  const truthFile = `${file}.truth.json`;
  if (!existsSync(file) || !existsSync(truthFile)) writeFileSync(truthFile, JSON.stringify(await generateLog(file, megabytes * 1e6)));
  const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as LogTruth;
  const runs = megabytes > 300 ? 3 : 7;
  const over: string[] = [];
  console.log(`streamed log, ${(truth.bytes / 1e6).toFixed(0)} MB, ${truth.lines} lines, ${truth.records} records, medians of ${runs} runs`);
  const show = (name: string, ms: number, more = '') => console.log(`${`${ms.toFixed(0)} ms`.padStart(21)}${more}  ${name}`);
  const other = lnav(file, runs);
  const base = measured('scan', file, runs);
  show('newline scan', base.ms);
  if (other !== null) show('lnav, loading', other);
  for (const mode of ['index', 'analysis'] as const) {
    const { ms, peakMB, answer } = measured(mode, file, runs);
    const ratio = ms / base.ms;
    const faster = other === null ? '' : `, ${(other / ms).toFixed(1)} times as fast as lnav`;
    show(mode, ms, `  ×${ratio.toFixed(1)}  ${peakMB.toFixed(0)} MB${faster}`);
    if (ratio > LIMITS[mode]) over.push(`${mode}: ratio ${ratio.toFixed(1)} > ${LIMITS[mode]}`);
    if (other !== null && other / ms < FASTER_THAN_LNAV[mode]) over.push(`${mode}: less than ${FASTER_THAN_LNAV[mode]} times as fast as lnav`);
    if (peakMB > MOST_MEGABYTES) over.push(`${mode}: ${peakMB.toFixed(0)} MB > ${MOST_MEGABYTES}`);
    over.push(...wrong(truth, answer).map((what) => `${mode}: ${what}`));
  }
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

const [, script, ...args] = process.argv;
if (script === at('test/bench/bigLog.ts')) {
  if (args[0] === '--measure') void inThisProcess(args[1] as Mode, args[2] ?? '', Number(args[3]));
  else
    void benchBigLog(Number(args[0] ?? 100), args[1]).then((over) => {
      process.exitCode = over.length === 0 ? 0 : 1;
    });
}
