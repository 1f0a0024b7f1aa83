// Measures one case in this process: `measure.ts FILE INDEX`; the result goes to the parent.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BenchCase, BenchResult } from './cases.ts';
import { median } from './median.ts';

/** The unit: what it takes to look at every byte once and count the line ends. */
function scan(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) lines++;
  return lines;
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The text goes through a file, so that the garbage of its making is not part of the measured memory. */
async function textOf(one: BenchCase): Promise<{ bytes: Uint8Array; text: string; before: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-bench-'));
  const file = path.join(folder, 'text');
  writeFileSync(file, await one.text());
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return { bytes, text: bytes.toString('utf8'), before };
}

async function measure(one: BenchCase): Promise<BenchResult> {
  const { bytes, text, before } = await textOf(one);
  let peak = 0;
  const watch = () => {
    peak = Math.max(peak, process.memoryUsage().rss);
  };
  const timer = setInterval(watch, 5);
  // The memory of the first run: later ones find the garbage of those before them.
  let kept: unknown = await one.run(text);
  watch();
  clearInterval(timer);
  const times: number[] = [];
  const scans: number[] = [];
  for (let i = 0; i < (one.runs ?? 9); i++) {
    kept = undefined;
    globalThis.gc?.();
    scans.push(await time(() => scan(bytes)));
    times.push(
      await time(async () => {
        kept = await one.run(text);
      }),
    );
  }
  if (kept === undefined) throw new Error(`${one.name} gives no result`);
  const [ms, scanMs] = [median(times), median(scans)];
  // Scan and case of one round ran next to each other: a machine that is busy for a while slows down both.
  const ratio = median(times.map((time, round) => time / (scans[round] ?? Number.NaN)));
  const memory = (peak - before) / bytes.length;
  const over: string[] = [];
  if (one.maxRatio !== undefined && ratio > one.maxRatio) over.push(`ratio ${ratio.toFixed(1)} > ${one.maxRatio}`);
  if (one.maxMs !== undefined && ms > one.maxMs) over.push(`${ms.toFixed(0)} ms > ${one.maxMs} ms`);
  if (one.maxMemory !== undefined && memory > one.maxMemory) over.push(`memory ${memory.toFixed(1)} > ${one.maxMemory}`);
  return { name: one.name, bytes: bytes.length, ms, scanMs, ratio, memory, over };
}

async function main(): Promise<void> {
  const [file = '', index = ''] = process.argv.slice(2);
  const { cases } = (await import(pathToFileURL(file).href)) as { cases: BenchCase[] };
  if (index === '') process.send?.(cases.map(({ name }) => name));
  else {
    const one = cases[Number(index)];
    if (one === undefined) throw new Error(`${file} has no case ${index}`);
    process.send?.(await measure(one));
  }
}

main().then(
  () => process.disconnect?.(),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
