// A job graph as SVG, whole processes in turns: ours, and dot of Graphviz with the same graph where it is installed.
// tsx test/bench/drawing.ts
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../scripts/lib/paths.mjs';
import { generator } from './bigDump.ts';
import { median } from './median.ts';

const TURNS = 7;

/** With the most that the drawing of so many vertices may take, as a multiple of what dot takes. */
const LIMITS: Readonly<Record<number, number>> = { 5: 15, 40: 12, 100: 10, 200: 8 };

/** Inputs of each vertex, by its number. */
type Shape = (vertices: number, random: () => number) => number[][];

const SHAPES: Record<string, Shape> = {
  // Each reads from up to two of all before it.
  random: (vertices, random) =>
    Array.from({ length: vertices }, (_, index) => [...new Set([random(), random()].map((one) => Math.floor(one * index)))].filter(() => index > 0)),
  // Five layers, of which each vertex reads from two of the layer before.
  layers: (vertices) => {
    const width = Math.ceil(vertices / 5);
    return Array.from({ length: vertices }, (_, index) =>
      index < width ? [] : [...new Set([index - width, index - width + (index % width === width - 1 ? 1 - width : 1)])],
    );
  },
};

function planOf(inputs: readonly number[][]): string {
  const nodes = inputs.map((from, index) => ({
    id: index + 1,
    type: from.length === 0 ? `Source: source-${index}` : `operator-${index}`,
    pact: from.length === 0 ? 'Data Source' : 'Operator',
    contents: `operator ${index}`,
    parallelism: 4,
    predecessors: from.map((one) => ({ id: one + 1, ship_strategy: 'HASH', side: 'second' })),
  }));
  return JSON.stringify({ nodes });
}

function time(program: string, args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stderr}`);
  return performance.now() - begin;
}

/** Prints a line for each graph; answers what is over its limit. */
export function benchDrawing(): string[] {
  const over: string[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'logjam-drawing-'));
  const logjam = at('dist/cli/logjam.js');
  const hasDot = spawnSync('dot', ['-V']).status === 0;
  if (!hasDot) console.log('drawing: dot is not installed, so its times are missing');
  try {
    for (const [shape, inputs] of Object.entries(SHAPES)) {
      for (const [size, limit] of Object.entries(LIMITS)) {
        const plan = path.join(folder, `${shape}-${size}.json`);
        const dot = path.join(folder, `${shape}-${size}.dot`);
        writeFileSync(plan, planOf(inputs(Number(size), generator(1))));
        const own = () => time(process.execPath, [logjam, 'graph', plan, '--format', 'svg', '-o', path.join(folder, 'own.svg')]);
        time(process.execPath, [logjam, 'graph', plan, '--format', 'dot', '-o', dot]);
        // The first run keeps the code that the others begin with.
        own();
        const runs = Array.from({ length: TURNS }, () => ({
          own: own(),
          dot: hasDot ? time('dot', ['-Tsvg', dot, '-o', path.join(folder, 'dot.svg')]) : Number.NaN,
        }));
        const ratio = median(runs.map((run) => run.own / run.dot));
        const name = `${size} vertices, ${shape}`;
        console.log(
          `drawing  ${name}: ${median(runs.map((run) => run.own)).toFixed(0)} ms (dot: ${median(runs.map((run) => run.dot)).toFixed(0)}, ×${ratio.toFixed(1)})${ratio > limit ? `  OVER: ratio > ${limit}` : ''}`,
        );
        if (ratio > limit) over.push(`${name}: ×${ratio.toFixed(1)} > ${limit}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return over;
}

const [, main] = process.argv;
if (main === at('test/bench/drawing.ts')) process.exitCode = benchDrawing().length === 0 ? 0 : 1;
