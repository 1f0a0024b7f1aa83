import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse, digest, report } from '../../../server/src/core/kinds/index.ts';
import { LineIndex } from '../../../server/src/core/text.ts';

const load = (name: string): string => readFileSync(at(`test/fixtures/${name}`), 'utf8').trimEnd();

/** One text of each kind, with findings of its own. */
const PIECES: Record<string, string> = {
  dump: load('dumps/monitors-jdk17.jstack-l.txt'),
  log: load('logs/cases/state-on-slot-object.log'),
  stack:
    'java.lang.IllegalStateException: no stock\n\tat org.shop.Stock.take(Stock.java:9)\n\tat org.apache.flink.streaming.api.operators.StreamMap.processElement(StreamMap.java:38)',
  checkpoints: JSON.stringify(JSON.parse(load('rest/checkpoints-declined.json')), null, 2),
  exceptions: JSON.stringify(JSON.parse(load('rest/exceptions-labels.json')), null, 2),
};

/** How people put them into one text. */
const WAYS: Record<string, (names: readonly string[]) => string> = {
  'one below the other': (names) => names.map((name) => PIECES[name]).join('\n\n'),
  'a chat': (names) => names.map((name, index) => `Jane Doe, 10:0${index}\nthis is the ${name}, any idea?\n\n${PIECES[name]}\n`).join('\n'),
  'tail of several files': (names) => names.map((name) => `==> ${name}.txt <==\n${PIECES[name]}\n`).join('\n'),
  'fences under headings': (names) => names.map((name) => `## The ${name}\n\n\`\`\`\n${PIECES[name]}\n\`\`\`\n`).join('\n'),
  'a ticket': (names) => names.map((name) => `The ${name}:\n{noformat}\n${PIECES[name]}\n{noformat}`).join('\n'),
};

const MIXTURES = [
  ['dump', 'log'],
  ['log', 'dump'],
  ['dump', 'stack'],
  ['stack', 'dump'],
  ['dump', 'checkpoints'],
  ['checkpoints', 'log'],
  ['log', 'exceptions'],
  ['dump', 'log', 'checkpoints'],
  ['exceptions', 'dump', 'log'],
];

const codesOf = async (text: string): Promise<string[]> =>
  (await analyse({ uri: 'file:///a.txt', text })).findings.map(({ code, certainty }) => `${certainty} ${code}`);

describe('several kinds in one text', () => {
  for (const names of MIXTURES) {
    for (const [way, mix] of Object.entries(WAYS)) {
      it(`${names.join(', ')}, ${way}: what each tells is told`, async () => {
        const expected = (await Promise.all(names.map((name) => codesOf(PIECES[name] as string)))).flat();
        assert.deepEqual((await codesOf(mix(names))).sort(), expected.sort());
      });
    }
  }

  it('each has its page in the report, and is a source of the incident', async () => {
    const text = (WAYS['a chat'] as (names: readonly string[]) => string)(['dump', 'log', 'checkpoints']);
    const analysis = await analyse({ uri: 'file:///a.txt', text });
    assert.equal(report(analysis, 'ticket.txt')?.match(/^# ticket\.txt$/gm)?.length, 3);
    const index = new LineIndex(text);
    const { sources } = digest(analysis, {
      name: 'ticket.txt',
      bytes: text.length,
      text,
      lineOf: (where) => index.lineOf('span' in where ? where.span.start : where.start),
    });
    assert.deepEqual(sources.map(({ kind }) => kind).sort(), ['flink-log', 'rest-document', 'thread-dump']);
    assert.equal(new Set(sources.map(({ id }) => id)).size, 3);
    const { at: place } = analysis.findings.find(({ code }) => code === 'first-failure') ?? assert.fail();
    assert.match(text.slice(place.span.start), /^Count \(2\/4\)/);
  });

  it('a text of one kind is as it was', async () => {
    for (const piece of Object.values(PIECES))
      assert.equal((await analyse({ uri: 'file:///a.txt', text: `Hi all,\n\n${piece}\n\nThanks` })).parts, undefined);
  });
});
