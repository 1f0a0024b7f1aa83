import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argumentLine } from '../../../../scripts/lib/call.mjs';
import { at } from '../../../../scripts/lib/paths.mjs';
import { planMove } from '../../../../server/src/core/analysis/java/edit/index.ts';
import { applyEdits, isRefusal } from '../../../../server/src/core/analysis/java/edit/plan.ts';
import { readJava } from '../../../../server/src/core/analysis/java/guarded.ts';
import type { TextEdit } from '../../../../server/src/core/model.ts';
import { textEdits } from '../../../../server/src/core/rules/java/words.ts';
import { files, load, membersOf, type Shape, save, wholeFile } from '../../../java/shapes.ts';

/** Set to write what comes out into the data files, to be read there. */
const UPDATE = process.env['LOGJAM_UPDATE'] === '1';
const MAX_ROUNDS = 10;

const all = new Map(files().map((file) => [file, load(file)]));
const compiled: { shape: Shape; text: string }[] = [];

/** Editors refuse edits that overlap. */
function apart(edits: readonly TextEdit[], length: number): void {
  const ordered = [...edits].sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
  for (const [index, { span, description }] of ordered.entries()) {
    assert.ok(span.start <= span.end && span.end <= length);
    assert.ok(index === 0 || span.start >= (ordered[index - 1] as TextEdit).span.end, 'edits overlap');
    assert.ok(description, 'an edit without a description');
  }
}

/** Applies the first fix again and again until none is left. */
function fixed(shape: Shape, eol = '\n'): string {
  let text = wholeFile(shape, shape.before).replaceAll('\n', eol);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const model = readJava('file:///Shape.java', text);
    const first = model.guarded[0];
    if (first === undefined) return text;
    const plan = planMove(model, first);
    assert.ok(!isRefusal(plan), `refused: ${isRefusal(plan) ? `${plan.refused}, ${plan.reason.code}` : ''}`);
    apart(textEdits(plan.edits), text.length);
    text = applyEdits(text, plan.edits);
  }
  return assert.fail('fixes do not come to an end');
}

describe('Java shapes', () => {
  for (const [file, shapes] of all) {
    describe(file.replace('.java.txt', ''), () => {
      for (const shape of shapes) {
        it(shape.name, () => {
          const before = wholeFile(shape, shape.before);
          if (!shape.broken) compiled.push({ shape: { ...shape, id: `${shape.id}` }, text: before });
          const model = readJava('file:///Shape.java', before);
          if (file.includes('silent')) return assert.deepEqual(model.guarded, []);
          const first = model.guarded[0];
          assert.ok(first, 'nothing was found');
          if (shape.refused !== null) {
            const plan = planMove(model, first);
            assert.ok(isRefusal(plan), 'an edit was offered');
            assert.equal(plan.refused, shape.refused, plan.reason.code);
            for (const place of plan.places) assert.ok(place.span.end > place.span.start && place.span.end <= before.length);
            return;
          }
          const text = fixed(shape);
          const after = membersOf(shape, text);
          if (UPDATE) shape.after = after;
          assert.equal(after, shape.after);
          assert.equal(fixed(shape, '\r\n'), text.replaceAll('\n', '\r\n'));
          const id = shape.id.replace('s', 'a');
          compiled.push({ shape: { ...shape, id }, text: text.replace(`shapes.${shape.id}`, `shapes.${id}`) });
        });
      }
    });
  }

  after(() => {
    if (UPDATE) for (const [file, shapes] of all) save(file, shapes);
  });

  // In a suite of its own: mocha runs the tests of a suite before the suites in it.
  describe('with a JDK', () => {
    it('are accepted by javac, and do the same before and after with no lock held', function () {
      this.timeout(180_000);
      if (spawnSync('javac', ['-version']).status !== 0) return this.skip();
      const folder = mkdtempSync(join(tmpdir(), 'shapes-'));
      try {
        const stubs = at('test/java/stubs');
        const sources = readdirSync(stubs, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.java'))
          .map((name) => join(stubs, name));
        for (const { shape, text } of compiled) {
          const into = join(folder, 'src/shapes', shape.id);
          mkdirSync(into, { recursive: true });
          writeFileSync(join(into, 'Shape.java'), text);
          sources.push(join(into, 'Shape.java'));
        }
        writeFileSync(join(folder, 'sources'), sources.map(argumentLine).join('\n'));
        const run = (command: string, ...args: string[]): string => execFileSync(command, args, { stdio: 'pipe', encoding: 'utf8' });
        run('javac', '-encoding', 'UTF-8', '-nowarn', '-Xmaxerrs', '1000', '-d', join(folder, 'out'), `@${join(folder, 'sources')}`);
        const fixed = compiled.filter(({ shape }) => shape.id.startsWith('a')).map(({ shape }) => shape.id.slice(1));
        const lines = run('java', '-cp', join(folder, 'out'), 'shapes.Compare', ...fixed)
          .trim()
          .split('\n');
        assert.deepEqual(
          lines.filter((line) => !line.startsWith('#')),
          [],
        );
        assert.equal(lines.filter((line) => /^# \S+ [1-9]/.test(line)).length, fixed.length);
        // The others make their call only in ways that no run takes, or one that is not watched.
        assert.ok(lines.filter((line) => line.endsWith('held before')).length >= 100);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        assert.fail(String((error as { stderr?: string }).stderr ?? error).replaceAll(folder, ''));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
});
