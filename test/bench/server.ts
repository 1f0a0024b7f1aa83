// What the thread of the analysis, and who watches over it, cost: the built server beside one without them, in turns.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { at } from '../../scripts/lib/paths.mjs';
import { LspClient } from '../protocol/client.ts';
import { median } from './median.ts';

const TURNS = 9;
const HOVERS = 100;
const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];
const FIXTURE = 'test/fixtures/flink/1.20.3/failing-sink/taskmanager.log';

interface Times {
  /** Until `initialize` is answered. */
  start: number;
  /** Until something is answered that only the analysis knows. */
  ready: number;
  open: number;
  hover: number;
  /** Milliseconds of computing of the whole process. */
  cpu: number;
}

/** Of a process and its threads, in ms; 0 where the system does not say. */
function cpuOf(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** `stay`: how much longer the server is there, in ms. */
async function measure(args: string[], text: string, stay = 0): Promise<Times> {
  const begin = performance.now();
  const client = new LspClient({}, args);
  await client.initialize();
  const start = performance.now() - begin;
  const uri = 'file:///bench.log';
  const position = { line: 3, character: 40 };
  await client.request('documentLink/resolve', { range: { start: position, end: position } });
  const ready = performance.now() - begin;
  const opened = performance.now();
  client.open(uri, 'flink-log', text);
  await client.diagnostics(uri, 1, 120_000);
  const open = performance.now() - opened;
  const hovers: number[] = [];
  for (let number = 0; number < HOVERS; number++) {
    const asked = performance.now();
    await client.request('textDocument/hover', { textDocument: { uri }, position });
    hovers.push(performance.now() - asked);
  }
  const cpu = cpuOf(client.pid);
  await setTimeout(stay);
  await client.stop();
  return { start, ready, open, hover: median(hovers), cpu };
}

/** By then a server has kept the code that the next one begins with. In ms. */
const KEPT_AFTER = 12_000;

/**
 * With the thread, at most so many times as long as without it; what is opened of up to 1 MB is judged. Until the analysis
 * itself answers takes as much longer as the thread takes to begin, most of which passes before an editor opens its first file.
 */
const LIMITS = { start: 1.05, open: 1.05 };
const JUDGED = 1_000_000;

/** Prints, for each size, both servers' times and their ratio; answers how many ratios are over their limit. */
export async function benchServer(): Promise<number> {
  let over = 0;
  // The client keeps no process from ending.
  const alive = setInterval(() => undefined, 1000);
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-bench-'));
  const plain = path.join(folder, 'plain.js');
  const record = readFileSync(at(FIXTURE), 'utf8');
  try {
    await build({
      entryPoints: [at('test/bench/plainServer.ts')],
      outfile: plain,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      minify: true,
      define: { VERSION: '"bench"' },
    });
    const withThread = [at('dist/server/node.js'), '--stdio'];
    const without = [at('dist/server/cached.js'), plain, '--stdio'];
    for (const args of [withThread, without]) await measure(args, record, KEPT_AFTER);
    for (const size of SIZES) {
      const text = record.repeat(Math.ceil(size / record.length)).slice(0, size);
      const watched: Times[] = [];
      const alone: Times[] = [];
      for (let turn = 0; turn < TURNS; turn++) {
        watched.push(await measure(withThread, text));
        alone.push(await measure(without, text));
      }
      const rows = (['start', 'ready', 'open', 'hover', 'cpu'] as const).map((what) => {
        const [one, other] = [watched, alone].map((list) => median(list.map((times) => times[what]))) as [number, number];
        const pairs = median(watched.map((times, turn) => times[what] / Math.max(0.001, alone[turn]?.[what] ?? 0)));
        const limit = size <= JUDGED && (what === 'start' || what === 'open') ? LIMITS[what] : Infinity;
        if (pairs > limit) over++;
        return `${what} ${one.toFixed(what === 'hover' ? 2 : 0)} ms (${other.toFixed(what === 'hover' ? 2 : 0)} without, ×${pairs.toFixed(2)}${pairs > limit ? ` OVER ${limit}` : ''})`;
      });
      console.log(`${String(size / 1000).padStart(6)} kB  server: ${rows.join(', ')}`);
    }
    return over;
  } finally {
    clearInterval(alive);
    rmSync(folder, { recursive: true });
  }
}
