/** Recording one scenario on one cluster. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Cluster, type ClusterOptions } from './lib/cluster.ts';
import { atExit, type Ended, run } from './lib/processes.ts';
import { Recording } from './lib/recordings.ts';
import type { Scenario, Settings } from './lib/scenario.ts';
import { Session } from './lib/session.ts';
import { distribution, jdkTool, toolchain } from './lib/toolchain.ts';
import type { Truth } from './lib/truth.ts';
import { JAVA_OPTIONS, type Version, versionOf } from './lib/versions.ts';
import { SCENARIOS } from './scenarios.ts';

/** Scenarios that a version can run, with the one that needs no cluster last. */
export function scenariosOf(version: string): string[] {
  const spec = versionOf(version);
  const fitting = Object.entries(SCENARIOS).filter(([, { api, needs }]) => (!api || api === spec.api) && (!needs || spec[needs]));
  return [...fitting.map(([name]) => name), 'sql-explain'];
}

/** Settings whose names changed with the versions. */
function settings({ restart, ...conf }: Settings, api: Version['api']): Settings {
  return restart === undefined ? conf : { ...conf, [api === 'v2' ? 'restart-strategy.type' : 'restart-strategy']: restart };
}

function scenarioOf(name: string): Scenario {
  const scenario = SCENARIOS[name];
  if (scenario === undefined) throw new Error(`The lab has no scenario ${name}.`);
  return scenario;
}

/** What `Cluster.start` needs for a scenario. */
export function clusterOptions(version: string, name: string): ClusterOptions {
  const options = scenarioOf(name).cluster ?? {};
  return { ...options, conf: settings(options.conf ?? {}, versionOf(version).api) };
}

/**
 * Records one scenario on a cluster of its own.
 *
 * @param folder where to, test/fixtures/flink/<version>/<scenario> by default
 * @returns the truth that was written to recording.json
 */
export async function recordScenario(version: string, name: string, folder?: string): Promise<Truth> {
  if (name === 'sql-explain') return recordExplain(version, folder);
  const cluster = await Cluster.start(version, clusterOptions(version, name));
  try {
    return await recordOn(cluster, name, folder);
  } finally {
    await cluster.close();
  }
}

/**
 * Records one scenario on a running cluster.
 *
 * @param folder where to, test/fixtures/flink/<version>/<scenario> by default
 * @returns the truth that was written to recording.json
 */
export async function recordOn(cluster: Cluster, name: string, folder?: string): Promise<Truth> {
  const { version } = cluster;
  const scenario = scenarioOf(name);
  const [entryClass, ...args] = scenario.program ?? [null];
  const job = entryClass === null ? '' : await cluster.submit(entryClass, args);
  const recording = new Recording(version, name, { replacements: cluster.replacements, folder });
  const session = new Session(cluster, job, recording);
  if (!scenario.fails) await cluster.running(job);
  const found = await scenario.record(session);
  session.logs();
  if (entryClass === 'org.example.jobs.Jobs')
    session.file('execution-plan.json', 'env.getExecutionPlan()', await executionPlan(version, args[0] as string));
  const expected: Truth = { flinkVersion: version, ...(job !== '' && { job }), ...found };
  recording.finish({
    java: (await toolchain()).java,
    command: `npm run lab -- --version ${version} --scenario ${name}`,
    what: scenario.what,
    expected,
  });
  return expected;
}

/** Runs a main class of ours in a JVM of its own, with the whole distribution on the class path. */
async function client(version: string, args: string[]): Promise<Ended> {
  const { lib, jobs } = await distribution(version, versionOf(version));
  const jars = readdirSync(lib).map((jar) => join(lib, jar));
  return run(jdkTool('java'), ['-Xmx256m', ...JAVA_OPTIONS, '-cp', [...jars, jobs].join(delimiter), ...args]);
}

function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'logjam-lab-'));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Folders with the plans, by version. */
const plans = new Map<string, string>();

/** env.getExecutionPlan() of one job; the JVM that makes them makes all of a version at once. */
async function executionPlan(version: string, name: string): Promise<string> {
  let folder = plans.get(version);
  if (folder === undefined) {
    folder = scratchFolder();
    await client(version, ['org.example.jobs.Jobs', '--plans', folder]);
    plans.set(version, folder);
  }
  return readFileSync(join(folder, `${name}.json`), 'utf8');
}

async function recordExplain(version: string, folder?: string): Promise<Truth> {
  const scratch = scratchFolder();
  await client(version, ['org.example.jobs.Sql', 'explain', scratch]);
  const recording = new Recording(version, 'sql-explain', { folder });
  const names = readdirSync(scratch).sort();
  for (const name of names) {
    const kind = name.endsWith('.json')
      ? 'COMPILE PLAN'
      : `EXPLAIN ${(/explain-?(.*)\.txt/.exec(name)?.[1] ?? '').replaceAll('-', '_').toUpperCase()}`.trim();
    recording.file(name, kind, readFileSync(join(scratch, name), 'utf8'));
  }
  const expected: Truth = {
    flinkVersion: version,
    // the INSERT of all but the batch text: orders join customers, filtered, grouped by country
    tables: ['orders', 'customers', 'by_country'],
    batch: { tables: ['items', 'users', 'joined'], join: 'HashJoin' },
    compiledPlan: names.includes('compiled-plan.json'),
    loops: [],
  };
  recording.finish({
    java: (await toolchain()).java,
    command: `npm run lab -- --version ${version} --scenario sql-explain`,
    what: 'EXPLAIN of a streaming join with aggregation in every variant of the version, of two INSERTs in one statement set, of a batch hash join, and the compiled plan where there is COMPILE PLAN.',
    expected,
  });
  return expected;
}
