import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { detectThreadDump } from '../../../server/src/core/threaddump/detect.ts';
import type { ParsedDumps } from '../../../server/src/core/threaddump/model.ts';
import { parseDumps } from '../../../server/src/core/threaddump/parse.ts';
import { KEEPS_NAMES, WRAPS } from './wrap.ts';

const FOLDER = at('test/fixtures/dumps');
const FIXTURES = [
  'monitors-jdk17.jstack-l.txt',
  'mixed-jdk25.jstack.txt',
  'waits-jdk17.jstack-l.txt',
  'mixed-jdk17.threadinfo.txt',
  'waits-jdk25.threadinfo.txt',
  'monitors-jdk25.dump-to-file.txt',
];

const read = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

/** What must survive every wrapper: the threads in their order, with state and locks. */
function essence({ dumps }: ParsedDumps): string[] {
  return dumps.flatMap(({ threads }) =>
    threads.map(({ name, state, locks, synchronizers }) => {
      const held = locks.map(({ kind, lock, owner }) => `${kind} ${lock?.key}${owner === null ? '' : ` by ${owner.name}`}`);
      const listed = synchronizers?.map(({ lock }) => `owns ${lock.key}`) ?? [];
      return [name.replaceAll(/\s+/g, ' ').trim(), state, ...held, ...listed].join(' | ');
    }),
  );
}

/** Every lock's place in the text that the user sees holds the lock's id, and every thread's place its name. */
function assertPlaces(text: string, { dumps }: ParsedDumps): void {
  const plain = (span: { start: number; end: number }): string =>
    text
      .slice(span.start, span.end)
      .replaceAll(/\\n\\?"?\}?\n|\n\S+ stdout [FP] |&lt;|&gt;|[\n\0]|\\/g, '')
      .replaceAll(/[\s"']|quot;|&/g, '');
  for (const { threads } of dumps) {
    for (const { name, nameSpan, locks } of threads) {
      assert.equal(plain(nameSpan), name.replaceAll(/[\s"'&]/g, ''), 'name');
      for (const { lock, lockSpan } of locks) if (lock !== null) assert.equal(plain(lockSpan), lock.key, `lock of ${name}`);
    }
  }
}

describe('wrapped dumps', () => {
  for (const [wrapper, wrap] of Object.entries(WRAPS)) {
    it(wrapper, async () => {
      for (const fixture of FIXTURES) {
        const text = wrap(read(fixture));
        const clean = await parseDumps(read(fixture));
        const found = await parseDumps(text);
        assert.deepEqual(essence(found), essence(clean), fixture);
        assertPlaces(text, found);
        assert.ok(detectThreadDump(text.slice(0, 256 * 1024)) >= 0.5, `${fixture} is told as a dump`);
      }
    });
  }

  for (const wrapper of KEEPS_NAMES) {
    it(`${wrapper}, with names that look like lines of a dump`, async () => {
      const text = WRAPS[wrapper]?.(read('names-jdk17.jstack-l.txt')) ?? '';
      const clean = await parseDumps(read('names-jdk17.jstack-l.txt'));
      assert.deepEqual(essence(await parseDumps(text)), essence(clean));
    });
  }

  it('leaves a clean dump alone', async () => {
    for (const fixture of FIXTURES) assert.deepEqual((await parseDumps(read(fixture))).wrappers, [], fixture);
  });
});
