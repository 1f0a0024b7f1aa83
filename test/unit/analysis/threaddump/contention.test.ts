import assert from 'node:assert/strict';
import { chainOf } from '../../../../server/src/core/analysis/threaddump/contention.ts';
import { analyseText, firstDump, hotspot, thread } from './dumps.ts';

const BLOCKED = 'BLOCKED (on object monitor)';
const id = (n: number): string => `<0x${n.toString(16).padStart(16, '0')}> (a app.L)`;
const waits = (name: string, wanted: number, ...held: number[]): string =>
  thread(name, BLOCKED, ['app.X.x(X.java:1)', `- waiting to lock ${id(wanted)}`, ...held.map((one) => `- locked ${id(one)}`)]);
const runs = (name: string, ...held: number[]): string =>
  thread(name, 'RUNNABLE', ['app.Slow.io(Slow.java:7)', ...held.map((one) => `- locked ${id(one)}`)]);

describe('contention', () => {
  it('counts threads held up directly and through further locks, and finds the root blocker', async () => {
    const dump = await firstDump(hotspot([runs('root', 1), waits('middle', 1, 2), waits('a', 2), waits('b', 2), waits('c', 1)]));
    const rows = dump.contention.map(({ lock, direct, total, root }) => [lock.id, direct, total, root]);
    assert.deepEqual(rows, [
      ['0x0000000000000001', 2, 4, 0],
      ['0x0000000000000002', 2, 2, 0],
    ]);
    const second = dump.contention[1];
    assert.ok(second);
    assert.deepEqual(chainOf(dump.waits, second.lock), [1, 0]);
  });

  it('counts everybody in and behind a cycle for its locks, and names no root blocker there', async () => {
    const dump = await firstDump(hotspot([waits('A', 2, 1), waits('B', 1, 2), waits('C', 1, 3), waits('D', 3)]));
    const rows = dump.contention.map(({ lock, direct, total, root, deadlock }) => [lock.id.slice(-1), direct, total, root, deadlock !== null]);
    assert.deepEqual(rows, [
      ['1', 2, 4, null, true],
      ['2', 1, 4, null, true],
      ['3', 1, 1, null, true],
    ]);
  });

  it('warns at the root blocker only, from the number of threads in the settings on', async () => {
    const many = (count: number): string[] => Array.from({ length: count }, (_, index) => waits(`w${index}`, 1));
    const few = await analyseText(hotspot([runs('root', 1), ...many(4)]));
    assert.deepEqual(few.findings, []);
    const text = hotspot([runs('root', 1), waits('middle', 1, 2), waits('x', 2), ...many(3)]);
    const analysis = await analyseText(text);
    assert.deepEqual(
      analysis.findings.map(({ id, severity, message }) => `${severity} ${id}: ${message}`),
      ['warning long-wait-behind-lock: 5 threads wait for "root", which holds monitor L'],
    );
    assert.deepEqual(analysis.findings[0]?.details, [
      'It holds monitor 0x0000000000000001 (L), is at Slow.io (Slow.java:7) and runs, or could run.',
      '4 of the threads wait for it directly, the others behind them.',
    ]);
    const span = analysis.findings[0]?.at.span;
    assert.equal(text.slice(span?.start, span?.end).trim(), `- locked ${id(1)}`);
  });

  it('says what is missing where nobody is seen to hold the lock', async () => {
    const parked = (name: string): string =>
      thread(name, 'WAITING (parking)', [
        'sun.misc.Unsafe.park(Native Method)',
        '- parking to wait for  <0x0000000000000009> (a java.util.concurrent.locks.ReentrantLock$FairSync)',
      ]);
    const analysis = await analyseText(hotspot(['a', 'b', 'c', 'd', 'e'].map(parked)));
    const [found, ...others] = analysis.findings;
    assert.deepEqual(others, []);
    assert.equal(found?.id, 'lock-owner-not-visible');
    assert.equal(found?.certainty, 'unknown');
    assert.match(found?.missing[0] ?? '', /jstack -l/);
  });

  it('walks a chain of many locks in linear time', async () => {
    const count = 1500;
    const chain = [runs('root', 1), ...Array.from({ length: count }, (_, index) => waits(`t${index}`, index + 1, index + 2))];
    const dump = await firstDump(hotspot(chain));
    assert.equal(dump.contention.length, count);
    assert.equal(dump.contention[0]?.total, count);
    assert.ok(dump.contention.every((entry) => entry.root === 0));
    const last = dump.contention.at(-1);
    assert.ok(last);
    assert.equal(chainOf(dump.waits, last.lock).length, 20);
  });
});
