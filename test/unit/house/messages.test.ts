// What a list of problems shows: one short line each, in all fixtures, and the first sentence of every report and golden file.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse, verdict } from '../../../server/src/core/kinds/index.ts';
import { MAX_MESSAGE } from '../../../server/src/core/model.ts';
import { headline } from '../../../server/src/core/rules/saying.ts';
import { fixtures } from '../../fuzz/inputs.ts';

/** Half of the messages are no longer than this. */
const MEDIAN = 80;
const KINDS = ['flink-log', 'gc-log', 'java-source', 'job-graph', 'rest-document', 'thread-dump'];

const medianOf = (lengths: number[]): number => lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0;

/** The first sentence of a report: what is in bold below its title, without the signs of Markdown. */
const verdictIn = (markdown: string): string => (/^\*\*(.*?)\*\*/m.exec(markdown)?.[1] ?? '').replace(/\\(?=[^\w\s])/g, '');

describe('messages of all kinds', () => {
  const lengths = new Map<string, number>();
  const kinds = new Set<string>();

  before(async function () {
    this.timeout(240_000);
    for (const { text } of fixtures()) {
      const analysis = await analyse({ uri: 'file:///file', text });
      if (analysis.kind !== 'unknown') kinds.add(analysis.kind);
      const told = [...analysis.findings.map(headline), ...analysis.problems.map(({ message }) => message), verdict(analysis)?.text ?? ''];
      for (const one of told) lengths.set(one, one.length);
    }
    for (const name of readdirSync(at('test/golden/reports'))) {
      const said = verdictIn(readFileSync(at('test/golden/reports', name), 'utf8'));
      lengths.set(said, said.length);
    }
  });

  it(`have at most ${MAX_MESSAGE} characters, and verdicts too`, () => {
    assert.deepEqual([...kinds].sort(), KINDS);
    assert.ok(lengths.size > 300, `${lengths.size} messages`);
    assert.deepEqual(
      [...lengths.keys()].filter((one) => one.length > MAX_MESSAGE),
      [],
    );
  });

  it(`have a median of at most ${MEDIAN} characters`, () => {
    const median = medianOf([...lengths.values()]);
    assert.ok(median <= MEDIAN, `the median is ${median}, the longest has ${Math.max(...lengths.values())}`);
  });

  it('are one line', () => {
    for (const one of lengths.keys()) assert.doesNotMatch(one, /\n/);
  });
});
