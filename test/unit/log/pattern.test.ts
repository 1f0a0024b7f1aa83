import assert from 'node:assert/strict';
import { matchLayout } from '../../../server/src/core/log/layouts.ts';
import { layoutOfPattern } from '../../../server/src/core/log/pattern.ts';
import { read } from './helpers.ts';

describe('layouts from conversion patterns', () => {
  const cases: [pattern: string, line: string, level: string, logger: string | null, message: string][] = [
    [
      '%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n',
      '2021-04-07 19:01:27,427 INFO  org.apache.flink.Task                    [] - text',
      'INFO',
      'org.apache.flink.Task',
      'text',
    ],
    ['%d{ISO8601} %-5p %c{1} - %m%n', '2021-04-07T19:01:27,427 WARN  Task - text - more', 'WARN', 'Task', 'text - more'],
    ['[%level] %d{HH:mm:ss.SSS} (%t) %logger{36}: %msg%n%throwable', '[ERROR] 19:01:27.427 (main thread (1)) a.B: text', 'ERROR', 'a.B', 'text'],
    ['%p|%d{dd MMM yyyy HH:mm:ss}|%X{flink-job-id}|%c|%m%n', 'DEBUG|07 Apr 2021 19:01:27||a.B|text', 'DEBUG', 'a.B', 'text'],
    ['[%-32X{flink-job-id}] %-5p %c{0} %m%n', '[0123456789abcdef0123456789abcdef] INFO  Task text', 'INFO', 'Task', 'text'],
    ['%5p %c:%L %m', ' INFO a.B:12 text', 'INFO', 'a.B', 'text'],
  ];
  for (const [pattern, line, level, logger, message] of cases) {
    it(pattern, () => {
      const layout = layoutOfPattern(pattern);
      assert.ok(layout !== null);
      const head = matchLayout(layout, line);
      assert.deepEqual([head?.level, head?.logger, line.slice(head?.message)], [level, logger, message]);
      assert.equal(matchLayout(layout, '\tat org.example.A.b(A.java:1)'), null);
    });
  }

  it('patterns without a message or without anything that tells are rejected, and the user is told', async () => {
    for (const pattern of ['%d %p', '%m%n', 'nothing']) assert.equal(layoutOfPattern(pattern), null, pattern);
    const { problems, log } = await read('INFO|a.B|x\nWARN|a.B|y\n', { 'logjam.log.patterns': ['%p|%c|%m%n', '%m'] });
    assert.equal(log.recordCount, 2);
    assert.match(problems.map((one) => one.message).join(), /needs a level or a date and a message .*"%m"/);
  });
});
