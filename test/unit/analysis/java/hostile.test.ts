import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { at } from '../../../../scripts/lib/paths.mjs';
import { fixAllJava } from '../../../../server/src/core/analysis/java/edit/fixAll.ts';
import { jdkTool } from '../../../flink-lab/lib/toolchain.ts';
import { hasJdk } from '../../../java/differential/differential.ts';

const FOLDER = at('test/java/hostile');

const javaBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.java'))
    .sort();

const PROGRAMS = javaBelow(FOLDER).filter((name) => !/[/\\](?:T|All)\.java$/.test(name));

/** What the programs print, by their names. */
function printed(sources: ReadonlyMap<string, string>): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    const stubs = at('test/java/stubs/org');
    const files = [...sources].map(([name, text]) => {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    });
    const classes = join(folder, 'classes');
    execFileSync(jdkTool('javac'), ['-nowarn', '-Xlint:none', '-d', classes, ...javaBelow(stubs).map((name) => join(stubs, name)), ...files], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const names = PROGRAMS.map((name) => name.replace('.java', '').replaceAll(/[/\\]/g, '.'));
    const out = execFileSync(jdkTool('java'), ['-XX:TieredStopAtLevel=1', '-ea', '-cp', classes, 'hostile.All', ...names], { encoding: 'utf8' });
    return new Map(
      out
        .split('== ')
        .slice(1)
        .map((part) => [part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n') + 1)]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Edits that are called safe must not be made here, or keep what can be seen: each holds a line that looks harmless. */
describe('Java programs written to be broken by an edit', () => {
  it('compile and do the same before and after the edits that are called safe', function () {
    this.timeout(180_000);
    if (!hasJdk()) return this.skip();
    const before = new Map(javaBelow(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));
    const after = new Map([...before].map(([name, text]) => [name, fixAllJava(text, (plan) => plan.safe).text]));
    assert.ok([...after].filter(([name, text]) => text !== before.get(name)).length > 15, 'edits are made');
    assert.deepEqual(printed(after), printed(before));
  });

  for (const name of PROGRAMS) {
    it(`are at rest after one round: ${name}`, () => {
      const once = fixAllJava(readFileSync(join(FOLDER, name), 'utf8'), (plan) => plan.safe).text;
      assert.equal(fixAllJava(once, (plan) => plan.safe).text, once);
      assert.doesNotMatch(once, /synchronized \(\w+\) \{\s*\}/, 'an empty block');
    });
  }
});
