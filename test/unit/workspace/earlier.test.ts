// What still holds of a document that a person is changing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import { LineIndex } from '../../../server/src/core/text.ts';
import { earlierOf } from '../../../server/src/workspace/earlier.ts';
import { nodePlatform } from '../../../server/src/workspace/node.ts';
import { Workspace } from '../../../server/src/workspace/workspace.ts';
import { memoryFiles } from './memory.ts';

const read = (text: string) => ({ text, index: new LineIndex(text) });
const short = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });

describe('a document before its last changes', () => {
  it('has the lines that it says are the same', () => {
    fc.assert(
      fc.property(short, short, short, short, (head, gone, come, tail) => {
        const before = `${head}${gone}${tail}`;
        const text = `${head}${come}${tail}`;
        const lines = text.split('\n');
        const earlier = earlierOf(read(before), text);
        assert.equal(earlier !== null, before.split('\n').length === lines.length);
        for (const [line, old] of before.split('\n').entries()) if (earlier?.changed(line) === false) assert.equal(lines[line], old);
      }),
    );
  });

  it('has changed in the lines of the change alone, however long the text is', () => {
    const lines = Array.from({ length: 50_000 }, (_, line) => `line ${line}`);
    const before = read(lines.join('\n'));
    const earlier = earlierOf(before, lines.with(123, 'another').with(125, '').join('\n'));
    assert.deepEqual(
      lines.flatMap((_, line) => (earlier?.changed(line) === false ? [] : [line])),
      [123, 124, 125],
    );
  });

  it('is there while the changed one is read, and not when lines have come or gone', async () => {
    const uri = 'file:///a.txt';
    const text = readFileSync(at('test/fixtures/dumps/monitors-jdk17.jstack.txt'), 'utf8');
    const buffer = { uri, version: 1, text: () => text };
    const workspace = new Workspace({
      files: memoryFiles({}),
      platform: nodePlatform,
      settings: { stamp: '', of: async () => DEFAULT_SETTINGS },
      buffer: (asked) => (asked === uri ? buffer : undefined),
    });
    assert.equal(workspace.earlier(uri), null);
    const first = await workspace.analysis(uri);
    assert.equal(workspace.earlier(uri), null);
    Object.assign(buffer, { version: 2, text: () => `a${text}` });
    const second = workspace.analysis(uri);
    assert.equal(workspace.earlier(uri)?.document, first);
    assert.equal(workspace.earlier(uri)?.changed(0), true);
    assert.equal(workspace.earlier(uri)?.changed(1), false);
    await second;
    assert.equal(workspace.earlier(uri), null);
    Object.assign(buffer, { version: 3, text: () => `\n${text}` });
    assert.equal(workspace.earlier(uri), null);
    workspace.close(uri);
    Object.assign(buffer, { version: 4, text: () => `b${text}` });
    assert.equal(workspace.earlier(uri), null);
  });
});
