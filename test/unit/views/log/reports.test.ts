// The report page of logs, as golden text; and what it must not say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import { at } from '../../../../scripts/lib/paths.mjs';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { analyseLogSet } from '../../../../server/src/core/kinds/logSet.ts';
import { logReport } from '../../../../server/src/core/views/log/report/index.ts';
import { brief } from '../../../../server/src/core/views/log/report/markdown.ts';
import { escapeMarkdown } from '../../../../server/src/core/wording.ts';
import { golden } from '../../../support/golden.ts';
import { fixture, read } from '../../log/helpers.ts';

const OPTIONS = { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT };

const lab = (name: string) => readFileSync(at('test/fixtures/flink', name), 'utf8');

describe('reports on logs', () => {
  for (const [name, text] of [
    ['managed-memory', () => fixture('tm-managed-memory-1.12.2.log')],
    ['restart', () => fixture('tm-restart-1.17.2.log')],
    ['failing-sink', () => lab('1.20.3/failing-sink/jobmanager.log')],
    ['taskmanager-killed', () => lab('2.3.0/taskmanager-killed/jobmanager.log')],
    ['word-count', () => lab('1.20.3/word-count/taskmanager.log')],
  ] as const) {
    it(name, async () => golden(`reports/log-${name}.md`, logReport(await read(text()), `${name}.log`)));
  }

  it('several files with their GC log', async () => {
    const file = (name: string) => ({ name, uri: `file:///lab/${name}`, text: lab(`1.20.3/heap-out-of-memory/${name}`) });
    const set = await analyseLogSet([file('jobmanager.log'), file('taskmanager.log')], OPTIONS, [file('taskmanager-gc.log')]);
    golden('reports/log-heap-out-of-memory.md', logReport(set, 'heap-out-of-memory', 'file:///lab'));
  });

  it('names the category of the first failure, not that of a later one', async () => {
    const task = (time: string, attempt: number, rest: string) =>
      `2024-03-01 10:00:${time} WARN  org.apache.flink.runtime.taskmanager.Task [] - Map (1/1)#${attempt} (${'a'.repeat(31)}${attempt}) switched from ${rest}`;
    const report = logReport(
      await read(
        [
          task('00,000', 0, 'CREATED to DEPLOYING.'),
          task('01,000', 0, 'RUNNING to FAILED with failure cause: java.io.IOException: No space left on device'),
          '\tat org.example.Disk.write(Disk.java:1)',
          task('02,000', 1, 'CREATED to DEPLOYING.'),
          task('03,000', 1, 'RUNNING to FAILED with failure cause: java.lang.OutOfMemoryError: Java heap space'),
          '\tat org.example.Heap.fill(Heap.java:1)',
        ].join('\n'),
      ),
      'x.log',
    );
    assert.match(report, /## Category\n\nDisk full\.\n/);
    assert.match(report, /## Memory that ran out in other failures\n\nJVM heap is exhausted/);
    assert.doesNotMatch(/## Fix[\s\S]*?\n## /.exec(report)?.[0] ?? '', /heap/);
  });

  it('does not repeat the advice of a message', async () => {
    const report = logReport(await read(fixture('tm-managed-memory-1.12.2.log')), 'x.log');
    assert.doesNotMatch(report, /Try to upgrade to Java|slow garbage collection/);
  });

  it('lets nothing of the log act as Markdown, and leaves the rest as it is', () => {
    assert.equal(escapeMarkdown('a <b> [c](d) `e` *f* | g~h'), 'a \\<b> \\[c\\]\\(d) \\`e\\` \\*f\\* \\| g\\~h');
    assert.equal(escapeMarkdown('1.8.0_181 and _x_'), '1.8.0_181 and \\_x_');
    assert.equal(escapeMarkdown('# a'), '\\# a');
    assert.equal(escapeMarkdown('1. a'), '1\\. a');
    assert.equal(escapeMarkdown('1.12.3 or newer'), '1.12.3 or newer');
    assert.equal(escapeMarkdown('A -> B'), 'A -> B');
  });

  it('cuts a message after the sentence that says what happened', () => {
    const long = `Could not allocate 16777216 bytes, only 0 bytes are remaining. ${'It may be this or that. '.repeat(20)}`;
    assert.equal(brief(long), long.slice(0, 62));
    assert.equal(brief('short'), 'short');
    assert.equal(brief(`${'x'.repeat(300)}`).length, 160);
  });
});
