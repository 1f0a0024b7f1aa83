import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jobGraphRules } from '../../../../server/src/core/rules/jobgraph/index.ts';
import { JOB_RULE_WORDS } from '../../../../server/src/core/rules/jobgraph/words.ts';
import { saidOf } from '../../../../server/src/core/wording.ts';
import { analyse, executionPlan, textAt } from '../../jobgraph/helpers.ts';

/** A sound loop: entry, way back, way out. */
const LOOP = `
  1 Source: a x2
  -1 IterationSource-3 x2
  4 step x2 <- 1 -1
  5 again x2 <- 4
  6 done x2 <- 4
  -2 IterationSink-3 x2 <- 5
  7 Sink: out x2 <- 6`;

interface VertexJson {
  id: string;
  name: string;
  parallelism: number;
  inputs?: [from: string, ship: string, exchange?: string][];
  details?: object;
}

/** REST `/jobs/:id` with the given vertices; "details" go into the entry of "vertices". */
function job(vertices: VertexJson[], extra: object = {}): string {
  return JSON.stringify(
    {
      jid: 'a'.repeat(32),
      name: 'job',
      state: 'RUNNING',
      vertices: vertices.map(({ id, name, parallelism, details }) => ({ id, name, parallelism, status: 'RUNNING', ...details })),
      plan: {
        nodes: vertices.map(({ id, name, parallelism, inputs }) => ({
          id,
          parallelism,
          operator: '',
          description: name,
          inputs: (inputs ?? []).map(([from, ship, exchange], num) => ({
            num,
            id: from,
            ship_strategy: ship,
            exchange: exchange ?? 'pipelined_bounded',
          })),
          optimizer_properties: {},
        })),
      },
      ...extra,
    },
    null,
    2,
  );
}

function restLoop(head: object, source: object = {}, tail: object = {}): string {
  return job([
    { id: 's', name: 'Source: Collection Source', parallelism: 2, details: source },
    { id: 'h', name: 'IterationSource-3', parallelism: 2, details: head },
    {
      id: 'b',
      name: 'Step',
      parallelism: 2,
      inputs: [
        ['s', 'FORWARD'],
        ['h', 'FORWARD'],
      ],
    },
    { id: 't', name: 'IterationSink-3', parallelism: 2, inputs: [['b', 'FORWARD']], details: tail },
    { id: 'o', name: 'Sink: out', parallelism: 2, inputs: [['b', 'FORWARD']] },
  ]);
}

const CHECKPOINTS = '\n{"mode": "exactly_once", "interval": 10000, "timeout": 600000, "unaligned_checkpoints": true}\n';
const ALIGNED = CHECKPOINTS.replace('true', 'false');
const FORCED = '\nexecution.checkpointing.unaligned.forced: true\n';

function compiled(dam: string, exchange: string): string {
  const property = (damBehavior: string, priority: number) => ({ requiredDistribution: { type: 'ANY' }, damBehavior, priority });
  return JSON.stringify({
    flinkVersion: '2.0',
    nodes: [
      { id: 1, type: 'batch-exec-table-source-scan_1', description: 'TableSourceScan(table=[[t]])', inputProperties: [] },
      { id: 2, type: 'batch-exec-calc_1', description: 'Calc(select=[a])', inputProperties: [property('PIPELINED', 0)] },
      { id: 3, type: 'batch-exec-calc_1', description: 'Calc(select=[b])', inputProperties: [property('PIPELINED', 0)] },
      {
        id: 4,
        type: 'batch-exec-hash-join_1',
        description: 'HashJoin(joinType=[InnerJoin])',
        inputProperties: [property(dam, 0), property('PIPELINED', 1)],
      },
    ],
    edges: [
      { source: 1, target: 2, shuffle: { type: 'FORWARD' }, shuffleMode: 'PIPELINED' },
      { source: 1, target: 3, shuffle: { type: 'FORWARD' }, shuffleMode: exchange },
      { source: 2, target: 4, shuffle: { type: 'FORWARD' }, shuffleMode: 'PIPELINED' },
      { source: 3, target: 4, shuffle: { type: 'FORWARD' }, shuffleMode: 'PIPELINED' },
    ],
  });
}

const times = (busy: number, backPressured: number, idle: number) => ({
  metrics: { 'accumulated-busy-time': busy, 'accumulated-backpressured-time': backPressured, 'accumulated-idle-time': idle },
});

const DUMP = (role: string, frames: string) => `
"Iteration${role}-3 (1/2)#0" #70 prio=5 tid=0x1 nid=0x1 waiting on condition
   java.lang.Thread.State: WAITING (parking)
${frames}

`;
const TAIL_FRAMES = `	at java.util.concurrent.ArrayBlockingQueue.put(ArrayBlockingQueue.java:353)
	at org.apache.flink.streaming.runtime.tasks.StreamIterationTail$IterationTailOutput.collect(StreamIterationTail.java:131)`;
const HEAD_FRAMES = '	at org.apache.flink.runtime.io.network.buffer.LocalBufferPool.requestMemorySegmentBlocking(LocalBufferPool.java:390)';

/** EXPLAIN of a join of two tables; `left` is what its left input comes from. */
const joinTree = (distribution: string, left: string): string => `== Optimized Execution Plan ==
Sink(table=[out], fields=[a, b])
+- Join(joinType=[InnerJoin], where=[(a > b)], select=[a, b], leftInputSpec=[NoUniqueKey], rightInputSpec=[NoUniqueKey])
   :- Exchange(distribution=[${distribution}])
   :  +- ${left}
   +- Exchange(distribution=[${distribution.replace('[a]', '[b]')}])
      +- TableSourceScan(table=[[r]], fields=[b])
`;

interface Case {
  /** What the finding's place says in the text. */
  place: string;
  fires: string;
  severity?: string;
  /** The same but for what the rule is about. */
  silent: string[];
}

const CASES: Record<string, Case> = {
  'loop-found': { place: 'IterationSource-3', fires: executionPlan(LOOP), silent: [executionPlan('1 Source: a\n2 Sink: b <- 1')] },
  'loop-half-open': {
    place: 'IterationSource-3',
    fires: executionPlan('1 Source: a\n-1 IterationSource-3\n4 step <- 1 -1\n7 Sink: out <- 4'),
    silent: [executionPlan(LOOP), executionPlan('1 Source: a\n2 head-count <- 1\n7 Sink: out <- 2')],
  },
  'loop-parallelism-mismatch': {
    place: '4',
    fires: executionPlan(LOOP.replace('IterationSink-3 x2 <- 5', 'IterationSink-3 x4 <- 5:REBALANCE')),
    silent: [executionPlan(LOOP)],
  },
  'iterate-removed': {
    place: 'IterationSource-3',
    fires: executionPlan(LOOP),
    silent: [executionPlan('1 Source: a\n2 head-x <- 1\n3 tail-y <- 2\n4 Sink: b <- 2')],
  },
  'loop-without-exit': {
    place: 'IterationSource-3',
    fires: executionPlan(LOOP.replace('6 done x2 <- 4', '6 done x2 <- 1')),
    silent: [executionPlan(LOOP)],
  },
  'loop-without-entry': {
    place: 'IterationSource-3',
    fires: executionPlan(LOOP.replace('4 step x2 <- 1 -1', '4 step x2 <- -1').replace('7 Sink: out x2 <- 6', '7 Sink: out x2 <- 6 1')),
    silent: [executionPlan(LOOP)],
  },
  'loop-bounded-feedback': {
    place: 'IterationSource-3',
    fires: executionPlan(LOOP.replace('5 again', '5 FlatMap again')),
    severity: 'error',
    silent: [
      job([
        { id: 's', name: 'Source: a', parallelism: 2 },
        { id: 'h', name: 'IterationSource-3', parallelism: 2 },
        {
          id: 'b',
          name: 'Step',
          parallelism: 2,
          inputs: [
            ['s', 'HASH'],
            ['h', 'HASH'],
          ],
        },
        { id: 't', name: 'IterationSink-3', parallelism: 2, inputs: [['b', 'FORWARD', 'pipelined']] },
        { id: 'o', name: 'Sink: out', parallelism: 2, inputs: [['b', 'FORWARD']] },
      ]),
      executionPlan('1 Source: a\n2 feedback-union <- 1\n3 functions <- 2\n4 feedback <- 3\n5 Sink: e <- 3'),
    ],
  },
  'loop-side-entrance': {
    place: '2',
    fires: executionPlan(LOOP.replace('5 again x2 <- 4', '2 Source: b x2\n5 again x2 <- 4 2')),
    silent: [executionPlan(LOOP), executionPlan(LOOP.replace('4 step x2 <- 1 -1', '2 Source: b x2\n4 step x2 <- 1 2 -1'))],
  },
  'scope-levels-skipped': {
    place: '5',
    fires: executionPlan(`
      1 Source: a
      -1 IterationSource-2
      3 outer <- 1 -1
      -3 IterationSource-4
      5 inner <- 3 -3
      -4 IterationSink-4 <- 5
      6 back <- 5
      -2 IterationSink-2 <- 6
      7 Sink: out <- 5`),
    silent: [
      executionPlan(`
      1 Source: a
      -1 IterationSource-2
      -3 IterationSource-3
      4 both <- 1 -1 -3
      -4 IterationSink-3 <- 4
      6 back <- 4
      -2 IterationSink-2 <- 6
      7 Sink: out <- 6`),
    ],
  },
  'loops-interleaved': {
    place: 'IterationSource-2',
    fires: executionPlan(`
      1 Source: a
      -1 IterationSource-2
      3 a <- 1 -1
      -3 IterationSource-5
      6 b <- 3 -3
      7 c <- 6
      -2 IterationSink-2 <- 6
      -4 IterationSink-5 <- 7
      8 Sink: out <- 7`),
    silent: [executionPlan(LOOP)],
  },
  'feedback-across-scopes': {
    place: '5',
    fires: executionPlan(`
      1 Source: a
      -1 IterationSource-2
      3 outer <- 1 -1
      -3 IterationSource-4
      5 inner <- 3 -3
      -4 IterationSink-4 <- 5
      -2 IterationSink-2 <- 5
      6 done <- 3
      7 Sink: out <- 6`),
    silent: [executionPlan(LOOP)],
  },
  'blocking-exchange-in-loop': {
    place: 'blocking',
    fires: restLoop({})
      .replace('"FORWARD",\n            "exchange": "pipelined_bounded"', '"FORWARD",\n            "exchange": "pipelined_bounded"')
      .replace(/("id": "h",\s+"ship_strategy": "FORWARD",\s+"exchange": )"pipelined_bounded"/, '$1"blocking"'),
    silent: [
      // A blocking exchange before the loop is in order.
      restLoop({}).replace(/("id": "s",\s+"ship_strategy": "FORWARD",\s+"exchange": )"pipelined_bounded"/, '$1"blocking"'),
    ],
  },
  'loop-loses-feedback': {
    place: 'IterationSource-3',
    fires: executionPlan(LOOP) + CHECKPOINTS,
    silent: [executionPlan(LOOP), executionPlan(LOOP) + CHECKPOINTS.replace('10000', '9223372036854775807')],
  },
  'loop-unaligned-checkpoints': {
    place: 'true',
    fires: executionPlan(LOOP) + CHECKPOINTS,
    severity: 'error',
    silent: [executionPlan(LOOP) + ALIGNED, executionPlan('1 Source: a\n2 Sink: b <- 1') + CHECKPOINTS],
  },
  'custom-partitioner-unaligned': {
    place: 'CUSTOM',
    fires: executionPlan('1 Source: a x2\n2 Sink: b x2 <- 1:CUSTOM') + CHECKPOINTS,
    severity: 'error',
    silent: [
      executionPlan('1 Source: a x2\n2 Sink: b x2 <- 1:CUSTOM') + ALIGNED,
      executionPlan('1 Source: a x2\n2 Sink: b x2 <- 1:HASH') + CHECKPOINTS,
    ],
  },
  'loop-ended-early': {
    place: 'IterationSource-3',
    fires: restLoop({ status: 'FINISHED' }),
    silent: [restLoop({ status: 'FINISHED' }, { status: 'FINISHED' }), restLoop({}), executionPlan(LOOP)],
  },
  'feedback-dropped': {
    place: '.iterate(5000)',
    fires: `IterativeStream<Long> it = input.iterate(5000);\n${executionPlan(LOOP)}`,
    silent: [`input.iterate();\n${executionPlan(LOOP)}`, `input.iterate(5000);\n${executionPlan('1 Source: a\n2 Sink: b <- 1')}`],
  },
  'loop-never-ends': {
    place: 'IterationSource-3',
    fires: restLoop({}, { status: 'FINISHED' }),
    silent: [restLoop({}), restLoop({ status: 'FINISHED' }, { status: 'FINISHED' }), `input.iterate(5000);\n${restLoop({})}`],
  },
  'event-time-in-loop': {
    place: 'Window(Tumbling)',
    fires: executionPlan(LOOP.replace('5 again', '5 Window(Tumbling)')),
    silent: [executionPlan(LOOP), executionPlan(LOOP.replace('6 done', '6 Window(Tumbling)'))],
  },
  'feedback-partitioned-differently': {
    place: 'REBALANCE',
    fires: executionPlan(LOOP.replace('4 step x2 <- 1 -1', '4 step x2 <- 1:HASH -1:REBALANCE')),
    silent: [
      executionPlan(LOOP.replace('4 step x2 <- 1 -1', '4 step x2 <- 1:HASH -1:HASH')),
      executionPlan(LOOP.replace('4 step x2 <- 1 -1', '4 step x2 <- 1:REBALANCE -1:FORWARD')),
      executionPlan(LOOP.replace('4 step x2 <- 1 -1', '4 step x2 <- 1:HASH -1:REBALANCE').replaceAll(' x2', '')),
    ],
  },
  'loop-ends-apart': {
    place: 'IterationSource-3',
    fires: restLoop({ slotSharingGroupId: 'g1' }, {}, { slotSharingGroupId: 'g2' }),
    silent: [restLoop({ slotSharingGroupId: 'g1' }, {}, { slotSharingGroupId: 'g1' }), restLoop({})],
  },
  'loop-stuck-in-dump': {
    place: 'IterationSource-3',
    fires: executionPlan(LOOP) + DUMP('Sink', TAIL_FRAMES) + DUMP('Source', HEAD_FRAMES),
    silent: [executionPlan(LOOP) + DUMP('Sink', TAIL_FRAMES), executionPlan(LOOP) + DUMP('Source', HEAD_FRAMES)],
  },
  'job-graph-cycle': {
    place: 'b',
    fires: job([
      { id: 's', name: 'Source: a', parallelism: 1 },
      {
        id: 'a',
        name: 'A',
        parallelism: 1,
        inputs: [
          ['s', 'FORWARD'],
          ['b', 'HASH'],
        ],
      },
      { id: 'b', name: 'B', parallelism: 1, inputs: [['a', 'HASH']] },
    ]),
    silent: [restLoop({}), executionPlan('1 Source: a\n2 A <- 1 3\n3 B <- 2')],
  },
  'forward-changes-parallelism': {
    place: 'FORWARD',
    fires: executionPlan('1 Source: a x2\n2 Sink: b x4 <- 1'),
    silent: [executionPlan('1 Source: a x2\n2 Sink: b x4 <- 1:REBALANCE'), executionPlan('1 Source: a x2\n2 Sink: b x2 <- 1')],
  },
  'serial-bottleneck': {
    place: '1',
    fires: executionPlan('1 Source: a x4\n2 agg x1 <- 1:GLOBAL\n3 Sink: b x4 <- 2:REBALANCE'),
    silent: [executionPlan('1 Source: a x1\n2 agg x1 <- 1\n3 Sink: b x4 <- 2:REBALANCE'), executionPlan('1 Source: a x4\n2 Sink: b x1 <- 1:GLOBAL')],
  },
  'broadcast-fan-out': {
    place: 'BROADCAST',
    fires: executionPlan('1 Source: rules x1\n2 Sink: b x64 <- 1:BROADCAST'),
    silent: [executionPlan('1 Source: rules x1\n2 Sink: b x8 <- 1:BROADCAST')],
  },
  'batch-diamond': {
    place: 'HashJoin(joinType=[InnerJoin])',
    fires: compiled('BLOCKING', 'PIPELINED'),
    silent: [compiled('BLOCKING', 'BATCH'), compiled('PIPELINED', 'PIPELINED')],
  },
  'max-parallelism-too-small': {
    place: '128',
    fires: job([{ id: 'a', name: 'Source: a', parallelism: 100, details: { maxParallelism: 128 } }]),
    silent: [
      job([{ id: 'a', name: 'Source: a', parallelism: 4, details: { maxParallelism: 128 } }]),
      job([{ id: 'a', name: 'Source: a', parallelism: 4, details: { maxParallelism: -1 } }]),
      restLoop({ maxParallelism: 2 }, {}, { maxParallelism: 2 }),
    ],
  },
  bottleneck: {
    place: 'Slow',
    fires: job([
      { id: 'a', name: 'Source: a', parallelism: 2, details: times(1000, 90000, 1000) },
      { id: 'b', name: 'Slow', parallelism: 2, inputs: [['a', 'HASH']], details: times(95000, 0, 2000) },
      { id: 'c', name: 'Sink: c', parallelism: 2, inputs: [['b', 'HASH']], details: times(1000, 0, 95000) },
    ]),
    silent: [
      job([
        { id: 'a', name: 'Source: a', parallelism: 2, details: times(90000, 1000, 1000) },
        { id: 'b', name: 'Busy', parallelism: 2, inputs: [['a', 'HASH']], details: times(95000, 0, 2000) },
      ]),
      job([
        { id: 'a', name: 'Source: a', parallelism: 2 },
        { id: 'b', name: 'Slow', parallelism: 2, inputs: [['a', 'HASH']] },
      ]),
    ],
  },
  'needless-rebalance': {
    place: 'REBALANCE',
    fires: executionPlan('1 Source: a x4\n2 Sink: b x4 <- 1:REBALANCE'),
    silent: [executionPlan('1 Source: a x2\n2 Sink: b x4 <- 1:REBALANCE'), executionPlan('1 Source: a x1\n2 Sink: b x1 <- 1:REBALANCE')],
  },
  'network-buffers': {
    place: 'taskmanager.memory.network.max: 32mb',
    fires: `taskmanager.memory.network.max: 32mb\ntaskmanager.numberOfTaskSlots: 4\n${executionPlan('1 Source: a x200\n2 Sink: b x200 <- 1:HASH')}`,
    silent: [
      `taskmanager.memory.network.max: 1gb\ntaskmanager.numberOfTaskSlots: 4\n${executionPlan('1 Source: a x200\n2 Sink: b x200 <- 1:HASH')}`,
      executionPlan('1 Source: a x200\n2 Sink: b x200 <- 1:HASH'),
    ],
  },
  'join-without-key': {
    place: 'Join',
    fires: joinTree('single', 'TableSourceScan(table=[[l]], fields=[a])'),
    silent: [joinTree('hash[a]', 'TableSourceScan(table=[[l]], fields=[a])'), joinTree('single', 'GroupAggregate(select=[MAX(a) AS a])')],
  },
  'duplicate-names': {
    place: 'Enrich',
    fires: executionPlan('1 Source: a\n2 Enrich <- 1\n3 Enrich <- 2\n4 Sink: b <- 3'),
    silent: [
      executionPlan('1 Source: a\n2 Map <- 1\n3 Map <- 2\n4 Sink: b <- 3'),
      executionPlan('1 Source: a\n2 Enrich <- 1\n3 Store <- 2\n4 Sink: b <- 3'),
    ],
  },
};

describe('job-graph rules', () => {
  it('are 33, each with an id of its own and a case below', () => {
    assert.equal(jobGraphRules.length, 33);
    assert.deepEqual(jobGraphRules.map(({ id }) => id).sort(), Object.keys(CASES).sort());
    for (const { docs, title } of jobGraphRules) assert.ok(docs.length > 100 && title.length > 10);
  });

  for (const [id, { fires, place, severity, silent }] of Object.entries(CASES)) {
    it(`${id} fires, at its place`, async () => {
      const { findings } = await analyse(fires);
      const found = findings.filter((finding) => finding.id === id);
      assert.ok(found.length > 0, `silent; found ${findings.map((finding) => finding.id).join(', ')}`);
      assert.equal(textAt(fires, found[0]?.at.span ?? null), place);
      if (severity !== undefined) assert.equal(found[0]?.severity, severity);
      for (const finding of found) {
        if (finding.certainty === 'suspected') assert.ok(finding.evidence.length > 0, 'suspected without evidence');
        assert.ok(finding.code === id || finding.code.startsWith(`${id}-`), finding.code);
        const facts = JSON.parse(JSON.stringify(finding.facts));
        const { message, details, advice, evidence, missing } = finding;
        assert.deepEqual(
          { message, details, advice, evidence, missing },
          saidOf(JOB_RULE_WORDS.findings[finding.code as 'loop-found'], facts),
          'all that is said follows from the facts, as they stand in JSON',
        );
      }
      const moved = (await analyse(`\n\n${fires}`)).findings.filter((finding) => finding.id === id);
      assert.deepEqual(
        moved.map(({ fingerprint }) => fingerprint),
        found.map(({ fingerprint }) => fingerprint),
      );
    });

    it(`${id} is silent without its reason`, async () => {
      for (const [index, text] of silent.entries()) {
        const { findings, primary } = await analyse(text);
        assert.ok(primary, `near miss ${index} does not parse`);
        assert.deepEqual(
          findings.filter((finding) => finding.id === id).map((finding) => finding.message),
          [],
          `near miss ${index}`,
        );
      }
    });
  }

  it('lowers what is forced, and what flink-ml spills', async () => {
    const severities = async (text: string, id: string) =>
      (await analyse(text)).findings.filter((finding) => finding.id === id).map(({ severity }) => severity);
    assert.deepEqual(await severities(executionPlan(LOOP) + CHECKPOINTS + FORCED, 'loop-unaligned-checkpoints'), ['warning']);
    assert.deepEqual(
      await severities(executionPlan('1 Source: a\n2 head-x <- 1\n3 FlatMap <- 2\n4 tail-y <- 3\n5 Sink: b <- 3'), 'loop-bounded-feedback'),
      ['hint'],
    );
    assert.deepEqual(await severities(executionPlan(LOOP), 'loop-bounded-feedback'), ['warning']);
  });

  it('takes a log beside the plan for evidence', async () => {
    const log =
      '2026-05-01 12:00:00,000 INFO  org.apache.flink.runtime.taskmanager.Task [] - IterationSource-3 (1/2)#0 (abc) switched from RUNNING to FINISHED.\n';
    const found = async (text: string) =>
      (await analyse(text)).findings.filter(({ id }) => id === 'loop-ended-early').map(({ certainty }) => certainty);
    assert.deepEqual(await found(`${restLoop({})}\n${log}`), ['suspected']);
    assert.deepEqual(await found(`${restLoop({})}\n${log.replace('IterationSource-3', 'IterationSource-4')}`), []);
  });

  it('finds the bottleneck from back-pressure documents', async () => {
    const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
    const plan = job([
      { id: a, name: 'Source: a', parallelism: 1 },
      { id: b, name: 'Slow', parallelism: 1, inputs: [[a, 'HASH']] },
    ]);
    const load = (vertex: string, ratio: number, busyRatio: number) =>
      `\nGET /jobs/${'c'.repeat(32)}/vertices/${vertex}/backpressure\n{"status":"ok","backpressureLevel":"ok","subtasks":[{"subtask":0,"ratio":${ratio},"idleRatio":0,"busyRatio":${busyRatio}}]}`;
    const found = async (text: string) => (await analyse(text)).findings.filter(({ id }) => id === 'bottleneck').length;
    assert.equal(await found(plan + load(a, 0.9, 0.1) + load(b, 0, 1)), 1);
    assert.equal(await found(plan + load(a, 0.9, 0.1) + load(b, 0, 0.2)), 0);
  });

  it('offers no parallelism for a bottleneck: of a slow call more subtasks only make more', async () => {
    const plan = job([
      { id: 'a', name: 'Source: a', parallelism: 2, details: times(1000, 90000, 1000) },
      { id: 'b', name: 'Slow', parallelism: 2, inputs: [['a', 'HASH']], details: times(95000, 0, 2000) },
      { id: 'c', name: 'Sink: c', parallelism: 2, inputs: [['b', 'HASH']], details: times(1000, 0, 95000) },
    ]);
    assert.deepEqual((await analyse(plan)).findings.find(({ id }) => id === 'bottleneck')?.fixes, []);
  });

  it('words the end of iterate() for the version at hand', async () => {
    const text = `Flink 1.17.2\n${executionPlan(LOOP)}`;
    const { findings } = await analyse(text);
    const found = findings.find(({ id }) => id === 'iterate-removed');
    assert.match(found?.message ?? '', /DataStream\.iterate\(\), removed in Flink 2\.0; use flink-ml iterations$/);
    assert.deepEqual(found?.details, ['This is Flink 1.17.2, in which it works.']);
  });

  it('offers edits that make the plan right', async () => {
    const text = executionPlan('1 Source: a x2\n2 Sink: b x4 <- 1');
    const { findings } = await analyse(text);
    const fix = findings.find(({ id }) => id === 'forward-changes-parallelism')?.fixes[0];
    const edit = fix?.by === 'edits' ? fix.edits[0] : undefined;
    assert.ok(edit);
    const fixed = text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
    assert.deepEqual(
      (await analyse(fixed)).findings.filter(({ severity }) => severity === 'error'),
      [],
    );
  });
});
