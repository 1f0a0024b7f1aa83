import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { PagedFile } from '../../../server/src/io/pagedFile.ts';

describe('paged file', () => {
  let folder: string;
  let name: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-paged-'));
    name = path.join(folder, 'a.log');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const open = async (content: string): Promise<PagedFile> => {
    writeFileSync(name, content);
    const file = new PagedFile(name);
    await file.extend(NO_CHECKPOINT);
    return file;
  };
  const thousand = Array.from({ length: 1000 }, (_, i) => `line ${i} é`);

  it('reads any window', async () => {
    const file = await open(`${thousand.join('\n')}\n`);
    assert.equal(file.lines, 1001);
    for (const [from, count] of [
      [0, 3],
      [63, 3],
      [64, 64],
      [500, 200],
      [998, 10],
    ] as const) {
      assert.deepEqual(await file.read(from, count), [...thousand, ''].slice(from, from + count), `${from} + ${count}`);
    }
  });

  it('gives lines and characters of byte offsets, in the order asked', async () => {
    const content = `${thousand.join('\r\n')}\r\n`;
    const file = await open(content);
    const at = (line: number): number =>
      Buffer.byteLength(
        thousand
          .slice(0, line)
          .map((one) => `${one}\r\n`)
          .join(''),
      );
    assert.deepEqual(await file.positions([at(700), at(3) + 5, at(64), 0]), [
      { line: 700, character: 0 },
      { line: 3, character: 5 },
      { line: 64, character: 0 },
      { line: 0, character: 0 },
    ]);
    assert.deepEqual(await file.read(700, 1), [thousand[700]]);
  });

  it('follows a file that grows, and starts again when it was rotated', async () => {
    const file = await open('a\nb\n');
    assert.equal(await file.extend(NO_CHECKPOINT), false);
    appendFileSync(name, 'c\nd');
    assert.equal(await file.extend(NO_CHECKPOINT), true);
    assert.deepEqual(await file.read(1, 9), ['b', 'c', 'd']);
    writeFileSync(name, 'x\n');
    assert.equal(await file.extend(NO_CHECKPOINT), true);
    assert.deepEqual(await file.read(0, 9), ['x', '']);
  });

  it('cuts a line without end and bears an empty file', async () => {
    const long = await open('y'.repeat(100_000));
    assert.match((await long.read(0, 1))[0] ?? '', /^y{4000}… \(100000 bytes\)$/);
    const empty = await open('');
    assert.deepEqual(await empty.read(0, 5), ['']);
    assert.deepEqual(await empty.positions([0]), [{ line: 0, character: 0 }]);
  });
});
