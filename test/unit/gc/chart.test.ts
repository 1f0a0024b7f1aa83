// The chart of a GC log: every event in the order of time with its line; of many the peaks are kept.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { at } from '../../../scripts/lib/paths.mjs';
import type { GcAnalysis } from '../../../server/src/core/gc/model.ts';
import { analyse } from '../../../server/src/core/kinds/index.ts';
import { LineIndex } from '../../../server/src/core/text.ts';
import { gcChart } from '../../../server/src/core/views/gc/chart.ts';

async function chartOf(text: string) {
  const index = new LineIndex(text);
  const analysis = (await analyse({ uri: 'file:///gc.log', text, kind: 'gc-log' })) as GcAnalysis;
  return gcChart(analysis, (span) => index.range(span));
}

/** A log of one JVM with `count` collections, one a second; the one in the middle takes two seconds. */
const pauses = (count: number) =>
  Array.from(
    { length: count },
    (_, i) =>
      `[${i}.500s][info][gc] GC(${i}) Pause Young (Normal) (G1 Evacuation Pause) 100M->${i === 7 ? 90 : 20}M(128M) ${i === count >> 1 ? '2000.000' : '5.000'}ms`,
  ).join('\n');

describe('the chart of a GC log', () => {
  it('has the verdict, and each event at its line', async () => {
    const text = readFileSync(at('demo/2-out-of-memory/taskmanager-gc.log'), 'utf8');
    const chart = await chartOf(text);
    assert.ok(chart !== null && chart.events.length > 40 && chart.dated);
    assert.equal(chart.verdict, 'G1 ran out of to-space 11 times');
    const lines = text.split('\n');
    for (const { place, pauseMs } of chart.events) if (pauseMs !== null) assert.match(lines[place.start.line] ?? '', /Pause/);
    assert.deepEqual(
      chart.events.map(({ time }) => time),
      chart.events.map(({ time }) => time).sort((a, b) => a - b),
    );
    assert.ok(chart.events.some(({ kind }) => kind === 'full'));
  });

  it('keeps the longest pause and the fullest heap of many', async () => {
    const chart = await chartOf(pauses(20_000));
    assert.ok(chart !== null && chart.events.length <= 4000);
    assert.ok(chart.events.some(({ pauseMs }) => pauseMs === 2000));
    assert.ok(chart.events.some(({ after }) => after === 90 * 1024));
    assert.match(chart.notes.join(' '), /events are not drawn/);
  });

  it('goes on where the JVM before ended', async () => {
    const chart = await chartOf(`${pauses(5)}\n${pauses(5)}`);
    assert.equal(chart?.dated, false);
    assert.deepEqual(
      chart?.events.map(({ time }) => time),
      [500, 1500, 2500, 3500, 4500, 5000, 6000, 7000, 8000, 9000],
    );
    assert.match(chart?.notes.join(' ') ?? '', /1 more time/);
  });

  it('is none where nothing was collected', async () => {
    assert.equal(await chartOf('[0.005s][info][gc] Using G1\n'), null);
  });
});
