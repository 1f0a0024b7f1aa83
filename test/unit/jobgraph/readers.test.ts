import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AnalysedPlan } from '../../../server/src/core/analysis/jobgraph/model.ts';
import { detectJobGraph } from '../../../server/src/core/jobgraph/detect.ts';
import { jobGraphKind } from '../../../server/src/core/kinds/jobGraph.ts';
import { analyse, executionPlan, fixture, primary, textAt, vertex } from './helpers.ts';

const SIMPLE = executionPlan('1 Source: a x2\n2 Map x2 <- 1:REBALANCE\n3 Sink: b x2 <- 2');

const edgesOf = ({ plan }: AnalysedPlan): string[] =>
  plan.edges.map((edge) => `${plan.vertices[edge.from]?.id}>${plan.vertices[edge.to]?.id} ${edge.kind === 'feedback' ? 'feedback' : edge.shipText}`);

describe('job-graph readers', () => {
  const FORMATS: [file: string, format: string, vertices: number, edges: number][] = [
    ['nested-loops.json', 'execution-plan', 10, 11],
    ['bulk-iteration.json', 'batch-plan', 7, 6],
    ['adaptive-batch-job.json', 'rest-job', 1, 0],
    ['explain-two-statements.txt', 'execution-plan', 2, 1],
    ['explain-blanked.txt', 'explain-tree', 2, 1],
    ['explain-stages.txt', 'explain-stages', 3, 2],
  ];
  for (const [file, format, vertices, edges] of FORMATS) {
    it(`reads ${file} as ${format}`, async () => {
      const text = fixture(file);
      assert.ok(detectJobGraph(text) >= 0.5, 'not told by its content');
      const { plan } = await primary(text);
      assert.deepEqual([plan.format, plan.vertices.length, plan.edges.length], [format, vertices, edges]);
    });
  }

  it('knows the place of every vertex, edge and property', async () => {
    const text = fixture('nested-loops.json');
    const analysed = await primary(text);
    for (const one of analysed.plan.vertices) {
      assert.equal(textAt(text, one.idSpan), one.id);
      assert.equal(textAt(text, one.nameSpan), one.name);
      assert.equal(textAt(text, one.parallelismSpan), String(one.parallelism));
      assert.match(textAt(text, one.span), /^\{.*\}$/s);
    }
    for (const edge of analysed.plan.edges) {
      if (edge.restored) continue;
      assert.equal(textAt(text, edge.idSpan), analysed.plan.vertices[edge.from]?.id);
      assert.equal(textAt(text, edge.shipSpan), edge.shipText);
    }
  });

  it('takes the scopes of a batch iteration from its step function', async () => {
    const analysed = await primary(fixture('bulk-iteration.json'));
    const level = (id: number) => analysed.loops.scopes[vertex(analysed, id).index]?.getLevel();
    assert.deepEqual([4, 2, 5, 6, 8, 0].map(level), [0, 0, 1, 1, 1, 0]);
    assert.ok(edgesOf(analysed).includes('8>5 feedback'));
    assert.deepEqual([vertex(analysed, 5).kind, vertex(analysed, 8).kind, vertex(analysed, 2).kind], ['loop-head', 'loop-tail', 'iteration']);
    assert.deepEqual([vertex(analysed, 4).parallelism, vertex(analysed, 7).parallelism], [4, null]);
    assert.equal(vertex(analysed, 8).name, 'Sum "of" ranks');
  });

  it('lays vertices over the plan and reads metrics, chains and HTML', async () => {
    const analysis = await analyse(fixture('adaptive-batch-job.json'));
    const [one] = analysis.primary?.plan.vertices ?? [];
    assert.ok(one);
    assert.deepEqual([one.parallelism, one.maxParallelism, one.status, one.slotSharingGroup], [8, 128, 'RUNNING', '1'.repeat(32)]);
    assert.deepEqual([one.metrics?.writeRecords, one.metrics?.busyMs, one.metrics?.idleMs], [1_000_000, null, 200]);
    assert.match(one.description, /fields=\[a > b\]\)\n\+- \[2\]:Calc/);
    assert.deepEqual(one.operators.length, 2);
    assert.deepEqual([analysis.primary?.plan.pendingOperators, analysis.primary?.plan.mode], [2, 'batch']);
    const pending = analysis.plans.find(({ plan }) => plan.format === 'stream-graph')?.plan.vertices.map(({ scheduled }) => scheduled);
    assert.deepEqual(pending, [true, true, false, false]);
  });

  it('reads several plans of one EXPLAIN, with reuse and advice', async () => {
    const analysis = await analyse(fixture('explain-two-statements.txt'));
    assert.deepEqual(
      analysis.plans.map(({ plan }) => `${plan.format} ${plan.vertices.length} ${plan.edges.length}`),
      ['explain-tree 3 2', 'explain-tree 4 3', 'explain-tree 5 5', 'execution-plan 2 1'],
    );
    assert.match(analysis.plans[1]?.plan.advice[0]?.text ?? '', /two-phase/);
    const [, , join] = analysis.plans;
    assert.ok(join);
    assert.deepEqual(
      join.plan.edges.map(({ ship, exchange }) => `${ship} ${exchange}`).filter((one) => one !== 'null null'),
      ['hash null', 'broadcast blocking'],
    );
  });

  it('takes blanked ids as missing, and says so by what it leaves out', async () => {
    const analysis = await analyse(fixture('explain-blanked.txt'));
    const json = analysis.plans.find(({ plan }) => plan.format === 'execution-plan')?.plan;
    assert.deepEqual([json?.vertices.length, json?.edges.length, json?.unresolved.map(({ reason }) => reason)], [2, 0, ['blank']]);
    assert.deepEqual(
      json?.vertices.map(({ name }) => name),
      ['Source: orders[]', 'Sink: out[]'],
    );
  });

  it('keeps parallel edges apart', async () => {
    const text = executionPlan('1 Source: a x2\n2 join x2 <- 1:HASH 1:BROADCAST');
    assert.deepEqual(edgesOf(await primary(text)), ['1>2 HASH', '1>2 BROADCAST']);
  });

  it('does not guess between vertices of the same id', async () => {
    const { plan } = await primary(SIMPLE.replaceAll(/"id": \d/g, '"id": "<vertex-id>"'));
    assert.deepEqual([plan.vertices.length, plan.edges.length], [3, 0]);
    assert.deepEqual(
      plan.unresolved.map(({ reason }) => reason),
      ['ambiguous', 'ambiguous'],
    );
  });

  describe('wrappers', () => {
    const quoted = JSON.stringify(SIMPLE);
    const WRAPPED: [string, string, string][] = [
      ['HTML entities', SIMPLE.replaceAll('"', '&quot;'), 'html'],
      ['a HistoryServer archive', JSON.stringify({ archive: [{ path: `/jobs/${'a'.repeat(32)}/plan`, json: SIMPLE }] }, null, 1), 'history-archive'],
      [
        'a log',
        `2026-05-01 12:00:00,000 INFO  org.example.Job [] - The plan:\n${SIMPLE}\n2026-05-01 12:00:01,000 INFO  org.example.Job [] - done\n`,
        'text',
      ],
      ['a string in a JSON log', `{"level":"INFO","message":"plan: ${quoted.slice(1, -1)}"}\n{"level":"INFO","message":"x"}`, 'json-string'],
      ['a string in a string', `x ${JSON.stringify(quoted).slice(2, -2)} y`, 'json-string'],
      ['CRLF and a byte order mark', `\uFEFF${SIMPLE.replaceAll('\n', '\r\n')}`, ''],
    ];
    for (const [name, text, wrapper] of WRAPPED) {
      it(`undoes ${name} and finds the way back to the text`, async () => {
        const analysis = await analyse(text);
        assert.ok(analysis.primary, 'not read');
        assert.deepEqual(edgesOf(analysis.primary), ['1>2 REBALANCE', '2>3 FORWARD']);
        assert.deepEqual(analysis.wrappers, wrapper === '' ? [] : [wrapper]);
        for (const one of analysis.primary.plan.vertices) assert.equal(textAt(text, one.nameSpan), one.name);
        assert.equal(textAt(text, analysis.primary.plan.edges[0]?.shipSpan ?? null), 'REBALANCE');
      });
    }

    it('reads a bundle: plan, checkpoint configuration, back-pressure by the path above it', async () => {
      const id = 'b'.repeat(32);
      const text = `GET /jobs/${'a'.repeat(32)}/plan
{"plan":{"nodes":[{"id":"${id}","parallelism":1,"operator":"","description":"Source: a"}]}}
GET /jobs/${'a'.repeat(32)}/checkpoints/config
{"mode":"exactly_once","interval":5000,"timeout":600000,"unaligned_checkpoints":false}
GET /jobs/${'a'.repeat(32)}/vertices/${id}/backpressure
{"status":"ok","backpressureLevel":"high","end-timestamp":1,"subtasks":[{"subtask":0,"backpressureLevel":"high","ratio":0.9,"idleRatio":0.0,"busyRatio":0.1}]}
[{"key":"taskmanager.numberOfTaskSlots","value":"4"}]`;
      const { context } = await analyse(text);
      assert.deepEqual([context.checkpoints?.intervalMs, context.checkpoints?.unaligned], [5000, false]);
      assert.deepEqual(context.backPressure.get(id)?.subtasks, [{ subtask: 0, ratio: 0.9, idle: 0, busy: 0.1 }]);
      assert.equal(context.configuration.get('taskmanager.numberOfTaskSlots')?.value, '4');
    });
  });

  describe('damage', () => {
    const BROKEN: [string, string, string[]][] = [
      ['a trailing comma', SIMPLE.replace('"parallelism": 2\n', '"parallelism": 2,\n'), ['1>2 REBALANCE', '2>3 FORWARD']],
      ['missing commas', SIMPLE.replaceAll(',\n', '\n'), ['1>2 REBALANCE', '2>3 FORWARD']],
      ['comments', SIMPLE.replace('[', '[ // sources first\n /* of the job */'), ['1>2 REBALANCE', '2>3 FORWARD']],
      ['an elision', SIMPLE.replace('[', '[ ...,'), ['1>2 REBALANCE', '2>3 FORWARD']],
      ['a missing quote', SIMPLE.replace('"Source: a"', '"Source: a'), ['1>2 REBALANCE', '2>3 FORWARD']],
      ['a blanked number', SIMPLE.replace('"parallelism": 2', '"parallelism": '), ['1>2 REBALANCE', '2>3 FORWARD']],
      ['an unknown producer', SIMPLE.replace(/("predecessors": \[\s+\{\s+"id": )1/, '$19'), ['2>3 FORWARD']],
      ['a line end in a string', SIMPLE.replace('"contents": "Map"', '"contents": "Map\nof lines"'), ['1>2 REBALANCE', '2>3 FORWARD']],
    ];
    for (const [name, text, edges] of BROKEN) {
      it(`reads on after ${name}`, async () => {
        const analysed = await primary(text);
        assert.equal(analysed.plan.vertices.length, 3);
        assert.deepEqual(edgesOf(analysed), edges);
      });
    }

    it('says where the text ends in the middle', async () => {
      const text = SIMPLE.slice(0, SIMPLE.indexOf('"Sink: b"'));
      const analysis = await analyse(text);
      assert.equal(analysis.primary?.plan.truncated, true);
      assert.match(analysis.problems[0]?.message ?? '', /ends in the middle/);
      assert.equal(analysis.problems[0]?.span.end, text.length);
    });

    it('reads every prefix without throwing, and never more than the whole', async () => {
      const text = fixture('adaptive-batch-job.json');
      for (let length = 0; length <= text.length; length += 37) {
        const analysis = await analyse(text.slice(0, length));
        for (const { plan } of analysis.plans) assert.ok(plan.vertices.length <= 4);
      }
    });
  });

  describe('detection', () => {
    const NOT_OURS = [
      '',
      '{}',
      '{"nodes":[{"id":1,"label":"a"}],"edges":[]}',
      '{"dependencies":{}}',
      '== Header ==\ntext',
      '[1,2,3]',
      'class Plan {}',
    ];
    for (const text of NOT_OURS) it(`leaves ${JSON.stringify(text.slice(0, 40))} alone`, () => assert.equal(detectJobGraph(text), 0));

    it('gives no plan for what is none, and says so', async () => {
      const analysis = await analyse('{"nodes":[{"id":1,"label":"a"}]}');
      assert.equal(analysis.primary, null);
      assert.equal(analysis.problems.length, 1);
      assert.equal(jobGraphKind.summary(analysis), null);
    });
  });

  it('sums up for the command line as the contract says', async () => {
    const summary = jobGraphKind.summary(await analyse(fixture('nested-loops.json')));
    assert.equal(summary?.format, 'execution-plan');
    assert.deepEqual(summary?.vertices?.[4], { id: '6', name: 'refine', parallelism: 2, scope: [0, 1, 2], level: 2 });
    assert.deepEqual(summary?.edges?.[0], { from: '1', to: '4', kind: 'forward', ship: 'HASH', exchange: null });
    assert.deepEqual(summary?.loops, [
      { head: '-1', tail: '-2', body: ['-3', '-1', '4', '6', '7', '8', '-4', '-2'], level: 1 },
      { head: '-3', tail: '-4', body: ['-3', '6', '7', '-4'], level: 2 },
    ]);
  });
});
