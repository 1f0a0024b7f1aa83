import assert from 'node:assert/strict';
import { gcReading } from '../../../server/src/core/gc/readable.ts';
import { planReading } from '../../../server/src/core/jobgraph/readable.ts';
import { logReading } from '../../../server/src/core/log/readable.ts';
import { restReading } from '../../../server/src/core/rest/readable.ts';
import { dumpReading } from '../../../server/src/core/threaddump/readable.ts';
import { unwrap } from '../../../server/src/core/unwrap/index.ts';
import type { Reading } from '../../../server/src/core/unwrap/packing.ts';
import { PACKINGS } from '../../../server/src/core/unwrap/packings/index.ts';
import { atOnce } from '../../../server/src/core/unwrap/steps.ts';

/** Reads words and records at the beginning of lines. */
const WORDS: Reading = {
  readable: (sample) => sample.match(/^(?:one|two|three|\{ ?"level")/gm)?.length ?? 0,
  lines: { begins: (line) => (/^(?:one|two|three)/.test(line) ? 'yes' : 'no'), open: () => 'no' },
};

const READINGS: Record<string, Reading> = { dumps: dumpReading, logs: logReading, collectors: gcReading, plans: planReading, documents: restReading };

describe('packings', () => {
  for (const packing of PACKINGS) {
    it(`${packing.id}: undoes its samples, leaves the near misses`, () => {
      assert.ok(packing.samples.length > 0 && packing.nearMisses.length > 0, 'has samples and near misses');
      for (const sample of packing.samples) {
        assert.ok(packing.sign(sample), sample);
        const found = atOnce(packing.undo(sample, WORDS));
        assert.ok(found !== null && found.text !== sample, sample);
      }
      for (const miss of packing.nearMisses) {
        const found = packing.sign(miss) ? atOnce(packing.undo(miss, WORDS)) : null;
        assert.ok(found === null || found.text === miss, miss);
      }
    });
  }

  for (const [kind, reading] of Object.entries(READINGS)) {
    it(`${kind}: long runs of one character, cut and broken packings are read without an error`, () => {
      const runs = ['"', '\\', '{', '[', ',', '\t', '\0', '\r', '\n', '&', '<', '> ', '\u001b[', '""', '{"', '\\"', '|', ' at ', '(a', '-- '].map(
        (one) => one.repeat(100_000 / one.length),
      );
      for (const run of runs)
        for (const text of [run, `{"log":"${run}`, `a,"${run}`, `x\n${run}\nx`]) {
          const { source } = atOnce(unwrap(text, reading));
          const { start, end } = source.span(0, source.text.length);
          assert.ok(start >= 0 && start <= end && end <= text.length, JSON.stringify(text.slice(0, 20)));
        }
    }).timeout(60_000);
  }

  it('finds a packing within a packing that alone shows nothing', () => {
    const inner = JSON.stringify({ lines: ['one 1', 'two 2', 'three 3'] });
    const { source, packings } = atOnce(unwrap(JSON.stringify({ body: inner }), WORDS));
    assert.deepEqual([packings, source.text], [['json', 'json'], 'one 1\ntwo 2\nthree 3\n']);
    assert.equal(source.span(6, 11).start, JSON.stringify({ body: inner }).indexOf('two 2'));
  });

  it('of a table in which nothing reads yet the longest column is taken', () => {
    const csv = PACKINGS.find(({ id }) => id === 'csv');
    const found = csv === undefined ? null : atOnce(csv.undo('time,body\n12:00,"a ""b""\\none\\ntwo"\n', WORDS));
    assert.equal((found as { text: string } | null)?.text, 'body\na "b"\\none\\ntwo\n');
  });
});
