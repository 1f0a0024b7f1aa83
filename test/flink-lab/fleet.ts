/**
 * `npm run lab -- --fleet`: the job of fleet/flink. Maven runs its own tests, on a cluster within their process; then it digests
 * logs on real clusters, where each worker is a process: recordings, with the executable that Flink ships, and a generated fleet,
 * with a worker that is killed amid the work. What it writes is what the command line says of the same folder, byte for byte.
 */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Incident } from '../../common/incident.ts';
import { HERE, makeExecutable } from '../../scripts/lib/executable.mjs';
import type { Digest } from '../../server/src/core/incident/digest/model.ts';
import { wrongIn } from '../bench/fleet.ts';
import { type FleetTruth, generateFleet } from '../bench/fleetGenerator.ts';
import { Cluster } from './lib/cluster.ts';
import { atExit, run, until } from './lib/processes.ts';
import { FIXTURES, LAB, maven } from './lib/toolchain.ts';

const ROOT = join(LAB, '..', '..');
const CLI = join(ROOT, 'dist', 'cli', 'logjam.js');
const MODULE = join(ROOT, 'fleet', 'flink');

/** The first and the last minor version of each major one that the job is for. */
export const FLEET_VERSIONS: readonly string[] = ['1.18.1', '1.20.3', '2.0.0', '2.3.0'];

/** Whose recordings are digested. */
const RECORDED = '2.3.0';

/** Of the generated fleet. */
const TASK_MANAGERS = 1000;
const BYTES = 20e6;

/** In MiB: digests are sorted by what they are merged in, and each task that passes on what it has made wants 16 of network memory. */
const MEMORY = { managed: 64, network: 128 };

/** @param every so many scenarios of which one is digested */
export async function fleet(versions: readonly string[] = FLEET_VERSIONS, every = 1): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'logjam-fleet-'));
  atExit(() => rmSync(scratch, { recursive: true, force: true }));
  const recordings = join(scratch, 'recordings');
  layOut(recordings, every);
  const { sources, unread } = JSON.parse(await logjam(['digest', '.'], recordings)) as Digest;
  assert.ok(sources.length > 100 && unread.some(({ failed }) => failed), 'there is much to read, and something damaged');
  const generated = join(scratch, 'generated');
  const truth = generateFleet(generated, TASK_MANAGERS, BYTES);
  const executable = HERE === undefined ? null : await makeExecutable(HERE, scratch);
  if (executable === null) console.log('There is no executable for this machine: it is not shipped, the command line is called instead.');
  for (const version of versions) {
    const begun = Date.now();
    await fleetOn(version, { scratch, recordings, generated, truth, executable });
    console.log(
      `${version}: ${sources.length} recordings and ${truth.files} files of a fleet, digested by workers as by one machine, in ${Math.round((Date.now() - begun) / 1000)} s`,
    );
  }
}

/** Recordings with what else lies among logs: rotated and compressed, cut off, empty, of a name that needs quoting. */
function layOut(folder: string, every: number): void {
  for (const [at, name] of readdirSync(join(FIXTURES, RECORDED)).sort().entries())
    if (at % every === 0) cpSync(join(FIXTURES, RECORDED, name), join(folder, name), { recursive: true });
  const log = gzipSync(readFileSync(join(FIXTURES, '1.20.3', 'failing-sink', 'taskmanager.log')));
  writeFileSync(join(folder, 'rotated.log.1.gz'), log);
  writeFileSync(join(folder, 'damaged.log.2.gz'), log.subarray(0, log.length / 2));
  writeFileSync(join(folder, 'a "name" with ünïcode.log'), '');
}

interface Work {
  scratch: string;
  recordings: string;
  generated: string;
  truth: FleetTruth;
  executable: string | null;
}

async function fleetOn(version: string, { scratch, recordings, generated, truth, executable }: Work): Promise<void> {
  await maven(MODULE, [`-Dflink.version=${version}`, 'package']);
  const jar = join(MODULE, 'target', version, 'logjam-fleet.jar');
  const home = join(scratch, version);
  mkdirSync(home);
  const cluster = await Cluster.start(version, {
    taskManagers: 2,
    slots: 2,
    memory: MEMORY,
    conf: executable === null ? {} : { 'pipeline.cached-files': `name:logjam,path:'${pathToFileURL(executable)}',executable:true` },
  });
  const start = (logs: string, out: string, more: string[]) =>
    cluster.submitJar(jar, { parallelism: 4, programArgsList: ['--in', pathToFileURL(logs).href, '--out', pathToFileURL(out).href, ...more] });
  try {
    const out = join(home, 'recordings.digest');
    await finished(cluster, await start(recordings, out, executable === null ? ['--command', `${process.execPath} ${CLI}`] : []));
    await same(out, recordings, version);

    const gate = join(home, 'gate');
    const fleetOut = join(home, 'fleet.digest');
    const job = await start(generated, fleetOut, ['--command', gated(home, gate)]);
    await until('children of both workers', () => readdirSync(`${gate}.waiting`).length === 4);
    cluster.taskManager(1).child.kill('SIGKILL');
    cluster.startTaskManager(3);
    writeFileSync(gate, '');
    await finished(cluster, job);
    assert.ok(readdirSync(`${gate}.waiting`).length > 4, `${version}: what the lost worker did was not done again`);
    await same(fleetOut, generated, `${version}, after a worker was lost`);
    assert.deepEqual(wrongIn(await incidentIn(fleetOut, home), truth), []);
  } finally {
    await cluster.close();
  }
}

/** What one machine says of the folder, byte for byte, and the verdict; where it is not, the files are named that make the difference. */
async function same(file: string, folder: string, when: string): Promise<void> {
  const wanted = await logjam(['digest', '.'], folder);
  const text = readFileSync(file, 'utf8');
  if (text === wanted) {
    const verdicts = await Promise.all([file, '.'].map(async (from) => (await incidentIn(from, folder)).verdict));
    assert.deepEqual(verdicts[0], verdicts[1], when);
    return;
  }
  const [found, of] = [text, wanted].map((one) => {
    const { sources, counted, unread } = JSON.parse(one) as Digest;
    return [...sources, ...counted, ...unread].map((item) => JSON.stringify(item));
  }) as [string[], string[]];
  const only = (some: string[], others: string[]) => some.filter((one) => !others.includes(one)).map((one) => one.slice(0, 300));
  assert.deepEqual(only(found, of), only(of, found), when);
  assert.fail(`${when}: the same in another order or form`);
}

async function finished(cluster: Cluster, job: string): Promise<void> {
  const state = await cluster.state(job, ['FINISHED', 'FAILED'], 120_000);
  if (state === 'FINISHED') return;
  assert.fail(await cluster.text(`/jobs/${job}/exceptions`));
}

/** A logjam that leaves a mark and waits for a file before it digests anything. @returns its path */
function gated(folder: string, gate: string): string {
  const script = join(folder, 'gated.sh');
  mkdirSync(`${gate}.waiting`);
  const wait = `[ "$1" != digest ] || { : > '${gate}.waiting/'$$; until [ -e '${gate}' ]; do sleep 0.1; done; }`;
  writeFileSync(script, `#!/bin/sh\n${wait}\nexec '${process.execPath}' '${CLI}' "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}

const incidentIn = async (from: string, cwd: string): Promise<Incident> =>
  JSON.parse(await logjam(['report', from, '--format', 'json'], cwd)) as Incident;

/** Some files are damaged on purpose: exit code 2 says so. */
async function logjam(args: string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(process.execPath, [CLI, ...args], { cwd, check: false });
  assert.ok(code === 0 || code === 2, stderr);
  return stdout;
}
