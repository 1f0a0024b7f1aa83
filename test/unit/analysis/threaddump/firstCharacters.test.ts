import assert from 'node:assert/strict';
import { firstCharacters } from '../../../../server/src/core/analysis/threaddump/firstCharacters.ts';
import { ROLE_PATTERNS } from '../../../../server/src/core/knowledge/threadRoles.ts';

describe('first characters', () => {
  for (const [pattern, firsts] of [
    [/^main$/, 'm'],
    [/^(?:(?:a|b)c|d)e/, 'abd'],
    [/^(?<name>ab|c)?d/, 'acd'],
    [/^(?:ab|[|)]c)/, null],
    [/^(?:a|[)|]|b)c/, null],
    [/^(?:ab|c)*d/, null],
    [/^\.x/, '.'],
    [/^\d+$/, null],
    [/^a?b/, null],
    [/^a*b/, null],
    [/^a|b/, null],
    [/^[ab]c/, null],
    [/^(?:a|\w)b/, null],
    [/^(?:a|(?=.*b).*)$/, null],
    [/^.+ x$/, null],
    [/^a/i, null],
    [/a/, null],
  ] as const) {
    it(String(pattern), () => {
      const found = firstCharacters(pattern);
      assert.equal(found === null ? null : [...found].sort().join(''), firsts);
    });
  }

  it('are those of all samples of roles', () => {
    for (const { pattern, samples } of ROLE_PATTERNS) {
      const firsts = firstCharacters(pattern);
      for (const sample of samples) assert.ok(firsts === null || firsts.has(sample.charAt(0)), `${pattern} ${sample}`);
    }
  });
});
