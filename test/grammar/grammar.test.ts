// Runs every test/grammar/cases/* file: a sample with its expected scopes in comment lines (vscode-tmgrammar-test's form),
// first line `# SYNTAX TEST "SCOPE" "WHAT"`.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseGrammarTestCase, runGrammarTestCase } from 'vscode-tmgrammar-test/dist/unit/index.js';
import { at } from '../../scripts/lib/paths.mjs';
import { grammars, registry } from './harness.ts';

describe('TextMate grammars', () => {
  for (const { scopeName, path } of grammars) {
    it(`${path} loads as ${scopeName}`, async () => assert.ok(await registry.loadGrammar(scopeName)));
  }

  const cases = at('test/grammar/cases');
  for (const name of existsSync(cases) ? readdirSync(cases).sort() : []) {
    it(name, async () => {
      const failures = await runGrammarTestCase(registry, parseGrammarTestCase(readFileSync(`${cases}/${name}`, 'utf8')));
      const text = failures.map(
        ({ line, srcLine, start, end, missing, unexpected, actual }) =>
          `line ${line + 1} (source line ${srcLine + 1}) ${start}-${end}: missing ${missing.join(' ')}, unexpected ${unexpected.join(' ')}, actual ${actual.join(' ')}`,
      );
      assert.deepEqual(text, []);
    });
  }
});
