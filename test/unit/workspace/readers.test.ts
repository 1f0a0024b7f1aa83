// Files of an incident that are read in other threads, which answer in any order, die, or are ended.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import { checkFile } from '../../../server/src/cli/checkFile.ts';
import { checkFiles } from '../../../server/src/cli/checkFiles.ts';
import type { Inputs, Source } from '../../../server/src/cli/inputs.ts';
import { Cancelled } from '../../../server/src/core/checkpoint.ts';
import { digestFile } from '../../../server/src/workspace/digestFile.ts';
import { digestFiles } from '../../../server/src/workspace/incidents.ts';
import { nodePlatform } from '../../../server/src/workspace/node.ts';
import type { FileJob, Readers } from '../../../server/src/workspace/readers.ts';
import { PATIENT } from '../../../server/src/workspace/waiters.ts';
import { UNWATCHED } from '../../../server/src/workspace/watch.ts';
import { Workspace } from '../../../server/src/workspace/workspace.ts';
import { memoryFiles, workspaceOf } from './memory.ts';

const RECORDING = 'test/fixtures/flink/2.3.0/convoy';
const NAMES = ['config.json', 'jobmanager.log', 'taskmanager-jstack-1.txt', 'taskmanager-jstack-2.txt', 'taskmanager.log', 'vertex-1.json'];
const CONTENT = {
  ...Object.fromEntries(NAMES.map((name) => [`file:///h/i/${name}`, readFileSync(at(RECORDING, name), 'utf8')])),
  'file:///h/i/torn.log': Object.assign(new Error('EIO'), { code: 'EIO' }),
};

/** As on the disk, but so large that threads are worth it. In bytes. */
const LARGE = 100_000_000;

const plain = memoryFiles(CONTENT);
const files = {
  ...plain,
  list: async (uri: string) => (await plain.list(uri))?.map((child) => ({ ...child, size: LARGE })) ?? null,
};

function withReaders(readers: Readers, open: string | null = null): Workspace {
  return new Workspace({
    files,
    platform: { ...nodePlatform, readers: { worth: LARGE, worthBlocks: Infinity, width: readers.width, start: async () => readers } },
    settings: { stamp: '', of: async () => DEFAULT_SETTINGS },
    buffer: (uri) => (uri === open ? { uri, version: 1, text: () => 'what the editor shows' } : undefined),
  });
}

const alone = workspaceOf(files);
const digest = (job: FileJob) => digestFile(alone, job, PATIENT);
const here: Readers['read'] = (_, job) => digest(job) as Promise<never>;

describe('files that are read in other threads', () => {
  it('say the same as on one thread, whatever the order in which they are read', async () => {
    const expected = await digestFiles(workspaceOf({ ...files, ...plain }), ['file:///h/i']);
    assert.equal(expected.left.length, 1);
    const read = new Map(
      await Promise.all(
        NAMES.concat('torn.log').map(async (name) => {
          const uri = `file:///h/i/${name}`;
          return [uri, await digest({ uri, name, size: LARGE, settings: DEFAULT_SETTINGS })] as const;
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (scheduler, width) => {
        const readers: Readers = { width, end: () => undefined, read: (_, { uri }) => scheduler.schedule(Promise.resolve(read.get(uri) as never)) };
        const found = digestFiles(withReaders(readers), ['file:///h/i']);
        const all = await scheduler.waitFor(found);
        assert.equal(JSON.stringify({ ...all, uris: [...all.uris] }), JSON.stringify({ ...expected, uris: [...expected.uris] }));
      }),
      { numRuns: 30 },
    );
  });

  it('are checked as on one thread, and told of in the order of the files, whatever the order in which they are read', async () => {
    const names = [...NAMES, 'torn.log', 'dead.log'];
    const sources = names.map((name) => ({ uri: `file:///h/i/${name}`, path: name, size: LARGE, named: true, root: null }));
    const checked = new Map(
      await Promise.all(sources.map(async ({ uri, path }) => [path, await checkFile(alone, { uri, name: path }, UNWATCHED)] as const)),
    );
    /** What a check says, and what it says of files that could not be read. */
    const told = async (readers: Readers) => {
      const said: unknown[] = [];
      const telling = ({ path }: Source): ReturnType<Inputs['telling']> => ({
        take: (one) => {
          if ('part' in one) return one.part;
          said.push([path, one]);
          return null;
        },
        end: () => said.push([path, 'end']),
      });
      await checkFiles({ workspace: withReaders(readers), telling }, sources, ({ path }, one) =>
        said.push([path, one.report.path, one.digest?.sources.length]),
      );
      return said;
    };
    const answer = ({ name }: FileJob, lost: (why: string) => unknown) => (name === 'dead.log' ? lost('it died') : checked.get(name)) as never;
    const inOrder = await told({ width: 1, end: () => undefined, read: async (_, job, lost) => answer(job, lost) });
    assert.deepEqual(inOrder, [
      ...NAMES.flatMap((name) => [
        [name, name, 1],
        [name, 'end'],
      ]),
      ['torn.log', { failure: { message: 'the device fails to read or write', tooLarge: false } }],
      ['torn.log', 'end'],
      ['dead.log', { failure: { message: 'it died', tooLarge: false } }],
      ['dead.log', 'end'],
    ]);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, width) => {
        const read: Readers['read'] = (_, { name }, lost) =>
          scheduler.schedule(Promise.resolve(name === 'dead.log' ? lost('it died') : (checked.get(name) as never)));
        assert.deepEqual(await scheduler.waitFor(told({ width, end: () => undefined, read })), inOrder);
      }),
      { numRuns: 30 },
    );
  });

  it('are ended when all is read, and when nobody waits any more', async () => {
    let ended = 0;
    const readers: Readers = { width: 2, read: here, end: () => ended++ };
    await digestFiles(withReaders(readers), ['file:///h/i']);
    assert.equal(ended, 1);
    const listeners: (() => void)[] = [];
    const waiter = {
      isCancellationRequested: false,
      onCancellationRequested: (listener: () => void) => {
        listeners.push(listener);
        return { dispose: () => undefined };
      },
    };
    const hanging: Readers = {
      width: 2,
      end: () => hangs.splice(0).forEach((reject) => void reject(new Error('the thread was ended'))),
      read: () => {
        queueMicrotask(() => {
          waiter.isCancellationRequested = true;
          for (const listener of listeners) listener();
        });
        return new Promise((_, reject) => hangs.push(reject));
      },
    };
    const hangs: ((error: Error) => void)[] = [];
    await assert.rejects(digestFiles(withReaders(hanging), ['file:///h/i'], { waiter }), Cancelled);
  });

  it('are those that lie on the disk only: of an open one what the editor shows counts', async () => {
    const asked: string[] = [];
    const readers: Readers = {
      width: 2,
      end: () => undefined,
      read: (_, job) => {
        asked.push(job.name);
        return digest(job) as Promise<never>;
      },
    };
    await digestFiles(withReaders(readers, 'file:///h/i/taskmanager.log'), ['file:///h/i']);
    assert.deepEqual(asked.sort(), [...NAMES, 'torn.log'].filter((name) => name !== 'taskmanager.log').sort());
  });
});
