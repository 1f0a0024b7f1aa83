// What an executable carries is laid out once, also by processes that start at the same moment.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { layOut } from '../../../server/src/cli/layOut.ts';

describe('files that an executable lays out', () => {
  it('stay where they are for whoever runs from them, when another one was at it at the same time', () => {
    const home = mkdtempSync(path.join(tmpdir(), 'logjam-lay-out-'));
    const { XDG_CACHE_HOME: before } = process.env;
    process.env.XDG_CACHE_HOME = home;
    try {
      const carried = { id: 'a1', files: [{ name: 'dist/a.js', size: 1, modified: 1 }] };
      const read = () => new Uint8Array([65]);
      let first = 0;
      const folder = layOut(carried, () => {
        // While this one writes, another one comes to its end.
        first = statSync(layOut(carried, read)).ino;
        return read();
      });
      assert.equal(statSync(folder).ino, first);
      assert.equal(readFileSync(path.join(folder, 'dist/a.js'), 'utf8'), 'A');
      assert.deepEqual(readdirSync(path.join(home, 'logjam')), ['a1']);
    } finally {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
      rmSync(home, { recursive: true });
    }
  });
});
