// `logjam relations` and `logjam report` on logs: the answer, several files as one, errors.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { at } from '../../scripts/lib/paths.mjs';
import { logjam, logjamJson } from './harness.ts';

const MANAGED = at('test/fixtures/logs/tm-managed-memory-1.12.2.log');
const FOLDER = at('test/fixtures/flink/1.20.3/heap-out-of-memory');

describe('logjam relations', () => {
  it('says YES, who is related, and that the fix of the known bug is in already', async () => {
    const { code, stdout } = await logjam(['relations', MANAGED]);
    assert.equal(code, 0);
    assert.match(stdout, /^YES: HashJoin -> Calc -> Expand; TaskExecutor -> JobManager/);
    assert.match(stdout, /Calls: 17 methods, 17 edges \(1 from a method to itself or an overload\)/);
    assert.match(stdout, /The FLINK-20663 pattern, but 1\.12\.2 already contains its fix\./);
  });

  it('as JSON', async () => {
    const { value } = await logjamJson<{ files: { answer: string; calls: { methods: string[]; edges: string[][] } }[] }>(['relations', MANAGED]);
    const [file] = value.files;
    assert.deepEqual([file?.answer, file?.calls.methods.length, file?.calls.edges.length], ['YES', 17, 17]);
  });

  it('a folder together, with the GC log in it', async () => {
    const { code, stdout } = await logjam(['relations', '--together', FOLDER]);
    assert.equal(code, 0);
    assert.match(stdout, /garbage collector: confirmed/);
    assert.match(stdout, /taskmanager\.log:\d+/);
  });

  it('a file that is no log is bad usage', async () => {
    const { code, stderr } = await logjam(['relations', at('package.json')]);
    assert.equal(code, 2);
    assert.match(stderr, /relations are read from logs/);
  });

  it('report on a folder', async () => {
    const { code, stdout } = await logjam(['report', FOLDER]);
    assert.equal(code, 0);
    assert.match(stdout, /^\*\*JVM heap is exhausted: .*\*\* \(proved\)$/m);
    assert.match(stdout, /^## Coverage$/m);
  });

  it('report on GC logs alone, those of a rotation as one', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'logjam-gc-'));
    const lines = readFileSync(at('test/fixtures/gc/g1-jdk25.log'), 'latin1').split('\n');
    writeFileSync(path.join(folder, 'gc.log.0'), `${lines.slice(0, 100).join('\n')}\n`);
    writeFileSync(path.join(folder, 'gc.log'), lines.slice(100).join('\n'));
    const { code, stdout } = await logjam(['report', folder]);
    rmSync(folder, { recursive: true });
    assert.equal(code, 0);
    assert.match(stdout, /^# .*gc\.log\.0 and 1 more\n\n\*\*No finding: 18 pauses, .*\*\*\n\n## The log\n\n- Collector: G1\n/);
    assert.match(stdout, /\| pauses \| 18 \|/);
  });

  it('a GC log that is named says for every lost heartbeat what the collector did', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'logjam-gc-'));
    const [log, gc] = [path.join(folder, 'jobmanager.log'), path.join(folder, 'gc.log')];
    const lost = (time: string, id: string) =>
      `2026-11-20 ${time},000 WARN  org.apache.flink.runtime.jobmaster.JobMaster [] - The heartbeat of TaskManager with id ${id} timed out.\n`;
    writeFileSync(log, lost('12:10:00', 'tm-1') + lost('12:20:00', 'tm-1') + lost('12:30:00', 'tm-1'));
    const pause = (time: string, ms: number) =>
      `[2026-11-20T${time}.000+0000][info][gc] GC(0) Pause Full (Ergonomics) 255M->250M(256M) ${ms}.000ms\n`;
    writeFileSync(gc, pause('12:05:00', 4) + pause('12:10:01', 60_000) + pause('12:21:00', 4));
    const { stdout } = await logjam(['relations', log, '--gc', gc]);
    rmSync(folder, { recursive: true });
    assert.match(stdout, /garbage collector: confirmed\. .*stood still in collections for 59\.0 s/);
    assert.match(stdout, /Clock offset none \(assumed: the log states no zone/);
    assert.match(stdout, /Line 2, The heartbeat of TaskManager tm-1 timed out: refuted\./);
    assert.match(stdout, /Line 3, The heartbeat of TaskManager tm-1 timed out: not covered\. .*ends 9 min 0 s before it/);
  });
});
