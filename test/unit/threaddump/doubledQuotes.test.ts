// Rows of a table in CSV, cut out of it: each quote of a dump stands twice.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse } from '../../../server/src/core/kinds/index.ts';

async function read(text: string) {
  const analysis = await analyse({ uri: 'file:///dump.txt', text });
  assert.ok(analysis.kind === 'thread-dump');
  const [{ dump }] = analysis.dumps as [(typeof analysis.dumps)[number]];
  return {
    names: dump.threads.map(({ name }) => name),
    section: dump.section?.cycles.map((cycle) => cycle.map(({ thread, heldBy }) => [thread, heldBy])),
    messages: analysis.findings.map(({ message }) => message),
  };
}

describe('a dump whose quotes are doubled', () => {
  for (const file of ['monitors-jdk17.jstack-l.txt', 'mixed-jdk17.jstack.txt', 'monitors-jdk25.jstack.txt']) {
    it(`says what it said before: ${file}`, async () => {
      const text = readFileSync(at('test/fixtures/dumps', file), 'utf8');
      const before = await read(text);
      assert.ok(before.messages.length > 0 && before.section !== undefined);
      assert.deepEqual(await read(text.replaceAll('"', '""')), before);
    });
  }

  it('names its threads without them where the section of the JVM alone is left', async () => {
    const text = readFileSync(at('test/fixtures/dumps/monitors-jdk17.jstack.txt'), 'utf8');
    const section = text.slice(text.indexOf('Found one Java-level deadlock'), text.indexOf('Java stack information'));
    const before = await read(section);
    assert.ok(before.messages.length > 0);
    assert.deepEqual(await read(section.replaceAll('"', '""')), before);
  });
});
