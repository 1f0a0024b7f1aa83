// What a filter keeps of a log: whole records, each line behind its number in the file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { LogFilter } from '../../../../common/logFilter.ts';
import { at } from '../../../../scripts/lib/paths.mjs';
import type { LogAnalysis } from '../../../../server/src/core/analysis/log/model.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { analyse, DEFAULT_OPTIONS } from '../../../../server/src/core/kinds/index.ts';
import { analyseLogSet } from '../../../../server/src/core/kinds/logSet.ts';
import { fileNamed, filterChoices, filteredLog, lineBehind } from '../../../../server/src/core/views/log/filtered.ts';
import { filteredPage, nextPage } from '../../../../server/src/core/views/log/filteredPage.ts';

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

  it('of a large log page by page: the same records, however the pages are cut', async () => {
    const filters: LogFilter[] = [{ level: 'WARN' }, { level: 'DEBUG' }, { from: '21:01:40' }];
    const pages = (lines: readonly string[]) => ({
      total: lines.length,
      read: async (from: number, count: number) => lines.slice(from, from + count),
    });
    const many = [...LINES.slice(0, -1), ...Array.from({ length: 6000 }, (_, i) => LINES[(i % 40) + 20] ?? '')];
    const whole = (await analyse({ uri: 'file:///many.log', text: many.join('\n') })) as LogAnalysis;
    const options = { name: 'many.log', unread: [], layouts: [], checkpoint: NO_CHECKPOINT };
    for (const filter of filters) {
      const expected = filteredLog(whole, filter, (line) => many[line] ?? '', 'many.log')
        .split('\n')
        .filter((line) => lineBehind(line) !== null);
      const found: string[] = [];
      let turns = 0;
      for (let from: number | null = 0; from !== null; turns++) {
        const page: string[] = (await filteredPage(whole, filter, [{ name: null, line: 0, pages: pages(many) }], { ...options, from }))
          .trimEnd()
          .split('\n');
        assert.match(page[0] ?? '', /^[\d,]+ records? in lines [\d,]+ to [\d,]+ of [\d,]+ of many\.log: /);
        found.push(...page.filter((line) => lineBehind(line) !== null));
        const next: number | null = nextPage(page.at(-1) ?? '');
        from = next === null ? null : next - 1;
      }
      assert.deepEqual(
        found.map((line) => line.trim()),
        expected.map((line) => line.trim()),
      );
      if (filter.level === 'DEBUG') assert.ok(turns > 1, `${turns} pages`);
    }
  });

  it('of several logs that were read as one: each below its name, with numbers of its own', async () => {
    const jobManager = readFileSync(at('demo/2-out-of-memory/jobmanager.log'), 'utf8');
    const of = (name: string, text: string) => ({ name, uri: `file:///${name}`, text });
    const set = await analyseLogSet([of('jobmanager.log', jobManager), of('taskmanager.log', TEXT)], DEFAULT_OPTIONS, [], () => undefined);
    const texts = [jobManager.split('\n'), LINES];
    const lineText = (line: number): string => {
      const index = set.files.findLastIndex((file) => file.line <= line);
      return texts[index]?.[line - (set.files[index]?.line ?? 0)] ?? '';
    };
    const shown = filteredLog(set, { level: 'WARN' }, lineText, 'all').split('\n');
    assert.deepEqual(
      shown.flatMap((line) => fileNamed(line) ?? []),
      set.files.map((file) => file.name),
    );
    let file: string[] = [];
    for (const line of shown) {
      const name = fileNamed(line);
      if (name !== null) file = texts[set.files.findIndex((one) => one.name === name)] ?? [];
      const behind = lineBehind(line);
      if (behind !== null) assert.equal(line.slice(behind.length + 2), file[behind.number - 1]);
    }
  });

  it('of several of which one is large: all page by page, the same lines below the same names', async () => {
    const jobManager = readFileSync(at('demo/2-out-of-memory/jobmanager.log'), 'utf8');
    const of = (name: string, text: string) => ({ name, uri: `file:///${name}`, text });
    const logs = [of('jobmanager.log', jobManager), of('taskmanager.log', TEXT)];
    const set = await analyseLogSet(logs, DEFAULT_OPTIONS, [], () => undefined);
    const linesIn = new Map(logs.map(({ name, text }) => [name, text.split('\n')]));
    const lineText = (line: number): string => {
      const file = set.files.findLast((one) => one.line <= line);
      return linesIn.get(file?.name ?? '')?.[line - (file?.line ?? 0)] ?? '';
    };
    const read = async (lines: readonly string[], from: number, count: number) => lines.slice(from, from + count);
    const files = set.files.map(({ name, line }) => {
      const lines = linesIn.get(name) ?? [];
      return { name, line, pages: { total: lines.length, read: (from: number, count: number) => read(lines, from, count) } };
    });
    const told = (text: string) => text.split('\n').flatMap((line) => (line === '' ? [] : [line.trim()]));
    for (const filter of [{ level: 'WARN' }, { from: '21:01:43' }] as LogFilter[]) {
      const [, ...whole] = told(filteredLog(set, filter, lineText, 'all'));
      const options = { name: 'all', layouts: [], checkpoint: NO_CHECKPOINT };
      const [, missing, ...paged] = told(await filteredPage(set, filter, files, { ...options, from: 0, unread: ['gone.log'] }));
      assert.equal(missing, 'gone.log cannot be read any more');
      assert.deepEqual(paged, whole);
      // From a line of the second file on, the first is passed by.
      const second = set.files[1]?.line ?? 0;
      const rest = told(await filteredPage(set, filter, files, { ...options, from: second, unread: [] }));
      assert.deepEqual(rest.slice(1), whole.slice(whole.indexOf(`── ${set.files[1]?.name}`)));
    }
  });
});
