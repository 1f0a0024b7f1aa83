import assert from 'node:assert/strict';
import { endsOfPattern, occurrences, StackFilter } from '../../../../server/src/core/analysis/threaddump/stackFilter.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { parseDumps } from '../../../../server/src/core/threaddump/parse.ts';
import { hotspotDump } from '../../../support/sampleDump.ts';

describe('stack filter', () => {
  it('finds the threads that stand in a method, whatever is around it', async () => {
    const text = hotspotDump([
      { name: 'a', state: 'RUNNABLE', frames: ['x.Y.other', 'x.Y.waitOnPut', 'x.Y.run'] },
      { name: 'b', state: 'RUNNABLE', frames: ['x.Y.other', 'x.Y.run'] },
      { name: 'c', state: 'RUNNABLE', frames: ['x.Driver.<clinit>'] },
    ]);
    const [dump] = (await parseDumps(text, NO_CHECKPOINT)).dumps;
    assert.ok(dump);
    const filter = new StackFilter([['waitOnPut'], ['Driver.<clinit>'], ['absent'], ['run']]);
    assert.deepEqual(
      [0, 1, 2, 3].map((group) => filter.threads(dump, group).map(({ name }) => name)),
      [['a'], ['c'], [], ['a', 'b']],
    );
    assert.deepEqual([filter.any(dump, 0), filter.any(dump, 2)], [true, false]);
  });

  for (const [pattern, ends] of [
    [/\.LocalBufferPool\.recycle$/, ['LocalBufferPool.recycle']],
    [/Queue\.(?:put|waitOnPut)$/, ['Queue.put', 'Queue.waitOnPut']],
    [/\$AvailableBufferQueue\.addExclusiveBuffer$/, ['AvailableBufferQueue.addExclusiveBuffer']],
    [/\.\w*Driver\.<clinit>$/, ['Driver.<clinit>']],
    [/\.(?:BufferManager|RemoteInputChannel)\.recycle$/, ['recycle']],
    [/\.HsMemoryDataManager\.\w+$/, undefined],
  ] as const) {
    it(String(pattern), () => assert.deepEqual(endsOfPattern(pattern) ?? undefined, ends));
  }

  it('counts up to a limit', () => assert.deepEqual([occurrences('aXbXcX', 'X', 2), occurrences('abc', 'X', 2)], [2, 0]));
});
