// One verdict: what the report of a file says first is what its lens, its outline and the copy for a ticket say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMMANDS } from '../../../common/commands.ts';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse, firstView, report, verdict } from '../../../server/src/core/kinds/index.ts';
import { ticket } from '../../../server/src/core/views/ticket.ts';
import { toldFindings } from '../../../server/src/core/views/verdict.ts';
import { featuresOf } from '../../../server/src/features/index.ts';
import { verdictLenses, verdictSymbols } from '../../../server/src/features/verdict.ts';
import { fixtures } from '../../fuzz/inputs.ts';

const URI = 'file:///file';

/** Without what Markdown and the layout of a sentence add. */
const bare = (text: string): string =>
  text
    .replace(/[\\*…]/g, '')
    .replace(/ \(suspected\)|^Suspected: /g, '')
    .replace(/[.,:]?$/, '');

const ALL_CLEAR = /no deadlock|no finding|nothing wrong|nothing failed|no failure/i;

describe('the verdict of a file', () => {
  const read: { name: string; text: string }[] = [];
  before(() => {
    read.push(...fixtures().filter(({ text }) => text.length < 400_000));
  });

  it('is one and the same in report, lens, outline and ticket, and no all-clear beside a finding', async function () {
    this.timeout(240_000);
    let told = 0;
    for (const { name, text } of read) {
      const analysis = await analyse({ uri: URI, text });
      const said = verdict(analysis);
      if (said === null) continue;
      told++;
      const document = { uri: URI, text, analysis, settings: DEFAULT_SETTINGS };
      const first = (report(analysis, 'Title') ?? '').split('\n').find((line, at) => at > 0 && line !== '') ?? '';
      assert.ok(bare(first).startsWith(bare(said.text).slice(0, 40)), `${name}\n${first}\n${said.text}`);
      const [lens] = verdictLenses(document);
      assert.ok(lens?.title.endsWith(said.text), name);
      assert.equal(verdictSymbols(document)[0]?.name, said.text, name);
      const [copied = ''] = ticket(analysis, { name: 'file', verdict: said, lineOf: () => 0 }).split('\n');
      assert.ok(bare(copied).startsWith(bare(said.text).slice(0, 40)), `${name}\n${copied}\n${said.text}`);
      const [worst] = toldFindings(analysis.findings);
      if (worst === undefined || worst.severity === 'info') continue;
      assert.doesNotMatch(said.text, ALL_CLEAR, name);
      const others = (await featuresOf(analysis.kind)).lenses?.(document) ?? [];
      // Of several dumps one may show nothing while another does.
      for (const { title } of others) if (!/Dump \d+ of/.test(title)) assert.doesNotMatch(title, ALL_CLEAR, `${name}: ${title}`);
    }
    assert.ok(told > 1000, String(told));
  });

  it('of a job says where it is back-pressured although nothing tells the cause', async () => {
    const text = readFileSync(at('demo/3-back-pressure/job.json'), 'utf8');
    const said = async (job: string) => verdict(await analyse({ uri: URI, text: job }))?.text;
    // Of the vertex between the two too little was measured.
    assert.equal(await said(text), 'Suspected: "slow sink: Wri…" is the bottleneck: busy 85 %, "tokenizer" before it back-pressured 67 %');
    const sink = text.indexOf('"name":"slow sink');
    const unmeasured = text.slice(0, sink) + text.slice(sink).replace(/"accumulated-busy-time":[\d.]+/, '"accumulated-busy-time":"NaN"');
    assert.equal(await said(unmeasured), '"tokenizer" is back-pressured 67 % of the time; the cause comes after it');
  });

  it('of a dump leads to its graph where threads are in a deadlock, else to its stacks', async function () {
    this.timeout(120_000);
    const leads = new Map<string, number>();
    for (const { text } of read) {
      const analysis = await analyse({ uri: URI, text });
      if (analysis.kind !== 'thread-dump') continue;
      const locked = analysis.dumps.some(({ deadlocks }) => deadlocks.length > 0);
      const view = firstView(analysis);
      assert.equal(view, locked ? 'lock-wait' : 'stacks');
      const [lens] = verdictLenses({ uri: URI, text, analysis, settings: DEFAULT_SETTINGS });
      assert.equal(lens?.tooltip, COMMANDS[locked ? 'logjam.showLockGraph' : 'logjam.showStacks'].title);
      leads.set(view ?? '', (leads.get(view ?? '') ?? 0) + 1);
    }
    assert.equal(leads.size, 2);
  });
});
