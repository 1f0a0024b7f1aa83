import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const RECORDED = 'test/fixtures/flink/2.3.0/taskmanager-without-metaspace';

const found = async (text: string) =>
  (await analyse({ uri: 'file:///gc.log', text })).findings
    .filter(({ id }) => id === 'metaspace-full')
    .map(({ message, certainty }) => `${certainty}: ${message}`);

describe('a GC log of a JVM whose metaspace is full', () => {
  it('as recorded: collections of the last resort that make no room', async () => {
    assert.deepEqual(await found(readFileSync(`${RECORDED}/taskmanager-gc.log`, 'utf8')), [
      'proved: Metaspace is full: 22 full collections made no room for classes',
    ]);
  });

  it('as JDK 8 prints them', async () => {
    const line = (second: number, cause: string) =>
      `2026-04-01T10:00:${second}.000+0000: ${second}.000: [Full GC (${cause}) 51200K->51100K(524288K), 0.2100000 secs]\n`;
    assert.deepEqual(await found(line(10, 'Metadata GC Threshold') + line(11, 'Last ditch collection') + line(12, 'Last ditch collection')), [
      'proved: Metaspace is full: 2 full collections made no room for classes',
    ]);
    // A JVM that makes metaspace larger as it needs it.
    assert.deepEqual(await found(line(10, 'Metadata GC Threshold') + line(40, 'Metadata GC Threshold') + line(50, 'Last ditch collection')), []);
  });

  it('full collections for metadata again and again', async () => {
    const log = (count: number) =>
      Array.from(
        { length: count },
        (_, at) => `[${at + 1}.000s][info][gc] GC(${at}) Pause Full (Metadata GC Threshold) 210M->208M(1024M) 180.000ms\n`,
      ).join('');
    assert.deepEqual(await found(log(40)), ['suspected: Metaspace hardly suffices: 40 full collections for class metadata']);
    assert.deepEqual(await found(log(4)), []);
  });

  it('none where the process beside it has room', async () => {
    assert.deepEqual(await found(readFileSync(`${RECORDED}/taskmanager-2-gc.log`, 'utf8')), []);
  });
});
