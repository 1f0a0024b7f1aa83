import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bigDump, TEN_MEGABYTES } from './bigDump.ts';
import { unifiedDetailed } from './gcGenerator.ts';
import { generateLog } from './logGenerator.ts';

/** Of twenty files so many are logs, GC logs and thread dumps. */
const MIX = [
  'log',
  'log',
  'gc',
  'log',
  'log',
  'log',
  'gc',
  'log',
  'dump',
  'log',
  'log',
  'log',
  'gc',
  'log',
  'log',
  'log',
  'gc',
  'log',
  'dump',
  'log',
];

/** A folder of logs, GC logs and dumps of one cluster, all of the same size; the same for the same figures. */
export async function generateFolder(folder: string, files: number, bytes: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const size = Math.floor(bytes / files);
  for (let number = 0; number < files; number++) {
    const name = (what: string) => path.join(folder, `taskmanager-${number}${what}`);
    const what = MIX[number % MIX.length];
    if (what === 'log') await generateLog(name('.log'), size, { seed: number + 1 });
    else if (what === 'gc') writeFileSync(name('-gc.log'), unifiedDetailed(size).text);
    else writeFileSync(name('-jstack.txt'), dump(size));
  }
}

function dump(size: number): string {
  const share = size / 10_000_000;
  return bigDump({
    ...TEN_MEGABYTES,
    threads: Math.max(20, Math.round(TEN_MEGABYTES.threads * share)),
    locks: Math.max(2, Math.round(TEN_MEGABYTES.locks * share)),
  });
}
