import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS, type Settings } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { analyseLog } from '../../../server/src/core/kinds/flinkLog.ts';

export function fixture(name: string): string {
  return readFileSync(at('test/fixtures/logs', name), 'utf8');
}

export function read(text: string, settings: Partial<Settings> = {}): Promise<LogAnalysis> {
  return analyseLog({ uri: 'file:///test.log', text }, { settings: { ...DEFAULT_SETTINGS, ...settings }, checkpoint: NO_CHECKPOINT });
}
