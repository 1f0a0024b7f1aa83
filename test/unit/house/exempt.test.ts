// Patterns that are not linear see short texts only, wherever they are called from and however long a line is.
import assert from 'node:assert/strict';
import { LAYOUTS } from '../../../server/src/core/log/layouts.ts';
import { examine } from '../../fuzz/examine.ts';
import { idOf } from '../../patterns/collect.ts';
import { EXEMPT } from '../../patterns/exempt.ts';

const LONG = 30_000;
const RECORD =
  '2024-01-01 10:00:00,000 INFO  org.apache.flink.runtime.taskmanager.Task [] - Map (1/2)#0 (acc0759fada1f8a28b8fe4d6fba40d2e) switched from RUNNING to FAILED with failure cause: java.lang.RuntimeException: x.\n\tat a.B.c(B.java:1)\n';
const fillers = ['a', ' ', '[', '- ', 'a.', '$', '1', '(1/2)', '|', '"'];

/** The longest text that each pattern is tried on while something runs. */
async function longest(run: () => Promise<unknown>): Promise<Map<string, number>> {
  const seen = new Map<RegExp, number>();
  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const length = String(text).length;
    if (length > (seen.get(this) ?? -1)) seen.set(this, length);
    return exec.call(this, text);
  };
  try {
    await run();
  } finally {
    RegExp.prototype.exec = exec;
  }
  const byId = new Map<string, number>();
  for (const [pattern, length] of seen) byId.set(idOf(pattern), Math.max(length, byId.get(idOf(pattern)) ?? 0));
  return byId;
}

describe('patterns that are not linear', () => {
  /** Each layout's own head with a run at its end, in its middle, and before it, and lines of a wrapper around it. */
  const heads = LAYOUTS.flatMap(({ samples }) => samples.slice(0, 1));
  const texts = fillers.flatMap((filler) => {
    const run = filler.repeat(LONG / filler.length);
    return [
      heads.map((head) => head + run).join('\n'),
      heads.map((head) => head.slice(0, head.length / 2) + run + head.slice(head.length / 2)).join('\n'),
      heads.map((head) => `container_1 | ${head}${run}`).join('\n'),
      heads.map((head) => JSON.stringify({ log: head + run })).join('\n'),
      RECORD + RECORD.replace('x.', run) + RECORD.replace('Map', `Map ${run}`) + RECORD.replace(' [] -', ` ${run} -`),
      JSON.stringify({
        nodes: [1, 2].map((id) => ({
          id,
          type: run,
          pact: 'Operator',
          contents: run,
          parallelism: 1,
          predecessors: id === 1 ? [] : [{ id: 1, ship_strategy: 'FORWARD' }],
        })),
      }),
    ];
  });

  it('see no more than is said of them', async () => {
    const seen = await longest(async () => {
      for (const text of texts) await examine(text);
    });
    const told = Object.entries(EXEMPT).map(([id, { where, most }]) => ({ id, where, most, seen: seen.get(id) ?? 0 }));
    assert.deepEqual(
      told.filter((one) => one.seen > one.most),
      [],
    );
    // The texts do reach them.
    assert.ok(told.filter((one) => one.seen > one.most / 2).length > told.length / 2, JSON.stringify(told));
  }).timeout(120_000);
});
