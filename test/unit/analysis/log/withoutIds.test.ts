// Logs in tickets have no ids of attempts: somebody blacked them out, or left them out. What failed is told all the same.
import assert from 'node:assert/strict';
import { causeText } from '../../../../server/src/core/rules/log/words.ts';
import { read } from '../../log/helpers.ts';

const record = (clock: string, message: string, ...trace: string[]) =>
  `${[`2031-05-06 ${clock},000 INFO  org.apache.flink.runtime.executiongraph.ExecutionGraph [] - ${message}`, ...trace].join('\n')}\n`;
const FRAME = '\tat org.shop.Parse.map(Parse.java:10)';

/** Two attempts that fail, as the JobManager tells them; `id`: what stands in place of an id, with its brackets. */
const twice = (id: string): string =>
  ['a', 'b']
    .map((what, attempt) => {
      const at = (second: number) => `08:0${attempt}:0${second}`;
      const steps = ['CREATED to SCHEDULED', 'SCHEDULED to DEPLOYING', 'DEPLOYING to RUNNING'];
      return [
        ...steps.map((step, second) => record(at(second), `parse (1/2)${id} switched from ${step}.`)),
        record(
          at(5),
          `parse (1/2)${id} switched from RUNNING to FAILED on tm-1 @ host (dataPort=1).`,
          `java.lang.NumberFormatException: For input string: "${what}"`,
          FRAME,
        ),
      ].join('');
    })
    .join('');

describe('logs without the ids of attempts', () => {
  for (const id of ['', ' (<id>)', ' ([REDACTED])', ' (***)', ' (XXXXXXXXXXXXXXXX)', ' (77aa66bb)', ' (77aa…_1)', ' (77aa...88_0a44...27_0_1)']) {
    it(`every failure is told, and every attempt is one of its own: "${id}"`, async () => {
      const { failures, log } = await read(twice(id));
      assert.deepEqual(
        failures.episodes.map(({ first }) => first.cause && causeText(first.cause)),
        ['a', 'b'].map((what) => `java.lang.NumberFormatException: For input string: "${what}"`),
      );
      assert.deepEqual(
        log.executions.map(({ task, subtask, end, states }) => [task, subtask, end, states.length]),
        Array(2).fill(['parse', 1, 'FAILED', 4]),
      );
    });
  }

  it('the form of the TaskManager, which prints the exception behind the state', async () => {
    const text = record('08:00:00', 'parse (1/2)#0 (***) switched from RUNNING to FAILED with failure cause: java.io.IOException: disk full', FRAME);
    const { failures } = await read(text);
    assert.equal(failures.first?.cause && causeText(failures.first.cause), 'java.io.IOException: disk full');
  });
});
