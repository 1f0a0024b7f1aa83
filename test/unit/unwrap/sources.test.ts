import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const DUMP = readFileSync(at('test/fixtures/dumps/monitors-jdk17.jstack-l.txt'), 'utf8').trimEnd().split('\n');

/** How tools name the container before each line. */
const TOOLS: Record<string, (name: string, line: string) => string> = {
  'docker compose': (name, line) => `${name}  | ${line}`,
  'kubectl --prefix': (name, line) => `[pod/${name}/main] ${line}`,
  'gh run view': (name, line) => `${name}\tRun tests\t2031-05-05T10:00:00.1234567Z ${line}`,
};

const dumpsOf = async (text: string) => {
  const analysis = await analyse({ uri: 'file:///a.txt', text });
  assert.ok(analysis.kind === 'thread-dump');
  return { dumps: analysis.dumps.length, deadlocks: analysis.findings.filter(({ id }) => id === 'deadlock').map(({ certainty }) => certainty) };
};

describe('lines of several containers', () => {
  for (const [tool, put] of Object.entries(TOOLS)) {
    it(`${tool}: one after the other, two dumps`, async () => {
      const text = ['tm-1', 'tm-2'].flatMap((name) => DUMP.map((line) => put(name, line))).join('\n');
      assert.deepEqual(await dumpsOf(text), { dumps: 2, deadlocks: ['proved', 'proved'] });
    });

    it(`${tool}: mixed, each dump is put together, with the places of the text`, async () => {
      const text = DUMP.flatMap((line) => [put('tm-1', line), put('tm-2', line)]).join('\n');
      assert.deepEqual(await dumpsOf(text), { dumps: 2, deadlocks: ['proved', 'proved'] });
      const { findings } = await analyse({ uri: 'file:///a.txt', text });
      const { start, end } = findings.find(({ id }) => id === 'deadlock')?.at.span ?? assert.fail();
      assert.ok(
        DUMP.some((line) => line.includes(text.slice(start, end).split('\n')[0] as string)),
        text.slice(start, end),
      );
    });

    it(`${tool}: halves of a deadlock in two containers are none`, async () => {
      const half = DUMP.findIndex((line) => line.startsWith('"right"'));
      const text = DUMP.slice(
        0,
        DUMP.findIndex((line) => line.startsWith('Found one')),
      )
        .map((line, index) => put(index < half ? 'tm-1' : 'tm-2', line))
        .join('\n');
      assert.deepEqual(
        (await dumpsOf(text)).deadlocks.filter((one) => one === 'proved'),
        [],
      );
    });
  }

  it('dumps in the records of one document are apart', async () => {
    const half = DUMP.findIndex((line) => line.startsWith('"right"'));
    const first = DUMP.slice(0, half).join('\n');
    const left = DUMP.findIndex((line) => line.startsWith('"left"'));
    const end = DUMP.findIndex((line) => line.startsWith('Found one'));
    const second = [...DUMP.slice(0, left), ...DUMP.slice(half, end)].join('\n');
    const text = JSON.stringify([
      { pod: 'tm-1', dump: first },
      { pod: 'tm-2', dump: second },
    ]);
    assert.deepEqual(await dumpsOf(text), { dumps: 2, deadlocks: [] });
  });
});
