import { worker, workerEmit } from 'workerpool';
import { digestFile } from './workspace/digestFile.ts';
import { disk } from './workspace/disk.ts';
import { nodePlatform } from './workspace/node.ts';
import { SIGN_EVERY, type SignOfWork } from './workspace/pool.ts';
import type { FileDigest, FileJob } from './workspace/readers.ts';
import { PATIENT } from './workspace/waiters.ts';
import { Workspace } from './workspace/workspace.ts';

/** A thread that reads files of an incident from the disk; workspace/pool.ts starts it. */
function read({ settings, ...job }: FileJob): Promise<FileDigest> {
  let said = 0;
  const workspace = new Workspace({
    files: disk,
    platform: nodePlatform,
    settings: { stamp: '', of: async () => settings },
    buffer: () => undefined,
    watch: {
      enter: (_, limit) => {
        if (performance.now() - said < SIGN_EVERY) return;
        said = performance.now();
        workerEmit({ limit } satisfies SignOfWork);
      },
      leave: () => undefined,
      // Whoever reads is told by the exception.
      stopped: () => undefined,
    },
  });
  return digestFile(workspace, job, PATIENT);
}

/** `pool.ts` gives it to the threads that it starts. */
export const startReader = (): void => worker({ read });
