import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { Cancelled, type Checkpoint, NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import type { LogBlock } from '../../../server/src/core/log/streaming/blocks.ts';
import type { Stretch } from '../../../server/src/io/byteFile.ts';
import { overBlocks } from '../../../server/src/workspace/overBlocks.ts';
import type { StartReaders } from '../../../server/src/workspace/platform.ts';
import type { BlockJob } from '../../../server/src/workspace/readers.ts';

const LOG = { uri: 'file:///tm.log', size: 1000, settings: DEFAULT_SETTINGS };
const STRETCHES: Stretch[] = Array.from({ length: 7 }, (_, at) => ({ from: at * 10, to: at * 10 + 10 }));

/** Stands for a block: only where it began is looked at. */
const blockOf = ({ from }: Stretch) => ({ bytes: from }) as LogBlock;

function starter(width: number, read: (job: BlockJob, lost: (why: string) => never) => Promise<LogBlock>) {
  const seen = { ended: 0, asked: 0 };
  const readers: StartReaders = {
    worth: 0,
    worthBlocks: 0,
    width,
    start: async () => ({
      width,
      end: () => {
        seen.ended++;
      },
      read: (_, job, lost) => {
        seen.asked++;
        return read(job as BlockJob, lost as (why: string) => never) as Promise<never>;
      },
    }),
  };
  return { readers, seen };
}

async function all(readers: StartReaders, checkpoint: Checkpoint = NO_CHECKPOINT): Promise<number[]> {
  const found: number[] = [];
  for await (const { bytes } of overBlocks(readers, LOG, checkpoint).read(STRETCHES)) found.push(bytes);
  return found;
}

describe('blocks of a large log that are read in other threads', () => {
  it('come in their order, whatever the order in which they are read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 9 }), async (scheduler, width) => {
        const { readers, seen } = starter(width, (job) => scheduler.schedule(Promise.resolve(blockOf(job))));
        assert.deepEqual(
          await scheduler.waitFor(all(readers)),
          STRETCHES.map(({ from }) => from),
        );
        assert.deepEqual(seen, { ended: 1, asked: STRETCHES.length });
      }),
      { numRuns: 30 },
    );
  });

  it('no more are asked for than there are threads', async () => {
    let now = 0;
    let most = 0;
    const { readers } = starter(3, async (job) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return blockOf(job);
    });
    await all(readers);
    assert.equal(most, 3);
  });

  it('a thread that is lost ends the reading, with its reason', async () => {
    const { readers, seen } = starter(2, async (job, lost) => (job.from === 20 ? lost('reading it took more memory than there is') : blockOf(job)));
    await assert.rejects(all(readers), /more memory than there is/);
    assert.equal(seen.ended, 1);
  });

  it('a reading that nobody waits for any more ends the threads', async () => {
    const { readers, seen } = starter(2, () => new Promise(() => undefined));
    const cancelled: Checkpoint = {
      due: () => true,
      pause: async () => {
        throw new Cancelled();
      },
    };
    await assert.rejects(all(readers, cancelled), Cancelled);
    assert.equal(seen.ended, 1);
  });
});
