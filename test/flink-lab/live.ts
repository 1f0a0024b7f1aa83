/**
 * `npm run lab -- --live`: real clusters of several versions, JobManager and TaskManager as processes of their own, and the product's
 * command line on them: what it collects is complete, is read without a rest, and is the incident that the jobs were built to be. Then the
 * same of a History Server, with what the jobs have left behind.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Incident } from '../../common/incident.ts';
import { MANIFEST, readManifest } from '../../common/snapshot.ts';
import type { CheckReport } from '../../server/src/cli/report.ts';
import { compareVersions } from '../../server/src/core/flinkVersion.ts';
import { Cluster } from './lib/cluster.ts';
import { withHistoryServer } from './lib/historyServer.ts';
import { atExit, run, sleep, until } from './lib/processes.ts';
import { scrub } from './lib/recordings.ts';
import type { Checkpoints, Profilings, TaskManagers } from './lib/rest.ts';
import { LAB } from './lib/toolchain.ts';
import { LIVE_VERSIONS } from './lib/versions.ts';

const ROOT = join(LAB, '..', '..');
const CLI = join(ROOT, 'dist', 'cli', 'logjam.js');
const JOBS = 'org.example.jobs.Jobs';

/** @param save a folder that gets the documents of each version, for tests without Java */
export async function live(versions: readonly string[] = LIVE_VERSIONS, save?: string): Promise<void> {
  for (const version of versions) {
    const begun = Date.now();
    await liveOn(version, save);
    console.log(`${version}: collected, read and judged in ${Math.round((Date.now() - begun) / 1000)} s`);
  }
}

async function liveOn(version: string, save: string | undefined): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'logjam-live-'));
  atExit(() => rmSync(scratch, { recursive: true, force: true }));
  const conf = { 'rest.flamegraph.enabled': 'true', 'rest.profiling.enabled': 'true', 'my.service.password': 'secret-of-the-lab' };
  const cluster = await Cluster.start(version, { conf, archive: true });
  try {
    const stuck = await cluster.submit(JOBS, ['monitor-deadlock']);
    const sound = await cluster.submit(JOBS, ['healthy']);
    await Promise.all([cluster.running(stuck), cluster.running(sound)]);
    await until('the deadlock', async () => (await cluster.jstack(cluster.taskManager())).includes('Found one Java-level deadlock'));
    await until('a checkpoint', async () => (await cluster.get<Checkpoints>(`/jobs/${sound}/checkpoints`)).counts.completed > 0);
    const profiled = hasProfiler(version) ? await profile(cluster) : [];
    await checkSnapshot(cluster, join(scratch, 'snapshot'), [stuck, sound], profiled);
    await checkReport(cluster);
    if (save !== undefined) await keep(cluster, sound, join(scratch, 'documents'), join(save, version));
    await checkHistory(cluster, sound, join(scratch, 'history'), save === undefined ? null : join(save, 'history', version));
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
async function checkSnapshot(cluster: Cluster, folder: string, jobs: readonly string[], profiled: readonly string[]): Promise<void> {
  await logjam(['collect', cluster.url, '--dumps', '2', '--interval', '2', '--out', folder], 0);
  const text = readFileSync(join(folder, MANIFEST), 'utf8');
  const manifest = readManifest(text);
  assert.ok(manifest !== null && manifest.ended !== null);
  assert.equal(manifest.flinkVersion, cluster.version);
  for (const { path, status, why } of manifest.calls) assert.ok(status === 'ok' || status === 'absent', `${path}: ${status}, ${why}`);
  for (const name of profiled)
    assert.ok(
      manifest.calls.some(({ path, status }) => path.includes(encodeURIComponent(name)) && status === 'ok'),
      name,
    );
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

const hasProfiler = (version: string): boolean => compareVersions(version, '1.19') >= 0;

/** Has the profiler of both processes sample for some seconds. @returns the names of its results */
async function profile(cluster: Cluster): Promise<string[]> {
  const { taskmanagers } = await cluster.get<TaskManagers>('/taskmanagers');
  const paths = ['/jobmanager/profiler', ...taskmanagers.map(({ id }) => `/taskmanagers/${encodeURIComponent(id)}/profiler`)];
  const body = JSON.stringify({ mode: 'ITIMER', duration: 3 });
  for (const path of paths) await cluster.text(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return Promise.all(
    paths.map((path) =>
      until(`the result of ${path}`, async () => {
        const [one] = (await cluster.get<Profilings>(path)).profilingList;
        if (one?.status === 'FAILED') throw new Error(`the profiler failed: ${one.message}`);
        return one?.status === 'FINISHED' && one.outputFile;
      }),
    ),
  );
}

/** What a job has left behind is all there, and what a History Server has not is no fault; the job was well, and nobody says more. */
async function checkHistory(cluster: Cluster, job: string, folder: string, target: string | null): Promise<void> {
  const begun = Date.now();
  await cluster.cancel(job);
  await cluster.state(job, ['CANCELED']);
  await until('the archive', () => readdirSync(cluster.archive, { recursive: true, encoding: 'utf8' }).some((name) => name.includes(job)));
  await withHistoryServer(cluster, job, async (url) => {
    await logjam(['collect', url, '--out', folder], 0);
    const manifest = readManifest(readFileSync(join(folder, MANIFEST), 'utf8'));
    assert.ok(manifest !== null && manifest.ended !== null);
    assert.equal(manifest.flinkVersion, cluster.version);
    for (const { path, status, why } of manifest.calls) assert.ok(['ok', 'absent', 'left-out'].includes(status), `${path}: ${status}, ${why}`);
    for (const part of ['', '/plan', '/config', '/exceptions', '/checkpoints'])
      assert.ok(
        manifest.calls.some(({ path, status }) => path.split('?')[0] === `/jobs/${job}${part}` && status === 'ok'),
        part,
      );
    const { stdout } = await logjam(['report', url, '--format', 'json'], 0);
    const { verdict, coverage } = JSON.parse(stdout) as Incident;
    assert.notEqual(verdict.health, 'failing', verdict.sentence);
    assert.deepEqual(
      coverage.unread.filter(({ why }) => !why.includes('History Server')),
      [],
    );
    console.log(
      `${cluster.version}: History Server, ${manifest.calls.length} calls, "${verdict.sentence}", ${Math.round((Date.now() - begun) / 1000)} s`,
    );
    if (target !== null) keepFiles(cluster, folder, target);
  });
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
  keepFiles(cluster, folder, target);
  const page = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => /^taskmanagers.*\.html$/.test(name));
  if (page !== undefined) writeFileSync(`${target}-profile.html`, scrub(readFileSync(join(folder, page), 'utf8'), cluster.replacements));
}

function keepFiles(cluster: Cluster, folder: string, target: string): void {
  const calls = readManifest(readFileSync(join(folder, MANIFEST), 'utf8'))?.calls ?? [];
  const lines = calls.flatMap(({ path, file }) => {
    if (file === null || !file.endsWith('.json')) return [];
    const body: unknown = JSON.parse(scrub(readFileSync(join(folder, file), 'utf8'), cluster.replacements));
    return [`${JSON.stringify(path)}:${JSON.stringify(body)}`];
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.json`, `{\n${lines.join(',\n')}\n}\n`);
}
