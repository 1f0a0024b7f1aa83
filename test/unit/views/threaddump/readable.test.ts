// A dump whose threads share lines, as jstack would have printed it: read again it is the same dump.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import { at } from '../../../../scripts/lib/paths.mjs';
import type { ThreadDumpAnalysis } from '../../../../server/src/core/analysis/threaddump/model.ts';
import { analyse } from '../../../../server/src/core/kinds/index.ts';
import { isCrowded, readableDump } from '../../../../server/src/core/views/threaddump/readable.ts';
import { lenses } from '../../../../server/src/features/threaddump/lenses.ts';

const read = async (text: string) => (await analyse({ uri: 'file:///dump.txt', text, kind: 'thread-dump' })) as ThreadDumpAnalysis;

/** What makes two dumps the same to a reader. */
const told = ({ dumps }: ThreadDumpAnalysis) =>
  dumps.map(({ dump, deadlocks }) => ({
    threads: dump.threads.map(({ name, state, frames, locks }) => ({
      name,
      state,
      frames: frames.map(({ className, method, line }) => `${className}.${method}:${line}`),
      locks: locks.map(({ kind, lock }) => `${kind} ${lock?.key}`),
    })),
    deadlocks: deadlocks.map(({ kind, threads }) => ({ kind, threads: threads.length })),
  }));

const RECORDED = [
  '2.3.0/monitor-deadlock/taskmanager-jstack-l.txt',
  '2.3.0/reentrant-lock/taskmanager-jstack-l.txt',
  '2.3.0/word-count/taskmanager-jstack-1.txt',
];
const FILES = [
  ...RECORDED.map((name) => at('test/fixtures/flink', name)),
  ...readdirSync(at('test/fixtures/dumps/packed')).map((name) => at('test/fixtures/dumps/packed', name)),
];

describe('a readable dump', () => {
  for (const file of FILES)
    it(`of ${path.basename(file)} is the same dump`, async () => {
      const before = await read(readFileSync(file, 'utf8'));
      for (const [index, { dump }] of before.dumps.entries()) {
        const after = await read(readableDump(dump));
        assert.deepEqual(told(after), [told(before)[index]]);
        assert.equal(isCrowded(after.dumps[0]?.dump ?? dump, readableDump(dump)), false);
      }
    });

  it('is offered where threads share lines, and nowhere else', async () => {
    const text = readFileSync(FILES[0] as string, 'utf8');
    const offered = async (one: string) =>
      lenses({ uri: 'file:///dump.txt', text: one, analysis: await read(one), settings: DEFAULT_SETTINGS }).filter(({ title }) =>
        title.includes('Readable text'),
      );
    assert.deepEqual(await offered(text), []);
    const [lens, ...more] = await offered(text.replaceAll(/\s*\n\s*/g, ' '));
    assert.deepEqual(lens?.command?.arguments, ['file:///dump.txt', 'readable', 0]);
    assert.deepEqual(more, []);
  });
});
