import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { Cancelled, type Checkpoint } from '../../../server/src/core/checkpoint.ts';
import { dumpReading } from '../../../server/src/core/threaddump/readable.ts';
import { unwrap } from '../../../server/src/core/unwrap/index.ts';
import { inTurns } from '../../../server/src/core/unwrap/steps.ts';
import { WRAPS } from './wrap.ts';

const unwrapDump = (text: string, checkpoint: Checkpoint) => inTurns(unwrap(text, dumpReading), checkpoint);

const dump = readFileSync(at('test/fixtures/dumps/monitors-jdk17.jstack-l.txt'), 'utf8');

/** Always due; the pause of that number ends the work. */
function ending(at: number): Checkpoint & { pauses: number } {
  const checkpoint = {
    pauses: 0,
    due: () => true,
    pause: async () => {
      if (++checkpoint.pauses === at) throw new Cancelled();
    },
  };
  return checkpoint;
}

describe('undoing a wrapper', () => {
  for (const [wrapper, wrap] of Object.entries(WRAPS)) {
    const text = wrap(dump);
    it(`${wrapper}: ends when nobody wants the result`, async () => {
      const whole = ending(Number.POSITIVE_INFINITY);
      const { packings } = await unwrapDump(text, whole);
      assert.ok(whole.pauses > 0 || packings.length === 0);
      // What is read as it stands is looked at in a sample alone.
      if (whole.pauses === 0) return;
      const early = ending(Math.ceil(whole.pauses / 2));
      await assert.rejects(unwrapDump(text, early), Cancelled);
      assert.ok(early.pauses < whole.pauses || whole.pauses === 1);
    });
  }

  it('gives way between the records of a log', async () => {
    const text = dump.replaceAll(/^.*$/gm, (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout' }));
    const checkpoint = ending(Number.POSITIVE_INFINITY);
    assert.deepEqual((await unwrapDump(text, checkpoint)).packings, ['json']);
    assert.ok(checkpoint.pauses >= text.split('\n').length, `${checkpoint.pauses} pauses`);
  });

  it('gives way within a string that holds the whole dump', async () => {
    const long = dump.repeat(20);
    const checkpoint = ending(Number.POSITIVE_INFINITY);
    const { packings, source } = await unwrapDump(JSON.stringify({ dump: long }), checkpoint);
    assert.deepEqual([packings, source.text.trimEnd()], [['json'], long.trimEnd()]);
    assert.ok(checkpoint.pauses > long.length / (64 * 1024), `${checkpoint.pauses} pauses`);
  });
});
