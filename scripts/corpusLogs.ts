import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../common/settings.ts';
import { NO_CHECKPOINT } from '../server/src/core/checkpoint.ts';
import { detect } from '../server/src/core/detect.ts';
import { analyseLog } from '../server/src/core/kinds/flinkLog.ts';
import { logSummary } from '../server/src/core/views/log/summary.ts';
import { filesOf, printTable } from './lib/corpus.ts';

/**
 * Reads every log of a folder and prints what was found beside what MANIFEST.tsv (if there is one) says:
 * `npm run corpus:logs -- FOLDER`. Columns of the manifest: file, …, records_honest, counts, expected_root_cause.
 */
interface Expected {
  records: number | null;
  frames: number | null;
  causes: number | null;
  switches: number | null;
  root: string;
}

async function manifest(folder: string): Promise<Map<string, Expected>> {
  const file = path.join(folder, 'MANIFEST.tsv');
  const result = new Map<string, Expected>();
  if (!existsSync(file)) return result;
  const [head = '', ...rows] = (await readFile(file, 'utf8')).split('\n');
  const columns = head.split('\t');
  for (const row of rows) {
    const cells = row.split('\t');
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    const count = (name: string) => {
      const match = new RegExp(`\\b${name}=(\\d+)`).exec(cell('counts'));
      return match === null ? null : Number(match[1]);
    };
    const records = cell('records_honest');
    result.set(cell('file'), {
      records: records === '' ? null : Number(records),
      frames: count('frames'),
      causes: count('causedBy'),
      switches: count('switches'),
      root: cell('expected_root_cause'),
    });
  }
  return result;
}

async function main(folder: string): Promise<void> {
  const expected = await manifest(path.basename(folder) === 'logs' ? path.dirname(folder) : folder);
  const mark = (got: number, want: number | null | undefined) =>
    want === null || want === undefined ? String(got) : got === want ? `${got} ok` : `${got} (manifest ${want})`;
  let [right, known] = [0, 0];
  const rows: string[][] = [['file', 'kind', 'records', 'frames', 'caused by', 'switches', 'first failure']];
  for await (const file of filesOf(folder, /\.(?:log|txt|out)(?:\.\d+)?$/)) {
    const name = path.relative(folder, file);
    const want = expected.get(name) ?? expected.get(`logs/${name}`);
    const text = await readFile(file, 'utf8');
    const detected = detect(text);
    const analysis = await analyseLog({ uri: name, text }, { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT });
    const summary = logSummary(analysis);
    let [frames, causes] = [0, 0];
    for (const exception of analysis.log.exceptions) {
      for (const one of exception.chain) {
        frames += one.frames.length;
        if (one.relation === 'caused-by') causes++;
      }
    }
    const switches = analysis.log.events.filter(
      (event) => event.id === 'task-state' || event.id === 'task-state-old' || event.id === 'job-state',
    ).length;
    if (want !== undefined && want.records !== null) {
      known++;
      if (want.records === summary.records) right++;
    }
    const first = summary.firstFailure;
    const cause =
      first === null ? '-' : `line ${first.line + 1}${first.subtask === null ? '' : ` ${first.subtask}`}: ${first.cause ?? 'no cause in the text'}`;
    rows.push([
      name,
      `${detected.kind} ${detected.score.toFixed(2)}`,
      mark(summary.records, want?.records),
      mark(frames, want?.frames),
      mark(causes, want?.causes),
      mark(switches, want?.switches),
      cause.slice(0, 140),
    ]);
    if (want?.root) rows.push(['', '', '', '', '', '  expected:', want.root.slice(0, 140)]);
  }
  printTable(rows, 60);
  if (known > 0) process.stdout.write(`\nrecord counts as in the manifest: ${right} of ${known}\n`);
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: npm run corpus:logs -- FOLDER\n');
  process.exitCode = 2;
} else void main(folder);
