import assert from 'node:assert/strict';
import { NO_CHECKPOINT } from '../../../server/src/core/checkpoint.ts';
import { detect } from '../../../server/src/core/detect.ts';
import { gcLogKind, parseGcLog } from '../../../server/src/core/kinds/gcLog.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/core/kinds/index.ts';
import { GC_KINDS, gcKindOf } from '../../../server/src/core/knowledge/gcPauses.ts';

const G1 = `[2026-11-20T12:02:10.023+0000][0.004s][info][gc] Using G1
[2026-11-20T12:02:10.033+0000][0.014s][info][gc,init] Version: 17.0.15+6 (release)
[2026-11-20T12:02:11.000+0000][0.981s][info][gc,start    ] GC(0) Pause Young (Normal) (G1 Evacuation Pause)
[2026-11-20T12:02:11.004+0000][0.985s][info][gc,heap     ] GC(0) Eden regions: 14->0(8)
[2026-11-20T12:02:11.005+0000][0.986s][info][gc          ] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->11M(256M) 4.250ms
[2026-11-20T12:02:12.000+0000][1.981s][info][gc          ] GC(1) To-space exhausted
[2026-11-20T12:02:12.005+0000][1.986s][info][gc          ] GC(1) Pause Full (System.gc()) 255M->20M(256M) 50,500ms
`;
const ZGC = `[0.995s][info][gc] Using The Z Garbage Collector
[1.206s][info][gc,phases] GC(0) Pause Mark Start 1.279ms
[1.221s][info][gc       ] GC(0) Garbage Collection (Metadata GC Threshold) 10620M(5%)->8800M(4%)
[1.300s][info][gc] Allocation Stall (main) 18.708ms
`;
const PARALLEL = `2011-08-07T18:30:12.100+0100: 10.362: [GC [PSYoungGen: 524160K->0K(524224K)] 2621312K->2125296K(20971456K), 0.0587810 secs] [Times: user=0.31 sys=0.01, real=0.06 secs]
2011-08-07T18:30:17.711+0100: 15.973: [Full GC (Ergonomics) [PSYoungGen: 10K->0K(524224K)] [ParOldGen: 2125286K->100K(2000000K)] 2125296K->100K(2524224K), [Metaspace: 3645K->3645K(1056768K)], 1.0742930 secs] [Times: user=0.32 sys=0.01, real=1.08 secs]
`;
const PARNEW_AGES = `10.498: [GC (Allocation Failure) 10.498: [ParNew
Desired survivor size 4456448 bytes, new threshold 6 (max 6)
- age   1:    4440856 bytes,    4440856 total
: 69952K->4389K(78656K), 0.0062930 secs] 69952K->4389K(253440K), 0.0063730 secs] [Times: user=0.03 sys=0.01, real=0.00 secs]
`;
const G1_OLD = `7.203: [GC pause (G1 Evacuation Pause) (young), 0.0024360 secs]
   [Parallel Time: 2.1 ms, GC Workers: 8]
      [GC Worker Start (ms): Min: 7203.2, Avg: 7203.3, Max: 7203.4, Diff: 0.3]
   [Eden: 18.0M(24.0M)->0.0B(5120.0K) Survivors: 0.0B->0.0B Heap: 17.5M(256.0M)->3758.5K(13.0M)]
 [Times: user=0.02 sys=0.01, real=0.02 secs]
7.300: [GC concurrent-root-region-scan-start]
7.400: [GC remark, 0.0100000 secs]
`;

describe('GC logs', () => {
  for (const [name, text, expected] of [
    ['G1, unified', G1, { collector: 'G1', events: 2, pauses: 2, totalPauseMs: 54.75, maxPauseMs: 50.5, fullGcs: 1, systemGcs: 1 }],
    ['ZGC, unified', ZGC, { collector: 'ZGC', events: 1, pauses: 1, totalPauseMs: 1.279, maxPauseMs: 1.279, fullGcs: 0, systemGcs: 0 }],
    [
      'Parallel, Java 8',
      PARALLEL,
      { collector: 'Parallel', events: 2, pauses: 2, totalPauseMs: 1133.074, maxPauseMs: 1074.293, fullGcs: 1, systemGcs: 0 },
    ],
    [
      'ParNew with ages between',
      PARNEW_AGES,
      { collector: 'ParNew', events: 1, pauses: 1, totalPauseMs: 6.373, maxPauseMs: 6.373, fullGcs: 0, systemGcs: 0 },
    ],
    ['G1, Java 8', G1_OLD, { collector: 'G1', events: 3, pauses: 2, totalPauseMs: 12.436, maxPauseMs: 10, fullGcs: 0, systemGcs: 0 }],
  ] as const) {
    it(name, async () => {
      assert.equal(detect(text).kind, 'gc-log');
      const analysis = await gcLogKind.analyse({ uri: 'file:///gc', text }, DEFAULT_OPTIONS);
      const summary = gcLogKind.summary(analysis);
      assert.deepEqual({ ...summary, ...expected }, summary);
      for (const { span } of analysis.log.events) assert.ok(span.start >= 0 && span.end <= text.length && span.start < span.end);
    });
  }

  it('reads heap sizes, times and signs of trouble', async () => {
    const { events, troubles, jvm } = await parseGcLog(G1, NO_CHECKPOINT);
    assert.equal(jvm, '17.0.15+6');
    assert.deepEqual([events[0]?.before, events[0]?.after, events[0]?.capacity], [24 * 1024, 11 * 1024, 256 * 1024]);
    assert.equal(events[0]?.wall, Date.parse('2026-11-20T12:02:11.005Z'));
    assert.equal(events[0]?.uptime, 986);
    assert.deepEqual(
      troubles.map(({ kind }) => kind),
      ['to-space-exhausted'],
    );
    const old = await parseGcLog(G1_OLD, NO_CHECKPOINT);
    assert.deepEqual([old.events[0]?.before, old.events[0]?.after, old.events[0]?.capacity], [17920, 3758.5, 13312]);
  });

  it('says when the heap stays full, and nothing about a healthy log', async () => {
    const full = Array.from({ length: 4 }, (_, i) => `[${i + 1}.000s][info][gc] GC(${i}) Pause Full (Ergonomics) 99M->98M(100M) 90.000ms\n`).join('');
    const found = await gcLogKind.analyse({ uri: 'file:///gc', text: `[0.001s][info][gc] Using Parallel\n${full}` }, DEFAULT_OPTIONS);
    assert.deepEqual(
      found.findings.map(({ id, certainty }) => `${id} ${certainty}`),
      ['heap-full proved'],
    );
    const healthy = await gcLogKind.analyse({ uri: 'file:///gc', text: PARALLEL }, DEFAULT_OPTIONS);
    assert.deepEqual(healthy.findings, []);
  });

  it('a heap of ZGC is full where threads wait for memory and whole collections leave none', async () => {
    const cycles = (used: string, stall: boolean) =>
      Array.from(
        { length: 4 },
        (_, i) =>
          `[${i + 1}.000s][info][gc] GC(${i}) Garbage Collection (Allocation Rate) 990M(99%)->${used}\n${stall ? `[${i + 1}.500s][info][gc] Allocation Stall (Map (1/2)#0) 80.000ms\n` : ''}`,
      ).join('');
    const ids = async (text: string) => {
      const { findings } = await gcLogKind.analyse(
        { uri: 'file:///gc', text: `[0.001s][info][gc] Using The Z Garbage Collector\n${text}` },
        DEFAULT_OPTIONS,
      );
      return findings.filter(({ id }) => id === 'heap-full').map(({ id, certainty }) => `${id} ${certainty}`);
    };
    assert.deepEqual(await ids(cycles('970M(97%)', true)), ['heap-full suspected']);
    // What a concurrent collection leaves holds what was allocated meanwhile.
    assert.deepEqual(await ids(cycles('970M(97%)', false)), []);
    assert.deepEqual(await ids(cycles('300M(30%)', true)), []);
  });

  it('a short log counts only when the whole heap was collected again and again', async () => {
    const log = (kind: string, count: number) =>
      Array.from({ length: count }, (_, n) => `[${(1 + n * 0.05).toFixed(3)}s][info][gc] GC(${n}) Pause ${kind} 60M->49M(64M) 20.000ms`).join('\n');
    const ids = async (text: string) => (await gcLogKind.analyse({ uri: 'file:///x', text }, DEFAULT_OPTIONS)).findings.map((one) => one.id);
    assert.ok((await ids(log('Full (Ergonomics)', 30))).includes('much-time-in-gc'));
    assert.ok(!(await ids(log('Full (Ergonomics)', 15))).includes('much-time-in-gc'));
    assert.ok(!(await ids(log('Young (Allocation Failure)', 30))).includes('much-time-in-gc'));
  });

  for (const { pattern, samples, nearMisses } of GC_KINDS) {
    it(`explains ${pattern}`, () => {
      for (const sample of samples) assert.equal(gcKindOf(sample)?.pattern, pattern, sample);
      for (const miss of nearMisses) assert.ok(!pattern.test(miss), miss);
    });
  }

  it('bears cuts, NUL bytes and lines without end', async () => {
    for (let cut = 0; cut < G1.length; cut += 7) await parseGcLog(G1.slice(cut), NO_CHECKPOINT);
    await parseGcLog(`${G1}\0\0[[[[${'x'.repeat(100_000)}`, NO_CHECKPOINT);
    assert.equal((await parseGcLog('', NO_CHECKPOINT)).collections, 0);
  });
});
