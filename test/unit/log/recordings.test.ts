import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { subtaskLabel } from '../../../server/src/core/log/executions.ts';
import { rootOf } from '../../../server/src/core/log/traces/throwables.ts';
import { read } from './helpers.ts';

/** Logs of real clusters, recorded together with what was done to them. */
const FOLDER = at('test/fixtures/flink');

interface Recording {
  expected?: {
    flinkVersion?: string;
    firstFailure?: { exception: string; task: string | null; subtask: string | null } | null;
    chain?: string[];
    attempts?: number;
    memoryPool?: string;
    stuckTask?: { task: string; subtask: string; frame: string };
  };
}

const recordings = readdirSync(FOLDER).flatMap((version) =>
  readdirSync(path.join(FOLDER, version)).flatMap((scenario) => {
    const folder = path.join(FOLDER, version, scenario);
    if (!existsSync(path.join(folder, 'jobmanager.log'))) return [];
    const recording = JSON.parse(readFileSync(path.join(folder, 'recording.json'), 'utf8')) as Recording;
    return [{ name: `${version} ${scenario}`, folder, expected: recording.expected ?? {} }];
  }),
);

const textOf = (folder: string, file: string) => readFileSync(path.join(folder, file), 'utf8');

describe('recorded logs', () => {
  for (const { name, folder, expected } of recordings) {
    it(`${name}: records, version, first failure`, async () => {
      const text = textOf(folder, 'jobmanager.log');
      const { log, failures, flinkVersion } = await read(text);
      assert.equal(log.recordCount, text.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} /gm)?.length);
      assert.equal(flinkVersion?.range, expected.flinkVersion);
      if (expected.firstFailure === undefined) return;
      if (expected.firstFailure === null) {
        assert.equal(failures.first, null);
        return;
      }
      const { first } = failures;
      const exception = first?.exception == null ? undefined : log.exceptions[first.exception];
      assert.ok(first !== null && exception !== undefined);
      assert.equal(rootOf(exception).className, expected.chain?.at(-1));
      if (expected.firstFailure.task === null) return;
      const execution = first.execution === null ? undefined : log.executions[first.execution];
      assert.equal(execution?.task, expected.firstFailure.task);
      assert.equal(execution === undefined ? null : subtaskLabel(execution), expected.firstFailure.subtask);
      if (expected.attempts !== undefined) assert.equal(failures.episodes.length, expected.attempts);
    });

    if (expected.memoryPool !== undefined) {
      it(`${name}: the pool that ran out`, async () => {
        assert.deepEqual(
          (await read(textOf(folder, 'taskmanager.log'))).memory.map((verdict) => verdict.pool),
          [expected.memoryPool],
        );
      });
      it(`${name}: one finding tells of the failure and of the memory`, async () => {
        for (const log of ['jobmanager.log', 'taskmanager.log']) {
          const { findings, memory } = await read(textOf(folder, log));
          const told = findings.filter(({ id }) => id === 'first-failure' || id === 'memory-exhausted');
          if (memory.length === 0) continue;
          assert.deepEqual(
            told.map(({ id }) => id),
            ['first-failure'],
          );
          const [one] = told;
          assert.ok(one !== undefined && one.advice.length > 0);
          assert.deepEqual(
            memory.map(({ pool }) => pool),
            (one.facts['memory'] as { pool: string }[]).map(({ pool }) => pool),
          );
        }
      });
    }

    const { stuckTask } = expected;
    if (stuckTask !== undefined) {
      it(`${name}: where the task is stuck`, async () => {
        const { findings } = await read(textOf(folder, 'taskmanager.log'));
        const found = findings.find((one) => one.id === 'stuck-cancellation');
        assert.ok(found?.details.join(' ').includes(stuckTask.frame), found?.details.join(' '));
        assert.match(found?.message ?? '', new RegExp(`${stuckTask.task} \\(${stuckTask.subtask}\\)`));
      });
    }
  }
});
