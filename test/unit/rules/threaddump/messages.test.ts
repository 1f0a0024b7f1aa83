// What is said of every dump of the fixtures: one short line a finding, made of its facts, and nothing twice.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../../scripts/lib/paths.mjs';
import type { ThreadDumpAnalysis } from '../../../../server/src/core/analysis/threaddump/model.ts';
import { analyse, report } from '../../../../server/src/core/kinds/index.ts';
import { KNOWN_ISSUES } from '../../../../server/src/core/knowledge/issues/index.ts';
import { type Finding, MAX_MESSAGE } from '../../../../server/src/core/model.ts';
import { issueMessage } from '../../../../server/src/core/rules/issueWords.ts';
import { headline, roomFor } from '../../../../server/src/core/rules/saying.ts';
import { DUMP_RULE_WORDS } from '../../../../server/src/core/rules/threaddump/findingWords.ts';
import { saidOf } from '../../../../server/src/core/wording.ts';

const FOLDERS = ['test/fixtures/dumps', 'test/fixtures/flink'];
const DUMP = /(?:jstack|thread-?dump|threadinfo|dump-to-file|spring|flink-rest|jhsdb)[\w.-]*\.(?:txt|json)$/;

const dumps = FOLDERS.flatMap((folder) =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => DUMP.test(name))
    .map((name) => path.join(folder, name)),
);

async function read(name: string): Promise<ThreadDumpAnalysis | null> {
  const analysis = await analyse({ uri: `file:///${path.basename(name)}`, text: readFileSync(at(name), 'utf8') });
  return analysis.kind === 'thread-dump' ? analysis : null;
}

function wrongWith(finding: Finding): string[] {
  const { code, facts, certainty, message, details, advice, evidence, missing, related } = finding;
  const lines = [message, ...details, ...advice, ...evidence, ...missing, ...related.map((one) => one.message)];
  const again = saidOf(DUMP_RULE_WORDS[code as 'deadlock'], JSON.parse(JSON.stringify(facts)), roomFor(certainty));
  return [
    ...(headline(finding).length > MAX_MESSAGE ? ['too long'] : []),
    ...(/[.!]$/.test(message) ? ['ends with a full stop'] : []),
    ...(certainty === 'suspected' && evidence.length === 0 ? ['suspected without evidence'] : []),
    ...(certainty !== 'proved' && missing.length === 0 ? ['does not say what is missing'] : []),
    ...(new Set(lines).size < lines.length - related.length + new Set(related.map((one) => one.message)).size ? ['says a line twice'] : []),
    ...(JSON.stringify(again) === JSON.stringify({ message, details, advice, evidence, missing }) ? [] : ['says more than its facts']),
  ].map((wrong) => `${wrong}: ${headline(finding)}`);
}

describe('what is said of thread dumps', () => {
  const lengths: number[] = [];

  it('is one line of at most 100 characters for each finding and problem, made of its facts', async () => {
    const wrong: string[] = [];
    for (const name of dumps) {
      const analysis = await read(name);
      if (analysis === null) continue;
      const { findings, problems } = analysis;
      lengths.push(...findings.map((finding) => headline(finding).length));
      wrong.push(...findings.flatMap(wrongWith).map((text) => `${name}: ${text}`));
      wrong.push(...problems.filter(({ message }) => message.length > MAX_MESSAGE).map(({ message }) => `${name}: ${message}`));
      const verdict = /^\*\*(.*)\*\*$/m.exec(report(analysis, name) ?? '')?.[1]?.replaceAll('\\', '') ?? '';
      if (verdict === '' || verdict.length > MAX_MESSAGE) wrong.push(`${name}: verdict "${verdict}"`);
    }
    assert.deepEqual(wrong, []);
  });

  it('is mostly shorter: the median is at most 90', () => {
    assert.ok(lengths.length > 100);
    lengths.sort((a, b) => a - b);
    assert.ok((lengths[lengths.length >> 1] as number) <= 90, `median ${lengths[lengths.length >> 1]}`);
  });

  for (const issue of KNOWN_ISSUES) {
    it(`${issue.key} fits with its whole title and the release with its fix`, () => {
      assert.ok(!issueMessage(issue, null).includes('…'), issueMessage(issue, null));
    });
  }
});
