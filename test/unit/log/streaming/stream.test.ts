import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import { at } from '../../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../../server/src/core/analysis/log/model.ts';
import { detect, SAMPLE_LENGTH } from '../../../../server/src/core/detect.ts';
import { concludeLog } from '../../../../server/src/core/kinds/concludeLog.ts';
import { LogStream } from '../../../../server/src/core/log/streaming/stream.ts';
import { logSummary } from '../../../../server/src/core/views/log/summary.ts';
import { NODE_BYTES } from '../../../../server/src/io/feed.ts';
import { streamLogFile } from '../../../../server/src/io/logFile.ts';
import { onDisk } from '../../../../server/src/io/nodeFile.ts';
import { generateLog, type LogTruth } from '../../../bench/logGenerator.ts';
import { fixture, read as readText } from '../helpers.ts';
import { mailed } from '../mail.ts';

function stream(text: string, chunk: number): LogAnalysis {
  const bytes = Buffer.from(text, 'utf8');
  const log = new LogStream(NODE_BYTES);
  for (let at = 0; at < bytes.length; at += chunk) log.push(bytes.subarray(at, at + chunk));
  return concludeLog(log.finish().log, DEFAULT_SETTINGS, { uri: 'file:///test.log', files: [] });
}

/** What must not depend on the way a log is read; places as the text that stands there. */
function essence(analysis: LogAnalysis, at: (start: number, end: number) => string): unknown {
  const { log } = analysis;
  return {
    summary: logSummary(analysis),
    findings: analysis.findings.map((one) => [one.id, one.message, at(one.at.span.start, one.at.span.end)]),
    traces: log.exceptions.map((one) => [one.line, one.chain.map((throwable) => [throwable.className, throwable.message, throwable.frames.length])]),
    version: analysis.flinkVersion,
  };
}

const TEXTS: [string, string][] = [
  ['managed memory', fixture('tm-managed-memory-1.12.2.log')],
  ['restart', fixture('tm-restart-1.17.2.log')],
  ['not ASCII', fixture('tm-restart-1.17.2.log').replaceAll('orders', 'Bestellungen-äöü-😀')],
  [
    'compose prefix',
    fixture('tm-restart-1.17.2.log')
      .replaceAll(/^/gm, 'taskmanager-1  | ')
      .replace(/taskmanager-1 {2}\| $/, ''),
  ],
  ['broken and quoted by a mail program', mailed(fixture('tm-managed-memory-1.12.2.log'), 'kept', 76, '> ')],
  ['broken within words, not ASCII', mailed(fixture('tm-restart-1.17.2.log').replaceAll('orders', 'Größe'), 'anywhere', 100, '')],
  ['CRLF', fixture('tm-restart-1.17.2.log').replaceAll('\n', '\r\n')],
];

const FIXTURES = at('test/fixtures');

function recordedLogs(): string[] {
  const names = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:log|out)$/.test(name));
  const isLog = (name: string) => detect(readFileSync(path.join(FIXTURES, name), 'utf8').slice(0, SAMPLE_LENGTH)).kind === 'flink-log';
  return names.sort().filter(isLog);
}

describe('logs as a stream of bytes', () => {
  for (const [name, text] of TEXTS) {
    for (const chunk of [37, 4096, 1 << 20]) {
      it(`${name}, ${chunk} bytes at a time: as in memory`, async () => {
        const bytes = Buffer.from(text, 'utf8');
        const streamed = essence(stream(text, chunk), (start, end) => bytes.toString('utf8', start, end));
        const whole = essence(await readText(text), (start, end) => text.slice(start, end));
        assert.deepEqual(streamed, whole);
      });
    }
  }

  for (const name of recordedLogs()) {
    it(`${name}: as in memory`, async () => {
      const text = readFileSync(path.join(FIXTURES, name), 'utf8');
      const whole = await readText(text);
      // A stream cannot begin at its end.
      if (whole.log.reversed) return;
      const bytes = Buffer.from(text, 'utf8');
      assert.deepEqual(
        essence(stream(text, 50_000), (start, end) => bytes.toString('utf8', start, end)),
        essence(whole, (start, end) => text.slice(start, end)),
      );
    });
  }

  it('knows the times of records that it only counts', () => {
    const line = (time: string, level = 'DEBUG') => `${time},000 ${level.padEnd(5)} org.example.Job [] - nothing`;
    const text = [line('2024-01-01 10:00:00'), ...Array(3000).fill(line('2024-01-01 11:00:00', 'INFO')), line('2024-01-02 12:00:00')].join('\n');
    const { log } = stream(text, 1000);
    assert.deepEqual([log.from, log.to], [Date.UTC(2024, 0, 1, 10), Date.UTC(2024, 0, 2, 12)]);
  });

  it('mixed layouts are told apart on the fast way too', async () => {
    const line = (n: number) => `2024-01-01 00:00:00,${String(n).padStart(3, '0')} INFO  org.example.Job [] - n`;
    const text = `${line(1)}\n${line(2)}\n[2024-01-01 00:00:00.200]Container killed on request. Exit code is 137\n${line(3)}\n`;
    assert.equal(stream(text, 64).log.recordCount, (await readText(text)).log.recordCount);
  });

  it('finds in a generated log exactly what was put in, in memory and streamed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'logjam-stream-'));
    const file = path.join(folder, 'tm.log');
    const truth: LogTruth = await generateLog(file, 2e6, { seed: 7 });
    const text = readFileSync(file, 'utf8');
    for (const analysis of [(await streamLogFile(onDisk(file), 'file:///tm.log')).analysis, await readText(text)]) {
      const { log, failures } = analysis;
      assert.deepEqual(
        [log.recordCount, log.levels, log.exceptions.length, log.executions.length],
        [truth.records, truth.levels, truth.exceptions, truth.executions],
      );
      assert.equal(
        log.executions.reduce((sum, one) => sum + one.states.length, 0),
        truth.switches,
      );
      assert.equal(failures.episodes.length, truth.failures);
      assert.equal(failures.first?.line, truth.first?.line);
      assert.equal(logSummary(analysis).firstFailure?.subtask, truth.first?.subtask);
      assert.deepEqual(Object.fromEntries(analysis.groups.map((group) => [group.root, group.members.length])), truth.roots);
    }
    rmSync(folder, { recursive: true });
  });

  it('the index finds records and lines', () => {
    const text = Array.from({ length: 500 }, (_, n) => `2024-01-01 00:00:00,000 INFO  org.example.Job [] - record ${n}\n  more`).join('\n');
    const log = new LogStream(NODE_BYTES, { indexOnly: true });
    log.push(Buffer.from(text));
    log.end();
    assert.equal(log.index.records, 500);
    const place = log.index.atOffset(text.indexOf('record 200'));
    assert.equal(place?.line, 384);
    assert.match(text.slice(place?.offset), /^2024.*record 192\n/);
  });

  it('a line without end, NUL bytes and an endless record stay bounded', () => {
    const head = '2024-01-01 00:00:00,000 INFO  org.example.Job [] - ';
    for (const piece of ['x'.repeat(1 << 20), '\0'.repeat(1 << 20), `${'\tat p.A.b(A.java:1)\n'.repeat(1 << 15)}`]) {
      const log = new LogStream(NODE_BYTES);
      log.push(Buffer.from(`${head}a\n${head}b\n`));
      for (let n = 0; n < 12; n++) log.push(Buffer.from(piece));
      log.push(Buffer.from(`\n${head}c\n`));
      const read = log.finish();
      assert.equal(read.log.recordCount, 3);
      assert.match(read.problems.map((one) => one.message).join(), /longer than 4 MiB/);
    }
  });
});
