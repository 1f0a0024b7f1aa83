import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { at } from '../../../../scripts/lib/paths.mjs';
import { fixAllJava } from '../../../../server/src/core/analysis/java/edit/fixAll.ts';
import { parseJava } from '../../../../server/src/core/java/parse.ts';
import { hasError } from '../../../../server/src/core/java/syntax.ts';
import { jdksByVersion, jdkTool } from '../../../flink-lab/lib/toolchain.ts';
import { hasJdk } from '../../../java/differential/differential.ts';

const javaBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.java'))
    .sort();

const HOSTILE = at('test/java/hostile');
const STUBS = at('test/java/stubs/org');

/** What runs the programs and writes down what they do. */
const RUNNING = ['hostile/All.java', 'hostile/T.java'];

interface Suite {
  what: string;
  folder: string;
  /** Home of a JDK that knows the language; undefined: the one on the path; null: none is here. */
  jdk: string | undefined | null;
  /** Files that edits must change at least. */
  edited: number;
}

const newest = [...jdksByVersion()].sort(([a], [b]) => b - a)[0];

const SUITES: readonly Suite[] = [
  { what: 'Java programs written to be broken by an edit', folder: HOSTILE, jdk: hasJdk() ? undefined : null, edited: 16 },
  {
    what: 'programs of Java 25',
    folder: at('test/java/modern'),
    jdk: newest !== undefined && newest[0] >= 25 ? newest[1] : null,
    edited: 3,
  },
];

const programsOf = ({ folder }: Suite): string[] => javaBelow(folder).filter((name) => !RUNNING.includes(name.replaceAll('\\', '/')));

/** What the programs print, by their names. */
function printed(suite: Suite, sources: ReadonlyMap<string, string>): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    const files = [...sources].map(([name, text]) => {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    });
    const given = [...javaBelow(STUBS).map((name) => join(STUBS, name)), ...RUNNING.map((name) => join(HOSTILE, name))];
    const classes = join(folder, 'classes');
    const home = suite.jdk ?? undefined;
    execFileSync(jdkTool('javac', home), ['-nowarn', '-encoding', 'UTF-8', '-Xlint:none', '-d', classes, ...given, ...files], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const names = programsOf(suite).map((name) => name.replace('.java', '').replaceAll(/[/\\]/g, '.'));
    const out = execFileSync(jdkTool('java', home), ['-XX:TieredStopAtLevel=1', '-ea', '-cp', classes, 'hostile.All', ...names], {
      encoding: 'utf8',
    });
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
for (const suite of SUITES) {
  describe(suite.what, () => {
    it('compile and do the same before and after the edits that are called safe', function () {
      this.timeout(180_000);
      if (suite.jdk === null) return this.skip();
      const before = new Map(programsOf(suite).map((name) => [name, readFileSync(join(suite.folder, name), 'utf8')]));
      const after = new Map([...before].map(([name, text]) => [name, fixAllJava(text, (plan) => plan.safe).text]));
      assert.ok([...after].filter(([name, text]) => text !== before.get(name)).length >= suite.edited, 'edits are made');
      assert.deepEqual(printed(suite, after), printed(suite, before));
    });

    for (const name of programsOf(suite)) {
      it(`are at rest after one round: ${name}`, () => {
        const text = readFileSync(join(suite.folder, name), 'utf8');
        if (suite !== SUITES[0]) assert.equal(hasError(parseJava(text).tree.topNode), false);
        const once = fixAllJava(text, (plan) => plan.safe).text;
        assert.equal(fixAllJava(once, (plan) => plan.safe).text, once);
        assert.doesNotMatch(once, /synchronized \(\w+\) \{\s*\}/, 'an empty block');
      });
    }
  });
}
