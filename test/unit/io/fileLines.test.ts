import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileLines } from '../../../server/src/io/fileLines.ts';

describe('the lines of a file of any size', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-lines-'));
  const file = path.join(folder, 'lines');
  after(() => rmSync(folder, { recursive: true }));

  async function lines(content: string | Uint8Array, limit = 1000): Promise<(string | null)[]> {
    writeFileSync(file, content);
    const found: (string | null)[] = [];
    for await (const line of fileLines(file, limit)) found.push(line);
    return found;
  }

  for (const [what, content, expected] of [
    ['of nothing', '', []],
    ['with and without an end', 'a\nb', ['a', 'b']],
    ['that are empty', '\n\na\n', ['', '', 'a']],
    ['of Windows', 'a\r\nb\r\n', ['a', 'b']],
  ] as const)
    it(what, async () => assert.deepEqual(await lines(content), expected));

  it('across the pieces in which it is read, characters too', async () => {
    const long = 'ä'.repeat(100_000);
    assert.deepEqual(await lines(`x${long}\n${long}\nend`, 1_000_000), [`x${long}`, long, 'end']);
  });

  it('that are too long are left out, and nothing else', async () => {
    assert.deepEqual(await lines(`a\n${'b'.repeat(300_000)}\n${'c'.repeat(1000)}\n${'d'.repeat(1001)}`), ['a', null, 'c'.repeat(1000), null]);
  });
});
