// A generated folder of one incident on disk: its files one by one, the incident on one thread, and with threads, each in a
// process of its own; and how long the command line takes to its first page.
// tsx test/bench/incident.ts [SIZE in MB, default 300] [FILES, default 30]; the issue's measure is 2000 200
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { at } from '../../scripts/lib/paths.mjs';
import { generateFolder } from './folderGenerator.ts';
import { median } from './median.ts';
import type { FolderMode, FolderRead } from './readFolder.ts';

/** The incident on one thread, as a multiple of reading its files one by one. */
const MAX_COST = 1.15;
/** How many times as fast it is with threads, on a machine that has two cores for it. */
const FASTER = 1.8;
const MAX_MEGABYTES = 1024;
/** What a person waits for a page on a folder of 50 MB. In ms. */
const FIRST_PAGE = 1000;

/** Bundled as the product is: the threads stand beside it where it looks for them. */
function bundled(folder: string): string {
  const options = { bundle: true, minify: true, platform: 'node', target: 'node20' } as const;
  const script = path.join(folder, 'bench/readFolder.cjs');
  buildSync({ ...options, entryPoints: [at('test/bench/readFolder.ts')], outfile: script });
  buildSync({ ...options, entryPoints: [at('server/src/analysis.ts')], outfile: path.join(folder, 'server/analysis.js') });
  return script;
}

/** Prints a table; returns what is over its limit or wrong. */
export async function benchIncident(megabytes = 300, files = 30): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-incident-'));
  const over: string[] = [];
  try {
    const incident = path.join(folder, 'incident');
    await generateFolder(incident, files, megabytes * 1e6);
    const script = bundled(folder);
    const run = (mode: FolderMode) => JSON.parse(execFileSync(process.execPath, [script, mode, incident], { encoding: 'utf8' })) as FolderRead;
    const runs = megabytes > 500 ? 3 : 5;
    const all: Record<FolderMode, FolderRead[]> = { files: [], one: [], threads: [] };
    // In turns: a machine that is busy for a while slows down all of them.
    for (let turn = 0; turn < runs; turn++) for (const mode of ['files', 'one', 'threads'] as const) all[mode].push(run(mode));
    const ratio = (what: 'ms' | 'cpuMs', a: FolderMode, b: FolderMode) =>
      median(all[a].map((one, turn) => one[what] / (all[b][turn]?.[what] ?? Number.NaN)));
    // Computing time tells the cost also where others are at work on the machine; that threads are faster shows on a quiet one only.
    const cost = ratio('cpuMs', 'one', 'files');
    const faster = ratio('ms', 'one', 'threads');
    const peak = (mode: FolderMode) => Math.max(...all[mode].map(({ peakMB }) => peakMB));
    const show = (mode: FolderMode, more: string) =>
      console.log(`${`${median(all[mode].map(({ ms }) => ms)).toFixed(0)} ms`.padStart(21)}  ${peak(mode).toFixed(0)} MB  ${more}`);
    console.log(`incident, ${files} files, ${megabytes} MB, medians of ${runs} turns, ${availableParallelism()} cores`);
    show('files', 'the files one by one');
    show('one', `the incident on one thread: ×${cost.toFixed(2)} of their computing time, ×${ratio('ms', 'one', 'files').toFixed(2)} of their time`);
    show('threads', `with threads: ${faster.toFixed(2)} times as fast, for ×${ratio('cpuMs', 'threads', 'one').toFixed(2)} of the computing time`);
    if (cost > MAX_COST) over.push(`one thread: ×${cost.toFixed(2)} > ${MAX_COST}`);
    if (availableParallelism() >= 2 && faster < FASTER) over.push(`threads: ${faster.toFixed(2)} times as fast < ${FASTER}`);
    for (const mode of ['one', 'threads'] as const)
      if (peak(mode) > MAX_MEGABYTES) over.push(`${mode}: ${peak(mode).toFixed(0)} MB > ${MAX_MEGABYTES}`);
    if (new Set([...all.one, ...all.threads].map(({ hash }) => hash)).size > 1) over.push('the incident differs');
    over.push(...(await benchFirstPage(folder)));
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const what of over) console.log(`  OVER: ${what}`);
  return over;
}

/** The built command line, from its start to the end of its report. */
async function benchFirstPage(folder: string): Promise<string[]> {
  const small = path.join(folder, 'small');
  await generateFolder(small, 20, 50e6);
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    execFileSync(process.execPath, [at('dist/cli/logjam.js'), 'report', small], { stdio: 'ignore' });
    return performance.now() - start;
  });
  const ms = median(times);
  console.log(`${`${ms.toFixed(0)} ms`.padStart(21)}  logjam report on 20 files, 50 MB`);
  return ms > FIRST_PAGE ? [`first page: ${ms.toFixed(0)} ms > ${FIRST_PAGE}`] : [];
}

const [, main, ...args] = process.argv;
if (main === at('test/bench/incident.ts')) {
  void benchIncident(...args.map(Number)).then((over) => {
    process.exitCode = over.length === 0 ? 0 : 1;
  });
}
