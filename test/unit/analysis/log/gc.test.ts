import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { at } from '../../../../scripts/lib/paths.mjs';
import type { GcCase } from '../../../../server/src/core/analysis/log/gcModel.ts';
import { joinGc } from '../../../../server/src/core/analysis/log/gcTrack.ts';
import { gcCases } from '../../../../server/src/core/analysis/log/gcVerdicts.ts';
import type { LogAnalysis } from '../../../../server/src/core/analysis/log/model.ts';
import { findRelations } from '../../../../server/src/core/analysis/log/relations.ts';
import { NO_CHECKPOINT } from '../../../../server/src/core/checkpoint.ts';
import { parseGcLog } from '../../../../server/src/core/kinds/gcLog.ts';
import { collectorEvidence, conclusionText } from '../../../../server/src/core/rules/log/collectorWords.ts';
import { relationsText } from '../../../../server/src/core/views/log/relationsText.ts';
import { logReport } from '../../../../server/src/core/views/log/report/index.ts';
import { logTimeline } from '../../../../server/src/core/views/log/timeline/index.ts';
import { read } from '../../log/helpers.ts';

const FOLDER = at('test/fixtures/flink/1.20.3/heap-out-of-memory');

const textOf = (one: GcCase | undefined): string => (one === undefined ? '' : conclusionText(one));
const evidenceOf = (one: GcCase | undefined): string[] => collectorEvidence(one?.evidence ?? []);

async function join(analysis: LogAnalysis, ...gcTexts: string[]): Promise<GcCase[]> {
  const logs = await Promise.all(
    gcTexts.map(async (text, index) => ({ gc: await parseGcLog(text, NO_CHECKPOINT), source: index === 0 ? 'gc.log' : `gc${index}.log` })),
  );
  analysis.gc = joinGc(logs, analysis.log);
  analysis.gcCases = gcCases(analysis);
  return analysis.gcCases;
}

describe('GC log and Flink log of one JVM: memory that ran out', () => {
  const text = readFileSync(path.join(FOLDER, 'taskmanager.log'), 'utf8');
  const gcText = readFileSync(path.join(FOLDER, 'taskmanager-gc.log'), 'utf8');
  const inZone = (hours: number) =>
    text.replace(/^(\d{4}-\d\d-\d\d) (\d\d)/gm, (_, date: string, hour: string) => `${date} ${String(Number(hour) + hours).padStart(2, '0')}`);

  it('full collections right before the failure confirm the part of the collector', async () => {
    const analysis = await read(text);
    const [first] = await join(analysis, gcText);
    assert.equal(analysis.gc.tracks[0]?.shift, null);
    assert.equal(first?.verdict, 'confirmed');
    assert.match(evidenceOf(first)[0] ?? '', /^Pause Full .* before the failure$/);
  });

  it('different time zones are told by the start of the JVM, and the offset is stated', async () => {
    const analysis = await read(inZone(2));
    const [first] = await join(analysis, gcText);
    assert.equal(analysis.gc.tracks[0]?.shift?.ms, 2 * 3_600_000);
    assert.match(
      evidenceOf(first).at(-1) ?? '',
      /Clock offset applied: 2 h 0 min \(the logs print different time zones: the JVM of the GC log started when the TaskManager did/,
    );
    assert.equal(first?.verdict, 'confirmed');
  });

  it('without uptimes the local times are taken to be the same, and that is said', async () => {
    const bare = gcText.replace(/^(\[[^\]]*\])\[[^\]]*\]/gm, '$1');
    const analysis = await read(text);
    const [first] = await join(analysis, bare);
    assert.equal(first?.verdict, 'confirmed');
    assert.match(
      evidenceOf(first).at(-1) ?? '',
      /Clock offset none \(assumed: the log states no zone and is taken to print the local time of the GC log, \+00:00\)/,
    );
  });

  it('uptimes alone count from the start of the process, about', async () => {
    const analysis = await read(text);
    const [first] = await join(analysis, gcText.replace(/^\[[^\]]*\](\[[^\]]*\])/gm, '$1'));
    assert.equal(first?.verdict, 'confirmed');
    assert.match(evidenceOf(first).at(-1) ?? '', /give or take 5\.0 s \(the GC log has uptimes only/);
    const headless = await read(text.split('\n').slice(20).join('\n'));
    const [none] = await join(headless, gcText.replace(/^\[[^\]]*\](\[[^\]]*\])/gm, '$1'));
    assert.equal(none?.verdict, 'not covered');
    assert.match(evidenceOf(none)[0] ?? '', /does not begin with the start of its process/);
  });

  it('several differences of zones that would do: unknown, not guessed', async () => {
    // A long log without its start, and a GC log without uptimes that lies elsewhere: many offsets make them overlap.
    const record = (minute: number) =>
      `2026-11-20 ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00,000 INFO  org.apache.flink.runtime.taskmanager.Task [] - Received task.`;
    const lines = Array.from({ length: 600 }, (_, minute) => record(minute));
    const failed =
      '2026-11-20 05:00:00,000 WARN  org.apache.flink.runtime.jobmaster.JobMaster [] - The heartbeat of TaskManager with id tm-1 timed out.';
    const analysis = await read([...lines.slice(0, 300), failed, ...lines.slice(300)].join('\n'));
    const gc = Array.from(
      { length: 60 },
      (_, minute) =>
        `[2026-11-20T15:${String(minute).padStart(2, '0')}:00.000+0000][info][gc] GC(${minute}) Pause Young (Normal) (G1 Evacuation Pause) 24M->11M(256M) 4.000ms`,
    ).join('\n');
    const [first] = await join(analysis, gc);
    assert.equal(first?.verdict, 'not covered');
    assert.match(textOf(first), /cannot be brought to the clock/);
    assert.match(evidenceOf(first)[0] ?? '', /differences from -14:00 to -06:00 would do equally well/);
  });

  it('another day has nothing to say', async () => {
    const analysis = await read(text.replaceAll('2026-', '2027-'));
    await join(analysis, gcText);
    assert.deepEqual(analysis.gc.tracks, []);
    assert.deepEqual(
      analysis.gc.unjoined.map(({ fault }) => fault.code),
      ['other-time-in-any-zone'],
    );
  });
});

/** A JobManager that waits for the heartbeats of a TaskManager, and GC logs of that TaskManager. */
describe('GC log and a heartbeat that timed out', () => {
  const log = (zone = '') =>
    `2026-11-20 12:00:01,000 INFO  org.apache.flink.runtime.entrypoint.ClusterEntrypoint [] -  Starting TaskManager (Version: 1.20.3, Scala: 2.12, Rev:01e3a6d, Date:2025-09-20T02:22:05+02:00)
2026-11-20 12:10:00,000 WARN  org.apache.flink.runtime.jobmaster.JobMaster [] - The heartbeat of TaskManager with id tm-1 timed out.
java.util.concurrent.TimeoutException: Heartbeat of TaskManager with id tm-1 timed out.
	at org.apache.flink.runtime.jobmaster.JobMaster$TaskManagerHeartbeatListener.notifyHeartbeatTimeout(JobMaster.java:1380)
2026-11-20 12:12:00,000 INFO  org.apache.flink.runtime.jobmaster.JobMaster [] - Closing.
`.replace(/^(2026-11-20 \S+)/gm, `$1${zone}`);
  const gcLine = (clock: string, uptime: number, id: number, what: string) =>
    `[2026-11-20T${clock}+0000][${uptime.toFixed(3)}s][info][gc] GC(${id}) ${what}\n`;
  const YOUNG = 'Pause Young (Normal) (G1 Evacuation Pause) 24M->11M(256M) 4.000ms';
  const start = '[2026-11-20T12:00:00.000+0000][0.005s][info][gc] Using G1\n';
  const quiet = start + gcLine('12:05:00.000', 300, 0, YOUNG) + gcLine('12:12:00.000', 720, 1, YOUNG);
  const paused =
    start +
    gcLine('12:05:00.000', 300, 0, YOUNG) +
    gcLine('12:10:01.000', 601, 1, 'Pause Full (G1 Compaction Pause) 255M->250M(256M) 60000.000ms') +
    gcLine('12:12:00.000', 720, 2, YOUNG);
  const verdict = async (...gc: string[]) => {
    const [first] = await join(await read(log()), ...gc);
    return [first?.verdict, textOf(first), ...evidenceOf(first)].join('\n');
  };

  it('a pause as long as the timeout: confirmed', async () => {
    assert.match(
      await verdict(paused),
      /^confirmed\ngc\.log: one collection of 1 min 0 s spans the timeout; the JVM stood still in collections for 59\.0 s of the 1 min 0 s before the timeout.*50\.0 s\.\nPause Full \(G1 Compaction Pause\), 1 min 0 s, 59\.0 s before the failure/,
    );
  });

  it('many pauses that come to as much: confirmed', async () => {
    const many =
      start +
      Array.from({ length: 60 }, (_, n) =>
        gcLine(
          n === 0 ? '12:09:00.950' : `12:09:${String(n).padStart(2, '0')}.950`,
          540.95 + n,
          n,
          'Pause Full (G1 Compaction Pause) 255M->250M(256M) 900.000ms',
        ),
      ).join('') +
      gcLine('12:12:00.000', 720, 90, YOUNG);
    assert.match(await verdict(many), /^confirmed/);
  });

  it('no such pause in a log that covers the moment: refuted', async () => {
    assert.match(
      await verdict(quiet),
      /^refuted\ngc\.log covers the 1 min 0 s before the timeout and shows no pause: the collector was not the reason\./,
    );
  });

  it('all threads stood still for something else: refuted, and said', async () => {
    const stopped = quiet.replace(
      '[2026-11-20T12:12',
      '[2026-11-20T12:09:59.000+0000][599.000s][info][safepoint] Safepoint "ThreadDump", Time since last: 1 ns, Total: 55000000000 ns\n[2026-11-20T12:12',
    );
    assert.match(await verdict(stopped), /^refuted\n.*All threads stood still for 55\.0 s all the same \(Safepoint "ThreadDump"\)/);
  });

  it('pauses that may have had a part: unclear', async () => {
    assert.match(await verdict(paused.replace('60000.000ms', '20000.000ms')), /^unclear\ngc\.log: collections took 19\.0 s/);
  });

  it('a log that ends before: not covered; that ends within a pause: unclear', async () => {
    assert.match(
      await verdict(start + gcLine('12:05:00.000', 300, 0, YOUNG)),
      /^not covered\ngc\.log does not cover the 1 min 0 s before the failure: it ends 5 min 0 s before it\./,
    );
    const cut = start + gcLine('12:05:00.000', 300, 0, YOUNG) + gcLine('12:09:00.000', 540, 1, 'Pause Full (G1 Compaction Pause)');
    assert.match(
      await verdict(cut),
      /^unclear\ngc\.log ends within a pause \(Pause Full \(G1 Compaction Pause\)\) that had begun 1 min 0 s before the timeout/,
    );
    assert.match(await verdict(), /^not covered\nNo GC log/);
  });

  it('another time zone: the offset is named', async () => {
    const elsewhere = paused.replaceAll('T12:', 'T09:');
    assert.match(await verdict(elsewhere), /^confirmed\n[\s\S]*Clock offset applied: 3 h 0 min/);
    const [zoned] = await join(await read(log('+03:00')), elsewhere);
    assert.deepEqual([zoned?.verdict, zoned?.evidence.length], ['confirmed', 1]);
  });

  it('a JVM that is not the silent one says nothing; one of several does not refute', async () => {
    const two = log().replace(/^(2026-11-20 12:00:01),000(.*)$/m, '$1,000$2\n2026-11-20 12:03:01,000$2');
    const [one] = await join(await read(two), quiet);
    assert.equal(one?.verdict, 'not covered');
    assert.match(textOf(one), /But 2 processes of this kind write these logs, and there is one GC log/);
    const [manager] = await join(await read(log().replace('Starting TaskManager', 'Starting StandaloneSessionClusterEntrypoint')), quiet);
    assert.match(textOf(manager), /None of the GC logs is that of a TaskManager/);
  });

  it('whose it is: by the start of the JVM, else by its heap, else by the name of the file; else nothing is said', async () => {
    const manager =
      '2026-11-20 12:00:00,900 INFO  org.apache.flink.runtime.entrypoint.ClusterEntrypoint [] -  Starting StandaloneSessionClusterEntrypoint (Version: 1.20.3, Scala: 2.12, Rev:01e3a6d, Date:2025-09-20T02:22:05+02:00)\n';
    const option = (size: string) => `2026-11-20 12:00:01,001 INFO  org.apache.flink.runtime.entrypoint.ClusterEntrypoint [] -     -Xmx${size}\n`;
    const ofBoth = manager + log();
    const told = async (text: string, source = 'gc.log') => {
      const analysis = await read(text);
      analysis.gc = joinGc([{ gc: await parseGcLog(paused, NO_CHECKPOINT), source }], analysis.log);
      analysis.gcCases = gcCases(analysis);
      return [analysis.gcCases[0]?.verdict, textOf(analysis.gcCases[0])].join(' ');
    };
    assert.match(await told(ofBoth), /^not covered Nothing shows whether the GC log is that of a TaskManager/);
    assert.match(await told(ofBoth, 'flink-taskmanager-gc.log'), /^confirmed /);
    assert.match(await told(ofBoth, 'jobmanager-gc.log'), /^not covered None of the GC logs is that of a TaskManager/);
    const [banner, ...rest] = log().split(/(?<=\n)/);
    assert.match(await told(manager + option('1g') + banner + option('256m') + rest.join('')), /^confirmed /);
    assert.match(await told(manager + option('256m') + banner + option('1g') + rest.join('')), /^not covered None of the GC logs/);
  });

  it('pauses with time to answer between them make no timeout', async () => {
    const often =
      start +
      Array.from({ length: 12 }, (_, n) =>
        gcLine(
          `12:09:${String(4 + n * 5).padStart(2, '0')}.000`.replace('12:09:60', '12:10:00'),
          544 + n * 5,
          n,
          'Pause Full (G1 Compaction Pause) 255M->250M(256M) 3900.000ms',
        ),
      ).join('') +
      gcLine('12:12:00.000', 720, 90, YOUNG);
    assert.match(await verdict(often), /^unclear\ngc\.log: collections took 4\d\.\d s/);
  });

  it('relations, report and timeline tell it', async () => {
    const analysis = await read(log());
    await join(analysis, paused);
    assert.match(
      relationsText(
        analysis,
        findRelations(analysis, () => 0),
        'x.log',
      ),
      /TaskManager -> JVM garbage collector: confirmed\. gc\.log/,
    );
    assert.match(logReport(analysis, 'x.log'), /## Garbage collection\n\n\*\*Confirmed\.\*\* gc\.log[\s\S]*3 pauses, 1 min 0 s in all/);
    const lane = logTimeline(analysis).lanes.find(({ kind }) => kind === 'gc');
    assert.equal(lane?.intervals.find(({ tone }) => tone === 'bad')?.from, Date.UTC(2026, 10, 20, 12, 9, 1));
  });

  it('within one file: the lines of the collector are joined, and the finding points at the pause', async () => {
    const text = paused + log();
    const analysis = await read(text);
    assert.equal(analysis.kind, 'flink-log');
    const found = analysis.findings.find(({ id }) => id === 'heartbeat-lost-in-gc');
    assert.equal(found?.certainty, 'proved');
    const place = found?.related[0]?.at.span;
    assert.match(place === undefined ? '' : text.slice(place.start, place.end), /Pause Full .* 60000\.000ms$/);
    assert.deepEqual(
      (await read(quiet + log())).findings.filter(({ id }) => id === 'heartbeat-lost-in-gc'),
      [],
    );
  });

  it('within one file that a container runtime has wrapped', async () => {
    const analysis = await read((paused + log()).replace(/^(?=.)/gm, 'taskmanager_1  | '));
    assert.equal(analysis.log.wrapper, 'compose');
    assert.equal(analysis.gcCases[0]?.verdict, 'confirmed');
  });
});
