import assert from 'node:assert/strict';
import { roleOf } from '../../../server/src/core/analysis/threaddump/roles.ts';
import { ROLE_PATTERNS, ROLES } from '../../../server/src/core/knowledge/threadRoles.ts';
import { roleText } from '../../../server/src/core/views/threaddump/words.ts';

describe('thread roles', () => {
  for (const { role, pattern, samples, nearMisses } of ROLE_PATTERNS) {
    it(`${role}: ${pattern.source.slice(0, 60)}`, () => {
      assert.ok(samples.length > 0 && nearMisses.length > 0, 'a sample and a near miss');
      for (const sample of samples) assert.equal(roleOf(sample)?.role.id, role, sample);
      for (const miss of nearMisses) assert.ok(!pattern.test(miss), `near miss matched: ${miss}`);
    });
  }

  it('has a description for every role and uses every role', () => {
    const used = new Set(ROLE_PATTERNS.map(({ role }) => role));
    assert.deepEqual(
      ROLES.map(({ id }) => id).filter((id) => !used.has(id)),
      [],
    );
    assert.deepEqual(
      [...used].filter((id) => !ROLES.some((role) => role.id === id)),
      [],
    );
  });

  it('reads task, subtask, parallelism and attempt', () => {
    const role = roleOf('Channel state writer Join(xxxxxx) (34/256)#1');
    assert.deepEqual([role?.task, role?.subtask, role?.parallelism, role?.attempt], ['Join(xxxxxx)', 34, 256, 1]);
    assert.equal(role && roleText(role), 'channel state writer of Join(xxxxxx) (34/256), attempt 1');
  });

  it('tells a canceler apart from the task it cancels', () => {
    const role = roleOf('Canceler for Map (1/2)#0 (0d7ec821946a5183b4b8ad7915c212df).');
    assert.equal(role?.role.id, 'canceler');
    assert.equal(role?.task, 'Map');
  });

  it('says nothing about a stranger', () => assert.equal(roleOf('my fancy worker'), null));
});
