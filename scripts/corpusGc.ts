import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { detect } from '../server/src/core/detect.ts';
import { analyseGcLog } from '../server/src/core/kinds/gcLog.ts';
import { DEFAULT_OPTIONS } from '../server/src/core/kinds/index.ts';
import { bufferTexts } from '../server/src/io/nodeFile.ts';
import { filesOf, printTable } from './lib/corpus.ts';

/**
 * Reads every GC log of a folder and prints what was found beside an independent count of the same text:
 * `npm run corpus:gc -- FOLDER`. MANIFEST.tsv, where there is one, gives counts as well ("pauses=…;fullGC=…").
 * The count of this script knows nothing of the parser: it looks for the ends of entries only.
 */
interface Counted {
  pauses: number;
  totalMs: number;
  full: number;
}

/** Unified: lines that end in a duration. Before Java 9: the CPU times behind each pause, where they are printed. */
function count(text: string): Counted | null {
  const unified = [...text.matchAll(/GC\(\d+\) (?:[YyO]: )?(Pause .*?)(?: \d+[BKMG].*)? (\d+[.,]\d+)ms\s*$/gm)];
  if (unified.length > 0 || /GC\(\d+\)/.test(text))
    return {
      pauses: unified.length,
      totalMs: unified.reduce((sum, [, , ms = '']) => sum + Number(ms.replace(',', '.')), 0),
      full: unified.filter(([, name = '']) => name.startsWith('Pause Full')).length,
    };
  const times = [...text.matchAll(/(\[CMS-concurrent[^\]]*\] )?\[Times: user=\S+ sys=\S+ real=(\d+[.,]\d+) secs\]/g)].filter(
    ([, concurrent]) => concurrent === undefined,
  );
  if (times.length === 0) return null;
  return {
    pauses: times.length,
    totalMs: times.reduce((sum, [, , seconds = '']) => sum + Number(seconds.replace(',', '.')) * 1000, 0),
    full: [...text.matchAll(/\[Full GC/g)].length,
  };
}

/** The manifest's own counts by file. It may stand in the folder above. */
function manifestOf(folder: string): Map<string, string> {
  const file = [folder, path.dirname(folder)].map((place) => path.join(place, 'MANIFEST.tsv')).find(existsSync);
  if (file === undefined) return new Map();
  const [head = '', ...rows] = readFileSync(file, 'utf8').split('\n');
  const columns = head.split('\t');
  const prefix = path.relative(path.dirname(file), folder);
  return new Map(
    rows.map((row) => {
      const cells = row.split('\t');
      return [path.relative(prefix, cells[columns.indexOf('file')] ?? ''), cells[columns.indexOf('counts')] ?? ''];
    }),
  );
}

async function main(folder: string): Promise<void> {
  const manifest = manifestOf(folder);
  const rows: string[][] = [['file', 'collector', 'collections', 'pauses', 'total ms', 'longest', 'full', 'System.gc()', 'trouble', 'manifest']];
  let [right, known] = [0, 0];
  for await (const file of filesOf(folder, /gc|\.(?:log|txt|zip|gz|out)/i)) {
    for (const { name, text } of (await bufferTexts(path.relative(folder, file), await readFile(file))).texts) {
      if (detect(text).kind !== 'gc-log') continue;
      const { log, statistics } = await analyseGcLog({ uri: name, text }, DEFAULT_OPTIONS);
      const counted = count(text);
      const mark = (got: number, want: number | undefined) =>
        want === undefined ? String(got) : got === want ? `${got} ok` : `${got} (counted ${want})`;
      // CPU times are printed in hundredths of a second.
      const near =
        counted !== null && Math.abs(statistics.totalPauseMs - counted.totalMs) <= 0.01 * counted.totalMs + 6 * Math.sqrt(counted.pauses) + 1;
      if (counted !== null) {
        known++;
        if (counted.pauses === statistics.pauses && counted.full === statistics.fullGcs && near) right++;
      }
      rows.push([
        name,
        log.collector ?? '-',
        String(log.collections),
        mark(statistics.pauses, counted?.pauses),
        counted === null || near
          ? `${statistics.totalPauseMs.toFixed(1)}${counted === null ? '' : ' ok'}`
          : `${statistics.totalPauseMs.toFixed(1)} (counted ${counted.totalMs.toFixed(1)})`,
        statistics.maxPauseMs.toFixed(1),
        mark(statistics.fullGcs, counted?.full),
        String(statistics.systemGcs),
        Object.entries(log.troubleCounts)
          .map(([kind, times]) => `${kind} ${times}`)
          .join(', '),
        manifest.get(path.relative(folder, file)) ?? '',
      ]);
    }
  }
  printTable(rows);
  process.stdout.write(`\npauses, full collections and time as counted: ${right} of ${known}\n`);
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: npm run corpus:gc -- FOLDER\n');
  process.exitCode = 2;
} else void main(folder);
