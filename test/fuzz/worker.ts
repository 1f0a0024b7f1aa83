// The process in which texts are analysed, one after the other; run.ts watches it from outside and kills it when it hangs.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { examineArchive } from './archives.ts';
import { examine } from './examine.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

export interface Job {
  id: number;
  /** A text, or the bytes of an archive. */
  input: string | Uint8Array;
}

export type Answer = { id: number; cpu: number; heap?: number } | { id: number; error: string };

/** Every how many texts the memory is measured: a full collection takes a while. */
const MEASURE = 200;
let count = 0;

async function work({ id, input }: Job): Promise<Answer> {
  const start = process.cpuUsage();
  try {
    await (typeof input === 'string' ? examine(input) : examineArchive(input));
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  const used = process.cpuUsage(start);
  const cpu = (used.user + used.system) / 1000;
  if (++count % MEASURE !== 0) return { id, cpu };
  collect();
  return { id, cpu, heap: process.memoryUsage().heapUsed };
}

process.on('message', (job: Job) => void work(job).then((answer) => process.send?.(answer)));
