import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { expand } from '../../../server/src/io/expand.ts';
import { isTar, readTar } from '../../../server/src/io/tar.ts';
import { readTexts } from '../../../server/src/io/texts.ts';

interface Options {
  type?: string;
  prefix?: string;
  /** What the header says instead of the truth. */
  size?: number;
}

/** A header and its content, filled up to whole blocks. */
function entry(name: string, content: string | Uint8Array, { type = '0', prefix = '', size }: Options = {}): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${(size ?? body.length).toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\0' + '00', 257);
  header.write(prefix, 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

const END = Buffer.alloc(1024);
const tar = (...entries: Buffer[]) => Buffer.concat([...entries, END]);
const textsOf = (bytes: Uint8Array) => readTar(bytes, 100).entries.map(({ name, bytes: content }) => [name, Buffer.from(content).toString()]);

describe('tar archives', () => {
  it('give their files, and no folders, links or devices', () => {
    const bytes = tar(
      entry('logs/', '', { type: '5' }),
      entry('logs/a.log', 'one'),
      entry('b', '', { type: '2' }),
      entry('null', '', { type: '3' }),
      entry('c.txt', 'x'.repeat(600)),
    );
    assert.ok(isTar(bytes));
    assert.deepEqual(textsOf(bytes), [
      ['logs/a.log', 'one'],
      ['c.txt', 'x'.repeat(600)],
    ]);
  });

  it('have long names in three ways', () => {
    const long = `${'folder/'.repeat(30)}taskmanager.log`;
    const record = (text: string) => `${text.length + 4} ${text}\n`;
    assert.deepEqual(textsOf(tar(entry('taskmanager.log', 'a', { prefix: 'far/away' }))), [['far/away/taskmanager.log', 'a']]);
    assert.deepEqual(textsOf(tar(entry('././@LongLink', `${long}\0`, { type: 'L' }), entry(long.slice(0, 100), 'b'))), [[long, 'b']]);
    assert.deepEqual(textsOf(tar(entry('PaxHeader', record(`path=${long}`), { type: 'x' }), entry('short', 'c'), entry('next', 'd'))), [
      [long, 'c'],
      ['next', 'd'],
    ]);
  });

  it('that break off or are damaged give what stands before', () => {
    const whole = tar(entry('a', 'one'), entry('b', 'x'.repeat(2000)), entry('c', 'three'));
    const cut = readTar(whole.subarray(0, 512 + 512 + 512 + 100), 100);
    assert.deepEqual([cut.entries.map(({ name }) => name), cut.damagedAt], [['a', 'b'], 'b']);
    const damaged = Buffer.from(whole);
    damaged.fill(0x41, 1024, 1100);
    const read = readTar(damaged, 100);
    assert.deepEqual([read.entries.map(({ name }) => name), read.damagedAt], [['a'], 'a']);
  });

  it('that lie about sizes make nothing that is not there', () => {
    const { entries, damagedAt } = readTar(tar(entry('huge', 'abc', { size: 8 ** 11 - 1 })), 100);
    assert.equal(damagedAt, 'huge');
    assert.ok((entries[0]?.bytes.length ?? 0) <= 512 + 1024);
  });

  it('that claim more than any disk holds are named as damaged, and nothing is made of them', () => {
    const bytes = tar(entry('small', 'abc'), entry('huge', 'abc'));
    // Eight exabytes, as GNU writes what does not fit into octal digits; the sum of the header is made right.
    const at = 1024;
    bytes.fill(0, at + 124, at + 136);
    bytes[at + 124] = 0x80;
    bytes[at + 128] = 0x80;
    bytes.write('        ', at + 148);
    const sum = bytes.subarray(at, at + 512).reduce((total, byte) => total + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148);
    const { entries, problems } = expand('huge.tar', bytes);
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['huge.tar!small'],
    );
    assert.equal(problems.length, 1);
  });

  it('count their entries', () => {
    const { entries, more } = readTar(tar(...Array.from({ length: 12 }, (_, index) => entry(`f${index}`, 'x'))), 10);
    assert.deepEqual([entries.length, more], [10, 2]);
  });

  it('are opened in gzip, with compressed logs in them, and no deeper than other archives', () => {
    const logs = gzipSync(tar(entry('logs/a.log.gz', gzipSync('in the log')), entry('logs/b.log', 'plain')));
    assert.deepEqual(
      readTexts('logs.tgz', logs).texts.map(({ name, text }) => [name, text]),
      [
        ['logs.tgz!logs/a.log.gz', 'in the log'],
        ['logs.tgz!logs/b.log', 'plain'],
      ],
    );
    let nested: Buffer = entry('inner', 'x');
    for (let depth = 0; depth < 50; depth++) nested = entry('t.tar', tar(nested));
    const { entries, problems } = expand('deep.tar', tar(nested));
    assert.equal(entries.length, 0);
    assert.equal(problems.length, 1);
  });

  it('are not seen in texts', () => {
    for (const text of ['', 'a'.repeat(600), `"main" #1 prio=5\n${'\tat a.b.C.d(C.java:1)\n'.repeat(40)}`, `${'0'.repeat(512)}`])
      assert.equal(isTar(Buffer.from(text)), false);
  });
});
