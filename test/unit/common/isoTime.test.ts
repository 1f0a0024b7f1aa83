import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isoTime } from '../../../common/isoTime.ts';
import { sourcesOf } from '../../../scripts/lib/imports.mjs';
import { at } from '../../../scripts/lib/paths.mjs';

describe('times of files', () => {
  it('are written where a calendar has them', () => {
    assert.equal(isoTime(0), '1970-01-01T00:00:00.000Z');
    assert.equal(isoTime(-1), '1969-12-31T23:59:59.999Z');
    for (const none of [Number.NaN, Infinity, -Infinity, 8.64e15 + 1, -1e30]) assert.equal(isoTime(none), '');
  });

  it('are written by nothing else, which would throw', () => {
    const others = ['common', 'server/src', 'client/src', 'media']
      .flatMap((folder) => sourcesOf(folder))
      .filter((file) => file.endsWith('.ts') && file !== 'common/isoTime.ts' && readFileSync(at(file), 'utf8').includes('.toISOString('));
    assert.deepEqual(others, []);
  });
});
