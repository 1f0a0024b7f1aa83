import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FindLine } from '../../../common/contracts.ts';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { LineIndex } from '../../../server/src/core/text.ts';
import { onDisk } from '../../../server/src/io/nodeFile.ts';
import { PagedFile } from '../../../server/src/io/pagedFile.ts';
import { TextLines } from '../../../server/src/workspace/textLines.ts';

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
    const file = new PagedFile(onDisk(name));
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

  describe('find', () => {
    // More than one chunk, and a match across the border of two.
    const filler = `${'x'.repeat(1023)}\n`.repeat(1023);
    const content = `first Needle\n${filler}${'y'.repeat(1000)}needle across\n${filler}last needle é\n`;
    const lines = content.split('\n');
    const all = lines.flatMap((line, at) => (/needle/i.test(line) ? [at] : []));
    const both = async (): Promise<[string, Pick<PagedFile, 'find'>][]> => [
      ['on disk', await open(content)],
      ['in memory', new TextLines(content, new LineIndex(content))],
    ];
    const ask = (text: string, from: number, more: Partial<FindLine> = {}): FindLine => ({ text, from, matchCase: false, backwards: false, ...more });

    it('goes from match to match and around the end, forwards and backwards', async () => {
      for (const [name, file] of await both()) {
        for (const [index, line] of all.entries()) {
          const next = all[(index + 1) % all.length];
          assert.deepEqual(
            await file.find(ask('NEEDLE', line), NO_CHECKPOINT),
            { line: next, wrapped: index === all.length - 1 },
            `${name} after ${line}`,
          );
          const before = all.at(index - 1);
          assert.deepEqual(
            await file.find(ask('needle', line, { backwards: true }), NO_CHECKPOINT),
            { line: before, wrapped: index === 0 },
            `${name} before ${line}`,
          );
        }
      }
    });

    it('tells case apart when asked to, finds other letters than ASCII, and says when there is nothing', async () => {
      for (const [name, file] of await both()) {
        assert.equal((await file.find(ask('Needle', 5, { matchCase: true }), NO_CHECKPOINT))?.line, 0, name);
        assert.equal((await file.find(ask('needle é', 0), NO_CHECKPOINT))?.line, all.at(-1), name);
        assert.equal(await file.find(ask('haystack', 0), NO_CHECKPOINT), null, name);
        assert.equal(await file.find(ask('', 0), NO_CHECKPOINT), null, name);
        assert.equal((await file.find(ask('first', 0), NO_CHECKPOINT))?.line, 0, `${name}: the only match is the line itself`);
      }
    });
  });
});
