import { worker, workerEmit } from 'workerpool';
import { type CheckedPart, checkFile } from './cli/checkFile.ts';
import type { LogBlock } from './core/log/streaming/blocks.ts';
import { digestFile } from './workspace/digestFile.ts';
import { disk } from './workspace/disk.ts';
import { opener } from './workspace/lines.ts';
import { nodePlatform } from './workspace/node.ts';
import { checkpoint } from './workspace/platform.ts';
import type { SignOfWork } from './workspace/pool.ts';
import { type BlockJob, type FileDigest, type FileJob, type Jobs, type Reading, SIGN_EVERY } from './workspace/readers.ts';
import { PATIENT } from './workspace/waiters.ts';
import type { Watch } from './workspace/watch.ts';
import { Workspace } from './workspace/workspace.ts';

/** Gives signs of work to workspace/pool.ts. */
function watching(): Watch {
  let said = 0;
  return {
    enter: (_, limit) => {
      if (performance.now() - said < SIGN_EVERY) return;
      said = performance.now();
      workerEmit({ limit } satisfies SignOfWork);
    },
    leave: () => undefined,
    // Whoever reads is told by the exception.
    stopped: () => undefined,
  };
}

/** It starts no threads of its own. */
const platform = { ...nodePlatform, readers: null };

const workspaceFor = ({ settings }: FileJob, watch: Watch): Workspace =>
  new Workspace({ files: disk, platform, settings: { stamp: '', of: async () => settings }, buffer: () => undefined, watch });

const READINGS = {
  digest: (job: FileJob): Promise<FileDigest> => digestFile(workspaceFor(job, watching()), job, PATIENT),
  check: (job: FileJob): Promise<CheckedPart[]> => {
    const watch = watching();
    return checkFile(workspaceFor(job, watch), job, watch);
  },
  block: async ({ uri, settings, ...stretch }: BlockJob): Promise<LogBlock> => {
    const open = await opener(disk, uri);
    if (open === null) throw new Error('the file is not there any more');
    const watch = watching();
    const { readBlock } = await import('./io/logBlocks.ts');
    // How long it may take in all is known to whoever waits.
    return readBlock(
      open,
      stretch,
      checkpoint(platform, { unwanted: false }, Infinity, () => watch.enter(uri, settings['logjam.analysis.timeLimit'])),
    );
  },
} satisfies { [K in Reading]: (job: Jobs[K]) => Promise<unknown> };

/** By then what most files need has run. */
const KEEP_AFTER = 4;

/** A thread that reads files from the disk; `pool.ts` starts it. `keep`: see cached.ts. */
export function startReader(keep: () => void): void {
  let read = 0;
  const kept =
    <J, R>(make: (job: J) => Promise<R>) =>
    async (job: J): Promise<R> => {
      const made = await make(job);
      if (++read === KEEP_AFTER) setImmediate(keep);
      return made;
    };
  worker({ digest: kept(READINGS.digest), check: kept(READINGS.check), block: kept(READINGS.block) });
}
