// A generated folder of one incident on disk: its files one by one, the incident on one thread, and with threads, each in a
// process of its own; what two processes gain that have half of the files each, which no threads can pass; what it takes where
// there is one core only, if the system can say so; and how long a person waits for the first page.
// tsx test/bench/incident.ts [SIZE in MB, default 300] [FILES, default 30]; the issue's measure is 2000 200
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { INCIDENT, INCIDENT_SO_FAR } from '../../common/contracts.ts';
import { setUri } from '../../common/virtual.ts';
import { at } from '../../scripts/lib/paths.mjs';
import { uriOf } from '../../server/src/workspace/disk.ts';
import { LspClient } from '../protocol/client.ts';
import { generateFolder } from './folderGenerator.ts';
import { median } from './median.ts';
import type { FolderMode, FolderRead } from './readFolder.ts';

/** The incident on one thread, as a multiple of reading its files one by one. */
const MAX_COST = 1.15;
/** How many times as fast it is to be with threads, on a machine that has two cores for it. */
const FASTER = 1.8;
/**
 * The engine compiles and collects beside the one thread already: where two processes are not so many times as fast either,
 * threads are held to this share of what these gain.
 */
const OF_PROCESSES = 0.85;
const MAX_MEGABYTES = 1024;
/** What a person waits for a page on a folder of 50 MB. In ms. */
const FIRST_PAGE = 1000;

/** Bundled as the product is: the threads stand beside it where it looks for them. */
function bundled(folder: string): string {
  const options = { bundle: true, minify: true, platform: 'node', target: 'node20' } as const;
  const script = path.join(folder, 'bench/readFolder.cjs');
  buildSync({ ...options, entryPoints: [at('test/bench/readFolder.ts')], outfile: script });
  for (const name of ['threads', 'cached'])
    buildSync({ ...options, entryPoints: [at(`server/src/${name}.ts`)], outfile: path.join(folder, `server/${name}.js`) });
  return script;
}

/** Two folders with half of the files each. */
function halve(folder: string): [string, string] {
  const halves: [string, string] = [`${folder}-1`, `${folder}-2`];
  for (const half of halves) mkdirSync(half);
  for (const [index, name] of readdirSync(folder).sort().entries()) linkSync(path.join(folder, name), path.join(halves[index % 2] as string, name));
  return halves;
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
    const halves = halve(incident);
    const inHalves = async (): Promise<FolderRead> => {
      const read = await Promise.all(halves.map((half) => promisify(execFile)(process.execPath, [script, 'one', half])));
      const [one, other] = read.map(({ stdout }) => JSON.parse(stdout)) as [FolderRead, FolderRead];
      return { ms: Math.max(one.ms, other.ms), cpuMs: one.cpuMs + other.cpuMs, peakMB: one.peakMB + other.peakMB, hash: '' };
    };
    const onOneCore = (): FolderRead[] => {
      const { status, stdout } = spawnSync('taskset', ['-c', '0', process.execPath, script, 'one', incident], { encoding: 'utf8' });
      return status === 0 ? [JSON.parse(stdout) as FolderRead] : [];
    };
    const all: Record<FolderMode | 'halves' | 'core', FolderRead[]> = { files: [], one: [], threads: [], halves: [], core: [] };
    // In turns: a machine that is busy for a while slows down all of them.
    for (let turn = 0; turn < runs; turn++) {
      for (const mode of ['files', 'one', 'threads'] as const) all[mode].push(run(mode));
      all.halves.push(await inHalves());
      all.core.push(...onOneCore());
    }
    const ratio = (what: 'ms' | 'cpuMs', a: keyof typeof all, b: keyof typeof all) =>
      median(all[a].map((one, turn) => one[what] / (all[b][turn]?.[what] ?? Number.NaN)));
    // Computing time tells the cost also where others are at work on the machine; that threads are faster shows on a quiet one only.
    const cost = ratio('cpuMs', 'one', 'files');
    const faster = ratio('ms', 'one', 'threads');
    const ceiling = ratio('ms', 'one', 'halves');
    const peak = (mode: keyof typeof all) => Math.max(...all[mode].map(({ peakMB }) => peakMB));
    const show = (mode: keyof typeof all, more: string) =>
      console.log(`${`${median(all[mode].map(({ ms }) => ms)).toFixed(0)} ms`.padStart(21)}  ${peak(mode).toFixed(0)} MB  ${more}`);
    console.log(`incident, ${files} files, ${megabytes} MB, medians of ${runs} turns, ${availableParallelism()} cores`);
    show('files', 'the files one by one');
    show('one', `the incident on one thread: ×${cost.toFixed(2)} of their computing time, ×${ratio('ms', 'one', 'files').toFixed(2)} of their time`);
    show('threads', `with threads: ${faster.toFixed(2)} times as fast, for ×${ratio('cpuMs', 'threads', 'one').toFixed(2)} of the computing time`);
    show(
      'halves',
      `two processes with half of the files each: ${ceiling.toFixed(2)} times as fast, for ×${ratio('cpuMs', 'halves', 'one').toFixed(2)}`,
    );
    // The engine has no second core to collect and compile on: what two cores are worth in all.
    if (all.core.length === runs)
      show('core', `the incident on one core: ${ratio('ms', 'core', 'threads').toFixed(2)} times what it takes with threads`);
    if (cost > MAX_COST) over.push(`one thread: ×${cost.toFixed(2)} > ${MAX_COST}`);
    const least = Math.min(FASTER, OF_PROCESSES * ceiling);
    if (availableParallelism() >= 2 && faster < least) over.push(`threads: ${faster.toFixed(2)} times as fast < ${least.toFixed(2)}`);
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

/** The built server in an editor, from the question to the first page, and to the last; and the built command line. */
async function benchFirstPage(folder: string): Promise<string[]> {
  const small = path.join(folder, 'small');
  await generateFolder(small, 20, 50e6);
  const uri = setUri([uriOf(small)]);
  const first: number[] = [];
  const last: number[] = [];
  const whole: number[] = [];
  // The client keeps no process from ending.
  const alive = setInterval(() => undefined, 1000);
  for (let turn = 0; turn < 5; turn++) {
    const client = new LspClient({}, [at('dist/server/node.js'), '--stdio']);
    await client.initialize();
    client.opened(uri);
    const asked = performance.now();
    const answer = client.request(INCIDENT.method, { uri, soFar: true });
    await Promise.race([answer, client.notification(INCIDENT_SO_FAR.method, () => true, 120_000)]);
    first.push(performance.now() - asked);
    await answer;
    last.push(performance.now() - asked);
    await client.stop();
    const start = performance.now();
    execFileSync(process.execPath, [at('dist/cli/logjam.js'), 'report', small], { stdio: 'ignore' });
    whole.push(performance.now() - start);
  }
  clearInterval(alive);
  const line = (ms: readonly number[], what: string) => console.log(`${`${median(ms).toFixed(0)} ms`.padStart(21)}  ${what} on 20 files, 50 MB`);
  line(first, 'first page in the editor');
  line(last, 'whole page in the editor');
  line(whole, 'logjam report');
  return median(first) > FIRST_PAGE ? [`first page: ${median(first).toFixed(0)} ms > ${FIRST_PAGE}`] : [];
}

const [, main, ...args] = process.argv;
if (main === at('test/bench/incident.ts')) {
  void benchIncident(...args.map(Number)).then((over) => {
    process.exitCode = over.length === 0 ? 0 : 1;
  });
}
