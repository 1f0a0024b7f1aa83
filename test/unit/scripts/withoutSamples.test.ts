// What tests read is left out of the bundles, whatever stands in it.
import assert from 'node:assert/strict';
import { withoutSamples } from '../../../scripts/lib/withoutSamples.mjs';

describe('a source without samples', () => {
  it('has its lists empty, and everything else as it was', () => {
    const text = [
      'const A = [',
      '  { id: "a", pattern: /[\\[]/, samples: ["a]", \'it\\\'s [\', `] [`], nearMisses: [',
      "    // don't] count",
      "    ['b', ['c']],",
      '  ], next: 1 },',
      '  { ...samples("x"), id: "samples" },',
      '];',
    ].join('\n');
    assert.equal(
      withoutSamples(text),
      ['const A = [', '  { id: "a", pattern: /[\\[]/, samples: [], nearMisses: [], next: 1 },', '  { ...samples("x"), id: "samples" },', '];'].join(
        '\n',
      ),
    );
  });

  it('is none where a list does not end', () => {
    assert.throws(() => withoutSamples('const A = { samples: ["a" };'), /does not end/);
  });
});
