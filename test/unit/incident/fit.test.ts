import assert from 'node:assert/strict';
import { fit as inRoom, Keep, MAX_DIGEST } from '../../../server/src/core/incident/digest/fit.ts';

/** So many members of so many characters, beside so many that are not in a list. */
const made =
  (members: number, length: number, beside = 0) =>
  (keep: Keep) => ({ beside: 'x'.repeat(beside), list: keep.ends(Array.from({ length: members }, (_, index) => `${index}`.padEnd(length, '-'))) });

/** With each number of members, from the most on. */
function thorough(make: (keep: Keep) => object): { size: number; left: number } | undefined {
  for (const limit of [1000, 500, 250, 120, 60, 30, 15, 8, 4, 2, 0]) {
    const keep = new Keep(limit);
    const size = JSON.stringify(make(keep)).length;
    if (size <= MAX_DIGEST || limit === 0) return { size, left: keep.left };
  }
  return undefined;
}

describe('the room of a digest', () => {
  for (const members of [0, 1, 119, 121, 251, 1000, 1001])
    for (const length of [1, 200, 900, 3000, 40_000])
      for (const beside of [0, 200_000, 300_000])
        it(`${members} members of ${length} characters beside ${beside}: as many are kept as there is room for`, () => {
          const make = made(members, length, beside);
          const { size, left, body } = inRoom(make);
          assert.deepEqual({ size, left }, thorough(make));
          assert.equal(body.list.length + left, members);
        });

  it('of what is cut and counted elsewhere more is kept where there is room', () => {
    const items = Array.from({ length: 900 }, (_, index) => index);
    const { body, left } = inRoom((keep) => ({ list: keep.holds(items.length) ? items : items.slice(0, keep.limit) }));
    assert.deepEqual([body.list.length, left], [900, 0]);
  });
});
