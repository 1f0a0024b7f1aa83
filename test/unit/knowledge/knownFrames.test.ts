import assert from 'node:assert/strict';
import { standing } from '../../../server/src/core/analysis/threaddump/standing.ts';
import { KNOWN_FRAMES } from '../../../server/src/core/knowledge/knownFrames.ts';
import { ROLES } from '../../../server/src/core/knowledge/threadRoles.ts';

describe('known frames', () => {
  for (const { id, samples, nearMisses } of KNOWN_FRAMES) {
    it(id, () => {
      assert.ok(samples.length > 0 && nearMisses.length > 0, 'a sample and a near miss');
      for (const { frames, role, state } of samples) assert.equal(standing(frames, role ?? null, state ?? null)?.known.id, id);
      for (const { frames, role, state } of nearMisses) assert.notEqual(standing(frames, role ?? null, state ?? null)?.known.id, id);
    });
  }

  it('names only roles that exist and overrides that exist', () => {
    const roles = new Set(ROLES.map(({ id }) => id));
    const ids = new Set(KNOWN_FRAMES.map(({ id }) => id));
    for (const entry of KNOWN_FRAMES) {
      for (const role of entry.roles ?? []) assert.ok(roles.has(role), `${entry.id}: role ${role}`);
      for (const other of entry.overrides ?? []) assert.ok(ids.has(other), `${entry.id}: overrides ${other}`);
    }
    assert.equal(ids.size, KNOWN_FRAMES.length, 'ids are unique');
  });

  it('keeps an idle mailbox undecidable', () => {
    const found = standing(['org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take'], 'task', 'TIMED_WAITING');
    assert.equal(found?.known.activity, 'undecidable');
  });

  it('does not take a frame of another role', () => {
    assert.equal(standing(['java.lang.Thread.sleep', 'com.example.Pool.run'], 'executor', 'TIMED_WAITING'), null);
  });
});
