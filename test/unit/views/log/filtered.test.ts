// What a filter keeps of a log: whole records, each line behind its number in the file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { LogFilter } from '../../../../common/logFilter.ts';
import { at } from '../../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../../server/src/core/analysis/log/model.ts';
import { analyse } from '../../../../server/src/core/kinds/index.ts';
import { filterChoices, filteredLog, lineBehind } from '../../../../server/src/core/views/log/filtered.ts';

const TEXT = readFileSync(at('demo/2-out-of-memory/taskmanager.log'), 'utf8');
const LINES = TEXT.split('\n');

describe('a filtered log', () => {
  let analysis: LogAnalysis;
  before(async () => {
    analysis = (await analyse({ uri: 'file:///taskmanager.log', text: TEXT })) as LogAnalysis;
  });

  const linesOf = (filter: LogFilter): string[] =>
    filteredLog(analysis, filter, (line) => LINES[line] ?? '', 'taskmanager.log')
      .split('\n')
      .slice(2)
      .filter((line) => line !== '');

  it('keeps each line behind its number', () => {
    const kept = linesOf({ level: 'WARN' });
    assert.ok(kept.length > 5 && kept.length < LINES.length);
    for (const line of kept) {
      const behind = lineBehind(line);
      assert.equal(line.slice((behind?.length ?? 0) + 2), LINES[(behind?.number ?? 0) - 1]);
    }
  });

  it('by level: that or worse, with the traces behind', () => {
    const kept = linesOf({ level: 'WARN' });
    assert.ok(kept.every((line) => !/ (?:INFO|DEBUG) /.test(line)));
    assert.ok(kept.some((line) => /^\s*\d+ {2}\s+at /.test(line)));
  });

  it('by thread, and by what only holds together', async () => {
    const text = Array.from(
      { length: 30 },
      (_, i) =>
        `2026-11-20 21:01:30.${100 + i} [${i % 3 === 0 ? 'main' : 'netty-1'}] ${i % 2 === 0 ? 'WARN ' : 'INFO '} org.apache.flink.runtime.taskmanager.Task - message ${i}`,
    ).join('\n');
    const log = (await analyse({ uri: 'file:///a.log', text, kind: 'flink-log' })) as LogAnalysis;
    assert.deepEqual(filterChoices(log).threads, [
      { name: 'netty-1', count: 20 },
      { name: 'main', count: 10 },
    ]);
    const kept = filteredLog(log, { thread: 'main', level: 'WARN' }, (line) => text.split('\n')[line] ?? '', 'a.log');
    assert.deepEqual(
      [...kept.matchAll(/message (\d+)/g)].map(([, number]) => Number(number)),
      [0, 6, 12, 18, 24],
    );
  });

  it('by subtask: what names it, its thread or its attempts', () => {
    const { subtasks } = filterChoices(analysis);
    assert.ok(subtasks.includes('remember on heap (1/1)'), subtasks.join());
    const kept = linesOf({ subtask: 'remember on heap (1/1)' });
    assert.ok(kept.length > 0);
    assert.ok(kept.some((line) => line.includes('switched from')));
  });

  it('by time, with the day or without; both ends count', () => {
    const { failure } = filterChoices(analysis);
    assert.ok(failure !== null);
    const after = linesOf({ from: failure });
    assert.equal(after.length, linesOf({ from: failure.slice(11) }).length);
    assert.ok(after.length > 0 && after.length < LINES.length);
    const clock = failure.slice(11, 19);
    assert.ok(linesOf({ from: clock, to: clock }).every((line) => !/^\s*\d+ {2}\d{4}-/.test(line) || line.includes(clock)));
  });

  it('says how many it keeps, and of what', () => {
    const [head = ''] = filteredLog(analysis, { level: 'ERROR', thread: 'main' }, () => '', 'taskmanager.log').split('\n');
    assert.match(head, /^\d+ of \d+ records of taskmanager\.log: level ERROR or worse, thread main$/);
  });
});
