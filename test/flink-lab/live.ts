/**
 * `npm run lab -- --live`: real clusters of several versions, JobManager and TaskManager as processes of their own, and the product's
 * command line on them: what it collects is complete, is read without a rest, and is the incident that the jobs were built to be.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Incident } from '../../common/incident.ts';
import { MANIFEST, readManifest } from '../../common/snapshot.ts';
import type { CheckReport } from '../../server/src/cli/report.ts';
import { Cluster } from './lib/cluster.ts';
import { atExit, run, sleep, until } from './lib/processes.ts';
import { scrub } from './lib/recordings.ts';
import type { Checkpoints } from './lib/rest.ts';
import { LAB } from './lib/toolchain.ts';
import { LIVE_VERSIONS } from './lib/versions.ts';

const ROOT = join(LAB, '..', '..');
const CLI = join(ROOT, 'dist', 'cli', 'logjam.js');
const JOBS = 'org.example.jobs.Jobs';

/** @param save a folder that gets the documents of each version, for tests without Java */
export async function live(versions: readonly string[] = LIVE_VERSIONS, save?: string): Promise<void> {
  await run(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
  for (const version of versions) {
    const begun = Date.now();
    await liveOn(version, save);
    console.log(`${version}: collected, read and judged in ${Math.round((Date.now() - begun) / 1000)} s`);
  }
}

async function liveOn(version: string, save: string | undefined): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'logjam-live-'));
  atExit(() => rmSync(scratch, { recursive: true, force: true }));
  const cluster = await Cluster.start(version, { conf: { 'rest.flamegraph.enabled': 'true', 'my.service.password': 'secret-of-the-lab' } });
  try {
    const stuck = await cluster.submit(JOBS, ['monitor-deadlock']);
    const sound = await cluster.submit(JOBS, ['healthy']);
    await Promise.all([cluster.running(stuck), cluster.running(sound)]);
    await until('the deadlock', async () => (await cluster.jstack(cluster.taskManager())).includes('Found one Java-level deadlock'));
    await until('a checkpoint', async () => (await cluster.get<Checkpoints>(`/jobs/${sound}/checkpoints`)).counts.completed > 0);
    await checkSnapshot(cluster, join(scratch, 'snapshot'), [stuck, sound]);
    await checkReport(cluster);
    if (save !== undefined) await keep(cluster, sound, join(scratch, 'documents'), join(save, version));
    await checkLoss(cluster);
  } finally {
    await cluster.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function logjam(args: string[], code: number): Promise<{ stdout: string; stderr: string }> {
  const ended = await run(process.execPath, [CLI, ...args], { check: false });
  assert.equal(ended.code, code, `logjam ${args.join(' ')} ended with ${ended.code}\n${ended.stdout.slice(-500)}\n${ended.stderr}`);
  return ended;
}

/** All calls have an answer, all files are read, and the verdict is what the job does. */
async function checkSnapshot(cluster: Cluster, folder: string, jobs: readonly string[]): Promise<void> {
  await logjam(['collect', cluster.url, '--dumps', '2', '--interval', '2', '--out', folder], 0);
  const text = readFileSync(join(folder, MANIFEST), 'utf8');
  const manifest = readManifest(text);
  assert.ok(manifest !== null && manifest.ended !== null);
  assert.equal(manifest.flinkVersion, cluster.version);
  for (const { path, status, why } of manifest.calls) assert.ok(status === 'ok' || status === 'absent', `${path}: ${status}, ${why}`);
  for (const job of jobs) assert.ok(existsSync(join(folder, 'jobs', `${job}.json`)), job);
  for (const { file } of manifest.calls)
    if (file !== null) assert.ok(!readFileSync(join(folder, file), 'utf8').includes('secret-of-the-lab'), `${file} holds the password`);
  const incident = JSON.parse((await logjam(['report', folder, '--format', 'json'], 0)).stdout) as Incident;
  assert.equal(incident.verdict.code, 'deadlock');
  assert.equal(incident.verdict.certainty, 'proved');
  assert.deepEqual(incident.coverage.unread, []);
  assert.deepEqual(incident.unresolved, []);
  const { files } = JSON.parse((await logjam(['check', folder, '--format', 'json', '--fail-on', 'never'], 0)).stdout) as CheckReport;
  const unknown = files.filter(({ kind, path }) => kind === 'unknown' && !path.endsWith(MANIFEST));
  assert.deepEqual(unknown.map(({ path }) => path), []); // biome-ignore format: a line
  console.log(`${cluster.version}: ${manifest.calls.length} calls, ${files.length} files, "${incident.verdict.sentence}"`);
}

async function checkReport(cluster: Cluster): Promise<void> {
  const { stdout } = await logjam(['report', cluster.url, '--dumps', '1'], 0);
  assert.match(stdout, /^\*\*Deadlock: /m);
  const watched = await logjam(['watch', cluster.url, '--times', '1', '--interval', '10'], 0);
  assert.match(watched.stdout, /^\d{4}-\d\d-\d\d .*\n$/);
}

/** Without its TaskManager the cluster still answers, and nobody calls it healthy. */
async function checkLoss(cluster: Cluster): Promise<void> {
  cluster.taskManager().child.kill('SIGKILL');
  await sleep(500);
  const args = ['report', cluster.url, '--dumps', '1', '--max-seconds', '60', '--format', 'json'];
  // What is asked of the process in vain is said, unless the JobManager knows already that it is gone.
  const { code, stdout, stderr } = await run(process.execPath, [CLI, ...args], { check: false });
  assert.ok(code === 0 || (code === 2 && stderr.includes('/taskmanagers/')), stderr);
  assert.notEqual((JSON.parse(stdout) as Incident).verdict.health, 'healthy');
}

/** The documents about one job, by their paths and without what is of this machine, as a fixture. */
async function keep(cluster: Cluster, job: string, folder: string, target: string): Promise<void> {
  await logjam(['collect', cluster.url, '--job', job, '--logs', 'none', '--out', folder], 0);
  const calls = readManifest(readFileSync(join(folder, MANIFEST), 'utf8'))?.calls ?? [];
  const lines = calls.flatMap(({ path, file }) => {
    if (file === null) return [];
    const body: unknown = JSON.parse(scrub(readFileSync(join(folder, file), 'utf8'), cluster.replacements));
    return [`${JSON.stringify(path)}:${JSON.stringify(body)}`];
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.json`, `{\n${lines.join(',\n')}\n}\n`);
}
