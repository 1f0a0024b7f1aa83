// Whether a pattern can be made to take more than linear time. recheck answers by automata theory, and by searching where a
// pattern has look-around; what its search finds is tried here on the engine that we run on, as it also finds what only
// looks so (a bounded repetition, a look-behind). What was found linear is kept in proved.txt: a verdict depends on the
// pattern alone.
import { readFileSync } from 'node:fs';
import { type AttackPattern, check } from 'recheck';
import { at } from '../../scripts/lib/paths.mjs';
import type { Pattern } from './collect.ts';

export const PROVED = at('test/patterns/proved.txt');

export function proved(): Set<string> {
  return new Set(readFileSync(PROVED, 'utf8').split('\n').filter(Boolean));
}

/** @returns null where the pattern is linear, otherwise why not and the text that shows it */
export async function complaint({ source, flags }: Pattern): Promise<string | null> {
  const verdict = await check(source, flags, { timeout: 60_000, recallTimeout: -1 });
  if (verdict.status === 'safe') return null;
  if (verdict.status === 'unknown') return `no verdict: ${verdict.error.kind}`;
  const { complexity, attack } = verdict;
  if (complexity.type !== 'exponential' && verdict.checker === 'fuzz' && !grows(new RegExp(source, flags), attack)) return null;
  return `${complexity.summary}: ${attack.pattern}`;
}

/** Characters of the texts that are tried, each four times the one before. */
const SIZES = [2_000, 8_000, 32_000];
/** Milliseconds below which nothing is measured. */
const FLOOR = 3;
/** Four times the text takes four times as long, or sixteen times when the pattern is quadratic. */
const LINEAR = 8;

/** Whether the time that a pattern takes for an attack grows faster than its length. */
function grows(pattern: RegExp, attack: AttackPattern): boolean {
  let before = Number.POSITIVE_INFINITY;
  for (const size of SIZES) {
    const took = Math.min(...[1, 2, 3].map(() => time(pattern, attackOf(attack, size))));
    if (took > FLOOR && took > LINEAR * Math.max(before, FLOOR / 2)) return true;
    before = took;
  }
  return false;
}

function attackOf({ pumps, suffix }: AttackPattern, size: number): string {
  const length = pumps.reduce((sum, { pump }) => sum + pump.length, 0);
  const times = Math.ceil(size / Math.max(1, length));
  return pumps.map(({ prefix, pump }) => prefix + pump.repeat(times)).join('') + suffix;
}

function time(pattern: RegExp, text: string): number {
  pattern.lastIndex = 0;
  const start = process.cpuUsage();
  pattern.test(text);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
