// Whatever stands where a number is expected, in a text of any kind: nothing is thrown by what is made of it, and no figure is none.
import assert from 'node:assert/strict';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { incidentReport } from '../../../server/src/core/incident/report.ts';
import { analyse, digest, report, summary } from '../../../server/src/core/kinds/index.ts';
import { examine } from '../../fuzz/examine.ts';
import { fixtures } from '../../fuzz/inputs.ts';

const NUMBERS = ['1e999', '-1', '9'.repeat(30), `-${'9'.repeat(25)}`, '1e-400', '8640000000000001', '-8640000000000001', '18446744073709551616'];

function finite(value: unknown, where: string): void {
  if (typeof value === 'number') assert.ok(Number.isFinite(value), `${where}: ${value}`);
  else if (value !== null && typeof value === 'object') for (const [key, part] of Object.entries(value)) finite(part, `${where}.${key}`);
}

describe('hostile numbers', () => {
  for (const folder of ['dumps', 'logs', 'flink', 'plans', 'rest']) {
    it(`throw nothing and come out as none: ${folder}`, async function () {
      this.timeout(240_000);
      const all = fixtures(9000).filter(({ name }) => name.startsWith(`${folder}/`));
      const some = all.filter((_, at) => at % Math.ceil(all.length / 14) === 0);
      assert.ok(some.length > 0);
      for (const { name, text } of some) {
        for (const number of NUMBERS) {
          let count = 0;
          // Every third one: then most of the text is still what it was.
          const hostile = text.replace(/(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g, (digits) => (count++ % 3 === 0 ? number : digits));
          await examine(hostile);
          const analysis = await analyse({ uri: 'file:///hostile', text: hostile });
          const own = digest(analysis, { name, bytes: hostile.length, text: hostile, lineOf: () => 0 });
          const incident = conclude(own);
          for (const [what, one] of Object.entries({ summary: summary(analysis), digest: own, incident })) finite(one, `${name}, ${number}: ${what}`);
          for (const page of [report(analysis, 'hostile') ?? '', incidentReport(incident, 'hostile')])
            assert.ok(!/\b(?:NaN|undefined)\b/.test(page) || /\b(?:NaN|undefined)\b/.test(hostile), `${name}, ${number}: ${page.slice(0, 2000)}`);
        }
      }
    });
  }
});
