import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import type { GcAnalysis } from '../../../server/src/core/gc/model.ts';
import { parseGcLog } from '../../../server/src/core/kinds/gcLog.ts';
import type { SparseIndex } from '../../../server/src/core/log/streaming/sparseIndex.ts';
import { headOf, streamFile } from '../../../server/src/io/largeLog.ts';
import { streamLogFile } from '../../../server/src/io/logFile.ts';
import { onDisk } from '../../../server/src/io/nodeFile.ts';

const FIXTURES = at('test/fixtures');

describe('GC logs from the disk', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-gc-'));
  const file = path.join(folder, 'gc.log');
  after(() => rmSync(folder, { recursive: true }));
  const stream = async (text: string) => {
    writeFileSync(file, text);
    const open = onDisk(file);
    const head = { ...(await headOf(open)), kind: 'gc-log' as const };
    const { analysis, index } = (await streamFile(open, head, { uri: 'file:///gc.log', settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT })) as {
      analysis: GcAnalysis;
      index: SparseIndex;
    };
    return { analysis, index };
  };

  it('the same as in memory, wherever a block ends', async () => {
    const names = readdirSync(path.join(FIXTURES, 'gc')).filter((name) => name.endsWith('.log'));
    // One after the other: more than a block, and many JVMs in one file.
    const text = names.map((name) => readFileSync(path.join(FIXTURES, 'gc', name), 'latin1')).join('');
    assert.ok(text.length > 600_000);
    const { analysis, index } = await stream(text);
    const whole = await parseGcLog(text, NO_CHECKPOINT);
    assert.deepEqual(analysis.statistics, whole.statistics);
    assert.equal(analysis.log.collections, whole.collections);
    assert.deepEqual(analysis.log.events, whole.events);
    assert.ok(index.records > 2);
  });

  it('a line without end, and one that is longer than any buffer', async () => {
    const pause = '[1.000s][info][gc] GC(1) Pause Full (Ergonomics) 99M->98M(100M) 90.000ms';
    assert.equal((await stream(pause)).analysis.statistics.pauses, 1);
    const { analysis } = await stream(`${'x'.repeat(3_000_000)}\n${pause}\n`);
    assert.equal(analysis.statistics.pauses, 1);
    assert.equal(analysis.log.events[0]?.span.start, 3_000_001);
  });

  it('the lines of a collector in a log of Flink that is streamed', async () => {
    const recording = path.join(FIXTURES, 'flink/1.20.3/heap-out-of-memory');
    const log = readFileSync(path.join(recording, 'taskmanager.log'), 'utf8');
    const gc = readFileSync(path.join(recording, 'taskmanager-gc.log'), 'utf8');
    const lines = log.split('\n');
    const last = lines.findIndex((line) => line.includes('OutOfMemoryError')) - 3;
    writeFileSync(file, [...lines.slice(0, 60), gc.trimEnd(), ...lines.slice(60, last), ...lines.slice(last)].join('\n'));
    const { analysis: plain } = await streamLogFile(onDisk(file), 'file:///tm.log');
    assert.equal(plain.gc.tracks[0]?.figures.pauses, 42);
    assert.equal(plain.gcCases[0]?.verdict, 'confirmed');
    assert.equal(plain.log.recordCount, log.match(/^\d{4}-\d\d-\d\d \d\d:/gm)?.length);
    writeFileSync(file, log);
    const without = await streamLogFile(onDisk(file), 'file:///tm.log');
    assert.deepEqual(without.analysis.gc.tracks, []);
  });
});
