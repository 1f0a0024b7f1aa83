import assert from 'node:assert/strict';
import { parser } from '@lezer/java';
import { DEFAULT_SETTINGS } from '../../common/settings.ts';
import { NO_CHECKPOINT } from '../../server/src/core/checkpoint.ts';
import { parseJava } from '../../server/src/core/java/parse.ts';
import { javaSourceKind } from '../../server/src/core/kinds/javaSource.ts';
import type { BenchCase } from './cases.ts';

const analyse = (text: string) => javaSourceKind.analyse({ uri: 'bench:Big.java', text }, { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT });

/** A class of 22 lines for each method, so about 5,800; every tenth method makes a callback, and `underLock` of those do so under a lock. */
export function bigClass(underLock: number, count = 264): string {
  const head = `package org.apache.flink.sample;

import java.util.*;
import org.apache.flink.runtime.io.network.buffer.Buffer;

/** Generated. */
class Big {
    private final Object lock = new Object();
    private final Map<String, List<Integer>> numbers = new HashMap<>();
    private int count;
`;
  const methods: string[] = [];
  for (let n = 0; n < count; n++) {
    const callback =
      n % 10 === 0
        ? n / 10 < underLock
          ? 'synchronized (lock) { count++; buffer.recycleBuffer(); }'
          : 'buffer.recycleBuffer();'
        : 'count += values.length;';
    methods.push(`
    /**
     * Adds up what is larger than a limit, and keeps the rest by name.
     *
     * @param values to add
     */
    int sum${n}(int[] values, String name, Buffer buffer) {
        int total = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > ${n} && (i % 2 == 0 || name.startsWith("x" + i))) {
                total += values[i] * 2 - ${n};
            } else {
                numbers.computeIfAbsent(name, key -> new ArrayList<>()).add(values[i]);
            }
        }
        synchronized (numbers) {
            count = Math.max(count, numbers.getOrDefault(name, List.of()).size());
        }
        ${callback}
        return total;
    }`);
  }
  return `${head}${methods.join('\n')}\n}\n`;
}

/** The two take turns, so that what else the machine does meets both alike. Medians of the check and of the parse, in ms. */
async function inTurns(text: string, runs: number, parse: (text: string) => unknown): Promise<[number, number]> {
  const bare: number[] = [];
  const ours: number[] = [];
  const warm = Math.floor(runs / 4);
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    parse(text);
    const middle = performance.now();
    await analyse(text);
    bare.push(middle - start);
    ours.push(performance.now() - middle);
  }
  const median = (times: number[]): number => times.slice(warm).sort((left, right) => left - right)[(runs - warm) >> 1] as number;
  const [check, parsed] = [median(ours), median(bare)];
  console.log(`    check ${check.toFixed(1)} ms, bare parse ${parsed.toFixed(1)} ms: ${(check / parsed).toFixed(2)} times`);
  return [check, parsed];
}

async function againstParse(text: string): Promise<number> {
  const [check, parse] = await inTurns(text, 41, parseJava);
  assert.ok(check < 1.5 * parse, `the check takes ${(check / parse).toFixed(2)} times as long as the bare parse; 1.5 is the limit`);
  // The time itself is judged where nothing else keeps the machine busy: there the parse takes some 30 ms.
  assert.ok(parse > 60 || check < 100, `the check takes ${check.toFixed(0)} ms; 100 is the limit`);
  return check;
}

/** Against Lezer alone, without what is made of its tree. */
async function againstLezer(text: string): Promise<number> {
  const [check, parse] = await inTurns(text, 17, (one) => parser.parse(one));
  assert.ok(check < 4 * parse, `the check takes ${(check / parse).toFixed(2)} times as long as Lezer's parse; 4 is the limit`);
  return check;
}

const withoutLocks = (): string => bigClass(0).replaceAll('synchronized', 'identityOf');

export const cases: BenchCase[] = [
  { name: 'Java, 5,800 lines, 27 callbacks, 5 under a lock: check', text: () => bigClass(5), run: analyse },
  { name: 'Java, 5,800 lines, 27 callbacks, 5 under a lock: check against the bare parse', text: () => bigClass(5), run: againstParse, runs: 1 },
  {
    name: 'Java, 18,000 lines, 82 callbacks, 15 under a lock: check against the parse of Lezer',
    text: () => bigClass(15, 820),
    run: againstLezer,
    runs: 1,
  },
  { name: 'Java, 5,800 lines without a lock: check', text: withoutLocks, run: analyse, maxMs: 5 },
];
