/**
 * The Java quick fix on Flink's own sources, which Maven fetches: every row of rows.ts is found before and silent
 * after, and BufferManager of 1.13.1 with fix 1 does what Flink's own fix does, compiles and no longer deadlocks; with
 * fix 2 it compiles.
 * The second half of `npm run test:flink`; by itself: `npx tsx test/flink-java/verify.ts [TRIES]`.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { methodOf } from '../../server/src/core/analysis/java/callGraph.ts';
import { reliefOf } from '../../server/src/core/analysis/java/danger.ts';
import { planMove } from '../../server/src/core/analysis/java/edit/index.ts';
import { applyEdits, isRefusal } from '../../server/src/core/analysis/java/edit/plan.ts';
import { planTakeItself } from '../../server/src/core/analysis/java/edit/takeItself.ts';
import { readJava } from '../../server/src/core/analysis/java/guarded.ts';
import type { GuardedCall, JavaModel } from '../../server/src/core/analysis/java/model.ts';
import { LineIndex } from '../../server/src/core/text.ts';
import { tryDeadlock } from '../flink-lab/flink22946.ts';
import { compile, jdkTool } from '../flink-lab/lib/toolchain.ts';
import { callsUnderLocks } from '../support/javaCalls.ts';
import { ROWS, type Row } from './rows.ts';

const BUFFER_MANAGER = 'io/network/partition/consumer/BufferManager.java';

/** Sources jars of flink-runtime, fetched once each. */
class Sources {
  readonly #folder: string;
  readonly #jars = new Map<string, Record<string, Uint8Array>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param version "SCALA:VERSION", or ":VERSION" where the artifact has no Scala suffix */
  read(version: string, file: string): string {
    let jar = this.#jars.get(version);
    if (jar === undefined) {
      const [scala, number] = version.split(':') as [string, string];
      const artifact = `flink-runtime${scala === '' ? '' : `_${scala}`}`;
      const into = join(this.#folder, `${artifact}-${number}`);
      mkdirSync(into, { recursive: true });
      const command = ['-q', '-B', 'dependency:copy', `-Dartifact=org.apache.flink:${artifact}:${number}:jar:sources`, `-DoutputDirectory=${into}`];
      execFileSync('mvn', command, { cwd: into, stdio: ['ignore', 'inherit', 'inherit'] });
      const name = readdirSync(into).find((entry) => entry.endsWith('.jar'));
      assert.ok(name, `Maven copied no sources of ${artifact} ${number}`);
      jar = unzipSync(readFileSync(join(into, name)), { filter: (entry) => entry.name.startsWith('org/apache/flink/runtime/io/') });
      this.#jars.set(version, jar);
    }
    const bytes = jar[`org/apache/flink/runtime/${file}`];
    assert.ok(bytes, `${file} is not in the sources of ${version}`);
    return strFromU8(bytes);
  }
}

function found(model: JavaModel, row: Row): GuardedCall[] {
  return model.guarded.filter(
    ({ callback }) =>
      callback.entry.method === row.callback && (row.method === null || methodOf(model.scope, callback.call.node)?.name === row.method),
  );
}

function checkRow(sources: Sources, row: Row): void {
  const model = readJava('', sources.read(row.before, row.file));
  const before = found(model, row);
  const after = found(readJava('', sources.read(row.after, row.file)), row);
  assert.ok(before.length > 0, `${row.issue}: nothing found in ${row.file} of ${row.before}`);
  assert.ok(
    before.some((one) => reliefOf(model, one) === null),
    `${row.issue}: what is found in ${row.file} of ${row.before} passes for harmless`,
  );
  assert.equal(after.length, 0, `${row.issue}: still found in ${row.file} of ${row.after}`);
  console.log(
    `${row.issue.padEnd(12)} ${row.file.replace(/^.*\//, '')}: ${before.length} x ${row.callback}() found in ${row.before}, none in ${row.after}`,
  );
}

/** The diagnostic of FLINK-22946: the line, and the way from the lock to it. */
function checkPlace(text: string, model: JavaModel): GuardedCall {
  const lines = new LineIndex(text);
  const line = (offset: number): number => lines.lineOf(offset) + 1;
  const one = model.guarded.find(({ callback }) => line(callback.call.nameNode.from) === 399);
  assert.ok(one, 'no finding at line 399');
  const path = one.paths.find(
    ({ steps: [only, more] }) => only !== undefined && more === undefined && methodOf(model.scope, only.node)?.name === 'recycle',
  );
  assert.ok(path, 'no path through recycle()');
  assert.deepEqual([line(path.locks[0]?.span.start ?? 0), line(path.steps[0]?.node.from ?? 0)], [192, 200]);
  console.log('FLINK-22946  BufferManager.java:399 recycleBuffer(), under bufferQueue since line 192, through addExclusiveBuffer() at line 200');
  return one;
}

/** FLINK-22946 as Flink fixed it in 1.13.2: the same calls in the same order, each under the same locks. */
function checkAsFlinkDid(fixed: JavaModel, flinks: JavaModel): void {
  for (const method of ['recycle', 'addExclusiveBuffer']) {
    const calls = callsUnderLocks(fixed, method);
    assert.deepEqual(calls, callsUnderLocks(flinks, method));
    console.log(`FLINK-22946  fix 1 in 1.13.1 and Flink's own in 1.13.2, ${method}(): ${calls.join(', ')}`);
  }
}

/** What 1.13.2 still has: the floating buffers that FLINK-16641 moved, and those of a released channel. */
function checkWhatIsLeft(text: string, model: JavaModel): void {
  const lines = new LineIndex(text);
  const found = model.guarded.map((one) => [lines.lineOf(one.callback.call.nameNode.from) + 1, reliefOf(model, one)?.code ?? 'danger']);
  assert.deepEqual(found, [
    [446, 'defused'],
    [456, 'danger'],
  ]);
  console.log(`FLINK-16641  BufferManager.java of 1.13.2: ${found.map(([line, what]) => `line ${line} ${what}`).join(', ')}`);
}

function compiled(folder: string, name: string, text: string, jars: readonly string[]): string {
  const source = join(folder, name, 'BufferManager.java');
  const classes = join(folder, name, 'patched-classes');
  mkdirSync(classes, { recursive: true });
  writeFileSync(source, text);
  execFileSync(jdkTool('javac'), ['-nowarn', '-encoding', 'UTF-8', '-proc:none', '-cp', jars.join(delimiter), '-d', classes, source], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  return classes;
}

/**
 * @param tries how often the program tries to deadlock with each patch
 * @returns exit code
 */
async function verify(tries = 200): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'logjam-java-'));
  try {
    const sources = new Sources(folder);
    for (const row of ROWS) checkRow(sources, row);
    const text = sources.read('2.12:1.13.1', BUFFER_MANAGER);
    const next = sources.read('2.12:1.13.2', BUFFER_MANAGER);
    checkWhatIsLeft(next, readJava('', next));
    const model = readJava('', text);
    const one = checkPlace(text, model);
    const moved = planMove(model, one);
    assert.ok(!isRefusal(moved), 'fix 1 was refused');
    const kept = planTakeItself(model, one);
    assert.ok(kept, 'fix 2 was not offered');
    const { jars } = await compile('flink-22946', '1.13.1');
    const fixed = applyEdits(text, moved.edits);
    const after = readJava('', fixed);
    checkAsFlinkDid(after, readJava('', next));
    assert.ok(
      !after.guarded.some(({ callback }) => /^(?:addExclusiveBuffer|recycle)$/.test(methodOf(after.scope, callback.call.node)?.name ?? '')),
      'fix 1 leaves the finding',
    );

    // With fix 2 a waiting channel keeps its buffer, so the program, which waits for the call of the pool, cannot go on.
    compiled(folder, 'fix2', applyEdits(text, kept.edits), jars);
    console.log('fix 2: compiled against 1.13.1');
    const classes = compiled(folder, 'fix1', fixed, jars);
    const unfixed = await tryDeadlock('1.13.1', 10);
    console.log(`unfixed: ${unfixed.deadlocked} of ${unfixed.tries} tries deadlock`);
    assert.ok(unfixed.deadlocked > 0, 'the program does not deadlock without the fix');
    const { deadlocked, tries: made, output } = await tryDeadlock('1.13.1', tries, classes);
    console.log(`fix 1: compiled against 1.13.1, ${deadlocked} of ${made} tries deadlock`);
    assert.match(output, /^BufferManager: patched-classes$/m, 'the patched class was not the one that ran');
    assert.match(output, /^deadlocked: .*stuck otherwise: 0/m, 'a try was stuck for another reason');
    assert.deepEqual([deadlocked, made], [0, tries]);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void verify(process.argv[2] === undefined ? undefined : Number(process.argv[2])).then((code) => {
  process.exitCode = code;
});
