import { worker, workerEmit } from 'workerpool';
import { type CheckedPart, checkFile } from './cli/checkFile.ts';
import { digestFile } from './workspace/digestFile.ts';
import { disk } from './workspace/disk.ts';
import { nodePlatform } from './workspace/node.ts';
import { SIGN_EVERY, type SignOfWork } from './workspace/pool.ts';
import type { FileDigest, FileJob, Reading } from './workspace/readers.ts';
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

const workspaceFor = ({ settings }: FileJob, watch: Watch): Workspace =>
  new Workspace({ files: disk, platform: nodePlatform, settings: { stamp: '', of: async () => settings }, buffer: () => undefined, watch });

const READINGS = {
  digest: (job: FileJob): Promise<FileDigest> => digestFile(workspaceFor(job, watching()), job, PATIENT),
  check: (job: FileJob): Promise<CheckedPart[]> => {
    const watch = watching();
    return checkFile(workspaceFor(job, watch), job, watch);
  },
} satisfies Record<Reading, (job: FileJob) => Promise<unknown>>;

/** A thread that reads files from the disk; `pool.ts` starts it. */
export const startReader = (): void => worker(READINGS);
