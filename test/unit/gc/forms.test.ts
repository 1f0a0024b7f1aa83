import assert from 'node:assert/strict';
import { detect } from '../../../server/src/core/detect.ts';
import type { GcAnalysis } from '../../../server/src/core/gc/model.ts';
import { gcLogKind } from '../../../server/src/core/kinds/gcLog.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/core/kinds/index.ts';

interface Form {
  lines: string[];
  collector: string | null;
  /** collections, pauses, ms in all, longest, full, by System.gc() */
  figures: [number, number, number, number, number, number];
  troubles?: Record<string, number>;
  /** before, after and size of the last event that has them, in KiB. */
  heap?: [number, number, number | null];
  unfinished?: string;
}

const YOUNG = 'GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->11M(256M) 4.250ms';
const DECORATED = `[0.985s][info][gc] ${YOUNG}`;
const ONE_YOUNG: Pick<Form, 'collector' | 'figures' | 'heap'> = { collector: 'G1', figures: [1, 1, 4.25, 4.25, 0, 0], heap: [24576, 11264, 262144] };
const PARALLEL_8 =
  '10.362: [GC (Allocation Failure) [PSYoungGen: 520K->20K(600K)] 2600K->2100K(9000K), 0.0580000 secs] [Times: user=0.31 sys=0.01, real=0.06 secs]';

/** Written after the forms that HotSpot prints; the figures follow from the text. */
const FORMS: Record<string, Form> = {
  'no decorations': { lines: ['Using G1', 'GC(0) Pause Young (Normal) (G1 Evacuation Pause)', YOUNG], ...ONE_YOUNG },
  'carriage returns and trailing blanks': { lines: [`${DECORATED}  \r`], ...ONE_YOUNG },
  'milliseconds since 1970 and since the start': { lines: [`[1700000000000ms][985ms][4711][info ][gc] ${YOUNG}`], ...ONE_YOUNG },
  'nanoseconds and a host': { lines: [`[985000000ns][10-0-0-1][gc] ${YOUNG}`], ...ONE_YOUNG },
  'decimal commas': { lines: [`[0,985s][info][gc] ${YOUNG.replace('4.250', '4,250')}`], ...ONE_YOUNG },
  'begin and end of Java 9': { lines: [`[0.985s][info][gc] ${YOUNG.replace(' 4.250', ' (0.981s, 0.985s) 4.250')}`], ...ONE_YOUNG },
  'Docker json-file': { lines: [JSON.stringify({ log: `${DECORATED}\n`, stream: 'stdout', time: '2026-11-20T12:02:11.0Z' })], ...ONE_YOUNG },
  'CRI, cut in two': {
    lines: [`2026-11-20T12:02:11.000000000Z stdout P ${DECORATED.slice(0, 50)}`, `2026-11-20T12:02:11.000000000Z stdout F ${DECORATED.slice(50)}`],
    ...ONE_YOUNG,
  },
  'kubectl logs --prefix --timestamps': { lines: [`[pod/tm-1/main] 2026-11-20T12:02:11.000000000Z ${DECORATED}`], ...ONE_YOUNG },
  'docker compose': { lines: [`taskmanager_1  | ${DECORATED}`], ...ONE_YOUNG },
  'behind the unfinished line of another thread': { lines: [`some text without end${DECORATED}`], ...ONE_YOUNG },
  'evacuation failure of Java 22': {
    lines: ['[2.0s][info][gc] GC(1) Pause Young (Normal) (G1 Evacuation Pause) (Evacuation Failure: Allocation) 240M->240M(256M) 40.250ms'],
    collector: 'G1',
    figures: [1, 1, 40.25, 40.25, 0, 0],
    troubles: { 'to-space-exhausted': 1 },
  },
  'two JVMs in one file, the second counts from zero again': {
    lines: [DECORATED, DECORATED.replace('GC(0)', 'GC(1)').replace('0.985s', '90.000s'), '[0.004s][info][gc] Using G1', DECORATED],
    collector: 'G1',
    figures: [3, 3, 12.75, 4.25, 0, 0],
  },
  'generational ZGC': {
    lines: [
      '[0.157s][info][gc          ] GC(0) Major Collection (System.gc())',
      '[0.157s][info][gc,phases   ] GC(0) Y: Pause Mark Start (Major) 0.014ms',
      '[0.158s][info][gc,phases   ] GC(1) y: Pause Mark Start 0.009ms',
      '[0.167s][info][gc,phases   ] GC(0) O: Pause Mark End 0.015ms',
      '[0.168s][info][gc          ] GC(0) Major Collection (System.gc()) 8M(10%)->30M(40%) 0.011s',
      '[0.169s][info][gc          ] GC(1) Minor Collection (Allocation Rate) Aborted',
    ],
    collector: 'ZGC',
    figures: [2, 3, 0.038, 0.015, 0, 1],
    heap: [8192, 30720, 76800],
  },
  'stalls of ZGC': {
    lines: [
      '[201.482s][info][gc] Allocation Stall (source {a} 1) 60.500ms',
      '[201.521s][info][gc] Relocation Stall (source {a} 1) 0.720ms',
      '[201.600s][info][gc] GC(25) Garbage Collection (Allocation Stall) 3300M(80%)->2200M(50%)',
      '[201.700s][info][gc] Out Of Memory (source {a} 1)',
    ],
    collector: 'ZGC',
    figures: [1, 0, 0, 0, 0, 0],
    troubles: { 'allocation-stall': 1, 'out-of-memory': 1 },
  },
  'degenerated and full Shenandoah': {
    lines: [
      '[9.5s][info][gc] GC(7) Pause Init Mark (unload classes) 0.056ms',
      '[9.6s][info][gc] GC(7) Pause Degenerated GC (Mark) 60M->46M(64M) 2.801ms',
      '[9.7s][info][gc,start] GC(8) Pause Full (Allocation Failure)',
      '[9.8s][info][gc] GC(8) Pause Full (Allocation Failure) 63M->60M(64M) 100.000ms',
    ],
    collector: 'Shenandoah',
    figures: [2, 3, 102.857, 100, 1, 0],
    troubles: { degenerated: 1 },
    heap: [64512, 61440, 65536],
  },
  'a log that ends within a pause': {
    lines: ['[0.5s][info][gc] GC(3) Pause Full (Ergonomics) 99M->98M(100M) 90.000ms', '[9.5s][info][gc,start] GC(4) Pause Full (Ergonomics)'],
    collector: null,
    figures: [2, 1, 90, 90, 1, 0],
    unfinished: 'Pause Full (Ergonomics)',
  },
  'CMS and promotion fails in the middle of a concurrent mark': {
    lines: [
      '10.100: [GC (Allocation Failure) 10.100: [ParNew (promotion failed): 70K->70K(78K), 0.0500 secs]10.150: [CMS10.160: [CMS-concurrent-mark: 0.200/0.300 secs] [Times: user=0.5 sys=0.0, real=0.3 secs]',
      ' (concurrent mode failure): 100K->200K(300K), 1.9000 secs] 170K->90K(378K), [Metaspace: 3645K->3645K(1056768K)], 2.0000 secs] [Times: user=0.03 sys=0.01, real=2.00 secs]',
    ],
    collector: 'CMS',
    figures: [1, 1, 2000, 2000, 0, 0],
    troubles: { 'promotion-failed': 1, 'concurrent-mode-failure': 1 },
    heap: [170, 90, 378],
  },
  'a young collection within a remark, with ages, free lists and heaps between': {
    lines: [
      '2015-05-13T13:28:51.504-0400: 12.356: [GC [YG occupancy: 830 K (1310 K)]{Heap before GC invocations=1 (full 1):',
      ' par new generation   total 1310K, used 830K [0x0000000640000000, 0x00000006a0000000, 0x00000006a0000000)',
      '2015-05-13T13:28:51.504-0400: 12.357: [GC Before GC:',
      'Statistics for BinaryTreeDictionary:',
      '12.357: [ParNew',
      'Desired survivor size 134217728 bytes, new threshold 1 (max 1)',
      '- age   1:   19742112 bytes,   19742112 total',
      ': 830K->25K(1310K), 0.1302057 secs] 830K->36K(4980K)After GC:',
      ' free=468348985 frag=0.0010',
      ', 0.1300000 secs] [Times: user=0.45 sys=0.02, real=0.12 secs]',
      'Heap after GC invocations=2 (full 1):',
      '}',
      '12.487: [Rescan (parallel) , 0.0173509 secs]12.505: [weak refs processing, 0.0018299 secs][1 CMS-remark: 10K(3670K)] 36K(4980K), 0.1800000 secs] [Times: user=0.58 sys=0.02, real=0.17 secs]',
    ],
    collector: 'CMS',
    figures: [2, 2, 310, 180, 0, 0],
    heap: [36, 36, 4980],
  },
  'another thread writes into a full collection': {
    lines: [
      '21306.670: [Full GC (Allocation Failure)21306.681: [GC concurrent-root-region-scan-end, 0.0136760 secs]',
      '21306.681: [GC concurrent-mark-start]',
      ' 9212M->4852M(27G), 18.1950000 secs]',
      '   [Eden: 4096.0K(16.0G)->0.0B(16.7G) Survivors: 148.0M->0.0B Heap: 9212.0M(29.0G)->4852.0M(27.0G)]',
      ' [Times: user=25.37 sys=0.27, real=18.19 secs]21324.870: [GC concurrent-mark-abort]',
    ],
    collector: 'G1',
    figures: [4, 1, 18195, 18195, 1, 0],
    troubles: { 'concurrent-mode-failure': 1 },
    heap: [9212 * 1024, 4852 * 1024, 27 * 1024 * 1024],
  },
  'ids of collections': {
    lines: [
      '2022-08-01T17:16:33.170+0000: 0.169: #0: [GC (Allocation Failure) 2022-08-01T17:16:33.171+0000: 0.170: #0: [ParNew: 8600K->1000K(9700K), 0.0088000 secs] 8600K->8000K(31600K), 0.0106000 secs] [Times: user=0.02 sys=0.00, real=0.01 secs]',
      '2022-08-01T17:16:33.198+0000: 0.197: #2: [GC (CMS Initial Mark) [1 CMS-initial-mark: 15645K(21888K)] 18533K(31680K), 0.0010000 secs] [Times: user=0.00 sys=0.00, real=0.00 secs]',
      '2022-08-01T17:16:33.200+0000: 0.199: #2: [CMS-concurrent-mark-start]',
    ],
    collector: 'CMS',
    figures: [2, 2, 11.6, 10.6, 0, 0],
    heap: [18533, 18533, 31680],
  },
  'G1 of Java 7 with ages, ergonomics and decimal commas': {
    lines: [
      '2015-02-20T14:50:39.533+0100: 16576,607: Total time for which application threads were stopped: 0,0003060 seconds',
      '2015-02-20T14:50:41.432+0100: 16578,506: [GC pause (G1 Evacuation Pause) (young)',
      'Desired survivor size 8912896 bytes, new threshold 15 (max 15)',
      '- age   1:     481952 bytes,     481952 total',
      ' 16578,506: [G1Ergonomics (CSet Construction) start choosing CSet, _pending_cards: 1887, predicted base time: 16,71 ms]',
      ' (to-space exhausted), 0,0280000 secs]',
      '   [Parallel Time: 24,5 ms, GC Workers: 4]',
      '   [Eden: 124,0M(124,0M)->0,0B(126,0M) Survivors: 12,0M->11,0M Heap: 214,0M(256,0M)->90,5M(256,0M)]',
      ' [Times: user=0,10 sys=0,00, real=0,03 secs]',
    ],
    collector: 'G1',
    figures: [1, 1, 28, 28, 0, 0],
    troubles: { 'to-space-exhausted': 1 },
    heap: [214 * 1024, 92672, 262144],
  },
  'Shenandoah of Java 8': {
    lines: [
      '0.234: [Pause Init Mark (process weakrefs), start]',
      '0.235: [Pause Init Mark (process weakrefs), 1.500 ms]',
      '0.300: [Pause Full (Allocation Failure), start]',
      '0.400: [Pause Full (Allocation Failure) 7943M->6013M(8192M), 100.335 ms]',
    ],
    collector: 'Shenandoah',
    figures: [2, 2, 101.835, 100.335, 1, 0],
    heap: [7943 * 1024, 6013 * 1024, 8192 * 1024],
  },
  'Parallel of Java 5, a promotion fails': {
    lines: [
      '429.344: [GC-- [PSYoungGen: 870K->870K(870K)] 2335K->2412K(2412K), 0.7650000 secs]',
      '430.109: [Full GC [PSYoungGen: 870K->0K(870K)] [PSOldGen: 1535K->960K(1536K)] 2412K->960K(2412K) [PSPermGen: 67657K->67657K(67712K)], 6.7390000 secs]',
    ],
    collector: 'Parallel',
    figures: [2, 2, 7504, 6739, 1, 0],
    troubles: { 'promotion-failed': 1 },
    heap: [2412, 960, 2412],
  },
  'no details and no times': {
    lines: ['[GC 8700K->954K(97216K), 0.0290000 secs]', '[Full GC 15404K->7527K(97216K), 0.4350000 secs]'],
    collector: null,
    figures: [2, 2, 464, 435, 1, 0],
    heap: [15404, 7527, 97216],
  },
  'a collection that was cut off': {
    lines: [PARALLEL_8, '20.000: [GC (Allocation Failure) [PSYoungGen: 5', PARALLEL_8.replace('10.362', '30.362')],
    collector: 'Parallel',
    figures: [3, 3, 116, 58, 0, 0],
  },
  'the same one twice, the first time cut off': {
    lines: ['10.362: [GC', PARALLEL_8],
    collector: 'Parallel',
    figures: [1, 1, 58, 58, 0, 0],
  },
  'the collector from the flags': {
    lines: ['CommandLine flags: -XX:+PrintGC -XX:+UseSerialGC', '0.123: [GC (System.gc())  4416K->2345K(15872K), 0.0040000 secs]'],
    collector: 'Serial',
    figures: [1, 1, 4, 4, 0, 1],
  },
  'Java 8 in a docker compose log': {
    lines: [`taskmanager_1  | ${PARALLEL_8}`],
    collector: 'Parallel',
    figures: [1, 1, 58, 58, 0, 0],
    heap: [2600, 2100, 9000],
  },
};

describe('Forms of GC logs', () => {
  for (const [name, { lines, collector, figures, troubles, heap, unfinished }] of Object.entries(FORMS)) {
    it(name, async () => {
      const text = `${lines.join('\n')}\n`;
      assert.equal(detect(text).kind, 'gc-log');
      const { log, statistics } = (await gcLogKind.analyse({ uri: 'file:///x', text }, DEFAULT_OPTIONS)) as GcAnalysis;
      const { pauses, totalPauseMs, maxPauseMs, fullGcs, systemGcs } = statistics;
      assert.deepEqual([log.collections, pauses, totalPauseMs, maxPauseMs, fullGcs, systemGcs], figures);
      assert.equal(log.collector, collector);
      assert.deepEqual(log.troubleCounts, troubles ?? {});
      assert.equal(log.unfinished?.name, unfinished);
      const sized = log.events.findLast((event) => event.after !== null);
      if (heap !== undefined) assert.deepEqual([sized?.before, sized?.after, sized?.capacity], heap);
      for (const { span } of log.events) assert.ok(span.start >= 0 && span.start < span.end && span.end <= text.length, JSON.stringify(span));
    });
  }

  it('warns of an end within a full collection, and mentions one within another: that may be where the file was cut', async () => {
    for (const [pause, severity] of [
      ['Pause Full (Ergonomics)', 'warning'],
      ['Pause Young (Normal) (G1 Evacuation Pause)', 'info'],
    ] as const) {
      const text = `${DECORATED}\n[9.5s][info][gc,start] GC(4) ${pause}\n`;
      const { findings } = await gcLogKind.analyse({ uri: 'file:///x', text }, DEFAULT_OPTIONS);
      assert.deepEqual(
        findings.map(({ code, severity: found }) => [code, found]),
        [['long-gc-pause-unfinished', severity]],
      );
    }
  });

  it('tells a long stop of all threads that is no collection', async () => {
    const stop = 'Total time for which application threads were stopped:';
    for (const text of [
      `5.097: ${stop} 62.5000000 seconds, Stopping threads took: 62.0 seconds\n6.097: [GC (Allocation Failure) 8K->4K(9K), 0.0290000 secs]\n`,
      `[9.0s][info][gc] ${YOUNG}\n[9.1s][info][safepoint] ${stop} 0.0042000 seconds\n[99.0s][info][safepoint] ${stop} 62.5000000 seconds\n`,
      `[9.0s][info][gc] ${YOUNG}\n[99.0s][info][safepoint] Safepoint "ThreadDump", Time since last: 5 ns, Reaching safepoint: 62499999990 ns, At safepoint: 10 ns, Total: 62500000000 ns\n`,
    ]) {
      const { log } = (await gcLogKind.analyse({ uri: 'file:///x', text }, DEFAULT_OPTIONS)) as GcAnalysis;
      assert.deepEqual(
        log.events.flatMap((event) => (event.kind === 'safepoint' ? [event.durationMs] : [])),
        [62500],
      );
      assert.equal(log.statistics.pauses, 1);
    }
  });

  it('does not take the stop for a collection for another one', async () => {
    const text = `[9.0s][info][gc] GC(0) Pause Full (Ergonomics) 9M->8M(9M) 5000.000ms\n[9.1s][info][safepoint] Total time for which application threads were stopped: 5.1000000 seconds\n`;
    const { log } = (await gcLogKind.analyse({ uri: 'file:///x', text }, DEFAULT_OPTIONS)) as GcAnalysis;
    assert.deepEqual(
      log.events.map(({ kind }) => kind),
      ['pause'],
    );
  });

  it('reads the lines of a collector within a log of Flink as a log of Flink', () => {
    const record = '2026-11-20 12:02:10,023 INFO  org.apache.flink.runtime.taskexecutor.TaskExecutor [] - Received task.';
    assert.equal(detect([record, DECORATED, record, DECORATED, record, DECORATED].join('\n')).kind, 'flink-log');
  });

  it('counts millions of pauses without keeping them all', async () => {
    const lines: string[] = [];
    for (let id = 0; id < 60_000; id++)
      lines.push(`[${id}.000s][info][gc] GC(${id}) Pause Young (Normal) (G1 Evacuation Pause) 24M->11M(256M) ${id % 100}.000ms`);
    const { log, statistics } = (await gcLogKind.analyse({ uri: 'file:///x', text: lines.join('\n') }, DEFAULT_OPTIONS)) as GcAnalysis;
    assert.equal(statistics.pauses, 60_000);
    assert.equal(statistics.totalPauseMs, (60_000 / 100) * 4950);
    assert.equal(log.events.length + log.eventsLeft, 60_000);
    assert.ok(log.eventsLeft > 0 && log.events.some((event) => event.durationMs === 99));
    assert.equal(log.pauses.between(10_000, 20_000), 11 + 12 + 13 + 14 + 15 + 16 + 17 + 18 + 19 + 20);
  });

  it('suspects a leak only when what is left grows steadily and far', async () => {
    const log = (left: (minute: number) => number) =>
      Array.from(
        { length: 60 },
        (_, minute) =>
          `[${minute * 60}.000s][info][gc] GC(${minute}) Pause Young (Normal) (G1 Evacuation Pause) 900M->${left(minute)}M(1000M) 9.000ms`,
      ).join('\n');
    const ids = async (text: string) =>
      (await gcLogKind.analyse({ uri: 'file:///x', text }, DEFAULT_OPTIONS)).findings.map((one) => `${one.id} ${one.certainty}`);
    assert.deepEqual(await ids(log((minute) => 200 + minute * 10)), ['heap-grows suspected']);
    assert.deepEqual(await ids(log((minute) => 200 + (minute % 7) * 90)), []);
    assert.deepEqual(await ids(log((minute) => 200 + minute)), []);
    assert.deepEqual(await ids(log((minute) => (minute < 5 ? 200 + minute * 100 : 700))), []);
  });

  it('reports figures, kinds, the longest pauses and the heap over time', async () => {
    const text = Array.from(
      { length: 60 },
      (_, minute) =>
        `[2026-11-20T12:${String(minute).padStart(2, '0')}:00.000+0200][${minute * 60}.000s][info][gc] GC(${minute}) Pause Full (Ergonomics) 900M->${200 + minute * 10}M(1000M) 9.000ms`,
    ).join('\n');
    const report = gcLogKind.report?.((await gcLogKind.analyse({ uri: 'file:///x', text }, DEFAULT_OPTIONS)) as GcAnalysis, 'gc.log') ?? '';
    for (const words of [
      'Covers: 2026-11-20 12:00:00 to 2026-11-20 12:59:00 (+02:00)',
      '| full collections | 60 |',
      '| heap in use after collections | +10.0 MiB/min |',
      '| Pause Full (Ergonomics) | 60 | 540.0 | 9.0 |',
      '## Heap in use after full collections',
      'straight line describes 100 %',
    ])
      assert.ok(report.includes(words), `${words}\n${report}`);
  });
});
