/**
 * The live test: one real cluster of the newest Flink, two scenarios recorded on it, and the product's command line
 * run on what was recorded. The truth is the one that the recorder writes down.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ensureModules } from '../../scripts/lib/modules.mjs';
import { Cluster } from './lib/cluster.mjs';
import { atExit, run } from './lib/processes.mjs';
import { LAB, MissingTool, toolchain } from './lib/toolchain.mjs';
import { NEWEST } from './lib/versions.mjs';
import { clusterOptions, recordOn } from './session.mjs';

const ROOT = join(LAB, '..', '..');
const CLI = join(ROOT, 'dist', 'cli', 'logjam.js');

/** @returns {Promise<number>} the exit code: 0 all as it must be, 1 not, 3 Java or Maven is missing */
async function main() {
  const scratch = mkdtempSync(join(tmpdir(), 'logjam-live-'));
  atExit(() => rmSync(scratch, { recursive: true, force: true }));
  try {
    const { java, maven } = await toolchain();
    console.log(`${java}; ${maven}; Flink ${NEWEST}`);
    await ensureModules();
    await run(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
    await live(scratch);
    console.log('test:flink: everything was found');
    return 0;
  } catch (error) {
    console.error(error instanceof MissingTool ? error.message : error.stack);
    return error instanceof MissingTool ? 3 : 1;
  }
}

async function live(scratch) {
  const deadlock = join(scratch, 'monitor-deadlock');
  const failure = join(scratch, 'failing-sink');
  let deadlockTruth;
  let failureTruth;
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

/** Runs `logjam check --format json` on one file. @returns its entry */
async function check(path, exitCode) {
  const { code, stdout, stderr } = await run(process.execPath, [CLI, 'check', '--format', 'json', path], { check: false });
  assert.equal(code, exitCode, `logjam check ${path} ended with ${code}\n${stderr}`);
  const { schema, files } = JSON.parse(stdout);
  assert.equal(schema, 1);
  assert.equal(files.length, 1);
  return files[0];
}

async function checkDump(path, truth, sameIds) {
  const file = await check(path, 1);
  assert.equal(file.kind, 'thread-dump', path);
  assert.equal(file.summary.dumps.length, 1, path);
  const [dump] = file.summary.dumps;
  const [wanted] = truth.deadlocks;
  assert.equal(dump.deadlocks.length, 1, `${path}: one deadlock`);
  const [found] = dump.deadlocks;
  assert.equal(found.kind, wanted.kind, path);
  assert.equal(found.certainty, wanted.certainty, path);
  assert.deepEqual([...found.threads].sort(), [...wanted.threads].sort(), path);
  if (sameIds) {
    const text = readFileSync(path, 'utf8');
    for (const lock of found.locks) assert.ok(text.includes(lock), `${path}: ${lock} is in the dump`);
    assert.equal(found.locks.length, wanted.locks.length, path);
  }
  assert.ok(
    file.findings.some((finding) => finding.certainty === 'proved' && finding.severity === 'error'),
    `${path}: a proved error is among the findings`,
  );
  console.log(`found: deadlock of ${found.threads.join(' and ')} in ${path.split('/').at(-1)}`);
}

async function checkLog(path, truth) {
  const file = await check(path, 1);
  assert.equal(file.kind, 'flink-log');
  assert.equal(file.flinkVersion?.range, truth.flinkVersion, 'the version of the start banner');
  const { firstFailure, exceptionGroups, executions } = file.summary;
  assert.equal(firstFailure?.task, truth.firstFailure.task, 'the task that failed first');
  assert.ok(firstFailure.cause.includes('Connection reset by peer'), `the root cause, not ${firstFailure.cause}`);
  assert.ok(
    exceptionGroups.some((group) => group.root === truth.chain.at(-1) && isDeepStrictEqual(group.chain, truth.chain)),
    `an exception group with the chain ${truth.chain.join(', ')}`,
  );
  const failed = executions.filter((execution) => execution.end === 'FAILED');
  assert.ok(failed.length >= truth.attempts, `${truth.attempts} attempts of the sink failed, ${failed.length} found`);
  console.log(`found: first failure in ${firstFailure.task} (${firstFailure.subtask})`);
}

async function checkPlan(path, folder) {
  const file = await check(path, 0);
  assert.equal(file.kind, 'job-graph');
  const { vertices } = JSON.parse(readFileSync(join(folder, 'job.json'), 'utf8'));
  assert.deepEqual(file.summary.vertices.map((vertex) => vertex.id).sort(), vertices.map((vertex) => vertex.id).sort());
  assert.equal(file.summary.edges.length, vertices.length - 1, 'the job is one chain');
  assert.deepEqual(file.summary.loops, []);
  console.log(`found: ${vertices.length} vertices`);
}

process.exitCode = await main();
