// tsx test/bench/bigLog.ts [SIZE in MB, default 100] [FILE]
// A generated log of any size on disk: native newline scan, index and whole analysis, each in a process of its own,
// with CPU time, peak memory and a check against the generator's truth; lnav beside it where it is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { indexLogFile, streamLogFile } from '../../server/src/io/logFile.ts';
import { generateLog, type LogTruth } from './logGenerator.ts';

interface Measured {
  wallMs: number;
  cpuMs: number;
  peakMB: number;
  answer: Record<string, unknown>;
}

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

async function once(mode: string, file: string): Promise<void> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const answer: Record<string, unknown> = {};
  if (mode === 'scan') answer.lines = scan(file);
  else if (mode === 'index') answer.records = (await indexLogFile(file)).records;
  else {
    const { analysis } = await streamLogFile(file, `file://${file}`);
    const { log, failures } = analysis;
    answer.records = log.recordCount;
    answer.levels = log.levels;
    answer.exceptions = log.exceptions.length + log.exceptionsLeft;
    answer.switches = log.executions.reduce((sum, one) => sum + one.states.length, 0);
    answer.executions = log.executions.length + log.executionsLeft;
    answer.failures = failures.episodes.length + failures.episodesLeft;
    answer.first = failures.first?.line;
  }
  const used = process.cpuUsage(cpu);
  const result: Measured = {
    wallMs: performance.now() - start,
    cpuMs: (used.user + used.system) / 1000,
    peakMB: process.resourceUsage().maxRSS / 1024,
    answer,
  };
  process.stdout.write(JSON.stringify(result));
}

function measured(mode: string, file: string): Measured {
  const [script = ''] = process.argv.slice(1);
  return JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', script, '--once', mode, file], { encoding: 'utf8', maxBuffer: 1 << 26 }),
  ) as Measured;
}

async function main(megabytes: number, given: string | undefined): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-big-'));
  const file = given ?? path.join(folder, 'tm.log');
  const truthFile = `${file}.truth.json`;
  if (!existsSync(file) || !existsSync(truthFile)) writeFileSync(truthFile, JSON.stringify(await generateLog(file, megabytes * 1e6)));
  const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as LogTruth;
  const base = measured('scan', file);
  const show = (name: string, one: Measured) =>
    console.log(
      `${name.padEnd(16)} ${one.cpuMs.toFixed(0).padStart(7)} ms CPU  ×${(one.cpuMs / base.cpuMs).toFixed(1)}  ${one.wallMs.toFixed(0).padStart(7)} ms  ${one.peakMB.toFixed(0)} MB`,
    );
  console.log(`${(truth.bytes / 1e6).toFixed(0)} MB, ${truth.lines} lines, ${truth.records} records`);
  show('newline scan', base);
  show('index', measured('index', file));
  const whole = measured('full', file);
  show('whole analysis', whole);
  const expected: Record<string, unknown> = {
    records: truth.records,
    levels: truth.levels,
    exceptions: truth.exceptions,
    switches: truth.switches,
    executions: truth.executions,
    failures: truth.failures,
    first: truth.first?.line,
  };
  for (const [name, want] of Object.entries(expected)) {
    const sorted = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(Object.entries(value).sort()) : String(value));
    if (sorted(want) !== sorted(whole.answer[name])) {
      console.log(`WRONG ${name}: ${sorted(whole.answer[name])} instead of ${sorted(want)}`);
      process.exitCode = 1;
    }
  }
  const start = performance.now();
  const lnav = spawnSync('lnav', ['-n', '-c', ':switch-to-view help', file], { stdio: 'ignore' });
  if (lnav.error === undefined) console.log(`lnav (load)      ${(performance.now() - start).toFixed(0).padStart(20)} ms wall`);
  rmSync(folder, { recursive: true });
}

const args = process.argv.slice(2);
if (args[0] === '--once') void once(args[1] ?? '', args[2] ?? '');
else void main(Number(args[0] ?? 100), args[1]);
