// A generated fleet on disk: read by one process, by one with threads, and by two processes that share the files; and what many
// digests take to merge.
// tsx test/bench/fleet.ts [SIZE in MB, default 500] [TASKMANAGERS, default 1000] [DIGESTS, default 10000]; the issue's measure is 5000
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Incident } from '../../common/incident.ts';
import { at } from '../../scripts/lib/paths.mjs';
import type { Digest } from '../../server/src/core/incident/digest/model.ts';
import { type FleetTruth, generateFleet } from './fleetGenerator.ts';
import { median } from './median.ts';

const LOGJAM = at('dist/cli/logjam.js');
const TURNS = 3;
/** Merging may take so much memory, and what comes of it may have so many bytes; in MB. */
const MAX_MEMORY = 500;
const MAX_MERGED = 8;

/** Counts the lines of the files that standard input names, and nothing else. */
const SCAN = `
const { closeSync, openSync, readFileSync, readSync } = require('node:fs');
const bytes = Buffer.alloc(1 << 20);
let lines = 0;
for (const file of readFileSync(0, 'utf8').split('\\n')) {
  const handle = openSync(file);
  for (let read = readSync(handle, bytes); read > 0; read = readSync(handle, bytes))
    for (let at = bytes.indexOf(10); at !== -1 && at < read; at = bytes.indexOf(10, at + 1)) lines++;
  closeSync(handle);
}
console.log(lines);`;

interface Ran {
  ms: number;
  out: string;
  /** In MB. */
  peak: number;
}

async function node(args: readonly string[], input: AsyncIterable<string>): Promise<Ran> {
  const begin = performance.now();
  const child = spawn(process.execPath, ['--require', at('test/bench/peak.cjs'), ...args]);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), pipeline(Readable.from(input), child.stdin)]);
  const peak = Number(/\npeak (\d+)\n$/.exec(err)?.[1]) / 1024;
  if (child.exitCode !== 0 && child.exitCode !== null) throw new Error(`node ${args.join(' ').slice(0, 80)} ended with ${child.exitCode}: ${err}`);
  return { ms: performance.now() - begin, out, peak };
}

async function* each(lines: Iterable<string>): AsyncGenerator<string> {
  for (const line of lines) yield `${line}\n`;
}

/** Two processes with half of the files each, as `xargs -P 2` runs them, and one that merges what they say. */
async function inTwo(files: readonly string[]): Promise<Ran> {
  const begin = performance.now();
  const halves = await Promise.all([0, 1].map((half) => node([LOGJAM, 'digest', '--paths'], each(files.filter((_, index) => index % 2 === half)))));
  const merged = await node([LOGJAM, 'merge', '-'], each(halves.map(({ out }) => out)));
  return { ...merged, ms: performance.now() - begin };
}

/** Digests of a fleet of any size: those of this one under other names and ids. */
function* copies(lines: readonly string[], digests: number): Generator<string> {
  for (let number = 0; number < digests; number++) {
    const digest = JSON.parse(lines[number % lines.length] as string) as Digest;
    for (const source of digest.sources) {
      source.id = number.toString(16).padStart(16, '0');
      source.names = source.names.map((name) => `${number}/${name}`);
    }
    yield JSON.stringify(digest);
  }
}

/** What is wrong with the answer. */
export function wrongIn({ verdict, axis }: Incident, { first, followers }: FleetTruth): string[] {
  const [evidence] = verdict.evidence;
  const consequences = axis.entries.filter(({ kind }) => kind === 'consequence').length;
  return [
    ...(evidence?.text.includes(first.cause) === true && evidence.at?.source.endsWith(first.file) === true
      ? []
      : [`the first failure: ${evidence?.text}`]),
    ...(consequences === followers.length ? [] : [`${consequences} consequences in place of ${followers.length}`]),
  ];
}

/** Prints a table; returns what is over its limit or wrong. */
export async function benchFleet(megabytes = 500, taskManagers = 1000, digests = 10_000): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-fleet-'));
  try {
    const truth = generateFleet(folder, taskManagers, megabytes * 1e6);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    const runs: Record<'scan' | 'one' | 'threads' | 'two', Ran[]> = { scan: [], one: [], threads: [], two: [] };
    for (let turn = 0; turn < TURNS; turn++) {
      runs.scan.push(await node(['-e', SCAN], each([files.join('\n')])));
      const lines = await node([LOGJAM, 'digest', '--paths'], each(files));
      runs.one.push(lines);
      runs.threads.push(await node([LOGJAM, 'digest', folder], each([])));
      runs.two.push(await inTwo(files));
    }
    console.log(`fleet, ${truth.files} files, ${(truth.bytes / 1e6).toFixed(0)} MB, medians of ${TURNS} turns`);
    const show = (mode: keyof typeof runs, what: string) => {
      const ratio = median(runs[mode].map(({ ms }, turn) => ms / (runs.scan[turn]?.ms ?? Number.NaN)));
      const ms = median(runs[mode].map((one) => one.ms));
      console.log(
        `${`${ms.toFixed(0)} ms`.padStart(21)}  ×${ratio.toFixed(1)}  ${Math.max(...runs[mode].map(({ peak }) => peak)).toFixed(0)} MB  ${what}`,
      );
    };
    show('scan', 'lines counted, and nothing else');
    show('one', 'one process, a digest a file');
    show('threads', 'one process with threads, one digest');
    show('two', 'two processes with half of the files each, merged');
    const over: string[] = [];
    const [threads, two, lines] = [runs.threads[0]?.out, runs.two[0]?.out, runs.one[0]?.out.trimEnd().split('\n')] as const;
    if (threads !== two) over.push('two processes say something else than one');
    const begin = performance.now();
    const { out } = await node([LOGJAM, 'report', folder, '--format', 'json'], each([]));
    console.log(`${`${(performance.now() - begin).toFixed(0)} ms`.padStart(21)}  report of the folder`);
    over.push(...wrongIn(JSON.parse(out) as Incident, truth));
    const merged = await node([LOGJAM, 'merge', '-'], each(copies(lines ?? [], digests)));
    const size = Buffer.byteLength(merged.out) / 1e6;
    console.log(
      `${`${merged.ms.toFixed(0)} ms`.padStart(21)}  ${digests} digests merged to ${size.toFixed(1)} MB, ${merged.peak.toFixed(0)} MB of memory`,
    );
    if (merged.peak > MAX_MEMORY) over.push(`merge: ${merged.peak.toFixed(0)} MB of memory > ${MAX_MEMORY}`);
    if (size > MAX_MERGED) over.push(`merged digest: ${size.toFixed(1)} MB > ${MAX_MERGED}`);
    for (const what of over) console.log(`  OVER: ${what}`);
    return over;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [, main, ...args] = process.argv;
if (main === at('test/bench/fleet.ts')) {
  void benchFleet(...args.map(Number)).then((over) => {
    process.exitCode = over.length === 0 ? 0 : 1;
  });
}
