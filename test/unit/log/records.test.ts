import assert from 'node:assert/strict';
import { formatStamp, parseStamp } from '../../../server/src/core/log/time.ts';
import { read } from './helpers.ts';

const LINE = '2024-01-01 00:00:00,123 INFO  org.apache.flink.runtime.taskmanager.Task                    [] - text of it';
const TRACE = ['java.lang.IllegalStateException: broken', '\tat org.example.A.b(A.java:7)', '\tat java.lang.Thread.run(Thread.java:829)'];

describe('log records', () => {
  it('reads level, logger, message and their places', async () => {
    const { log } = await read(`${LINE}\n${LINE.replace('INFO ', 'WARN ')}\n`);
    assert.equal(log.recordCount, 2);
    assert.deepEqual(log.levels, { INFO: 1, WARN: 1 });
    const [first, second] = log.records;
    assert.equal(first?.logger, 'org.apache.flink.runtime.taskmanager.Task');
    assert.equal(first?.message, 'text of it');
    assert.equal(second?.line, 1);
    assert.equal(formatStamp(first?.time as number, true), '2024-01-01 00:00:00,123');
    assert.equal(LINE.slice(first?.messageSpan.start, first?.messageSpan.end), 'text of it');
  });

  const wrapped: [name: string, wrap: (line: string) => string, wrapper: string | null][] = [
    ['CRLF', (line) => `${line}\r`, null],
    ['ANSI colours', (line) => `\u001b[33m${line}\u001b[m`, null],
    ['docker compose', (line) => `taskmanager-1  | ${line}`, 'compose'],
    ['Docker JSON', (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2024-01-01T00:00:00Z' }), 'docker-json'],
    ['CRI', (line) => `2024-01-01T00:00:00.123456789Z stdout F ${line}`, 'cri'],
    ['kubectl --timestamps', (line) => `2024-01-01T00:00:00.123456789Z ${line}`, 'kubectl-timestamps'],
    ['kubectl --prefix', (line) => `[pod/tm-1/main] ${line}`, 'kubectl-prefix'],
    ['Testcontainers', (line) => `[flink:1.20:taskmanager] - STDOUT: ${line}`, 'testcontainers'],
    ['quoted', (line) => `> ${line}`, 'quote'],
  ];
  for (const [name, wrap, wrapper] of wrapped) {
    it(`inside ${name}, with places in the original text`, async () => {
      const text = [LINE, LINE, ...TRACE, LINE].map(wrap).join('\n');
      const { log } = await read(text);
      assert.equal(log.wrapper, wrapper);
      assert.equal(log.recordCount, 3);
      assert.equal(log.exceptions.length, 1);
      const [exception] = log.exceptions;
      assert.equal(exception?.top.className, 'java.lang.IllegalStateException');
      assert.equal(exception?.top.message, 'broken');
      assert.equal(exception?.line, 2);
      assert.deepEqual(
        exception?.top.frames.map((frame) => frame.line),
        [7, 829],
      );
      const frame = exception?.top.frames[0];
      assert.match(text.slice(frame?.span.start, frame?.span.end), /org\.example\.A\.b\(A\.java:7\)/);
      assert.equal(text.slice(log.records[0]?.messageSpan.start, log.records[0]?.messageSpan.end), 'text of it');
    });
  }

  it('joins the halves of a line that CRI has cut', async () => {
    const { log } = await read(
      [
        `2024-01-01T00:00:00.1Z stdout P ${LINE.slice(0, 60)}`,
        `2024-01-01T00:00:00.1Z stdout F ${LINE.slice(60)}`,
        `2024-01-01T00:00:00.2Z stdout F ${LINE}`,
      ].join('\n'),
    );
    assert.equal(log.recordCount, 2);
    assert.equal(log.records[0]?.message, 'text of it');
  });

  it('JSON layouts, with stack traces in a field', async () => {
    const line = JSON.stringify({
      '@timestamp': '2024-01-01T00:00:00.123Z',
      'log.level': 'ERROR',
      'log.logger': 'org.example.Job',
      message: 'it failed',
      error: { stack_trace: TRACE.join('\n') },
    });
    const { log } = await read(`${line}\n${line}\n`);
    assert.equal(log.layout, 'json');
    assert.equal(log.recordCount, 2);
    assert.deepEqual(log.levels, { ERROR: 2 });
    assert.equal(log.exceptions.length, 2);
    assert.equal(log.exceptions[1]?.line, 1);
    assert.equal(line.slice(log.exceptions[0]?.top.headSpan.start, log.exceptions[0]?.top.headSpan.end), 'java.lang.IllegalStateException: broken');
  });

  it('CloudWatch JSON of AWS', async () => {
    const line = JSON.stringify({
      applicationARN: 'arn',
      locationInformation: 'x',
      logger: 'org.example.Job',
      message: 'hello',
      messageSchemaVersion: '1',
      messageType: 'WARN',
      threadName: 'main',
    });
    assert.deepEqual((await read(`${line}\n`)).log.levels, { WARN: 1 });
  });

  it('java.util.logging, level on the second line', async () => {
    const { log } = await read(
      'Nov 20, 2025 8:01:00 PM org.example.Job run\nSEVERE: it failed\njava.lang.IllegalStateException: broken\n\tat org.example.A.b(A.java:7)\n',
    );
    assert.deepEqual(log.levels, { ERROR: 1 });
    assert.equal(log.records[0]?.message, 'it failed');
    assert.equal(log.exceptions.length, 1);
  });

  it('times without dates run past midnight', async () => {
    const { log } = await read('23:59:59,900 INFO  a.B [] - x\n00:00:00,100 INFO  a.B [] - y\n');
    assert.equal(log.clock, 'day');
    assert.equal((log.records[1]?.time as number) - (log.records[0]?.time as number), 200);
  });

  it('keeps the order of the text when the clock steps back, and says so', async () => {
    const later = LINE.replace('00:00:00,123', '00:10:00,000');
    const { log, problems } = await read(`${later}\n${LINE}\n${later}`);
    assert.deepEqual(
      log.records.map((record) => record.line),
      [0, 1, 2],
    );
    assert.equal(log.clockSteps.length, 1);
    assert.match(problems[0]?.message ?? '', /steps back by 9 min 60 s|steps back by 10 min 0 s/);
  });

  it('newest first: traces are put back on their feet', async () => {
    const lines = [
      LINE,
      '2024-01-01 00:00:01,000 WARN  org.example.Job [] - it failed',
      ...TRACE,
      '2024-01-01 00:00:02,000 INFO  org.example.Job [] - on',
    ];
    const text = lines.toReversed().join('\n');
    const { log } = await read(text);
    assert.ok(log.reversed);
    assert.equal(log.exceptions[0]?.top.className, 'java.lang.IllegalStateException');
    assert.deepEqual(
      log.exceptions[0]?.top.frames.map((frame) => frame.line),
      [7, 829],
    );
    assert.equal(log.exceptions[0]?.line, 3);
  });

  it('a trace of a JSON record under a name of its own, also within what the store puts around it', async () => {
    const record = (at: number, more: object) => ({
      insertId: `${at}`,
      jsonPayload: { message: `text ${at}`, level: 'WARN', loggerName: 'org.apache.flink.runtime.taskmanager.Task', ...more },
      timestamp: `2024-01-01T00:00:0${at}Z`,
    });
    const { log } = await read(
      [record(0, {}), record(1, { thrown: TRACE.join('\n') }), record(2, { oops: TRACE.join('\n') })].map((one) => JSON.stringify(one)).join('\n'),
    );
    assert.equal(log.recordCount, 3);
    assert.deepEqual(
      log.exceptions.map(({ record: of, top }) => [of, top.className, top.frames.length]),
      [1, 2].map((of) => [of, 'java.lang.IllegalStateException', 2]),
    );
  });

  it('newest first in records of a log store, one for each line', async () => {
    const lines = [
      LINE,
      '2024-01-01 00:00:01,000 WARN  org.example.Job [] - it failed',
      ...TRACE.slice(0, 2),
      '\t... 12 more',
      '2024-01-01 00:00:02,000 INFO  org.example.Job [] - on',
    ];
    const records = lines.toReversed().map((line, at) => ({ line, timestamp: `17040672${90 - at}000000000`, fields: { app: 'flink' } }));
    for (const text of [records.map((record) => JSON.stringify(record)).join('\n'), JSON.stringify(records)]) {
      const { log } = await read(text);
      assert.ok(log.reversed);
      assert.equal(log.exceptions[0]?.top.className, 'java.lang.IllegalStateException');
      assert.equal(log.exceptions[0]?.record, 1);
    }
  });

  it('mixed layouts in one file', async () => {
    const { log } = await read(
      `${LINE}\n[2024-01-01 00:00:00.200]Container killed on request. Exit code is 137\n10:00:00,000 [main] ERROR org.example.X - y\n${LINE}`,
    );
    assert.equal(log.recordCount, 4);
  });

  it('parts of a head in any order: time, level, thread, logger and context are told apart', async () => {
    const cases: [line: string, thread: string | null, context: string | null, message: string][] = [
      ['[2021-04-07 19:01:20,427] [main] INFO org.example.Job - [x] text', 'main', null, '[x] text'],
      ['2021-04-07 19:01:20,427 | INFO  | main | org.example.Job | text', 'main', null, 'text'],
      ['INFO [2021-04-07 19:01:20,427] [main] org.example.Job: a - b', 'main', null, 'a - b'],
      ['2021-04-07 19:01:20,427 INFO  [main] (org.example.Job:123) - text', 'main', null, 'text'],
      ['2021-04-07 19:01:20,427 INFO org.example.Job MDC{job=1} Job.java:12 - text', null, 'job=1', 'text'],
      ['2021-04-07 19:01:20,427 CEST info org.example.Job [] - text', null, null, 'text'],
    ];
    for (const [line, thread, context, message] of cases) {
      const [record] = (await read(`${line}\n`)).log.records;
      assert.deepEqual(
        [record?.level, record?.logger, record?.thread, record?.context, record?.message],
        ['INFO', 'org.example.Job', thread, context, message],
        line,
      );
    }
    const [plain] = (await read('[2021-04-07 19:01:20,427] WARN [Group 0]: text (kafka.Log)\n')).log.records;
    assert.deepEqual([plain?.logger, plain?.message], [null, '[Group 0]: text (kafka.Log)']);
  });

  it('java.util.logging in other languages', async () => {
    const { log } = await read(
      '四月 07, 2021 7:01:20 下午 org.example.Job run\n警告: 失败\navr. 07, 2021 7:01:21 PM org.example.Job run\nGRAVE: panne\n',
    );
    assert.deepEqual(log.levels, { WARN: 1, ERROR: 1 });
    assert.equal(formatStamp(log.records[0]?.time as number, true), '2021-04-07 19:01:20,000');
    assert.equal((log.records[1]?.time as number) - (log.records[0]?.time as number), 1000);
  });

  it('an empty text and binary noise give a problem, not an error', async () => {
    for (const text of ['', '\n\n', '\u0000\u0001\u0002 \n\u0000']) assert.equal((await read(text)).problems.length, 1);
  });

  it('timestamps', () => {
    const cases: [string, string | null][] = [
      ['2021-04-07 19:01:27,427', '2021-04-07T19:01:27.427Z'],
      ['2021-04-07T19:01:27.427123Z', '2021-04-07T19:01:27.427Z'],
      ['2021-04-07T19:01:27+02:00', '2021-04-07T17:01:27.000Z'],
      ['17/06/09 20:10:40', '2017-06-09T20:10:40.000Z'],
      ['07 Apr 2021 19:01:27,5', '2021-04-07T19:01:27.500Z'],
      ['Nov 20, 2025 8:01:00 PM', '2025-11-20T20:01:00.000Z'],
      ['31/12/2023 23:00:00', '2023-12-31T23:00:00.000Z'],
      ['20210407 19:01:27,427', '2021-04-07T19:01:27.427Z'],
      ['2021-04-07 19:01:27,427 CEST', '2021-04-07T17:01:27.427Z'],
      ['2021-04-07 19:01:27 GMT+8', '2021-04-07T11:01:27.000Z'],
      ['Wed Apr 07 19:01:27 EST 2021', '2021-04-08T00:01:27.000Z'],
      ['2021年4月7日 19:01:27', '2021-04-07T19:01:27.000Z'],
      ['1617822087427', '2021-04-07T19:01:27.427Z'],
      ['yesterday', null],
    ];
    for (const [text, iso] of cases) {
      const stamp = parseStamp(text);
      assert.equal(stamp === null ? null : new Date(stamp.ms).toISOString(), iso, text);
    }
  });
});
