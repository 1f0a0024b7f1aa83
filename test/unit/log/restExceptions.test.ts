import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { detect } from '../../../server/src/core/detect.ts';
import { read } from './helpers.ts';

const answer = (version: string) => readFileSync(path.join(__dirname, `../../fixtures/flink/${version}/failing-sink/exceptions.json`), 'utf8');

describe('answers of /jobs/:jobid/exceptions', () => {
  for (const version of ['1.13.1', '1.18.1', '1.20.3', '2.3.0']) {
    it(`${version}: every attempt with its subtask and cause, oldest first`, async () => {
      const text = answer(version);
      assert.equal(detect(text).kind, 'flink-log');
      const { log, failures } = await read(text);
      assert.equal(log.wrapper, 'rest-exceptions');
      assert.deepEqual(
        log.executions.map((one) => [one.attempt, one.end]),
        [
          [0, 'FAILED'],
          [1, 'FAILED'],
          [2, 'FAILED'],
        ],
      );
      assert.deepEqual(
        failures.episodes.map(({ first: { cause } }) => cause),
        Array(3).fill({
          code: 'exception',
          facts: { root: { className: 'java.io.IOException', message: 'Connection reset by peer' }, within: null },
        }),
      );
      const head = log.exceptions[0]?.top.headSpan;
      assert.match(text.slice(head?.start, head?.end), /^java\.io\.IOException: Could not write order \d+$/);
    });
  }

  it('without a history: the last exceptions of the tasks, else the one that ended the job', async () => {
    const trace = 'java.io.IOException: x\n\tat a.B.c(B.java:1)\n';
    const old = await read(
      JSON.stringify({ 'root-exception': trace, timestamp: 5, 'all-exceptions': [{ exception: trace, task: 'Map (1/2)', timestamp: 3 }] }),
    );
    assert.deepEqual(old.failures.first?.failed, { code: 'task', facts: { name: 'Map', subtask: '1/2' } });
    const bare = await read(JSON.stringify({ 'root-exception': trace, timestamp: 5, 'all-exceptions': [], truncated: false }));
    assert.deepEqual(bare.failures.first?.cause, {
      code: 'exception',
      facts: { root: { className: 'java.io.IOException', message: 'x' }, within: null },
    });
    assert.equal((await read('{"root-exception":null,"timestamp":null,"all-exceptions":[]}')).failures.first, null);
  });

  it('the description of the API names the same fields and is none', () => {
    const description = {
      calls: [
        { response: { properties: { 'root-exception': { type: 'string' }, exceptionHistory: { properties: { stacktrace: { type: 'string' } } } } } },
      ],
    };
    assert.equal(detect(JSON.stringify(description, null, 2)).kind, 'unknown');
  });
});
