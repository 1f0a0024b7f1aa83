import assert from 'node:assert/strict';
import { read } from './helpers.ts';

const TRACE = 'java.lang.IllegalStateException: no lease\n\tat org.example.Lease.take(Lease.java:7)\n\tat org.example.Job.open(Job.java:3)\n';
const TASK =
  'Filter (2/3)#1 (0f0e0d0c0b0a09080706050403020100_0a448493b4782967b150582570326227_1_1) switched from RUNNING to FAILED with failure cause:';

/** How JSON layouts print a record; `trace` null for one without. */
const LAYOUTS: Record<string, (second: number, message: string, trace: string | null) => object> = {
  ECS: (second, message, trace) => ({
    '@timestamp': `2026-02-03T04:05:${String(second).padStart(2, '0')}.000Z`,
    'log.level': trace === null ? 'INFO' : 'WARN',
    message,
    'log.logger': 'org.apache.flink.runtime.taskmanager.Task',
    ...(trace === null ? {} : { 'error.type': 'java.lang.IllegalStateException', 'error.stack_trace': trace }),
  }),
  logstash: (second, message, trace) => ({
    '@timestamp': `2026-02-03T04:05:${String(second).padStart(2, '0')}.000+00:00`,
    '@version': '1',
    message,
    logger_name: 'org.apache.flink.runtime.taskmanager.Task',
    level: trace === null ? 'INFO' : 'WARN',
    ...(trace === null ? {} : { stack_trace: trace }),
  }),
  JsonTemplateLayout: (second, message, trace) => ({
    instant: { epochSecond: 1_770_000_000 + second, nanoOfSecond: 0 },
    level: trace === null ? 'INFO' : 'WARN',
    loggerName: 'org.apache.flink.runtime.taskmanager.Task',
    message,
    ...(trace === null ? {} : { thrown: { message: 'no lease', name: 'java.lang.IllegalStateException', extendedStackTrace: trace } }),
  }),
  'Managed Flink': (_second, message, trace) => ({
    logger: 'org.apache.flink.runtime.taskmanager.Task',
    message,
    ...(trace === null ? {} : { throwableInformation: trace }),
    messageSchemaVersion: '1',
    messageType: trace === null ? 'INFO' : 'WARN',
  }),
};

describe('records in JSON keep their traces', () => {
  for (const [layout, record] of Object.entries(LAYOUTS)) {
    const records = Array.from({ length: 10 }, (_, second) =>
      second === 7 ? record(second, TASK, TRACE) : record(second, `Ensuring all FileSystem streams are closed for task ${second}`, null),
    );
    const WAYS: Record<string, string> = {
      'a line each': records.map((one) => JSON.stringify(one)).join('\n'),
      'printed over several lines': records.map((one) => JSON.stringify(one, null, 2)).join('\n'),
      'behind a container name': records.map((one) => `taskmanager-1  | ${JSON.stringify(one)}`).join('\n'),
      'cut in the last record': `${records.map((one) => JSON.stringify(one)).join('\n')}\n${JSON.stringify(record(11, TASK, TRACE.repeat(20))).slice(0, -40)}`,
    };
    for (const [way, text] of Object.entries(WAYS)) {
      it(`${layout}, ${way}`, async () => {
        const { log } = await read(text);
        assert.equal(log.levels.INFO, 9);
        assert.equal(log.levels.WARN, 1);
        assert.equal(log.exceptions[0]?.top.className, 'java.lang.IllegalStateException');
        assert.ok(log.executions.some(({ task, states }) => task === 'Filter' && states.some(({ to }) => to === 'FAILED')));
      });
    }
  }

  it('a trace within a string within a string', async () => {
    const { log } = await read(JSON.stringify({ code: 7, data: { info: JSON.stringify({ msg: TRACE }) } }));
    assert.equal(log.exceptions[0]?.top.className, 'java.lang.IllegalStateException');
  });
});
