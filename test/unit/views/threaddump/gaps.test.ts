// What a report says is missing: only what could change the answer, and only ways that lead there.

import assert from 'node:assert/strict';
import { threadDumpReport } from '../../../../server/src/core/views/threaddump/report.ts';
import { analyseText, hotspot, thread } from '../../analysis/threaddump/dumps.ts';

async function gaps(text: string): Promise<string> {
  const report = threadDumpReport(await analyseText(text), 'dump');
  return report.split('## What this dump leaves open')[1] ?? '';
}

describe('what a dump leaves open', () => {
  it('a deadlock on monitors needs no list of synchronizers', async () => {
    const one = (name: string, wanted: string, held: string): string =>
      thread(name, 'BLOCKED (on object monitor)', ['app.A.x(A.java:1)', `- waiting to lock <${wanted}> (a app.L)`, `- locked <${held}> (a app.L)`]);
    assert.equal(await gaps(hotspot([one('A', '0x01', '0x02'), one('B', '0x02', '0x01')])), '');
  });

  it('a lock without an owner does', async () => {
    const waits = thread('A', 'WAITING (parking)', [
      'jdk.internal.misc.Unsafe.park(java.base@17.0.15/Native Method)',
      '- parking to wait for  <0x0000000000000005> (a java.util.concurrent.locks.ReentrantLock$NonfairSync)',
      'app.A.x(A.java:1)',
    ]);
    assert.match(await gaps(hotspot([waits])), /1 thread waits for .*jstack -l/);
  });

  it("the JVM's section alone is no dump of Flink whose stacks could be longer", async () => {
    const section = `Found one Java-level deadlock:\n=============================\n"io-2":\n  waiting to lock monitor 0x00007f716c00ae80 (object 0x00000004312d0940, a com.shop.A),\n  which is held by "io-3"\n"io-3":\n  waiting to lock monitor 0x00007f6f8c009900 (object 0x000000042cf2ed28, a com.shop.B),\n  which is held by "io-2"\n\nJava stack information for the threads listed above:\n===================================================\n"io-2":\n\tat com.shop.A.x(A.java:1)\n\t- waiting to lock <0x00000004312d0940> (a com.shop.A)\n`;
    const told = await gaps(section);
    assert.doesNotMatch(told, /stacktrace-max-depth|jstack -l/);
    assert.match(told, /The stacks of 1 thread of the deadlock/);
  });

  describe('threads that are BLOCKED', () => {
    const blocked = (lines: string[]): string => thread('A', 'BLOCKED (on object monitor)', ['app.A.x(A.java:1)', ...lines]);
    const CASES: [string, string[], RegExp][] = [
      ['their lock lines are lost', [], /1 thread is BLOCKED, but this text does not tell for which lock/],
      ['the address of the lock is lost', ['- waiting to lock  (a app.L)'], /1 thread is BLOCKED, but this text does not tell for which lock/],
      ['nobody holds the lock', ['- waiting to lock <0x01> (a app.L)'], /1 thread is BLOCKED at a monitor that no thread of this text holds/],
    ];
    for (const [title, lines, told] of CASES) {
      it(`${title}: no all-clear`, async () => {
        const text = hotspot([blocked(lines)]);
        assert.match(await gaps(text), told);
        assert.match(threadDumpReport(await analyseText(text), 'dump'), /No deadlock is visible in 1 thread, but this dump does not show everything/);
      });
    }
  });
});
