// Zips as Finder, Windows and PowerShell write them.
import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import { expand } from '../../../server/src/io/expand.ts';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** In the headers of both places, as `change` makes them: where the flags stand differs. */
function headers(zip: Uint8Array, change: (view: DataView, flags: number, method: number) => void): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = 0; at + 4 <= zip.length; at++) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) change(view, at + 6, at + 8);
    if (signature === 0x02014b50) change(view, at + 8, at + 10);
  }
  return zip;
}

const names = (zip: Uint8Array): string[] => expand('x.zip', zip).entries.map(({ name }) => name);

describe('zips of other systems', () => {
  it('are without the halves that Finder puts beside each file', () => {
    assert.deepEqual(names(zipSync({ 'logs/tm.log': text('a'), '__MACOSX/logs/._tm.log': text('b'), 'logs/.DS_Store': text('c') })), [
      'x.zip!logs/tm.log',
    ]);
  });

  it('have UTF-8 in their names, said or not', () => {
    const said = zipSync({ 'jobmänager 日本.log': text('a') });
    assert.deepEqual(names(said), ['x.zip!jobmänager 日本.log']);
    const unsaid = headers(said, (view, flags) => view.setUint16(flags, view.getUint16(flags, true) & ~0x800, true));
    assert.deepEqual(names(unsaid), ['x.zip!jobmänager 日本.log']);
  });

  it('have folders in their names, with either slash', () => {
    assert.deepEqual(names(zipSync({ 'logs\\jm\\jobmanager.log': text('a'), 'logs\\': text('') })), ['x.zip!logs/jm/jobmanager.log']);
  });

  it('with an entry that is encrypted, or compressed in another way, give the others and name it', () => {
    for (const [change, code] of [
      [(view: DataView, flags: number) => view.setUint16(flags, view.getUint16(flags, true) | 1, true), 'entry-encrypted'],
      [(view: DataView, _: number, method: number) => view.setUint16(method, 14, true), 'method-unknown'],
    ] as const) {
      const one = zipSync({ 'a.log': text('a'.repeat(50)) });
      const damaged = expand('x.zip', headers(one, change));
      assert.deepEqual(
        damaged.problems.map(({ file, fault }) => [file, fault.code]),
        [['x.zip!a.log', code]],
      );
      const inner = expand('y.zip', zipSync({ 'x.zip': one, 'b.log': text('b') }));
      assert.deepEqual(
        inner.entries.map(({ name }) => name),
        ['y.zip!b.log'],
      );
    }
  });
});
