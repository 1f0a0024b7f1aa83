import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { at } from '../../../scripts/lib/paths.mjs';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { analyseLogSet, type LogFile, type StreamedFile } from '../../../server/src/core/kinds/logSet.ts';
import { type FilePart, lineName } from '../../../server/src/core/log/files.ts';
import { logReport } from '../../../server/src/core/views/log/report/index.ts';
import { NODE_BYTES } from '../../../server/src/io/feed.ts';
import { fixture, read } from '../log/helpers.ts';

const OPTIONS = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT };

function files(folder: string, ...names: string[]): LogFile[] {
  return names.map((name) => ({
    name,
    uri: `file:///${name}`,
    text: readFileSync(at('test/fixtures/flink', folder, name), 'utf8'),
  }));
}

/** The file that holds an offset. */
const fileAt = (files: readonly FilePart[], offset: number) => files.findLast((file) => file.offset <= offset);

describe('several logs as one', () => {
  it('JobManager and TaskManager tell of the same executions: each is there once, with both sides', async () => {
    const logs = files('1.20.3/failing-sink', 'taskmanager.log', 'jobmanager.log');
    const analysis = await analyseLogSet(logs, OPTIONS);
    const single = await read(logs[0]?.text ?? '');
    assert.equal(analysis.log.executions.length, single.log.executions.length);
    const sides = new Set(analysis.log.executions[0]?.states.map((state) => state.side));
    assert.deepEqual([...sides].sort(), ['JM', 'TM']);
    assert.equal(analysis.failures.episodes.length, 3);
    assert.deepEqual(
      analysis.findings.filter((one) => one.id === 'illegal-state-transition'),
      [],
    );
  });

  it('places lead back into the files', async () => {
    const logs = files('1.20.3/failing-sink', 'taskmanager.log', 'jobmanager.log');
    const analysis = await analyseLogSet(logs, OPTIONS);
    const { first } = analysis.failures;
    assert.ok(first !== null);
    const file = fileAt(analysis.files, first.span.start) as FilePart;
    const text = logs.find((one) => one.uri === file.uri)?.text ?? '';
    assert.match(
      text.slice(first.span.start - file.offset, first.span.end - file.offset),
      /^Sink: orders table \(2\/2\)#0 .* switched from RUNNING to FAILED/,
    );
    const [name, line] = lineName(analysis.files, first.line).split(':');
    assert.equal(name, file.name);
    assert.match(text.split('\n')[Number(line) - 1] ?? '', /Sink: orders table \(2\/2\)#0 .* switched from RUNNING to FAILED/);
    assert.match(logReport(analysis, 'folder'), /See line (?:job|task)manager\.log:\d+\./);
    assert.ok(logReport(analysis, 'folder', 'logjam:/set').includes(`](<${file.uri}#L${line}>): Subtask `));
    const evidence = analysis.findings.find((one) => one.id === 'first-failure')?.evidence.join('\n') ?? '';
    assert.match(evidence, /^Line (?:job|task)manager\.log:\d+: /m);
  });

  it('a rotation set in the order of time, whatever the names', async () => {
    const lines = fixture('tm-restart-1.17.2.log').split('\n');
    const at = lines.findIndex((line) => line.includes('(2/2)#0') && line.includes('Freeing'));
    const whole = await read(lines.join('\n'));
    const analysis = await analyseLogSet(
      [
        { name: 'taskmanager.log', uri: 'file:///taskmanager.log', text: lines.slice(at).join('\n') },
        { name: 'taskmanager.log.1', uri: 'file:///taskmanager.log.1', text: `${lines.slice(0, at).join('\n')}\n` },
      ],
      OPTIONS,
    );
    assert.equal(analysis.log.recordCount, whole.log.recordCount);
    assert.deepEqual(analysis.failures.first?.cause, whole.failures.first?.cause);
    assert.deepEqual(
      analysis.findings.map((one) => one.id),
      whole.findings.map((one) => one.id),
    );
  });

  it('the GC log in the folder is joined', async () => {
    const analysis = await analyseLogSet(
      files('1.20.3/heap-out-of-memory', 'jobmanager.log', 'taskmanager.log'),
      OPTIONS,
      files('1.20.3/heap-out-of-memory', 'taskmanager-gc.log'),
    );
    const [track] = analysis.gc.tracks;
    assert.equal(track?.source, 'taskmanager-gc.log');
    // Both processes started within half a second, which tells nothing: the name of the file does.
    assert.equal(track?.process, 'TaskManager');
    const pause = track?.pauses[0]?.span;
    assert.equal(pause && fileAt(analysis.files, pause.start)?.name, 'taskmanager-gc.log');
    assert.match(logReport(analysis, 'folder'), /## Garbage collection\n\n\*\*Confirmed\.\*\* taskmanager-gc\.log shows full collections/);
  });

  it('times without dates are not mixed with those that have them', async () => {
    const [dated] = files('1.20.3/failing-sink', 'taskmanager.log') as [LogFile];
    const text = '21:15:40,000 ERROR org.apache.flink.runtime.taskmanager.Task - boom\njava.io.IOException: other day\n\tat p.A.b(A.java:1)\n';
    const undated = { name: 'console.log', uri: 'file:///console.log', text };
    const analysis = await analyseLogSet([undated, dated], OPTIONS);
    assert.deepEqual(
      analysis.files.map((file) => file.name),
      ['taskmanager.log'],
    );
    assert.match(analysis.problems.map((one) => one.message).join('\n'), /^console\.log: left out, its times have no dates/m);
    assert.equal((await analyseLogSet([undated], OPTIONS)).files.length, 1);
  });

  it('a file that is streamed gives the same as its text, whatever its place among the others', async () => {
    for (const streamed of ['taskmanager.log', 'jobmanager.log']) {
      const logs = files('1.20.3/failing-sink', 'taskmanager.log', 'jobmanager.log');
      const whole = await analyseLogSet(logs, OPTIONS);
      const mixed = await analyseLogSet(
        logs.map((file) => (file.name === streamed ? asStream(file) : file)),
        OPTIONS,
      );
      assert.deepEqual(mixed.files, whole.files);
      assert.equal(mixed.log.recordCount, whole.log.recordCount);
      assert.deepEqual(mixed.log.levels, whole.log.levels);
      assert.deepEqual(mixed.log.executions, whole.log.executions);
      assert.deepEqual(mixed.findings, whole.findings);
      assert.equal(logReport(mixed, 'folder'), logReport(whole, 'folder'));
    }
  });
});

function asStream({ name, uri, text }: LogFile): StreamedFile {
  return {
    name,
    uri,
    head: text.slice(0, 10_000),
    bytes: NODE_BYTES,
    feed: async (stream) => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += 50_000) stream.push(bytes.subarray(at, at + 50_000));
    },
  };
}
