import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import { NO_CHECKPOINT } from '../../server/src/core/checkpoint.ts';
import { analyseLog } from '../../server/src/core/kinds/flinkLog.ts';
import type { BenchCase } from './cases.ts';
import { generateLog } from './logGenerator.ts';

async function text(size: number): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-log-'));
  const file = path.join(folder, 'tm.log');
  await generateLog(file, size);
  const result = readFileSync(file, 'latin1');
  rmSync(folder, { recursive: true });
  return result;
}

const MB = 1e6;

export const cases: BenchCase[] = [
  {
    name: 'log, 10 MB, in the editor: records, exceptions, executions, findings',
    text: () => text(10 * MB),
    run: (content) => analyseLog({ uri: 'file:///tm.log', text: content }, { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT }),
    maxMs: 2000,
  },
];
