import assert from 'node:assert/strict';
import { at } from '../../scripts/lib/paths.mjs';
import { logjamJson } from './harness.ts';

describe('logjam diff', () => {
  it('compares two dumps as JSON, the culprit first', async () => {
    const folder = 'test/fixtures/flink/1.20.3/waits-for-own-checkpoint';
    const files = [1, 2].map((number) => at(`${folder}/taskmanager-jstack-${number}.txt`));
    const { value } = await logjamJson<{ schema: number; threads: { name: string; verdict: string; suspicion: string }[]; idle: number }>([
      'diff',
      ...files,
      '--format',
      'json',
    ]);
    assert.equal(value.schema, 1);
    const [first] = value.threads;
    assert.deepEqual([first?.name, first?.verdict, first?.suspicion], ['commit on checkpoint (1/1)#0', 'stuck', 'waits-in-user-code']);
    assert.ok(value.idle > 50);
  });
});
