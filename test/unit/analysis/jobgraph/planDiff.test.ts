import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jobGraphKind } from '../../../../server/src/core/kinds/jobGraph.ts';
import { analyse, executionPlan, fixture } from '../../jobgraph/helpers.ts';

async function diff(one: string, other: string): Promise<string[]> {
  const text = jobGraphKind.diff?.(await analyse(one), await analyse(other)) ?? '';
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const BASE = '1 Source: a x2\n2 Map x2 <- 1\n4 Window x2 <- 2:HASH\n5 Sink: b x2 <- 4';

describe('diff of two plans', () => {
  const CASES: [name: string, one: string, other: string, lines: string[]][] = [
    ['says that nothing changed', BASE, BASE, ['No differences.']],
    ['sees a parallelism', BASE, BASE.replace('Window x2', 'Window x8'), ['Vertices', '~ "Window" (4): parallelism 2 -> 8']],
    ['sees a ship strategy', BASE, BASE.replace('2:HASH', '2:REBALANCE'), ['Edges', '~ "Map" (2) -> "Window" (4): ship strategy HASH -> REBALANCE']],
    [
      'sees a vertex put between two others',
      BASE,
      BASE.replace('4 Window x2 <- 2:HASH', '3 Filter x2 <- 2\n4 Window x2 <- 3:HASH'),
      [
        'Vertices',
        '+ "Filter" (3), parallelism 2',
        'Edges',
        '+ "Map" (2) -> "Filter" (3) (FORWARD)',
        '+ "Filter" (3) -> "Window" (4) (HASH)',
        '- "Map" (2) -> "Window" (4) (HASH)',
      ],
    ],
    [
      'follows names when all ids have moved',
      BASE,
      '11 Source: a x2\n12 Map x2 <- 11\n14 Window x2 <- 12:HASH\n15 Sink: b x2 <- 14',
      ['No differences.'],
    ],
    [
      'follows neighbours when a name is given twice',
      '1 Source: a\n2 Map <- 1\n3 Key <- 2\n4 Map <- 3\n5 Sink: b <- 4',
      '7 Source: a\n8 Map <- 7\n9 Key <- 8\n6 Map x3 <- 9\n5 Sink: b <- 6',
      ['Vertices', '~ "Map" (6): parallelism 1 -> 3'],
    ],
    ['takes an operator in the same place for renamed', BASE, BASE.replace('2 Map', '2 Enrich'), ['Vertices', '~ "Enrich" (2): name Map -> Enrich']],
    [
      'sees a loop that was opened',
      '1 Source: a\n4 step <- 1\n5 Sink: b <- 4',
      '1 Source: a\n-1 IterationSource-3\n4 step <- 1 -1\n-2 IterationSink-3 <- 4\n5 Sink: b <- 4',
      [
        'Vertices',
        '+ "IterationSource-3" (-1), parallelism 1',
        '+ "IterationSink-3" (-2), parallelism 1',
        '~ "step" (4): loop level 0 -> 1',
        'Edges',
        '+ "IterationSource-3" (-1) -> "step" (4) (FORWARD)',
        '+ "step" (4) -> "IterationSink-3" (-2) (FORWARD)',
        '+ "IterationSink-3" (-2) -> "IterationSource-3" (-1) (feedback)',
      ],
    ],
  ];
  for (const [name, one, other, lines] of CASES) {
    it(name, async () => assert.deepEqual(await diff(executionPlan(one), executionPlan(other)), lines));
  }

  it('sees chaining and exchanges of job vertices', async () => {
    const plan = (name: string, exchange: string) =>
      JSON.stringify({
        plan: {
          nodes: [
            { id: 'a'.repeat(32), parallelism: 1, operator: '', description: 'Source: a' },
            {
              id: 'b'.repeat(32),
              parallelism: 1,
              operator: '',
              description: name,
              inputs: [{ num: 0, id: 'a'.repeat(32), ship_strategy: 'HASH', exchange }],
            },
          ],
        },
      });
    assert.deepEqual(await diff(plan('Map -&gt; Sink: b', 'pipelined_bounded'), plan('Map -&gt; Filter -&gt; Sink: b', 'blocking')), [
      'Vertices',
      '~ "Map -> Filter -> Sink: b" (bbbbbbbb): chained operators Map -> Sink: b -> Map -> Filter -> Sink: b',
      'Edges',
      '~ "Source: a" (aaaaaaaa) -> "Map -> Filter -> Sink: b" (bbbbbbbb): exchange pipelined_bounded -> blocking',
    ]);
  });

  it('says when one side has no plan', async () => {
    assert.match(jobGraphKind.diff?.(await analyse('{}'), await analyse(fixture('nested-loops.json'))) ?? '', /The first file has no job graph/);
  });

  it('writes plans side by side without what is no difference', async () => {
    const text = async (lines: string) => jobGraphKind.texts.normalised(await analyse(executionPlan(lines)), { part: 0, uri: '', lineOf: () => 0 });
    assert.equal(
      await text(BASE),
      'Source: a, parallelism 2\n\nMap, parallelism 2\n    <- Source: a (FORWARD)\n\nWindow, parallelism 2\n    <- Map (HASH)\n\nSink: b, parallelism 2\n    <- Window (FORWARD)\n',
    );
    assert.equal(await text(BASE), await text('11 Source: a x2\n12 Map x2 <- 11\n14 Window x2 <- 12:HASH\n15 Sink: b x2 <- 14'));
  });

  it('reports a plan as a page', async () => {
    const page = jobGraphKind.report?.(await analyse(fixture('nested-loops.json')), 'plan.json') ?? '';
    assert.match(page, /^# plan\.json\n/);
    assert.match(page, /\| · 5 \| 2 \| IterationSource-5 \| IterationSink-5 \| 4 \|/);
    assert.match(page, /\*\*warning, proved\*\*: 2 loops use DataStream\.iterate\(\), removed in Flink 2\.0; use flink-ml iterations\n/);
  });
});
