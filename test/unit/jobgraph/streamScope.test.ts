import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { StreamScope } from '../../../server/src/core/jobgraph/streamScope.ts';

/** A scope reached from a root by nesting (true) and unnesting (false, ignored on the root). */
const walk = (root: StreamScope, steps: readonly boolean[]): StreamScope =>
  steps.reduce((scope, inwards) => (inwards ? scope.nest() : scope.getLevel() > 0 ? scope.unnest() : scope), root);

const steps = fc.array(fc.boolean(), { maxLength: 12 });

/** Three scopes below one root. */
const three = fc.tuple(steps, steps, steps).map((all) => {
  const root = StreamScope.root();
  const a = walk(root, all[0]);
  // The second continues from the first now and then, so that related scopes come up.
  const b = walk(all[1].length % 2 === 0 ? a : root, all[1]);
  const c = walk(all[2].length % 2 === 0 ? b : a, all[2]);
  return [a, b, c] as const;
});

const LAWS: [string, () => void][] = [
  ['the root has level 0 and path [0]', () => assert.deepEqual([StreamScope.root().getLevel(), StreamScope.root().path], [0, [0]])],
  ['all roots are equal', () => assert.ok(StreamScope.root().equals(StreamScope.root()))],
  ['unnest on the root is an error', () => assert.throws(() => StreamScope.root().unnest(), RangeError)],
  [
    'nest().unnest() equals',
    () => {
      const s = StreamScope.root().nest();
      assert.ok(s.nest().unnest().equals(s));
    },
  ],
  [
    'every nest() is distinct',
    () => {
      const s = StreamScope.root();
      assert.ok(!s.nest().equals(s.nest()));
    },
  ],
  [
    'siblings are neither inner nor outer',
    () => {
      const s = StreamScope.root();
      const [a, b] = [s.nest(), s.nest()];
      assert.deepEqual([a.isInnerOf(b), a.isOuterOf(b), b.isInnerOf(a), b.isOuterOf(a)], [false, false, false, false]);
    },
  ],
  [
    'nest().isInnerOf(s), and s.isOuterOf(nest())',
    () => {
      const s = StreamScope.root().nest();
      assert.ok(s.nest().isInnerOf(s) && s.isOuterOf(s.nest()));
    },
  ],
  [
    'nothing is inner of itself',
    () => {
      const s = StreamScope.root().nest();
      assert.ok(!s.isInnerOf(s) && !s.isOuterOf(s));
    },
  ],
  [
    'two nests add two levels',
    () => {
      const s = StreamScope.root();
      assert.equal(s.nest().nest().getLevel(), s.getLevel() + 2);
    },
  ],
  [
    'getContextForLevel(getLevel() - 2) is unnest().unnest()',
    () => {
      const s = StreamScope.root().nest().nest().nest();
      assert.ok(s.getContextForLevel(s.getLevel() - 2).scope.equals(s.unnest().unnest()));
    },
  ],
  [
    'getContextForLevel gives id and scope',
    () => {
      const s = StreamScope.root().nest().nest();
      assert.deepEqual(
        [0, 1, 2].map((level) => s.getContextForLevel(level).id),
        s.path,
      );
      assert.equal(s.getContextForLevel(2).id, s.getCurrentLevelContext());
    },
  ],
  [
    'getContextForLevel outside 0 to level is an error',
    () => {
      const s = StreamScope.root().nest();
      for (const level of [-1, 2, 0.5, Number.NaN]) assert.throws(() => s.getContextForLevel(level), RangeError);
    },
  ],
  [
    'all outer scopes, next first',
    () => {
      const s = StreamScope.root().nest().nest();
      assert.deepEqual(
        s.outerScopes().map((scope) => scope.path),
        [[0, 1], [0]],
      );
      assert.deepEqual(StreamScope.root().outerScopes(), []);
    },
  ],
  ['scopes of different roots are not equal below the root', () => assert.ok(!StreamScope.root().nest().equals(StreamScope.root().nest()))],
];

describe('StreamScope', () => {
  for (const [law, check] of LAWS) it(law, check);

  const property = (name: string, check: (a: StreamScope, b: StreamScope, c: StreamScope) => boolean) =>
    it(name, () =>
      fc.assert(
        fc.property(three, ([a, b, c]) => check(a, b, c)),
        { numRuns: 500 },
      ),
    );

  property('inner and outer are inverse', (a, b) => a.isInnerOf(b) === b.isOuterOf(a));
  property('at most one of inner, outer and equal holds', (a, b) => Number(a.isInnerOf(b)) + Number(a.isOuterOf(b)) + Number(a.equals(b)) <= 1);
  property('inner is transitive', (a, b, c) => !(a.isInnerOf(b) && b.isInnerOf(c)) || a.isInnerOf(c));
  property('inner means: other is among the outer scopes', (a, b) => a.isInnerOf(b) === a.outerScopes().some((scope) => scope.equals(b)));
  property('inner means: the path of the other is a proper prefix', (a, b) => {
    const prefix = b.path.every((id, level) => a.path[level] === id) && a.path.length > b.path.length;
    return a.isInnerOf(b) === prefix;
  });
  property('equal scopes have equal paths', (a, b) => a.equals(b) === (a.toString() === b.toString()));
  property('the level is the number of outer scopes', (a) => a.getLevel() === a.outerScopes().length && a.getLevel() === a.path.length - 1);
  property('the common scope holds both and is the innermost to do so', (a, b) => {
    const common = a.commonWith(b);
    const holds = (scope: StreamScope) => (scope.equals(a) || scope.isOuterOf(a)) && (scope.equals(b) || scope.isOuterOf(b));
    return holds(common) && ![a, b, ...a.outerScopes()].some((scope) => scope.isInnerOf(common) && holds(scope));
  });
});
