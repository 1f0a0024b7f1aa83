import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { pool as poolOf } from 'workerpool';
import { TookTooLong } from '../core/checkpoint.ts';
import { type Jobs, READER, type Readers, type Reading } from './readers.ts';

/** How often it is looked whether a thread gives a sign. In ms. */
const LOOK_EVERY = 500;

/** A thread says that it gives way, and how many seconds it may fail to. */
export interface SignOfWork {
  limit: number;
}

/**
 * While there is a thread for each core, another one that helps to clean up takes the core from one that reads. V8 asks for it
 * at the beginning of each clean-up of what is young. What it gains: `npm run bench -- --only incident`.
 */
let pools = 0;

function count(by: 1 | -1): void {
  pools += by;
  setFlagsFromString(pools > 0 ? '--no-parallel-scavenge' : '--parallel-scavenge');
}

/** A pool of threads that read files. A thread that dies, or gives no sign of work, costs the file that it was at. */
export function poolOfReaders(width: number): Readers {
  const server = path.join(__dirname, '../server');
  const pool = poolOf(path.join(server, 'cached.js'), {
    workerType: 'thread',
    minWorkers: 0,
    maxWorkers: width,
    workerThreadOpts: { argv: [path.join(server, 'threads.js'), READER], workerData: READER },
  });
  let ended = false;
  count(1);
  return {
    width,
    end: () => {
      if (!ended) count(-1);
      ended = true;
      void pool.terminate(true);
    },
    read: async <K extends Reading, R>(reading: K, job: Jobs[K], lost: (why: string) => R) => {
      let last = performance.now();
      let limit = job.settings['logjam.analysis.timeLimit'];
      const answer = pool.exec(reading, [job], {
        on: (sign: SignOfWork) => {
          last = performance.now();
          limit = sign.limit;
        },
      });
      let held = false;
      const timer = setInterval(() => {
        if (performance.now() - last < limit * 1000) return;
        held = true;
        answer.cancel();
      }, LOOK_EVERY);
      try {
        return (await answer) as R;
      } catch (error) {
        if (ended) throw error;
        return lost(held ? new TookTooLong(limit).message : whyDead(error));
      } finally {
        clearInterval(timer);
      }
    },
  };
}

function whyDead(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'reading it took more memory than there is';
  // What the pool says of a thread that died goes on over many lines.
  return `the thread that read it ended: ${(message ?? String(error)).split('\n')[0]}`;
}
