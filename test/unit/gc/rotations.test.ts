import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { gcRotationName, readRotation, rotations } from '../../../server/src/core/gc/rotations.ts';
import { parseGcLog } from '../../../server/src/core/kinds/gcLog.ts';

const FOLDER = at('test/fixtures/gc');

describe('GC logs that were put aside', () => {
  it('names of one set, and of different ones', () => {
    for (const name of ['gc.log', 'gc.log.0', 'gc.log.12', 'gc.log.1.current', 'gc.log.0.gz', 'gc.log.2026-11-20', 'gc.log.zip!gc.log'])
      assert.equal(gcRotationName(name), 'gc.log', name);
    for (const name of ['gc-1.log', 'jobmanager-gc.log']) assert.equal(gcRotationName(name), name);
  });

  for (const fixture of ['g1-jdk25.log', 'shenandoah-jdk17.log', 'g1-millis-jdk17.log'])
    it(`${fixture} in four parts is what it was in one`, async () => {
      const text = readFileSync(path.join(FOLDER, fixture), 'latin1');
      const lines = text.split('\n');
      const part = (from: number, to: number) =>
        `${lines.slice(Math.floor((lines.length * from) / 4), Math.floor((lines.length * to) / 4)).join('\n')}\n`;
      // The numbers of a rotation begin anew: the order is that of time.
      const files = [
        { name: 'gc.log', text: part(3, 4) },
        { name: 'gc.log.0', text: part(2, 3) },
        { name: 'gc.log.1', text: part(0, 1) },
        { name: 'gc.log.2', text: part(1, 2) },
        { name: 'other-gc.log', text },
      ];
      const [set = [], other = []] = rotations(files);
      assert.deepEqual(
        set.map(({ name }) => name),
        ['gc.log.1', 'gc.log.2', 'gc.log.0', 'gc.log'],
      );
      assert.equal(other.length, 1);
      const whole = await parseGcLog(text, NO_CHECKPOINT);
      const together = await readRotation(set, NO_CHECKPOINT, () => 0);
      assert.deepEqual(together.statistics, whole.statistics);
      assert.equal(together.collections, whole.collections);
      assert.equal(together.runs.length, whole.runs.length);
    });
});
