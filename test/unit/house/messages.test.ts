// What a list of problems shows: one short line each, in all fixtures that are text.
import assert from 'node:assert/strict';
import type { Kind } from '../../../common/ids.ts';
import { analyse, report } from '../../../server/src/core/kinds/index.ts';
import { MAX_MESSAGE } from '../../../server/src/core/model.ts';
import { headline } from '../../../server/src/core/rules/saying.ts';
import { fixtures } from '../../fuzz/inputs.ts';

const KINDS: readonly Kind[] = ['flink-log', 'gc-log', 'job-graph', 'java-source'];
/** Half of the messages are no longer than this. */
const MEDIAN = 80;
const FOLDERS = /^(?:logs|gc|plans|java)\/|^flink\/.*(?:log|plan|explain|job)/;

const medianOf = (lengths: number[]): number => lengths.sort((a, b) => a - b)[lengths.length >> 1] ?? 0;

/** The first sentence of a report: what is in bold below its title. */
const verdictOf = (markdown: string): string => /^\*\*(.*?)\*\*/m.exec(markdown)?.[1] ?? '';

describe('messages of logs, GC logs, job graphs and Java sources', () => {
  const lengths = new Map<string, number>();

  before(async function () {
    this.timeout(120_000);
    for (const { name, text } of fixtures().filter((one) => FOLDERS.test(one.name))) {
      const analysis = await analyse({ uri: 'file:///file', text });
      if (!KINDS.includes(analysis.kind)) continue;
      const told = [...analysis.findings.map(headline), ...analysis.problems.map(({ message }) => message), verdictOf(report(analysis, name) ?? '')];
      for (const one of told) lengths.set(one, one.length);
    }
  });

  it(`have at most ${MAX_MESSAGE} characters, and verdicts too`, () => {
    assert.ok(lengths.size > 50, `${lengths.size} messages`);
    assert.deepEqual(
      [...lengths.keys()].filter((one) => one.length > MAX_MESSAGE),
      [],
    );
  });

  it(`have a median of at most ${MEDIAN} characters`, () => {
    const median = medianOf([...lengths.values()]);
    assert.ok(median <= MEDIAN, `the median is ${median}, the longest has ${Math.max(...lengths.values())}`);
  });

  it('are one line and end without a full stop where they are findings', async () => {
    for (const one of lengths.keys()) assert.doesNotMatch(one, /\n/);
  });
});
