import assert from 'node:assert/strict';
import { arrange } from '../../common/drawing/arrange.ts';
import { layoutJob } from '../../common/drawing/elk.ts';
import { tableMeasure } from '../../common/drawing/measure.ts';
import { place } from '../../common/drawing/run.ts';
import { layers } from '../../common/drawing/svg.ts';
import type { GraphDocument } from '../../common/graph.ts';
import type { Range } from '../../common/span.ts';
import { elkThread } from '../../server/src/cli/render.ts';
import { compoundGraph, lockGraph } from '../unit/drawing/graphs.ts';
import type { BenchCase } from './cases.ts';

const read = (text: string) => JSON.parse(text) as GraphDocument<Range>;

/** What the page does on its own thread before the worker begins. */
function prepare(text: string): number {
  const { graph } = arrange(read(text));
  return layoutJob(graph).elk.children?.length ?? 0;
}

/** From the document to the text of the drawing; a new worker each time, as after a cancelled layout. */
async function draw(text: string): Promise<number> {
  const { graph } = arrange(read(text));
  const placed = await place(graph, tableMeasure, { worker: elkThread, deadline: 120_000 });
  const drawn = layers(graph, placed.drawing, placed.cards).nodes.length;
  assert.ok(drawn > 0);
  return drawn;
}

/** The longest time for which this thread did not answer while something else went on, in ms. */
async function longestLag(meanwhile: () => Promise<unknown>): Promise<number> {
  let worst = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - last - 5);
    last = now;
  }, 5);
  await meanwhile();
  clearInterval(beat);
  return worst;
}

/** Holds the lag during a layout in the worker against the lag of this machine when there is none. */
async function lag(text: string): Promise<number> {
  const { graph } = arrange(read(text));
  assert.ok(graph.nodes.length > 0);
  const idle = await longestLag(() => new Promise((resolve) => setTimeout(resolve, 2000)));
  const busy = await longestLag(() => place(graph, tableMeasure, { worker: elkThread, deadline: 120_000 }));
  console.log(`    ${graph.nodes.length} nodes: longest lag ${busy.toFixed(0)} ms, without layout ${idle.toFixed(0)} ms`);
  assert.ok(busy < 50 + 2 * idle, `the thread did not answer for ${busy.toFixed(0)} ms; 50 is the limit, and ${idle.toFixed(0)} without layout`);
  return busy + 1;
}

export const cases: BenchCase[] = [
  {
    name: 'lock graph, 5,000 threads, 500 locks: fold, lay out, draw',
    text: () => JSON.stringify(lockGraph(5000, 500)),
    run: draw,
    maxMs: 1500,
    runs: 3,
  },
  { name: 'lock graph, 5,000 threads, 500 locks: fold', text: () => JSON.stringify(lockGraph(5000, 500)), run: prepare },
  { name: 'compound graph, 1,000 vertices: lay out and draw', text: () => JSON.stringify(compoundGraph(1000)), run: draw, runs: 3 },
  { name: 'compound graph, 1,000 vertices: lag while the worker lays out', text: () => JSON.stringify(compoundGraph(1000)), run: lag, runs: 1 },
  { name: 'compound graph, 10,000 vertices: fold', text: () => JSON.stringify(compoundGraph(10_000)), run: prepare },
  { name: 'compound graph, 10,000 vertices: fold, lay out, draw', text: () => JSON.stringify(compoundGraph(10_000)), run: draw, runs: 3 },
];
