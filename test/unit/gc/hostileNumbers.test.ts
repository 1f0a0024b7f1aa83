// Whatever stands in a GC log where a number is expected: nothing that is made of it is no number, and nothing is thrown.
import assert from 'node:assert/strict';
import { viewsOf } from '../../../common/views.ts';
import { analyse, digest, documentOf, report, summary } from '../../../server/src/core/kinds/index.ts';
import { LineIndex } from '../../../server/src/core/text.ts';
import { fixtures } from '../../fuzz/inputs.ts';

const NUMBERS = [
  '1e999',
  '-1',
  '-0.0',
  '9'.repeat(30),
  `0.${'0'.repeat(40)}1`,
  'NaN',
  'Infinity',
  '0x7fffffff',
  '1.2.3',
  '1,5',
  '٣',
  '',
  '18446744073709551616',
  '0',
];
const FIXTURES = fixtures(20_000).filter(({ name }) => name.startsWith('gc/'));

/** No figure that a person is shown, or that a program reads, is any of these. */
const NO_NUMBER = /\b(?:NaN|Infinity|undefined)\b/;

describe('GC logs with hostile numbers', () => {
  for (const number of NUMBERS) {
    it(`are read where numbers are ${number.length > 20 ? `${number.slice(0, 10)}…` : JSON.stringify(number)}`, async function () {
      this.timeout(120_000);
      assert.ok(FIXTURES.length > 5);
      for (const { name, text } of FIXTURES) {
        let count = 0;
        // All of them, and every fourth one: then most of a line is still read.
        for (const every of [1, 4]) {
          const hostile = text.replace(/\d+(?:\.\d+)?/g, (digits) => (count++ % every === 0 ? number : digits));
          const uri = 'file:///hostile.log';
          const analysis = await analyse({ uri, text: hostile, kind: 'gc-log' });
          const index = new LineIndex(hostile);
          const made = [
            report(analysis, 'hostile') ?? '',
            ...analysis.findings.map(({ message, details, advice }) => [message, ...details, ...advice].join('\n')),
            ...viewsOf('gc-log').map((view) =>
              view === 'timeline' ? JSON.stringify(documentOf(analysis, view, (span) => index.range(span), undefined)) : '',
            ),
          ];
          for (const one of made)
            assert.ok(
              !NO_NUMBER.test(one.replaceAll(number, '')) || number === 'NaN' || number === 'Infinity',
              `${name}: ${NO_NUMBER.exec(one)?.input.slice(0, 300)}`,
            );
          // What is no number becomes null in JSON: no figure of a summary or a digest is.
          for (const one of [summary(analysis), digest(analysis, { name, bytes: hostile.length, text: hostile, lineOf: () => 0 })]) finite(one, name);
        }
      }
    });
  }
});

function finite(value: unknown, where: string): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${where}: ${value}`);
  else if (value !== null && typeof value === 'object') for (const [key, part] of Object.entries(value)) finite(part, `${where}.${key}`);
}
