import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../../../scripts/lib/paths.mjs';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { detect, SAMPLE_LENGTH } from '../../../../server/src/core/detect.ts';
import type { BlockJoin, LogBlock } from '../../../../server/src/core/log/streaming/blocks.ts';
import { LogStream } from '../../../../server/src/core/log/streaming/stream.ts';
import type { Stretch } from '../../../../server/src/io/byteFile.ts';
import { feed, NODE_BYTES } from '../../../../server/src/io/feed.ts';
import { blocksOf, joinBlocks, readBlock } from '../../../../server/src/io/logBlocks.ts';
import { onDisk } from '../../../../server/src/io/nodeFile.ts';
import { generateLog } from '../../../bench/logGenerator.ts';
import { read as readText } from '../helpers.ts';

const FIXTURES = at('test/fixtures');

/** As another thread hands them on. */
async function* read(file: string, stretches: readonly Stretch[]): AsyncGenerator<LogBlock> {
  for (const stretch of stretches) yield structuredClone(await readBlock(onDisk(file), stretch, NO_CHECKPOINT));
}

async function inOnePass(file: string): Promise<LogStream> {
  const stream = new LogStream(NODE_BYTES);
  await feed(onDisk(file), stream, NO_CHECKPOINT);
  return stream;
}

const plain = (stream: LogStream | BlockJoin) => {
  const { log, problems } = stream.finish();
  const { offsets, lines, records } = stream.index.marks;
  return structuredClone({ log, problems, bytes: stream.bytes, records, first: [offsets[0], lines[0]] });
};

async function same(file: string, size: number): Promise<number> {
  const stretches = await blocksOf(onDisk(file), size);
  if (stretches.length > 1) assert.deepEqual(plain(await joinBlocks(read(file, stretches))), plain(await inOnePass(file)));
  return stretches.length;
}

function recordedLogs(): string[] {
  const names = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:log|out)$/.test(name));
  return names.sort().filter((name) => detect(readFileSync(path.join(FIXTURES, name), 'utf8').slice(0, SAMPLE_LENGTH)).kind === 'flink-log');
}

describe('a log that is read in blocks', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'logjam-blocks-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  const file = (text: string | Buffer): string => {
    writeFileSync(path.join(folder, 'tm.log'), text);
    return path.join(folder, 'tm.log');
  };

  it('every recording: as in one pass', async () => {
    let cuts = 0;
    for (const name of recordedLogs()) cuts += (await same(path.join(FIXTURES, name), 20_000)) - 1;
    assert.ok(cuts > 100, `${cuts} cuts`);
  });

  it('a generated log: as in one pass', async () => {
    const generated = path.join(folder, 'generated.log');
    await generateLog(generated, 3e6, { seed: 11 });
    for (const size of [70_000, 400_000]) assert.ok((await same(generated, size)) > 5);
  });

  const record = (ms: number, level: string, message: string, logger = 'org.apache.flink.runtime.taskmanager.Task') =>
    `${new Date(Date.UTC(2024, 4, 1) + ms).toISOString().replace('T', ' ').replace('.', ',').slice(0, 23)} ${level.padEnd(5)} ${logger} [] - ${message}\n`;

  it('clocks that step back, also between records of which nothing is wanted: as in one pass', async () => {
    const random = (n: number) => (n * 7919) % 1009;
    const lines = Array.from({ length: 20_000 }, (_, n) => {
      const back = random(n) === 5 ? 60_000 : random(n) % 7 === 0 ? 40 : 0;
      const quiet = random(n) % 3 > 0;
      return record(
        n * 50 - back,
        quiet ? 'DEBUG' : 'INFO',
        quiet ? 'nothing' : `Map (1/2)#${n} (${String(n).padStart(32, '0')}) switched from DEPLOYING to RUNNING.`,
      );
    });
    const log = file(lines.join(''));
    assert.ok((await same(log, 100_000)) > 5);
    const { clockSteps, from, to } = plain(await inOnePass(log)).log;
    const whole = (await readText(lines.join(''))).log;
    assert.ok(clockSteps.length > 10);
    assert.deepEqual({ clockSteps, from, to }, { clockSteps: whole.clockSteps, from: whole.from, to: whole.to });
  });

  it('more events, records and exceptions than are kept: as in one pass', async () => {
    const lines = Array.from({ length: 30_000 }, (_, n) =>
      n % 2 === 0
        ? record(
            n,
            'INFO',
            `Completed checkpoint ${n} for job ${'a'.repeat(32)} (1234 bytes, checkpointDuration=12 ms, finalizationTime=1 ms).`,
            'org.apache.flink.runtime.checkpoint.CheckpointCoordinator',
          )
        : record(n, 'WARN', `Failure number ${n}\njava.io.IOException: broken\n\tat com.acme.Sink.write(Sink.java:${n % 50})`, 'com.acme.Sink'),
    );
    const log = file(lines.join(''));
    assert.ok((await same(log, 600_000)) > 3);
  });

  it('is not cut where its lines mean something only beside each other: without dates, with prefixes, in JSON, newest first', async () => {
    const text = Array.from({ length: 3000 }, (_, n) => record(n * 100, 'INFO', `message ${n}`)).join('');
    const cases = {
      whole: text,
      undated: text.replaceAll(/^\d{4}-\d\d-\d\d /gm, ''),
      prefixed: text.replaceAll(/^/gm, 'taskmanager-1  | '),
      json: text.replaceAll(/^(.*)$/gm, (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2024-05-01T00:00:00Z' })),
      reversed: text.trimEnd().split('\n').reverse().join('\n'),
    };
    const counts: Record<string, number> = {};
    for (const [name, content] of Object.entries(cases)) counts[name] = (await blocksOf(onDisk(file(content)), 50_000)).length;
    assert.deepEqual({ ...counts, whole: (counts['whole'] ?? 0) > 3 }, { whole: true, undated: 1, prefixed: 1, json: 1, reversed: 1 });
  });

  it('is cut only where a record begins, however far that is', async () => {
    const trace = `java.lang.Error: x\n${'\tat com.acme.Deep.call(Deep.java:7)\n'.repeat(20_000)}`;
    const text = `${record(1, 'INFO', 'first')}${record(2, 'ERROR', 'failed')}${trace}${record(3, 'INFO', 'after')}${trace}${record(4, 'INFO', 'last')}`;
    const stretches = await blocksOf(onDisk(file(text)), 200_000);
    const messages = stretches.map(({ from }) => text.slice(from, text.indexOf('\n', from)).replace(/.* - /, ''));
    assert.deepEqual(messages, ['first', 'after', 'last']);
  });
});
