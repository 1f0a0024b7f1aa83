// The pages of dumps: stacks with their threads, and dumps beside each other; every name leads to its line.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../../scripts/lib/paths.mjs';
import { analyse, comparison, textOf } from '../../../../server/src/core/kinds/index.ts';
import { LineIndex } from '../../../../server/src/core/text.ts';

const read = async (number: number) => {
  const file = at(`demo/3-back-pressure/taskmanager-jstack-${number}.txt`);
  const text = readFileSync(file, 'utf8');
  const index = new LineIndex(text);
  return {
    analysis: await analyse({ uri: `file:///${number}`, text }),
    uri: `file:///${number}`,
    text,
    lineOf: (offset: number) => index.lineOf(offset),
  };
};

/** The lines that the links of a page lead to, by what stands on the link. */
function* led(page: string, texts: ReadonlyMap<string, string>): Iterable<[string, string]> {
  for (const [, name = '', uri = '', line] of page.matchAll(/\[((?:\\.|[^\]\\])+)\]\(<([^>#]+)#L(\d+)>\)/g))
    yield [name.replaceAll('\\', ''), texts.get(uri)?.split('\n')[Number(line) - 1] ?? ''];
}

describe('pages of thread dumps', () => {
  it('stacks: each with its threads, what waits for work last and marked', async () => {
    const one = await read(1);
    const page = textOf(one.analysis, 'stacks', { part: 0, title: '1', uri: one.uri, lineOf: one.lineOf }) ?? '';
    assert.match(page, /^\*\*Perhaps the bottleneck: .*\*\*\n\n91 threads, \d+ different stacks; \d+ of them only wait for work\./);
    const headings = page.match(/^## .*$/gm) ?? [];
    const harmless = headings.map((line) => line.endsWith('harmless: waits for work'));
    assert.deepEqual(harmless, [...harmless].sort(), 'harmless ones come last');
    assert.ok(harmless.includes(true) && harmless.includes(false));
    const total = headings.reduce((sum, line) => sum + Number(/^## (\d+) /.exec(line)?.[1] ?? 0), 0);
    const bare = Number(/^(\d+) threads? without a stack/m.exec(page)?.[1] ?? 0);
    assert.equal(total + bare, 91);
    const links = [...led(page, new Map([[one.uri, one.text]]))];
    assert.ok(links.length > 20);
    for (const [name, line] of links) assert.ok(line.includes(name.replace(/…$/, '').slice(0, 20)), `${name} leads to ${line}`);
  });

  it('a comparison of three: a row for each thread with a link into each dump', async () => {
    const files = [await read(1), await read(2), await read(3)];
    const page = comparison(files) ?? '';
    assert.match(page, /^\*\*"slow sink: Writer \(\d\/2\)#0" stands at the same place in all 3 dumps, with little work in between\*\*/);
    assert.match(page, /\| \[Dump 3: 3\]\(<file:\/\/\/3#L\d+>\) \|/);
    const texts = new Map(files.map(({ uri, text }) => [uri, text]));
    for (const [name, line] of led(page, texts)) if (!name.startsWith('Dump')) assert.match(line, /^"/);
  });

  it('dumps and logs are not compared', async () => {
    const log = await analyse({ uri: 'file:///log', text: readFileSync(at('demo/2-out-of-memory/jobmanager.log'), 'utf8') });
    assert.equal(comparison([await read(1), { analysis: log, uri: 'file:///log', lineOf: () => 0 }]), null);
  });
});
