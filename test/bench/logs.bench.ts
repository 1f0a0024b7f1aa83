import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import { NO_CHECKPOINT } from '../../server/src/core/checkpoint.ts';
import { analyseLog } from '../../server/src/core/log/index.ts';
import { LogStream } from '../../server/src/core/log/stream.ts';
import { NODE_BYTES } from '../../server/src/io/logFile.ts';
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

let bytes: Buffer | null = null;

function stream(content: string, indexOnly: boolean): LogStream {
  bytes ??= Buffer.from(content, 'latin1');
  const log = new LogStream(NODE_BYTES, { indexOnly });
  for (let at = 0; at < bytes.length; at += 1 << 20) log.push(bytes.subarray(at, at + (1 << 20)));
  return log;
}

const MB = 1e6;

export const cases: BenchCase[] = [
  {
    name: 'log, 100 MB, streamed: index of records',
    text: () => text(100 * MB),
    run: (content) => {
      const log = stream(content, true);
      log.end();
      return log.index.records;
    },
    maxRatio: 3,
  },
  {
    name: 'log, 100 MB, streamed: whole analysis',
    text: () => text(100 * MB),
    run: (content) => stream(content, false).finish(DEFAULT_SETTINGS, 'file:///tm.log'),
    maxRatio: 8,
    runs: 3,
  },
  {
    name: 'log, 10 MB, in the editor: records, exceptions, executions, findings',
    text: () => text(10 * MB),
    run: (content) => analyseLog({ uri: 'file:///tm.log', text: content }, { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT }),
    maxMs: 2000,
  },
];
