/**
 * The live test: one real cluster of the newest Flink, two scenarios recorded on it, and the product's command line
 * run on what was recorded and on the cluster itself (live.ts); then the same by workers of a fleet (fleet.ts). The truth is the one that the recorder writes down.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { FileReport } from '../../server/src/cli/report.ts';
import type { KnownKind, SummaryOf } from '../../server/src/core/kinds/kind.ts';
import { fleet } from './fleet.ts';
import { Cluster } from './lib/cluster.ts';
import { atExit, run } from './lib/processes.ts';
import type { Job } from './lib/rest.ts';
import { LAB, MissingTool, toolchain } from './lib/toolchain.ts';
import type { Truth } from './lib/truth.ts';
import { NEWEST } from './lib/versions.ts';
import { live as liveCluster } from './live.ts';
import { clusterOptions, recordOn } from './record.ts';

const ROOT = join(LAB, '..', '..');
const CLI = join(ROOT, 'dist', 'cli', 'logjam.js');

/** @returns the exit code: 0 all as it must be, 1 not, 3 Java or Maven is missing */
async function main(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'logjam-live-'));
  atExit(() => rmSync(scratch, { recursive: true, force: true }));
  try {
    const { java, maven } = await toolchain();
    console.log(`${java}; ${maven}; Flink ${NEWEST}`);
    await live(scratch);
    await liveCluster([NEWEST]);
    // All of them are for npm run lab -- --fleet.
    await fleet([NEWEST], 3);
    console.log('test:flink: everything was found');
    return 0;
  } catch (error) {
    console.error(error instanceof MissingTool ? error.message : error);
    return error instanceof MissingTool ? 3 : 1;
  }
}

async function live(scratch: string): Promise<void> {
  const deadlock = join(scratch, 'monitor-deadlock');
  const failure = join(scratch, 'failing-sink');
  let deadlockTruth: Truth;
  let failureTruth: Truth;
  // the settings of the failing sink (restarts) do the deadlock no harm
  const cluster = await Cluster.start(NEWEST, clusterOptions(NEWEST, 'failing-sink'));
  try {
    failureTruth = await recordOn(cluster, 'failing-sink', failure);
    console.log('recorded: failing-sink');
    deadlockTruth = await recordOn(cluster, 'monitor-deadlock', deadlock);
    console.log('recorded: monitor-deadlock');
  } finally {
    await cluster.close();
  }

  await checkDump(join(deadlock, 'taskmanager-jstack-l.txt'), deadlockTruth, true);
  await checkDump(join(deadlock, 'taskmanager-jcmd.txt'), deadlockTruth, true);
  await checkDump(join(deadlock, 'taskmanager-thread-dump.json'), deadlockTruth, false);
  await checkLog(join(failure, 'taskmanager.log'), failureTruth);
  await checkPlan(join(failure, 'plan.json'), failure);
}

type Checked<K extends KnownKind> = FileReport & { summary: NonNullable<SummaryOf[K]> };

/** Runs `logjam check --format json` on one file. @returns its entry, which is of that kind */
async function check<K extends KnownKind>(path: string, kind: K, exitCode: number): Promise<Checked<K>> {
  const { code, stdout, stderr } = await run(process.execPath, [CLI, 'check', '--format', 'json', path], { check: false });
  assert.equal(code, exitCode, `logjam check ${path} ended with ${code}\n${stderr}`);
  const { schema, files } = JSON.parse(stdout) as { schema: number; files: Checked<K>[] };
  assert.equal(schema, 1);
  const [file] = files;
  assert.ok(file !== undefined && files.length === 1, `${path}: one file`);
  assert.equal(file.kind, kind, path);
  return file;
}

async function checkDump(path: string, truth: Truth, sameIds: boolean): Promise<void> {
  const file = await check(path, 'thread-dump', 1);
  const [dump] = file.summary.dumps;
  assert.ok(dump !== undefined && file.summary.dumps.length === 1, `${path}: one dump`);
  const [wanted] = truth.deadlocks ?? [];
  const [found] = dump.deadlocks;
  assert.ok(found !== undefined && wanted !== undefined && dump.deadlocks.length === 1, `${path}: one deadlock`);
  assert.equal(found.kind, wanted.kind, path);
  assert.equal(found.certainty, wanted.certainty, path);
  assert.deepEqual([...found.threads].sort(), [...wanted.threads].sort(), path);
  if (sameIds) {
    const text = readFileSync(path, 'utf8');
    for (const lock of found.locks) assert.ok(text.includes(lock), `${path}: ${lock} is in the dump`);
    assert.equal(found.locks.length, wanted.locks?.length, path);
  }
  assert.ok(
    file.findings.some((finding) => finding.certainty === 'proved' && finding.severity === 'error'),
    `${path}: a proved error is among the findings`,
  );
  console.log(`found: deadlock of ${found.threads.join(' and ')} in ${path.split('/').at(-1)}`);
}

async function checkLog(path: string, truth: Truth): Promise<void> {
  const file = await check(path, 'flink-log', 1);
  assert.equal(file.flinkVersion?.range, truth.flinkVersion, 'the version of the start banner');
  const { firstFailure, exceptionGroups, executions } = file.summary;
  const { chain = [], attempts = Number.POSITIVE_INFINITY } = truth;
  assert.ok(firstFailure !== null && truth.firstFailure, 'a first failure');
  assert.equal(firstFailure.task, truth.firstFailure.task, 'the task that failed first');
  assert.ok(firstFailure.cause?.includes('Connection reset by peer'), `the root cause, not ${firstFailure.cause}`);
  assert.ok(
    exceptionGroups.some((group) => group.root === chain.at(-1) && isDeepStrictEqual(group.chain, chain)),
    `an exception group with the chain ${chain.join(', ')}`,
  );
  const failed = executions.filter((execution) => execution.end === 'FAILED');
  assert.ok(failed.length >= attempts, `${attempts} attempts of the sink failed, ${failed.length} found`);
  console.log(`found: first failure in ${firstFailure.task} (${firstFailure.subtask})`);
}

async function checkPlan(path: string, folder: string): Promise<void> {
  const { summary } = await check(path, 'job-graph', 0);
  const { vertices } = JSON.parse(readFileSync(join(folder, 'job.json'), 'utf8')) as Job;
  assert.deepEqual(summary.vertices.map((vertex) => vertex.id).sort(), vertices.map((vertex) => vertex.id).sort());
  assert.equal(summary.edges.length, vertices.length - 1, 'the job is one chain');
  assert.deepEqual(summary.loops, []);
  console.log(`found: ${vertices.length} vertices`);
}

void main().then((code) => {
  process.exitCode = code;
});
