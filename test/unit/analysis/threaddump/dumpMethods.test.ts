import assert from 'node:assert/strict';
import { endsOfPattern, occurs } from '../../../../server/src/core/analysis/threaddump/dumpMethods.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { methodOf } from '../../../../server/src/core/threaddump/frames.ts';
import { parseDumps } from '../../../../server/src/core/threaddump/parse.ts';
import { hotspotDump } from '../../../support/sampleDump.ts';

describe('methods of a dump', () => {
  it('occur on whatever stack', async () => {
    const text = hotspotDump([
      { name: 'a', state: 'RUNNABLE', frames: ['x.Y.other', 'x.Y.waitOnPut', 'x.Y.run'] },
      { name: 'b', state: 'RUNNABLE', frames: ['x.Driver.<clinit>'] },
    ]);
    const [dump] = (await parseDumps(text, NO_CHECKPOINT)).dumps;
    assert.ok(dump);
    assert.deepEqual(
      [/\.waitOnPut$/, /\.\w*Driver\.<clinit>$/, /\.Y\.\w+$/, /\.absent$/, /\.(?:put|take)$/, /\.Z\.\w+$/].map((pattern) => occurs(dump, pattern)),
      [true, true, true, false, false, false],
    );
  });

  it('are those of the frames, in every way to write one', async () => {
    const lines = [
      'at java.lang.Object.wait0(java.base@21.0.7/Native Method)',
      'at java.base@17.0.15/java.lang.Thread.run(Thread.java:840)',
      'at app//com.acme.A.call(A.java:1)',
      'at com.acme.Job$$Lambda/0x00007fb43d6a1208.run(Unknown Source)',
      'at LambdaForm$DMH/0x00007f01.invoke(java.base@21.0.7/LambdaForm$DMH)',
      'at java/lang/Object.wait(J)V(Native Method)',
      'at com/acme/A.call(A.java:815(Compiled Code))',
      'at com.acme.A.call (A.java:1)',
      'at com.acme.A.call(A.java',
      '- eliminated <owner is scalar replaced> (a com.acme.A)     at com.acme.A.call(A.java:3)',
      '- com.acme.A.call(java.lang.Object, long) @bci=0, line=5 (Compiled frame)',
      'no frame (at all)',
    ];
    const text = `${hotspotDump([{ name: 'a', state: 'RUNNABLE', frames: ['x.Y.run'] }]).trimEnd()}\n${lines.map((line) => `\t${line}\n`).join('')}\n`;
    const thread = (await parseDumps(text, NO_CHECKPOINT)).dumps[0]?.threads[0];
    assert.ok(thread);
    assert.deepEqual(thread.methods, thread.frames.map(methodOf));
    assert.ok(thread.methods.includes('java.lang.Object.wait0') && thread.methods.includes('java.lang.Thread.run'), thread.methods.join('\n'));
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
});
