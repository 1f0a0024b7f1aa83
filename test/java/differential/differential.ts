/**
 * Compares generated programs before and after the safe edits of their callbacks: each is compiled and run in a small
 * machine that tries interleavings (model/), and what it returns, throws, calls and leaves must be what it did before.
 *
 * `compare(from, count, seed)` gives what differs; it needs a JDK.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { at } from '../../../scripts/lib/paths.mjs';
import { fixAllJava } from '../../../server/src/core/analysis/java/edit/fixAll.ts';
import { jdkTool } from '../../flink-lab/lib/toolchain.ts';
import { forMachine, programOf } from './programs.ts';

/** Programs that are compiled together. */
const BATCH = 250;

export interface Difference {
  number: number;
  what: string;
  before: string;
  after: string;
}

export interface Result {
  /** Programs that were made. */
  programs: number;
  /** Those that an edit changed; only they are run. */
  edited: number;
  runs: number;
  differences: Difference[];
}

export function hasJdk(): boolean {
  return spawnSync(jdkTool('javac'), ['-version']).status === 0;
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.java'))
    .map((name) => join(folder, name));
}

/** The comparing program, started once; answers a folder with lines up to `done`. */
class Machine {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(folder: string) {
    const classes = join(folder, 'machine');
    const stubs = sourcesBelow(at('test/java/stubs/org'));
    execFileSync(jdkTool('javac'), ['-nowarn', '-encoding', 'UTF-8', '-d', classes, ...sourcesBelow(at('test/java/differential/model')), ...stubs], {
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    this.#process = spawn(jdkTool('java'), ['-Xss512k', '-XX:TieredStopAtLevel=1', '-cp', classes, 'model.Compare'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  async compare(folder: string): Promise<{ lines: string[]; runs: number }> {
    this.#process.stdin?.write(`${folder}\n`);
    const lines: string[] = [];
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) throw new Error('the comparing program ended');
      const end = /^done (\d+)$/.exec(value);
      if (end !== null) return { lines, runs: Number(end[1]) };
      lines.push(value);
    }
  }

  stop(): void {
    this.#process.stdin?.end();
    this.#process.kill();
  }
}

/** The program with its package, before and after the edits that are said to be safe. */
function pairOf(seed: number, number: number): { before: string; after: string; run: string } {
  const { shape, run } = programOf(seed, number);
  const before = shape.replace('package PACKAGE', `package b${number}`);
  const after = fixAllJava(before, (plan) => plan.safe).text.replace(`package b${number}`, `package a${number}`);
  return { before, after, run };
}

/**
 * @param progress is told after every batch
 * @throws when the programs do not compile
 */
export async function compare(from: number, count: number, seed: number, progress?: (result: Result) => void): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'differential-'));
  const result: Result = { programs: 0, edited: 0, runs: 0, differences: [] };
  const machine = new Machine(folder);
  try {
    for (let start = from; start < from + count; start += BATCH) {
      const batch = join(folder, `batch${start}`);
      const pairs = new Map<number, { before: string; after: string }>();
      for (let number = start; number < Math.min(start + BATCH, from + count); number++) {
        const { before, after, run } = pairOf(seed, number);
        result.programs++;
        if (after === before.replace(`package b${number}`, `package a${number}`)) continue;
        pairs.set(number, { before, after });
        for (const [name, shape] of [
          [`b${number}`, before],
          [`a${number}`, after],
        ] as const) {
          mkdirSync(join(batch, name), { recursive: true });
          writeFileSync(join(batch, name, 'Shape.java'), forMachine(shape));
          writeFileSync(join(batch, name, 'Run.java'), run.replace('PACKAGE', name));
        }
      }
      result.edited += pairs.size;
      if (pairs.size > 0) {
        const { lines, runs } = await machine.compare(batch);
        result.runs += runs;
        const broken = lines.filter((line) => line.startsWith('!'));
        if (broken.length > 0) throw new Error(`programs do not compile:\n${broken.join('\n').replaceAll(batch, '')}`);
        for (const line of lines) {
          const found = /^# (\d+) (.*)$/.exec(line);
          const pair = found === null ? undefined : pairs.get(Number(found[1]));
          if (found !== null && pair !== undefined) result.differences.push({ number: Number(found[1]), what: found[2] as string, ...pair });
        }
      }
      rmSync(batch, { recursive: true, force: true });
      progress?.(result);
    }
  } finally {
    machine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return result;
}
