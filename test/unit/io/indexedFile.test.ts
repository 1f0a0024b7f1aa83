// Logs of containers as YARN gathers them in IndexedFile: written by Hadoop's own writer, see test/fixtures/yarn/generate.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { at } from '../../../scripts/lib/paths.mjs';
import { expand } from '../../../server/src/io/expand.ts';
import { readJavaObject } from '../../../server/src/io/javaObject.ts';
import { readTexts } from '../../../server/src/io/texts.ts';

const none = readFileSync(at('test/fixtures/yarn/indexed-none_8041'));
const gz = readFileSync(at('test/fixtures/yarn/indexed-gz_8041'));

/** The same files that a TFile holds. */
const LOGS = readTexts('node', readFileSync(at('test/fixtures/yarn/node-none_8041'))).texts.map(({ name, text }) => [name, text]);

describe('logs that YARN has gathered in IndexedFile', () => {
  for (const [packing, bytes] of Object.entries({ none, gz })) {
    it(`are a file for each that a container has written to: ${packing}`, () => {
      const { texts, problems } = readTexts('node', bytes);
      assert.deepEqual(
        texts.map(({ name, text }) => [name, text]),
        LOGS,
      );
      assert.deepEqual(problems, []);
    });
  }

  it('packed in a way that is not read are named', () => {
    const lzo = Buffer.from(none);
    lzo.write('lzo4', lzo.lastIndexOf('\x04none') + 1);
    assert.deepEqual(expand('node', lzo), {
      entries: [],
      problems: [{ file: 'node', fault: { code: 'method-unknown', facts: { method: 'lzo4' } } }],
    });
  });

  it('with a list that makes no sense are named', () => {
    const broken = Buffer.from(none);
    broken.fill(0x42, broken.lastIndexOf('startIndex'), broken.length - 36);
    assert.deepEqual(
      expand('node', broken).problems.map(({ fault }) => fault.code),
      ['tar-damaged'],
    );
  });

  it('keep within the bounds', () => {
    const { entries, problems } = expand('node', gz, { bytes: 1e6, entries: 1, depth: 2, time: 20_000 });
    assert.equal(entries.length, 1);
    assert.deepEqual(problems, [{ file: 'node', fault: { code: 'too-many-files', facts: { count: 1 } } }]);
    const cut = expand('node', gz, { bytes: 8000, entries: 9, depth: 2, time: 20_000 });
    assert.ok(cut.problems.some(({ fault }) => fault.code === 'cut-at-bound'));
  });

  it('damaged in any way are read in part or not at all, and nothing hangs', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(none, gz),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (whole, changes) => {
          const bytes = Buffer.from(whole);
          // Mostly in the list, which is about a kilobyte.
          for (const [index, [where, byte]] of changes.entries())
            bytes[Math.floor(index % 4 === 0 ? where * bytes.length : bytes.length - 40 - where * 1000)] = byte;
          assert.ok(expand('node', bytes).entries.length <= 3);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('serialized Java objects', () => {
  const stream = (...parts: (number | string)[]) =>
    Buffer.concat([
      Buffer.from([0xac, 0xed, 0, 5]),
      ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))),
    ]);

  it('that hold each other, or go deep, end', () => {
    // An array of objects whose class is told by itself, and arrays within arrays without end.
    const deep = stream(...Array.from({ length: 500 }, () => [0x75, 0x72, 0, 1, '[', ...Array(8).fill(0), 2, 0, 0, 0x78, 0x70, 0, 0, 0, 1]).flat());
    assert.throws(() => readJavaObject(deep), RangeError);
    assert.throws(() => readJavaObject(stream(0x71, 0, 0x7e, 0, 9)), /reference to nothing/);
    assert.throws(() => readJavaObject(Buffer.from('text')), /no serialized object/);
  });

  it('are strings, too', () => {
    assert.equal(readJavaObject(stream(0x74, 0, 5, 'hello')), 'hello');
  });
});
