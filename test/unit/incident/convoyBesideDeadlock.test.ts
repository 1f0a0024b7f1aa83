// Subtasks that wait for a lock which another one of their vertex holds: a queue where it goes on, none where it is in a deadlock.

import assert from 'node:assert/strict';
import { conclude } from '../../../server/src/core/incident/conclude.ts';
import { mergeAll } from '../../../server/src/core/incident/digest/merge.ts';
import { digestsOf } from '../../support/incidentFolder.ts';
import { hotspot, thread } from '../analysis/threaddump/dumps.ts';

const RUN = ['com.shop.Trade.map(Trade.java:9)', 'org.apache.flink.runtime.taskmanager.Task.run(Task.java:575)'];
const BOOK = '<0x00000000d0000001> (a com.shop.Book)';
const FEES = '<0x00000000d0000002> (a com.shop.Fees)';
const wants = (lock: string): string[] => ['com.shop.Quotes.of(Quotes.java:20)', `- waiting to lock ${lock}`];
const holds = (lock: string): string[] => ['com.shop.Quotes.all(Quotes.java:30)', `- locked ${lock}`];
const BLOCKED = 'BLOCKED (on object monitor)';
const trade = (number: number, ...lines: string[]): string => thread(`trade (${number}/4)#0`, BLOCKED, [...lines, ...RUN]);
const behind = [2, 3, 4].map((number) => trade(number, ...wants(BOOK)));

const causes = async (...threads: string[]): Promise<string[]> => {
  const { findings } = conclude(mergeAll(await digestsOf([{ name: 'jstack.txt', text: hotspot(threads) }])));
  return findings.map(({ code }) => code);
};

describe('subtasks that wait for a lock of their vertex', () => {
  it('work one at a time while its holder works', async () => {
    const works = thread('trade (1/4)#0', 'RUNNABLE', [...holds(BOOK), ...RUN]);
    assert.ok((await causes(works, ...behind)).includes('convoy'));
  });

  it('do not work at all where the holder is in a deadlock, or behind one', async () => {
    const refresher = thread('fee-refresher', BLOCKED, [...wants(BOOK), ...holds(FEES), 'com.shop.Refresh.run(Refresh.java:9)']);
    const dead = await causes(trade(1, ...wants(FEES), ...holds(BOOK)), refresher, ...behind);
    assert.ok(dead.includes('deadlock') && !dead.includes('convoy'), dead.join());
    const other = '<0x00000000d0000003> (a com.shop.Cache)';
    const chain = [trade(2, ...wants(BOOK), ...holds(other)), trade(3, ...wants(other)), trade(4, ...wants(other))];
    const further = await causes(trade(1, ...wants(FEES), ...holds(BOOK)), refresher, ...chain);
    assert.ok(further.includes('deadlock') && !further.includes('convoy'), further.join());
  });
});
