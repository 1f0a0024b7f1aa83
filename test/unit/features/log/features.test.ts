import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../../../common/settings.ts';
import { contentOf } from '../../../../common/virtual.ts';
import { LineIndex } from '../../../../server/src/core/text.ts';
import type { LogDocument } from '../../../../server/src/features/log/elements.ts';
import { flinkLogFeatures } from '../../../../server/src/features/log/index.ts';
import { fixture, read } from '../../log/helpers.ts';

async function open(text: string): Promise<LogDocument> {
  return { uri: 'file:///test.log', text, analysis: await read(text), settings: DEFAULT_SETTINGS };
}

const MANAGED = fixture('tm-managed-memory-1.12.2.log');
const RESTART = fixture('tm-restart-1.17.2.log');

/** Hover at the first place where a piece of text stands, `into` characters behind its start. */
async function hoverAt(text: string, piece: string, into = 1): Promise<string | undefined> {
  return flinkLogFeatures.hover?.(await open(text), text.indexOf(piece) + into)?.markdown;
}

describe('logs in the editor', () => {
  it('hover on an execution id: task, states, end', async () => {
    const markdown = await hoverAt(MANAGED, '2e9d8c7b6a5f4e3d2c1b0a9f8e7d6c5b');
    assert.match(markdown ?? '', /2\/3, attempt 0/);
    assert.match(markdown ?? '', /RUNNING → FAILED \(\[line 8\]\(<file:\/\/\/test\.log#L8>\), TM\)/);
    assert.match(markdown ?? '', /HashJoin → Calc → Expand/);
  });

  it('hover on a record says what its message means', async () => {
    assert.match((await hoverAt(MANAGED, 'Attempting to cancel')) ?? '', /A subtask is asked to cancel.*\(a consequence\)/);
  });

  it('hover on exceptions: root cause, chain, wrap point, memory verdict', async () => {
    const top = await hoverAt(MANAGED, 'java.lang.RuntimeException: org');
    assert.match(top ?? '', /Root cause: \*\*org\.apache\.flink\.runtime\.memory\.MemoryReservationException/);
    assert.match(top ?? '', /1\.12\.2 already contains its fix/);
    assert.match(
      (await hoverAt(MANAGED, 'Caused by: org.apache.flink.runtime.memory.MemoryAllocationException', 20)) ?? '',
      /caught and wrapped at .*nextSegment:84/,
    );
  });

  it('hover on "... 16 more" shows the 16 frames; definition leads to them', async () => {
    const markdown = (await hoverAt(MANAGED, '... 16 more')) ?? '';
    assert.match(markdown, /The same 16 frames/);
    assert.equal(markdown.match(/^at /gm)?.length, 16);
    const [target] = flinkLogFeatures.definition?.(await open(MANAGED), MANAGED.indexOf('... 16 more') + 2) ?? [];
    assert.match(MANAGED.slice(target?.span.start, target?.span.end), /BaseHybridHashTable\.getNextBuffer/);
  });

  it('hover on sizes and frames', async () => {
    assert.match((await hoverAt(MANAGED, '16777216 bytes')) ?? '', /16 MiB.*512 pages/);
    assert.match((await hoverAt(MANAGED, '512 pages')) ?? '', /16 MiB/);
    assert.match((await hoverAt(MANAGED, 'org.apache.flink.runtime.taskmanager.Task.doRun(', 12)) ?? '', /version 1\.12\.2/);
  });

  it('hover on "... N more" that cannot be completed says why', async () => {
    const text = 'a.OuterException\n\tat p.A.one(A.java:1)\nCaused by: b.InnerException\n\tat p.B.two(B.java:2)\n\t... 7 more\n';
    assert.equal(await hoverAt(text, '... 7 more'), 'What is left out here cannot be said: the trace around it has only one frame.');
  });

  for (const [text, piece, said] of [
    ['-Xmx1073741824', 'Xmx', /^Largest heap: \*\*1 GiB\*\*/],
    ['-XX:MaxDirectMemorySize=512m', 'Direct', /^MaxDirectMemorySize: \*\*512 MiB\*\* = 536870912 bytes/],
    ['Loading configuration property: taskmanager.memory.process.size, 1728m', '1728', /^\*\*1\.7 GiB\*\* = 1811939328 bytes/],
    ['Total Process Memory: 1.688gb (1811939328 bytes)', '1811939328', /^\*\*1\.7 GiB\*\*/],
  ] as const)
    it(`hover on the size in ${text}`, async () =>
      assert.match((await hoverAt(`2026-01-01 00:00:00,000 INFO  org.apache.flink.X [] - ${text}\n`, piece)) ?? '', said));

  it('hover on a task name wherever it is printed, with the attempt that was last spoken of', async () => {
    const line = '2024-03-01 12:00:09,000 INFO  org.example.Own [] - waiting for Window(Tumbling) -> Sink: Print (2/2) now\n';
    const markdown = (await hoverAt(`${RESTART.trimEnd()}\n${line}`, 'Sink: Print (2/2) now')) ?? '';
    assert.match(markdown, /^\*\*Window.*2\/2, attempt 1/);
  });

  it('hover on a failure that followed leads to the first one', async () => {
    const consequence = RESTART.lastIndexOf('\n', RESTART.indexOf('PartitionNotFound')) - 20;
    const markdown = flinkLogFeatures.hover?.(await open(RESTART), RESTART.lastIndexOf('\n', consequence) + 3)?.markdown ?? '';
    assert.match(markdown, /A consequence: .*What failed first: .* in \[line \d+\]\(<file:/s);
  });

  it('references follow an execution and a method', async () => {
    const document = await open(RESTART);
    const id = RESTART.indexOf('_1_0) switched from RUNNING to FAILED') - 20;
    const known = flinkLogFeatures.references?.(document, id).length ?? 0;
    assert.equal(known, 7);
    // The id in a record that no pattern knows is found as well, and of known records not twice.
    const printed = RESTART.slice(id - 60, id + 60).match(/[0-9a-f]{32}_[0-9a-f]{32}_\d+_\d+/)?.[0] ?? '';
    const more = await open(`${RESTART.trimEnd()}\n2024-03-01 12:00:09,000 INFO  org.example.Own [] - again ${printed}\n`);
    assert.equal(flinkLogFeatures.references?.(more, id).length, known + 1);
    assert.ok(flinkLogFeatures.highlight?.(more, id).every(({ start, end }) => more.text.slice(start, end) === printed));
    const frame = RESTART.indexOf('java.lang.Thread.run(Thread.java:829)') + 3;
    assert.ok((flinkLogFeatures.references?.(document, frame).length ?? 0) >= 4);
  });

  it('definition of a consequential failure leads to its failure and to the first one', async () => {
    const targets =
      flinkLogFeatures.definition?.(
        await open(RESTART),
        RESTART.indexOf('Window(Tumbling) -> Sink: Print (1/2)#0 (aaa', RESTART.indexOf('PartitionNotFound') - 400) + 45,
      ) ?? [];
    assert.deepEqual(
      targets.map((target) => /\((\d\/\d)\)#0 .* to FAILED/.exec(RESTART.slice(target.span.start, target.span.end))?.[1]),
      ['1/2', '2/2'],
    );
  });

  it('outline: failures, tasks by attempt, exceptions by group', async () => {
    const symbols = flinkLogFeatures.symbols?.(await open(RESTART)) ?? [];
    assert.deepEqual(
      symbols.map((one) => [one.name, one.children?.length]),
      [
        ['Failures', 1],
        ['Tasks', 2],
        ['Exceptions', 2],
      ],
    );
    const [task] = symbols[1]?.children ?? [];
    assert.deepEqual(
      task?.children?.map((one) => one.name),
      ['1/2 #0', '2/2 #0', '1/2 #1', '2/2 #1'],
    );
    const inside = (outer: { span: { start: number; end: number } }, inner: { span: { start: number; end: number } }) =>
      inner.span.start >= outer.span.start && inner.span.end <= outer.span.end;
    for (const top of symbols) for (const one of top.children ?? []) assert.ok(inside(top, one), one.name);
  });

  it('lenses: first failure with what followed, call graph, more like this', async () => {
    const twice = `${RESTART}${RESTART.replaceAll('2024-03-01', '2024-03-02')}`;
    const titles = (flinkLogFeatures.lenses?.(await open(twice)) ?? []).map((lens) => lens.title);
    assert.ok(titles.includes('$(type-hierarchy-sub) Show call graph'));
    assert.match(titles.join('\n'), /First failure, with \d+ consequences/);
    assert.ok(titles.some((title) => /1 more like this/.test(title)));
  });

  it('folds runs of records by execution, and no two folds so that an editor would drop one', async () => {
    const document = await open(RESTART);
    const lines = new LineIndex(RESTART);
    const found = (flinkLogFeatures.folds?.(document) ?? []).map(({ span, collapsedText }) => ({ ...lines.range(span), collapsedText }));
    assert.equal(found.find(({ start }) => start.line === 6)?.collapsedText, 'Source: orders -> Parse (2/2, attempt 0): 4 records');
    for (const [at, one] of found.entries())
      for (const other of found.slice(at + 1)) {
        const [first, second] = one.start.line <= other.start.line ? [one, other] : [other, one];
        assert.notEqual(first.start.line, second.start.line, `two begin in line ${first.start.line + 1}`);
        assert.ok(
          second.end.line <= first.end.line || second.start.line > first.end.line,
          `lines ${first.start.line + 1} and ${second.start.line + 1}`,
        );
      }
  });

  it('folds records with traces, hints sizes, links frames to sources, knows the node of the graph', async () => {
    const document = await open(MANAGED);
    assert.ok(flinkLogFeatures.folds?.(document).some((fold) => MANAGED.slice(fold.span.start, fold.span.end).includes('... 16 more')));
    assert.deepEqual(
      flinkLogFeatures.hints?.(document, { start: 0, end: MANAGED.length }).map((hint) => hint.label),
      ['= 16 MiB'],
    );
    const [more, link] = flinkLogFeatures.links?.(document) ?? [];
    assert.equal(MANAGED.slice(more?.span.start, more?.span.end), '... 16 more');
    assert.deepEqual(contentOf(more?.target ?? ''), { uri: document.uri, name: 'trace', part: 0 });
    assert.deepEqual(link?.source, { package: 'org/apache/flink/table/runtime/util', file: 'LazyMemorySegmentPool.java', line: 84 });
    assert.equal(MANAGED.slice(link?.span.start, link?.span.end), 'LazyMemorySegmentPool.java:84');
    assert.equal(
      flinkLogFeatures.nodeAt?.(document, 'calls', MANAGED.indexOf('LongHashPartition.<init>')),
      'method:org.apache.flink.table.runtime.hashtable.LongHashPartition.<init>',
    );
  });
});
