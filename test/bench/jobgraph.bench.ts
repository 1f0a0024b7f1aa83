import assert from 'node:assert/strict';
import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import { inferScopes } from '../../server/src/core/analysis/jobgraph/scopeInference.ts';
import { NO_CHECKPOINT } from '../../server/src/core/checkpoint.ts';
import { parseJobGraph } from '../../server/src/core/jobgraph/parse.ts';
import { jobGraphKind } from '../../server/src/core/kinds/jobGraph.ts';
import { jobGraphFeatures } from '../../server/src/features/jobgraph/index.ts';
import { executionPlan } from '../unit/jobgraph/helpers.ts';
import { bigPlan, FIFTY_MEGABYTES, TEN_THOUSAND } from './bigPlan.ts';
import type { BenchCase } from './cases.ts';

const analyse = (text: string) => jobGraphKind.analyse({ uri: 'bench:plan', text }, { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT });
const parse = (text: string) => parseJobGraph(text, NO_CHECKPOINT);

/** The middle one of some runs, in ms. */
async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[3] as number;
}

/** Holds the parse against JSON.parse of the same text, which builds an object for everything. In turns, so that load meets both. */
async function againstJson(text: string): Promise<number> {
  const ratios: number[] = [];
  for (let run = 0; run < 9; run++) {
    const start = performance.now();
    JSON.parse(text);
    const between = performance.now();
    await parse(text);
    ratios.push((performance.now() - between) / (between - start));
  }
  const ratio = ratios.sort((a, b) => a - b)[4] as number;
  console.log(`    parse takes ${ratio.toFixed(2)} times as long as JSON.parse (${ratios.map((one) => one.toFixed(1)).join(' ')})`);
  assert.ok(ratio < 3, `the parse takes ${ratio.toFixed(2)} times as long as JSON.parse; 3 is the limit`);
  return ratio;
}

/** Holds the loop nesting against the parse. */
async function nestingShare(text: string, limit: number): Promise<number> {
  const parsing = await median(() => parse(text));
  const plans: Awaited<ReturnType<typeof parse>>[] = [];
  // Twice as many as are measured: the parse before has run often enough to be compiled, and so shall this.
  for (let run = 0; run < 14; run++) plans.push(await parse(text));
  let next = 0;
  let loops = 0;
  for (; next < 7; next++) inferScopes(plans[next]?.plans[0] as Parameters<typeof inferScopes>[0]);
  const nesting = await median(() => {
    // Each run gets a plan of its own: restored feedback edges stay in it.
    loops = inferScopes(plans[next++]?.plans[0] as Parameters<typeof inferScopes>[0]).loops.length;
  });
  console.log(`    ${loops} loops nested in ${nesting.toFixed(1)} ms, parse ${parsing.toFixed(0)} ms: ${((100 * nesting) / parsing).toFixed(1)} %`);
  assert.ok(nesting < limit * parsing, `the nesting takes ${((100 * nesting) / parsing).toFixed(1)} % of the parse; ${100 * limit} is the limit`);
  return loops;
}

/** A chain of operators that all have the same name. */
const namesakes = (first: number): string =>
  executionPlan(
    ['1 Source: a', ...Array.from({ length: 5000 }, (_, index) => `${index + first} Map <- ${index === 0 ? 1 : index + first - 1}`)].join('\n'),
  );

/** Texts that begin like a job graph and go on with nothing but openings. */
const OPENINGS = [
  '{"status":'.repeat(40_000),
  '{"mode":{'.repeat(40_000),
  `{"jid":"a","vertices":${'['.repeat(100_000)}`,
  '{"plan":'.repeat(50_000),
  '{"nodes":[{"step_function":['.repeat(50_000),
  '== Abstract Syntax Tree ==\n'.repeat(20_000),
];

/** Each of 2,000 places in a plan. */
async function places(text: string): Promise<number> {
  const document = { uri: 'bench:plan', text, analysis: await analyse(text), settings: DEFAULT_SETTINGS };
  let found = 0;
  for (let i = 0; i < 2000; i++) if (jobGraphFeatures.nodeAt?.(document, 'job', Math.floor((text.length * i) / 2000)) != null) found++;
  return found;
}

export const cases: BenchCase[] = [
  { name: 'job graph, 10,000 vertices: analysis and 2,000 places', text: () => bigPlan({ ...TEN_THOUSAND, loops: 0 }), run: places, maxRatio: 60 },
  {
    name: 'job graph, two plans of 5,000 vertices with one name: what changed',
    text: () => namesakes(2),
    run: async (text) => jobGraphKind.diff?.(await analyse(text), await analyse(namesakes(9))),
    maxRatio: 800,
  },
  { name: 'job graph, openings without an end', text: () => OPENINGS.join('\n\n'), run: analyse, maxRatio: 80 },
  { name: 'job graph, 50 MB, 25,000 vertices: parse', text: () => bigPlan(FIFTY_MEGABYTES), run: parse, maxMemory: 6 },
  { name: 'job graph, 50 MB, 25,000 vertices: parse against JSON.parse', text: () => bigPlan(FIFTY_MEGABYTES), run: againstJson, runs: 1 },
  { name: 'job graph, 50 MB, 25,000 vertices: parse, loops and findings', text: () => bigPlan(FIFTY_MEGABYTES), run: analyse, maxMemory: 6 },
  {
    name: 'job graph, 10,000 vertices: loop nesting against the parse',
    text: () => bigPlan({ ...TEN_THOUSAND, loops: 0 }),
    run: (text) => nestingShare(text, 0.05),
    runs: 1,
  },
  {
    name: 'job graph, 10,000 vertices, 150 loops: loop nesting against the parse',
    text: () => bigPlan({ ...TEN_THOUSAND, loops: 50 }),
    run: (text) => nestingShare(text, 0.2),
    runs: 1,
  },
  { name: 'job graph, 10,000 vertices, 1,500 loops: parse, loops and findings', text: () => bigPlan(TEN_THOUSAND), run: analyse },
];
