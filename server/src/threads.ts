import { workerData } from 'node:worker_threads';
import { READER } from './workspace/readers.ts';

/**
 * All that runs in threads is one bundle: the analysis of an editor's files, a command, a reader of a pool. Three of them would
 * hold the same readers three times. Who starts a thread says by its data which it is; each loads its own part.
 * `keep`: see cached.ts.
 */
export async function start(keep: () => void): Promise<void> {
  if (workerData === READER) return (await import('./reader.ts')).startReader(keep);
  const { start: begin } = (workerData ?? null) === null ? await import('./analysis.ts') : await import('./cli/commands.ts');
  begin(keep);
}
