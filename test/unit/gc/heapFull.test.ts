import assert from 'node:assert/strict';
import { gcLogKind } from '../../../server/src/core/kinds/gcLog.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/core/kinds/index.ts';

interface Full {
  /** Seconds since the start of the JVM. */
  at: number;
  /** KiB of the old generation. */
  before: number;
  after: number;
  capacity: number;
  seconds: number;
}

const YOUNG = 400_000;

/** What Java 8 prints for full collections of the collector that calls its old generation so. */
const java8 =
  (old: string, youngName: string) =>
  (collections: readonly Full[]): string =>
    collections
      .map(
        ({ at, before, after, capacity, seconds }) =>
          `${at}.250: [Full GC (Ergonomics) [${youngName}: 350000K->120000K(${YOUNG}K)] [${old}: ${before}K->${after}K(${capacity}K)] ${before + 350_000}K->${after + 120_000}K(${capacity + YOUNG}K), [Metaspace: 60100K->60100K(1099776K)], ${seconds.toFixed(7)} secs] [Times: user=3.90 sys=0.01, real=${seconds.toFixed(2)} secs]\n`,
      )
      .join('');

/** What unified logging of Java 17 prints; before Java 16 the size stood behind the change only. */
const java17 = (collections: readonly Full[]): string =>
  `[199.010s][info][gc] Using Parallel\n${collections
    .map(({ at, before, after, capacity, seconds }, id) => {
      const tag = (what: string) => `[${at}.250s][info][${what}] GC(${id})`;
      const total = (old: number, young: number) => Math.round((old + young) / 1024);
      return `${tag('gc,heap')} ParOldGen: ${before}K(${capacity}K)->${after}K(${capacity}K)\n${tag('gc')} Pause Full (Ergonomics) ${total(before, 350_000)}M->${total(after, 120_000)}M(${total(capacity, YOUNG)}M) ${(seconds * 1000).toFixed(3)}ms\n`;
    })
    .join('')}`;

const FORMS: [string, (collections: readonly Full[]) => string][] = [
  ['Parallel of Java 8', java8('ParOldGen', 'PSYoungGen')],
  ['Serial of Java 8', java8('Tenured', 'DefNew')],
  ['Parallel of Java 17', java17],
];

const times = (count: number, one: Omit<Full, 'at'>): Full[] => Array.from({ length: count }, (_, index) => ({ ...one, at: 200 + 4 * index }));
const STUCK = times(5, { before: 1_200_000, after: 1_199_990, capacity: 1_200_000, seconds: 3.2 });

async function findingsOf(text: string): Promise<string[]> {
  const { findings } = await gcLogKind.analyse({ uri: 'file:///gc', text }, DEFAULT_OPTIONS);
  return findings.map(({ code, certainty }) => `${code} ${certainty}`);
}

describe('an old generation that stays full', () => {
  for (const [form, write] of FORMS) {
    it(`is told of ${form}, with the time that goes into it`, async () => {
      const found = await findingsOf(write(STUCK));
      assert.ok(found.includes('heap-full-old-generation proved'), found.join());
      assert.ok(found.includes('much-time-in-gc proved'), found.join());
    });
    for (const [why, collections] of [
      ['two collections are no pattern', STUCK.slice(0, 2)],
      ['collections free a part of it', times(5, { before: 1_200_000, after: 900_000, capacity: 1_200_000, seconds: 0.3 })],
      [
        'it still grows',
        STUCK.map((one, index) => ({
          ...one,
          before: 1_200_000 + 100_000 * index,
          after: 1_199_990 + 100_000 * index,
          capacity: 1_200_000 + 100_000 * index,
        })),
      ],
    ] as const) {
      it(`is not told of ${form} when ${why}`, async () => {
        const found = await findingsOf(write(collections));
        assert.ok(!found.some((one) => one.startsWith('heap-full')), found.join());
      });
    }
  }

  it('says how full it is and what was freed', async () => {
    const { findings } = await gcLogKind.analyse({ uri: 'file:///gc', text: java17(STUCK) }, DEFAULT_OPTIONS);
    const full = findings.find(({ id }) => id === 'heap-full');
    assert.equal(full?.message, 'The old generation is full: the last 3 full collections left 1.1 GiB of 1.1 GiB');
    assert.deepEqual(full?.details, ['Together they freed 30 KiB of it.']);
    assert.deepEqual(full?.evidence, [
      '5 full collections in all.',
      'The last 3 of them within 8.0 s.',
      'The last 3 of them took 9.6 s, in which every thread stood still.',
    ]);
  });
});
