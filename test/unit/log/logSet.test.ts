import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_SETTINGS } from '../../../common/settings.ts';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { analyseLogSet, type LogFile } from '../../../server/src/core/log/logSet.ts';
import { logReport } from '../../../server/src/core/log/report.ts';
import { fixture, read } from './helpers.ts';

const OPTIONS = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT };

function files(folder: string, ...names: string[]): LogFile[] {
  return names.map((name) => ({
    name,
    uri: `file:///${name}`,
    text: readFileSync(path.join(__dirname, '../../fixtures/flink', folder, name), 'utf8'),
  }));
}

describe('several logs as one', () => {
  it('JobManager and TaskManager tell of the same executions: each is there once, with both sides', async () => {
    const logs = files('1.20.3/failing-sink', 'taskmanager.log', 'jobmanager.log');
    const { analysis } = await analyseLogSet(logs, OPTIONS);
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
    const { analysis, locate, lineName, lineOf } = await analyseLogSet(files('1.20.3/failing-sink', 'taskmanager.log', 'jobmanager.log'), OPTIONS);
    const { first } = analysis.failures;
    assert.ok(first !== null);
    const { file, span } = locate(first.span);
    assert.match(file.text.slice(span.start, span.end), /^Sink: orders table \(2\/2\)#0 .* switched from RUNNING to FAILED/);
    assert.equal(lineOf(first.span.start), first.line);
    const [name, line] = lineName(first.line).split(':');
    assert.equal(name, file.name);
    assert.match(file.text.split('\n')[Number(line) - 1] ?? '', /Sink: orders table \(2\/2\)#0 .* switched from RUNNING to FAILED/);
    assert.match(logReport(analysis, 'folder', lineName), /Line (?:job|task)manager\.log:\d+ at /);
  });

  it('a rotation set in the order of time, whatever the names', async () => {
    const lines = fixture('tm-restart-1.17.2.log').split('\n');
    const at = lines.findIndex((line) => line.includes('(2/2)#0') && line.includes('Freeing'));
    const whole = await read(lines.join('\n'));
    const { analysis } = await analyseLogSet(
      [
        { name: 'taskmanager.log', uri: 'file:///taskmanager.log', text: lines.slice(at).join('\n') },
        { name: 'taskmanager.log.1', uri: 'file:///taskmanager.log.1', text: `${lines.slice(0, at).join('\n')}\n` },
      ],
      OPTIONS,
    );
    assert.equal(analysis.log.recordCount, whole.log.recordCount);
    assert.equal(analysis.failures.first?.cause, whole.failures.first?.cause);
    assert.deepEqual(
      analysis.findings.map((one) => one.id),
      whole.findings.map((one) => one.id),
    );
  });

  it('the GC log in the folder is joined', async () => {
    const { analysis } = await analyseLogSet(
      files('1.20.3/heap-out-of-memory', 'jobmanager.log', 'taskmanager.log'),
      OPTIONS,
      files('1.20.3/heap-out-of-memory', 'taskmanager-gc.log'),
    );
    assert.equal(analysis.gc?.source, 'taskmanager-gc.log');
    assert.match(logReport(analysis, 'folder'), /garbage collector: confirmed/);
  });
});
