import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { type ProblemFacts, problem } from '../../../server/src/core/problems.ts';
import { decode } from '../../../server/src/io/decode.ts';
import { DEFAULT_LIMITS, expand } from '../../../server/src/io/expand.ts';
import { bufferTexts, NoFile, onDisk, readHead } from '../../../server/src/io/nodeFile.ts';
import { readTexts } from '../../../server/src/io/texts.ts';

const TEXT = '"main" #1 prio=5\n\tat é中文.Main(😀)\n';

function utf16(text: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const units = [...(mark ? `\uFEFF${text}` : text)].flatMap((character) =>
    [...Array(character.length).keys()].map((at) => character.charCodeAt(at)),
  );
  return Uint8Array.from(units.flatMap((unit) => (bigEndian ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
}

describe('bytes to text', () => {
  const plain = `${'"main" #1 prio=5 os_prio=0 tid=0x1 nid=0x2 runnable\n'.repeat(4)}é中文\n`;
  const cases: [string, Uint8Array, string, string][] = [
    ['UTF-8', strToU8(TEXT), TEXT, 'utf-8'],
    ['UTF-8 with a mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...strToU8(TEXT)]), TEXT, 'utf-8'],
    ['UTF-16LE with a mark', utf16(TEXT, false, true), TEXT, 'utf-16le'],
    ['UTF-16BE with a mark', utf16(TEXT, true, true), TEXT, 'utf-16be'],
    ['UTF-16LE without a mark', utf16(plain, false, false), plain, 'utf-16le'],
    ['UTF-16BE without a mark', utf16(plain, true, false), plain, 'utf-16be'],
    ['Windows-1252', Uint8Array.from([0x63, 0x61, 0x66, 0xe9, 0x0a]), 'café\n', 'windows-1252'],
    ['UTF-8 cut within a character', strToU8('aé中').subarray(0, 5), 'aé\uFFFD', 'utf-8'],
    ['nothing', new Uint8Array(), '', 'utf-8'],
  ];
  for (const [name, bytes, text, encoding] of cases) it(name, () => assert.deepEqual(decode(bytes), { text, encoding }));
});

const textOf = (told: ProblemFacts['packed'] | undefined): string =>
  told === undefined ? '' : problem('packed', told, { start: 0, end: 0 }).message;

describe('compressed files', () => {
  it('opens gzip, also several members in one file', () => {
    const one = gzipSync(strToU8('first\n'));
    const two = gzipSync(strToU8('second\n'));
    assert.deepEqual(readTexts('a.gz', Uint8Array.from([...one, ...two])).texts, [{ name: 'a.gz', text: 'first\nsecond\n', encoding: 'utf-8' }]);
  });

  it('opens zip and what is compressed in it, and names the entries', () => {
    const zip = zipSync({ 'tm/jstack.txt': strToU8('dump\n'), 'tm/log.gz': gzipSync(strToU8('log\n')), 'empty.txt': new Uint8Array() });
    const { texts, problems } = readTexts('incident.zip', zip);
    assert.deepEqual(
      texts.map(({ name, text }) => [name, text]),
      [
        ['incident.zip!tm/jstack.txt', 'dump\n'],
        ['incident.zip!tm/log.gz', 'log\n'],
      ],
    );
    assert.deepEqual(problems, []);
  });

  it('stops at the bound: a small gzip that stands for much', () => {
    const bomb = gzipSync(new Uint8Array(8 * 1024 * 1024).fill(97));
    const { entries, problems } = expand('bomb.gz', bomb, { ...DEFAULT_LIMITS, bytes: 100_000 });
    assert.equal(entries[0]?.bytes.length, 100_000);
    assert.equal(problems.length, 1);
  });

  it('stops within 10 GB of zeros or of empty lines, in one member, in many, and within one another', () => {
    for (const [byte, most, said] of [
      // No text: only what the first 16 KiB make.
      [0, 17 << 20, []],
      [10, 42 << 20, ['cut-at-bound']],
    ] as const) {
      const megabyte = Buffer.alloc(1 << 20, byte);
      // A part that ends where a byte ends may come again and again.
      const part = deflateRawSync(megabyte, { finishFlush: constants.Z_FULL_FLUSH });
      const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
      const one = Buffer.concat([head, ...Array.from({ length: 10_000 }, () => part), Buffer.from([3, 0])]);
      const member = gzipSync(megabyte);
      const many = Buffer.concat(Array.from({ length: 10_000 }, () => member));
      for (const bytes of [one, many, gzipSync(one), gzipSync(many)]) {
        const { entries, problems } = expand('much.gz', bytes, { ...DEFAULT_LIMITS, bytes: 40 << 20, time: Infinity });
        const made = entries.reduce((sum, entry) => sum + entry.bytes.length, 0);
        assert.ok(made <= most, `${made} bytes of ${byte}`);
        assert.deepEqual(
          problems.map(({ fault }) => fault.code),
          said,
        );
      }
      assert.deepEqual(
        expand('much.gz', gzipSync(gzipSync(one))).problems.map(({ fault }) => fault.code),
        ['archives-too-deep'],
      );
    }
  });

  it('leaves out the entries of a zip that pass the bound', () => {
    const zip = zipSync({ small: strToU8('small\n'), big: new Uint8Array(1_000_000).fill(98) });
    const { entries, problems } = expand('a.zip', zip, { ...DEFAULT_LIMITS, bytes: 10_000 });
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['a.zip!small'],
    );
    assert.equal(problems.length, 1);
  });

  it('does not follow archives in archives for ever', () => {
    let bytes = strToU8('deep\n');
    for (let at = 0; at < 5; at++) bytes = gzipSync(bytes);
    const { texts, problems } = readTexts('deep.gz', bytes);
    assert.equal(texts.length + problems.length, 1);
  });

  it('shows what can be read of a damaged gzip', () => {
    const whole = gzipSync(strToU8('line\n'.repeat(50_000)), { level: 0 });
    const { texts, problems } = readTexts('cut.gz', whole.subarray(0, whole.length >> 1));
    assert.ok((texts[0]?.text.length ?? 0) > 0);
    assert.equal(problems.length, 1);
    assert.ok(readTexts('bad.gz', Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3])).texts.length === 0);
    assert.equal(readTexts('bad.zip', Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9])).problems.length, 1);
  });

  it('reads no zip whose entries lie over one another', () => {
    const zip = zipSync({ a: strToU8('first\n'), b: strToU8('other\n') }, { level: 0 });
    const view = new DataView(zip.buffer);
    // Both entries of the directory lead to the first one.
    for (let at = 0; at + 46 < zip.length; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 42, 0, true);
    const { entries, problems } = expand('bomb.zip', zip);
    assert.deepEqual(entries, []);
    assert.match(textOf(problems[0]), /entries overlap/);
  });

  for (const level of [0, 6] as const)
    it(`leaves out an entry that is larger than it claims to be, level ${level}`, () => {
      const zip = zipSync({ liar: new Uint8Array(300_000).fill(97), honest: strToU8('text\n') }, { level });
      const view = new DataView(zip.buffer);
      const at = zip.findIndex((_, index) => index + 46 < zip.length && view.getUint32(index, true) === 0x02014b50);
      view.setUint32(at + 24, 1, true);
      const { entries, problems } = expand('a.zip', zip);
      assert.deepEqual(
        entries.map(({ name }) => name),
        ['a.zip!honest'],
      );
      assert.equal(textOf(problems[0]), 'a.zip!liar: left out, it is larger than the archive says.');
    });

  it('makes of what is no text only the beginning', () => {
    const zeros = gzipSync(new Uint8Array(50_000_000));
    const { entries } = expand('zeros.gz', zeros);
    assert.ok((entries[0]?.bytes.length ?? 0) < 20_000_000);
    assert.deepEqual(readTexts('zeros.gz', zeros).binary, ['zeros.gz']);
  });

  it('counts what archives in archives make together', () => {
    const inner = () => zipSync({ text: new Uint8Array(60_000).fill(97) });
    const { entries, problems } = expand('a.zip', zipSync({ one: inner(), two: inner(), three: inner() }), { ...DEFAULT_LIMITS, bytes: 130_000 });
    assert.equal(entries.length, 2);
    assert.equal(problems.length, 1);
  });

  it('stops when it takes too long', () => {
    const { entries, problems } = expand('a.zip', zipSync({ text: new Uint8Array(600_000).fill(97) }), { ...DEFAULT_LIMITS, time: -1 });
    assert.deepEqual(entries, []);
    assert.match(textOf(problems[0]), /how long that may take/);
  });

  it('names the entries of a zip that it cannot open', () => {
    const zip = zipSync({ secret: strToU8('text\n'), lzma: strToU8('text\n'), plain: strToU8('text\n') });
    const view = new DataView(zip.buffer);
    const entries = [...zip.keys()].filter((index) => index + 46 < zip.length && view.getUint32(index, true) === 0x02014b50);
    view.setUint16((entries[0] ?? 0) + 8, 1, true);
    view.setUint16((entries[1] ?? 0) + 10, 14, true);
    const { texts, problems } = readTexts('a.zip', zip);
    assert.deepEqual(
      texts.map(({ name }) => name),
      ['a.zip!plain'],
    );
    assert.equal(problems.length, 2);
  });

  it('says that a binary file is no text', () => {
    assert.deepEqual(readTexts('core', new Uint8Array(1000)), { texts: [], problems: [], binary: ['core'], packed: false });
  });
});

describe('files of the disk', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-io-'));
  after(() => rmSync(folder, { recursive: true }));

  it('reads ASCII and anything else to the same text as the decoder', async () => {
    const ascii = '\tat a.B.c(B.java:1)\n'.repeat(1000);
    for (const [name, text] of [
      ['ascii', ascii],
      ['wide', `${ascii}é中文\n`],
    ] as const) {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      assert.deepEqual(await bufferTexts(file, readFileSync(file)), {
        texts: [{ name: file, text, encoding: 'utf-8' }],
        problems: [],
        binary: [],
        packed: false,
      });
      assert.equal((await bufferTexts(name, Buffer.from(text))).texts[0]?.text, decode(Buffer.from(text)).text);
      assert.equal((await readHead(onDisk(file), 10)).toString(), text.slice(0, 10));
    }
    await assert.rejects(onDisk(path.join(folder, 'absent'))(), { code: 'ENOENT' });
  });

  it('opens no device and no pipe, and does not wait for one', async () => {
    if (process.platform === 'win32') return;
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const name of [pipe, '/dev/zero']) await assert.rejects(onDisk(name)(), NoFile);
  });

  it('reads a growing file as far as it went when it was opened', async () => {
    const growing = path.join(folder, 'growing');
    writeFileSync(growing, 'one\n');
    const file = await onDisk(growing)();
    writeFileSync(growing, 'one\ntwo\n');
    assert.equal(await file.read(Buffer.alloc(100), 0), 4);
    assert.equal(await file.read(Buffer.alloc(100), 4), 0);
    file.close();
  });
});
