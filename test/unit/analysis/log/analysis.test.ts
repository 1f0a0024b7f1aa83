import assert from 'node:assert/strict';
import { findRelations, type Relation } from '../../../../server/src/core/analysis/log/relations.ts';
import { flinkLogKind } from '../../../../server/src/core/kinds/flinkLog.ts';
import { splitChain } from '../../../../server/src/core/log/taskNames.ts';
import { sumText, versionTexts } from '../../../../server/src/core/rules/log/memoryWords.ts';
import { LineIndex } from '../../../../server/src/core/text.ts';
import { relationsText } from '../../../../server/src/core/views/log/relationsText.ts';
import { logSummary } from '../../../../server/src/core/views/log/summary.ts';
import { logTimeline } from '../../../../server/src/core/views/log/timeline/index.ts';
import { relationText } from '../../../../server/src/core/views/log/words.ts';
import { fixture, read } from '../../log/helpers.ts';

const MANAGED = fixture('tm-managed-memory-1.12.2.log');
const RESTART = fixture('tm-restart-1.17.2.log');

describe('a log that ran out of managed memory', () => {
  it('summary: records, executions, exception group, first failure', async () => {
    const summary = logSummary(await read(MANAGED));
    assert.equal(summary.records, 8);
    assert.deepEqual(summary.levels, { INFO: 7, WARN: 1 });
    assert.deepEqual(
      summary.executions.map((one) => [one.subtask, one.attempt, one.end]),
      [
        ['3/3', 0, 'FAILED'],
        ['1/3', 0, 'CANCELING'],
        ['2/3', 0, 'FAILED'],
      ],
    );
    assert.deepEqual(
      summary.exceptionGroups.map((one) => one.chain.map((name) => name.replace(/.*\./, ''))),
      [['RuntimeException', 'MemoryAllocationException', 'MemoryReservationException']],
    );
    assert.equal(summary.firstFailure?.subtask, '3/3');
    assert.equal(summary.firstFailure?.line, 1);
    assert.equal(summary.firstFailure?.cause, null);
  });

  it('names the chains of tasks as they are: operators of one name in two tasks are two operators', async () => {
    const line = (task: string, id: string) =>
      `2024-01-01 00:00:00,000 INFO  org.apache.flink.runtime.taskmanager.Task [] - ${task} (1/1)#0 (${id.repeat(32)}) switched from CREATED to DEPLOYING.`;
    const text = [line('Source: a -> Calc[2]', 'a'), line('Join[3] -> Calc[4] -> (Expand[5], Map -> Sink: out)', 'b')].join('\n');
    const analysis = await read(text);
    const found = findRelations(analysis, () => 0);
    assert.match(relationsText(analysis, found, 'tm.log'), /^YES: Source: a -> Calc; Join -> Calc -> Expand; Join -> Calc -> Map -> Sink: out\n/);
  });

  it('relations: 17 methods, 17 calls, one of them to itself; operators apart from calls', async () => {
    const analysis = await read(MANAGED);
    const lines = new LineIndex(MANAGED);
    const found = findRelations(analysis, (offset) => lines.lineOf(offset));
    assert.equal(found.calls.methods.length, 17);
    assert.equal(found.calls.edges.length, 17);
    assert.equal(found.calls.edges.filter((edge) => edge.self).length, 1);
    assert.deepEqual([found.calls.frameCount, found.calls.frameEdgeCount], [19, 18]);
    const of = (code: Relation['code']) =>
      found.relations.filter((one) => one.code === code).map((one) => [relationText(one).from, relationText(one).to, one.certainty, one.printed]);
    assert.deepEqual(of('operator'), [
      ['HashJoin', 'Calc', 'proved', true],
      ['Calc', 'Expand', 'proved', true],
    ]);
    assert.deepEqual(of('component'), [
      ['TaskExecutor', 'JobManager', 'proved', true],
      ['JobManager', 'TaskExecutor', 'suspected', false],
    ]);
    assert.equal(found.gcCases[0]?.verdict, 'not covered');
    const text = relationsText(analysis, found, 'tm.log');
    assert.match(text, /^YES: HashJoin -> Calc -> Expand; TaskExecutor -> JobManager;/);
    assert.match(text, /89 ms after the failure of subtask 3\/3 was reported/);
    assert.doesNotMatch(text, /root cause: java\.lang\.RuntimeException|This usually indicates.*->/);
  });

  it('memory: the pattern of FLINK-20663, but the version has the fix', async () => {
    const [verdict, ...more] = (await read(MANAGED)).memory;
    assert.equal(more.length, 0);
    assert.ok(verdict !== undefined);
    assert.deepEqual(verdict.bug, {
      key: 'FLINK-20663',
      applies: 'fixed',
      version: '1.12.2',
      residual: true,
      failsAtOnce: false,
      java: { version: '1.8.0_181', old: false },
    });
    assert.match(versionTexts(verdict).join(' '), /The FLINK-20663 pattern, but 1\.12\.2 already contains its fix\./);
    assert.match(versionTexts(verdict).join(' '), /newer than 8u72/);
    assert.match(sumText(verdict) ?? '', /512 pages × 32 KiB = 16 MiB/);
  });

  const versions: [string, string, string | null][] = [
    ['1.9.3', 'older', null],
    ['1.11.2', 'yes', 'FLINK-20663'],
    ['1.12.1', 'yes', 'FLINK-20663'],
    ['1.12.2', 'fixed', null],
    ['1.17.2', 'fixed', null],
  ];
  for (const [version, applies, key] of versions) {
    it(`the same text from ${version}`, async () => {
      const { memory, findings } = await read(MANAGED, { 'logjam.flinkVersion': version });
      assert.equal(memory[0]?.bug?.applies, applies);
      assert.equal(findings.find((one) => one.id === 'memory-exhausted')?.knownIssue, key);
    });
  }
});

describe('a log with a restart', () => {
  it('first failure, consequence, cancelled, restarted', async () => {
    const { failures, log } = await read(RESTART);
    assert.equal(failures.episodes.length, 1);
    const [episode] = failures.episodes;
    assert.deepEqual(episode?.first.cause, {
      code: 'exception',
      facts: { root: { className: 'java.io.EOFException', message: 'connection to broker-3 closed' }, within: null },
    });
    assert.equal(log.executions[episode?.first.execution ?? -1]?.subtask, 2);
    assert.deepEqual(
      episode?.rest.map((one) => one.consequence),
      ['partition-missing'],
    );
    assert.equal(episode?.cancelled.length, 2);
    assert.equal(episode?.outcome, 'restarted');
  });

  it('findings by rule', async () => {
    const { findings } = await read(RESTART);
    assert.deepEqual(
      findings.map((one) => [one.id, one.severity, one.certainty]),
      [
        ['first-failure', 'error', 'proved'],
        ['consequential-failure', 'hint', 'suspected'],
        ['stuck-cancellation', 'warning', 'proved'],
        ['illegal-state-transition', 'warning', 'proved'],
      ],
    );
    assert.equal(RESTART.slice(findings[0]?.at.span.start, findings[0]?.at.span.end).slice(0, 30), 'Source: orders -> Parse (2/2)#');
  });

  it('findings have facts that are JSON, and fingerprints that other numbers do not change', async () => {
    const { findings } = await read(RESTART);
    for (const { facts, id } of findings) {
      assert.ok(Object.keys(facts).length > 0, id);
      assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts);
    }
    assert.deepEqual(findings[0]?.facts.cause, {
      code: 'exception',
      facts: { root: { className: 'java.io.EOFException', message: 'connection to broker-3 closed' }, within: null },
    });
    const later = await read(RESTART.replace(/^(\d{4}-\d\d-\d\d )\d\d/gm, '$108'));
    assert.deepEqual(
      later.findings.map((one) => one.fingerprint),
      findings.map((one) => one.fingerprint),
    );
  });

  it('timeline: a lane for each subtask, both attempts in it, an arrow to the consequence', async () => {
    const timeline = logTimeline(await read(RESTART));
    const lanes = timeline.lanes.filter((lane) => lane.kind === 'subtask');
    assert.equal(lanes.length, 4);
    assert.deepEqual(lanes[1]?.intervals.map((one) => one.label).slice(0, 6), [
      'CREATED',
      'DEPLOYING',
      'INITIALIZING',
      'RUNNING',
      'FAILED',
      'CREATED',
    ]);
    assert.equal(timeline.links.length, 1);
    assert.ok(timeline.lanes.flatMap((lane) => lane.marks).some((mark) => mark.kind === 'first-failure'));
    for (const lane of timeline.lanes) for (const one of lane.intervals) assert.ok(one.to === null || one.to >= one.from, one.id);
  });

  it('graph, icicle and report have something to show', async () => {
    const analysis = await read(RESTART);
    const graph = flinkLogKind.graphs.calls?.(analysis);
    assert.ok((graph?.nodes.length ?? 0) > 5 && (graph?.edges.length ?? 0) > 5);
    const ids = new Set(graph?.nodes.map((node) => node.id));
    for (const edge of graph?.edges ?? []) assert.ok(ids.has(edge.from) && ids.has(edge.to), edge.id);
    const report = flinkLogKind.report?.(analysis, 'tm.log') ?? '';
    for (const heading of ['Category', 'Trigger', 'Root cause', 'Consequence', 'Fix', 'Evidence'])
      assert.match(report, new RegExp(`^## ${heading}$`, 'm'));
  });
});

describe('failures without a task', () => {
  const record = (text: string, level = 'INFO', ms = '000') =>
    `2024-01-01 00:00:00,${ms} ${level.padEnd(5)} org.apache.flink.runtime.jobmaster.JobMaster [] - ${text}`;

  it('a heartbeat timeout alone is a symptom: the cause is elsewhere', async () => {
    const { failures, findings } = await read(
      'java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id tm-1 timed out.\n\tat org.apache.flink.runtime.jobmaster.JobMaster.x(JobMaster.java:1)\n',
    );
    assert.ok(failures.episodes[0]?.symptomOnly);
    assert.equal(findings[0]?.severity, 'warning');
    assert.equal(findings[0]?.certainty, 'suspected');
  });

  it('an OutOfMemoryError comes before the heartbeat that follows from it', async () => {
    const text = [
      record('x'),
      'java.lang.OutOfMemoryError: Metaspace',
      '\tat java.lang.ClassLoader.defineClass1(Native Method)',
      record('y', 'WARN', '500'),
      'java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id tm-1 timed out.',
      '\tat p.A.b(A.java:1)',
    ].join('\n');
    const { failures, memory } = await read(text);
    assert.deepEqual(failures.first?.cause, { code: 'out-of-memory', facts: { pool: 'Metaspace' } });
    assert.equal(memory[0]?.pool, 'metaspace');
  });

  it('the exception shortly before a job failure is its cause by inference only', async () => {
    const text = [
      record('Discarding checkpoint 66'),
      'org.example.DeclineException: not ready',
      '\tat p.A.b(A.java:1)',
      record('Job x (dd4f07c1f866b7afff42759d7a35de3f) switched from state RUNNING to FAILING.', 'INFO', '005'),
    ].join('\n');
    const { failures, findings } = await read(text);
    assert.equal(failures.first?.causeCertainty, 'suspected');
    assert.equal(findings[0]?.certainty, 'suspected');
  });

  it('a healthy log has no failure and no finding', async () => {
    const { failures, findings } = await read([record('a'), record('b')].join('\n'));
    assert.equal(failures.first, null);
    assert.deepEqual(findings, []);
  });

  it('nothing related: NO', async () => {
    const analysis = await read([record('a'), record('b')].join('\n'));
    assert.match(
      relationsText(
        analysis,
        findRelations(analysis, () => 0),
        'x.log',
      ),
      /^NO: x\.log\n/,
    );
  });
});

describe('chains of operators', () => {
  it('arrows count at bracket depth 0; forks keep their parent', () => {
    const names = (task: string) => {
      const chain = splitChain(task);
      return chain.edges.map(([from, to]) => `${chain.operators[from]?.name}>${chain.operators[to]?.name}`);
    };
    assert.deepEqual(names('A(x=[b -> c]) -> B -> C'), ['A>B', 'B>C']);
    assert.deepEqual(names('K -> (W: a -> W: b, Map -> Sink)'), ['K>W: a', 'W: a>W: b', 'K>Map', 'Map>Sink']);
    assert.deepEqual(names('Reduce (SUM(1), at main(WordCount.java:87) -> Sink'), ['Reduce>Sink']);
  });
});
