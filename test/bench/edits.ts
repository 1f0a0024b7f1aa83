// A person types in a large document: the first hover, a hover right after a change, and the memory of the server meanwhile.
// tsx test/bench/edits.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { at } from '../../scripts/lib/paths.mjs';
import { LspClient } from '../protocol/client.ts';
import { bigDump } from './bigDump.ts';
import { median } from './median.ts';

const EDITS = 12;
/** The first hover on a frame, and one right after a change. In ms. */
const MAX_FIRST = 10;
const MAX_EDITED = 50;
/** Memory while a person types, as a multiple of what it is when the document is open. */
const MAX_GROWTH = 1.4;

/** Resident memory of a process in MB, now or at its highest; NaN where the system does not say. */
function memoryOf(pid: number | undefined, what: 'VmRSS' | 'VmHWM'): number {
  if (process.platform !== 'linux' || pid === undefined) return Number.NaN;
  return Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Prints one line; answers what is over its limit. */
export async function benchEdits(): Promise<string[]> {
  const text = bigDump();
  const lines = text.split('\n');
  const uri = 'file:///bench.txt';
  // The client keeps no process from ending.
  const alive = setInterval(() => undefined, 1000);
  const client = new LspClient({}, [at('dist/server/node.js'), '--stdio']);
  try {
    await client.initialize();
    const begun = performance.now();
    client.open(uri, 'jvm-thread-dump', text);
    await client.diagnostics(uri, 1, 120_000);
    const read = performance.now() - begun;
    const line = lines.findIndex((one, index) => index > lines.length / 2 && one.startsWith('\tat '));
    const hover = async (): Promise<number> => {
      const asked = performance.now();
      const found = await client.request('textDocument/hover', { textDocument: { uri }, position: { line, character: 8 } });
      if (found === null) throw new Error('no hover');
      return performance.now() - asked;
    };
    const first = await hover();
    await setTimeout(2000);
    const opened = memoryOf(client.pid, 'VmRSS');
    // From here on its highest is counted anew.
    if (process.platform === 'linux') writeFileSync(`/proc/${client.pid}/clear_refs`, '5');
    const edited: number[] = [];
    const again: number[] = [];
    const reread: number[] = [];
    for (let edit = 0; edit < EDITS; edit++) {
      const version = edit + 2;
      const start = { line: 1, character: 0 };
      const changed = performance.now();
      client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range: { start, end: start }, text: 'a' }] });
      edited.push(await hover());
      await client.diagnostics(uri, version, 120_000);
      reread.push(performance.now() - changed);
      again.push(await hover());
    }
    const highest = memoryOf(client.pid, 'VmHWM');
    const figures = { first, edited: median(edited), again: median(again), growth: highest / opened };
    console.log(
      `${(text.length / 1e6).toFixed(0)} MB dump: read in ${read.toFixed(0)} ms, after a change in ${median(reread).toFixed(0)} ms; first hover ${first.toFixed(1)} ms, right after a change ${figures.edited.toFixed(1)} ms, after its analysis ${figures.again.toFixed(1)} ms; memory ${opened.toFixed(0)} MB, at its highest ${highest.toFixed(0)} MB (×${figures.growth.toFixed(2)})`,
    );
    const over = [
      ...(first > MAX_FIRST ? [`first hover ${first.toFixed(1)} ms > ${MAX_FIRST}`] : []),
      ...(figures.edited > MAX_EDITED ? [`hover after a change ${figures.edited.toFixed(1)} ms > ${MAX_EDITED}`] : []),
      ...(figures.growth > MAX_GROWTH ? [`memory ×${figures.growth.toFixed(2)} > ${MAX_GROWTH}`] : []),
    ];
    for (const what of over) console.log(`  OVER: ${what}`);
    return over;
  } finally {
    await client.stop();
    clearInterval(alive);
  }
}

const [, main] = process.argv;
if (main === at('test/bench/edits.ts')) {
  void benchEdits().then((over) => {
    process.exitCode = over.length === 0 ? 0 : 1;
  });
}
