// npm run bench -- [--only TEXT] [--json FILE]
// Every case of every *.bench.ts in a process of its own; ratios against a bare newline scan of the same bytes in it.
// Then logs, a folder and a fleet that are read from the disk.
import { fork } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { at } from '../../scripts/lib/paths.mjs';
import { benchBigLog } from './bigLog.ts';
import type { BenchResult } from './cases.ts';
import { benchDrawing } from './drawing.ts';
import { benchEdits } from './edits.ts';
import { benchFleet } from './fleet.ts';
import { benchIncident } from './incident.ts';
import { benchServer } from './server.ts';
import { benchStart } from './start.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, json: { type: 'string' } } });

function inProcess<T>(args: string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(at('test/bench/measure.ts'), args, { execArgv: ['--import', 'tsx', '--expose-gc', '--max-old-space-size=6144'] });
    let answer: T | undefined;
    child.once('message', (message) => {
      answer = message as T;
    });
    child.once('exit', (code) => (answer === undefined ? reject(new Error(`${args.join(' ')} ended with ${code}`)) : resolve(answer)));
  });
}

const size = (bytes: number) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

async function main(): Promise<number> {
  const folder = at('test/bench');
  const results: BenchResult[] = [];
  let broken = 0;
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.bench.ts'))
    .sort()) {
    const bench = path.join(folder, file);
    try {
      const names = await inProcess<string[]>([bench]);
      for (const [index, name] of names.entries()) {
        if (!name.includes(values.only) && !file.includes(values.only)) continue;
        const result = await inProcess<BenchResult>([bench, String(index)]);
        results.push(result);
        const { bytes, ms, ratio, memory, over } = result;
        const figures = [
          size(bytes).padStart(9),
          `${ms.toFixed(1)} ms`.padStart(11),
          `×${ratio.toFixed(1)}`.padStart(8),
          `${memory.toFixed(1)}× memory`.padStart(14),
        ];
        console.log(`${figures.join(' ')}  ${name}${over.length > 0 ? `  OVER: ${over.join(', ')}` : ''}`);
      }
    } catch (error) {
      broken++;
      console.error(`${file}: ${error instanceof Error ? error.message : error}`);
    }
  }
  let slow = 0;
  for (const megabytes of [100, 1000])
    if (`streamed log, ${megabytes} MB`.includes(values.only)) slow += (await benchBigLog(megabytes)).length > 0 ? 1 : 0;
  if ('incident'.includes(values.only)) slow += (await benchIncident()).length > 0 ? 1 : 0;
  if ('fleet'.includes(values.only)) slow += (await benchFleet()).length > 0 ? 1 : 0;
  if ('start'.includes(values.only)) slow += benchStart();
  if ('server'.includes(values.only)) slow += await benchServer();
  if ('drawing'.includes(values.only)) slow += benchDrawing().length > 0 ? 1 : 0;
  if ('edits'.includes(values.only)) slow += (await benchEdits()).length > 0 ? 1 : 0;
  const report = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cases: results };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  const over = results.filter((result) => result.over.length > 0).length;
  console.log(
    `${results.length} cases, the streamed logs, the folder and the fleet, ${over + slow} over their limits${broken > 0 ? `, ${broken} files that do not run` : ''}`,
  );
  return over + slow + broken === 0 ? 0 : 1;
}

void main().then((code) => process.exit(code));
