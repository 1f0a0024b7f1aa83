import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../scripts/lib/paths.mjs';
import { detect } from '../../../server/src/core/detect.ts';
import type { GcAnalysis } from '../../../server/src/core/gc/model.ts';
import { gcLogKind } from '../../../server/src/core/kinds/gcLog.ts';
import { DEFAULT_OPTIONS } from '../../../server/src/core/kinds/index.ts';

const FOLDER = at('test/fixtures/gc');

interface Recording {
  java: number;
  flags: string[];
  xlog: string;
  arguments: string[];
  beans: Record<string, { count: number; ms: number }>;
}

const COLLECTORS: [string, string][] = [
  ['UseSerialGC', 'Serial'],
  ['UseParallelGC', 'Parallel'],
  ['UseG1GC', 'G1'],
  ['UseZGC', 'ZGC'],
  ['UseShenandoahGC', 'Shenandoah'],
  ['UseEpsilonGC', 'Epsilon'],
];

/** Logs of real JVMs (test/gc-lab) against what the beans of the same process counted. */
describe('GC logs against the beans of the JVM', () => {
  const recordings = JSON.parse(readFileSync(path.join(FOLDER, 'recordings.json'), 'utf8')) as Record<string, Recording>;
  for (const [name, { java, flags, xlog, arguments: args, beans }] of Object.entries(recordings)) {
    it(name, async () => {
      const text = readFileSync(path.join(FOLDER, `${name}.log`), 'utf8');
      assert.equal(detect(text).kind, 'gc-log');
      const analysis = (await gcLogKind.analyse({ uri: 'file:///x', text }, DEFAULT_OPTIONS)) as GcAnalysis;
      const { log, statistics } = analysis;
      const collector = COLLECTORS.find(([flag]) => flags.some((one) => one.endsWith(flag)))?.[1];
      if (!xlog.startsWith('gc:') || /level|tags|time|none/.test(xlog)) assert.equal(log.collector, collector);
      const sum = (pattern: RegExp, field: 'count' | 'ms') =>
        Object.entries(beans).reduce((total, [bean, figures]) => (pattern.test(bean) ? total + figures[field] : total), 0);

      // ZGC logs its pauses as phases only.
      const pausesLogged = collector !== 'ZGC' || /gc\*|phases/.test(xlog);
      // Before Java 20 no bean counts the pauses of G1's concurrent cycle.
      const unbeaned = collector === 'G1' && java < 20 ? log.events.filter((event) => /^Pause (?:Remark|Cleanup)/.test(event.name)).length : 0;
      const pauses = /Pauses/.test(Object.keys(beans).join()) ? sum(/Pauses/, 'count') : sum(/./, 'count');
      assert.equal(statistics.pauses - unbeaned, pausesLogged ? pauses : 0, 'pauses');

      assert.equal(statistics.fullGcs, sum(/MarkSweep|G1 Old/, 'count'), 'full collections');
      const explicit = Number(args.find((one) => one.startsWith('explicit='))?.slice(9) ?? 0);
      // Parallel collects the young generation first.
      const young = log.events.filter((event) => event.explicit && event.name.startsWith('Pause Young') && collector === 'Parallel').length;
      assert.equal(statistics.systemGcs - young, collector === 'Epsilon' ? 0 : explicit, 'System.gc()');

      // Beans count whole milliseconds, and a little more than the pause itself.
      const beanMs = /Pauses/.test(Object.keys(beans).join()) ? sum(/Pauses/, 'ms') : sum(/./, 'ms');
      const pauseMs = log.events
        .filter((event) => event.kind === 'pause' && !/^Pause (?:Remark|Cleanup)/.test(event.name))
        .reduce((total, event) => total + (event.durationMs ?? 0), 0);
      if (pausesLogged) assert.ok(Math.abs(pauseMs - beanMs) <= pauses + 0.1 * beanMs, `${pauseMs} ms of pauses, the beans say ${beanMs} ms`);
      if (collector === 'Shenandoah' || collector === 'ZGC') {
        // The beans of generational ZGC leave out the minor collections during a major one.
        const cycles = sum(/Cycles/, 'count');
        if (collector === 'ZGC' && java >= 23) assert.ok(log.collections >= cycles, `${log.collections} collections, the beans say ${cycles} cycles`);
        else assert.equal(log.collections, cycles, 'cycles');
      }
      assert.equal(log.eventsLeft, 0);
      assert.equal(log.runs.length <= 1, true);
    });
  }
});
