// Logs of containers as a NodeManager of YARN gathers them: written by Hadoop's own writer, see test/fixtures/yarn/generate.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { at } from '../../../scripts/lib/paths.mjs';
import { expand } from '../../../server/src/io/expand.ts';
import { readTexts } from '../../../server/src/io/texts.ts';

const none = readFileSync(at('test/fixtures/yarn/node-none_8041'));
const gz = readFileSync(at('test/fixtures/yarn/node-gz_8041'));

const recorded = (name: string, from: number, to: number) =>
  readFileSync(at('test/fixtures/flink/1.20.3/failing-sink', name), 'utf8').split('\n').slice(from, to).join('\n');
const LOGS = [
  ['container_1700000000000_0001_01_000001/jobmanager.log', recorded('jobmanager.log', 195, 225)],
  ['container_1700000000000_0001_01_000002/taskmanager.log', recorded('taskmanager.log', 200, 250)],
] as const;

const textsOf = (name: string, bytes: Uint8Array) => readTexts(name, bytes).texts.map((one) => [one.name, one.text]);
const named = (name: string) => LOGS.map(([file, text]) => [`${name}!${file}`, text]);

describe('logs that YARN has gathered', () => {
  it('are a file for each that a container has written to, packed or not, in one chunk or many', () => {
    assert.deepEqual(textsOf('node', none), named('node'));
    assert.deepEqual(textsOf('node', gz), named('node'));
    assert.deepEqual(expand('node', none).problems, []);
    assert.deepEqual(expand('node', gz).problems, []);
  });

  it('are read as far as they go where the end is missing, which is said', () => {
    const begun = none.subarray(0, none.indexOf('taskmanager.log') + 1000);
    const { texts, problems } = readTexts('node', begun);
    const [[, first], [, second]] = LOGS;
    assert.equal(texts[0]?.text, first);
    assert.ok((texts[1]?.text.length ?? 0) > 900 && second.startsWith(texts[1]?.text ?? '?'));
    assert.deepEqual(problems, [{ file: 'node', fault: { code: 'tar-damaged', facts: { behind: LOGS[1][0] } } }]);
  });

  it('that are packed in a way that is not read are named', () => {
    const lzo = Buffer.from(none);
    // Of the entry that holds the list of blocks, and of the blocks in the list.
    const list = lzo.lastIndexOf('\x04none', lzo.indexOf('data:BCFile.index'));
    lzo.write('lzo4', list + 1);
    assert.deepEqual(expand('node', lzo), {
      entries: [],
      problems: [{ file: 'node', fault: { code: 'method-unknown', facts: { method: 'lzo4' } } }],
    });
  });

  it('keep within the bounds', () => {
    const { entries, problems } = expand('node', gz, { bytes: 1e6, entries: 1, depth: 2, time: 20_000 });
    assert.equal(entries.length, 1);
    assert.deepEqual(problems, [{ file: 'node', fault: { code: 'too-many-files', facts: { count: 1 } } }]);
    const cut = expand('node', gz, { bytes: 8000, entries: 9, depth: 2, time: 20_000 });
    assert.deepEqual(
      cut.problems.map(({ fault }) => fault.code),
      ['cut-at-bound'],
    );
    assert.equal(Buffer.from(cut.entries[0]?.bytes ?? []).toString(), LOGS[0][1]);
  });

  it('damaged in any way are read in part or not at all, and nothing hangs', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(none, gz),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (whole, changes, end) => {
          const bytes = Buffer.from(whole);
          // Half of the changes are made in the last bytes, where the directory is.
          for (const [index, [where, byte]] of changes.entries())
            bytes[Math.floor(index % 2 === 0 ? bytes.length - where * 200 : where * bytes.length)] = byte;
          const all = expand('node', bytes.subarray(0, Math.ceil(end * 2 * bytes.length)));
          assert.ok(all.entries.length <= 3);
        },
      ),
      { numRuns: 500 },
    );
  });
});
