import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogAnalysis } from '../../../server/src/core/analysis/log/model.ts';
import { detect } from '../../../server/src/core/detect.ts';
import { analyse } from '../../../server/src/core/kinds/index.ts';

const answer = (version: string) => readFileSync(path.join(__dirname, `../../fixtures/flink/${version}/failing-sink/exceptions.json`), 'utf8');

/** What the failures of a document say, read as a log. */
async function read(text: string): Promise<LogAnalysis | null> {
  const analysis = await analyse({ uri: 'file:///exceptions.json', text });
  assert.ok(analysis.kind === 'rest-document', analysis.kind);
  assert.deepEqual(
    analysis.rest.documents.map(({ type }) => type),
    ['exceptions'],
  );
  return analysis.failures;
}

describe('answers of /jobs/:jobid/exceptions', () => {
  for (const version of ['1.13.1', '1.18.1', '1.20.3', '2.3.0']) {
    it(`${version}: every attempt with its subtask and cause, oldest first`, async () => {
      const text = answer(version);
      const found = await read(text);
      assert.ok(found !== null);
      const { log, failures } = found;
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
    assert.deepEqual(old?.failures.first?.failed, { code: 'task', facts: { name: 'Map', subtask: '1/2' } });
    const bare = await read(JSON.stringify({ 'root-exception': trace, timestamp: 5, 'all-exceptions': [], truncated: false }));
    assert.deepEqual(bare?.failures.first?.cause, {
      code: 'exception',
      facts: { root: { className: 'java.io.IOException', message: 'x' }, within: null },
    });
    assert.equal(await read('{"root-exception":null,"timestamp":null,"all-exceptions":[]}'), null);
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
