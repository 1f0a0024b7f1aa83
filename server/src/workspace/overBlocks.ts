import type { Settings } from '../../../common/settings.ts';
import type { Checkpoint } from '../core/checkpoint.ts';
import type { LogBlock } from '../core/log/streaming/blocks.ts';
import type { Streaming, Stretch } from '../io/byteFile.ts';
import type { StartReaders } from './platform.ts';
import { SIGN_EVERY } from './readers.ts';

/** So many blocks each thread reads: fewer would leave it without work at the end, and each has to learn anew what need only be counted. */
const BLOCKS = 2;

interface LargeLog {
  uri: string;
  /** In bytes. */
  size: number;
  settings: Settings;
}

/** Reads one large log in blocks, in threads. */
export const overBlocks = (starter: StartReaders, log: LargeLog, checkpoint: Checkpoint): NonNullable<Streaming['blocks']> => ({
  size: Math.ceil(log.size / (BLOCKS * starter.width)),
  read: (stretches) => readOver(starter, log, stretches, checkpoint),
});

/**
 * The blocks in their order; the threads are ended at the end.
 * Rejects where a thread is lost, and with Cancelled when nobody waits any more.
 */
async function* readOver(
  starter: StartReaders,
  { uri, settings }: LargeLog,
  stretches: readonly Stretch[],
  checkpoint: Checkpoint,
): AsyncGenerator<LogBlock> {
  const readers = await starter.start();
  const made: Promise<LogBlock>[] = [];
  let ended = false;
  /** Only what a thread is at is asked for: what waits for one gives no sign of work. */
  const next = (): void => {
    const stretch = stretches[made.length];
    if (stretch === undefined || ended) return;
    const job = { uri, name: uri, size: stretch.to - stretch.from, settings, ...stretch };
    const block = readers
      .read<'block', LogBlock>('block', job, (why) => {
        throw new Error(why);
      })
      .finally(next);
    // That it was lost is told when its turn comes.
    block.catch(() => undefined);
    made.push(block);
  };
  try {
    for (let thread = 0; thread < readers.width; thread++) next();
    for (let index = 0; index < stretches.length; index++) yield await giving(made[index] as Promise<LogBlock>, checkpoint);
  } finally {
    ended = true;
    readers.end();
  }
}

/** What is waited for, while signs of work are given and it is looked whether anybody still waits. */
async function giving<T>(waited: Promise<T>, checkpoint: Checkpoint): Promise<T> {
  for (let done = false; !done; ) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pause = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, SIGN_EVERY, false);
    });
    done = await Promise.race([waited.then(() => true), pause]).finally(() => clearTimeout(timer));
    if (!done) await checkpoint.pause();
  }
  return waited;
}
