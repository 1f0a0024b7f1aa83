// What is copied for a ticket: at most ten lines of every fixture, the verdict first.
import assert from 'node:assert/strict';
import { analyse, verdict } from '../../../server/src/core/kinds/index.ts';
import { headline } from '../../../server/src/core/rules/saying.ts';
import { ticket } from '../../../server/src/core/views/ticket.ts';
import { fixtures } from '../../fuzz/inputs.ts';

describe('copied for a ticket', () => {
  it('at most ten lines with the verdict, the place and what to do', async function () {
    this.timeout(120_000);
    let told = 0;
    for (const { name, text } of fixtures().filter((one) => /^(?:dumps|logs|gc|plans)\//.test(one.name))) {
      const analysis = await analyse({ uri: 'file:///file', text });
      if (analysis.kind === 'unknown') continue;
      const said = verdict(analysis);
      if (said === null) continue;
      const lines = ticket(analysis, { name: 'file.txt', verdict: said, lineOf: () => 11 })
        .trimEnd()
        .split('\n');
      assert.ok(lines.length <= 10, `${name}: ${lines.length} lines`);
      assert.match(lines[0] ?? '', /^\*\*.+\*\*$/, name);
      if (said.finding === null) continue;
      told++;
      assert.match(lines[1] ?? '', /^file\.txt, line 12/, name);
      if (analysis.findings.some((one) => headline(one) !== '' && one.severity === 'error' && one.advice.length > 0))
        assert.ok(
          lines.some((line) => line.includes('What to do:')),
          name,
        );
    }
    assert.ok(told > 20, String(told));
  });
});
