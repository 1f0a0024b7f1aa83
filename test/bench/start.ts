// What the command line takes to start: whole processes, in turns with one of Node that does nothing.
import { spawnSync } from 'node:child_process';
import { at } from '../../scripts/lib/paths.mjs';
import { median } from './median.ts';

const TURNS = 15;
/** About 10 KB. */
const DUMP = 'test/fixtures/dumps/mixed-jdk17.jstack.txt';

/** With the most that each may take, as a multiple of the process that does nothing. An empty thread alone takes 0.7 of it. */
const COMMANDS: { name: string; args: string[]; limit: number }[] = [
  { name: 'help', args: ['help'], limit: 1.4 },
  { name: 'check of a dump of 10 kB', args: ['check', '--fail-on', 'never', at(DUMP)], limit: 1.9 },
];

function time(args: readonly string[]): number {
  const begin = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - begin;
}

/** Prints each command's time and ratio; answers how many are over their limit. */
export function benchStart(): number {
  let over = 0;
  for (const { name, args, limit } of COMMANDS) {
    const command = [at('dist/cli/logjam.js'), ...args];
    // The first run keeps the code that the others begin with.
    time(command);
    const runs = Array.from({ length: TURNS }, () => ({ idle: time(['-e', '0']), own: time(command) }));
    const ratio = median(runs.map(({ idle, own }) => own / idle));
    const [own, idle] = [median(runs.map((run) => run.own)), median(runs.map((run) => run.idle))];
    const slow = ratio > limit;
    if (slow) over++;
    console.log(
      `start  ${name}: ${own.toFixed(0)} ms (node -e 0: ${idle.toFixed(0)}, ×${ratio.toFixed(2)})${slow ? `  OVER: ratio > ${limit}` : ''}`,
    );
  }
  return over;
}
