/** Recording one scenario on one cluster. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Cluster } from './lib/cluster.mjs';
import { atExit, run } from './lib/processes.mjs';
import { Recording } from './lib/recordings.mjs';
import { distribution, jdkTool, toolchain } from './lib/toolchain.mjs';
import { JAVA_OPTIONS, VERSIONS } from './lib/versions.mjs';
import { SCENARIOS } from './scenarios.mjs';

/** Scenarios that a version can run, with the one that needs no cluster last. */
export function scenariosOf(version) {
  const spec = VERSIONS[version];
  const fits = ({ api, needs }) => (!api || api === spec.api) && (!needs || spec[needs]);
  const names = Object.keys(SCENARIOS).filter((name) => fits(SCENARIOS[name]));
  return [...names, 'sql-explain'];
}

/** What a scenario's `drive` works with: the running job, and ways to capture. */
class Session {
  constructor(cluster, job, recording) {
    this.cluster = cluster;
    this.job = job;
    this.recording = recording;
  }

  file(name, kind, text) {
    this.recording.file(name, kind, text);
  }

  /** Whether the cluster's version is that or a later one. */
  atLeast(major, minor) {
    const [ours, ourMinor] = this.cluster.version.split('.').map(Number);
    return ours > major || (ours === major && ourMinor >= minor);
  }

  /** Saves a REST answer as it came. @returns it parsed */
  async rest(name, path) {
    const body = await this.cluster.text(path);
    this.file(name, `GET ${path.replaceAll(this.job, ':jobid').replace(/vertices\/[0-9a-f]{32}/, 'vertices/:vertexid')}`, body);
    return JSON.parse(body);
  }

  /** The documents about the job. @returns the exceptions */
  async restDocuments() {
    const base = `/jobs/${this.job}`;
    await this.rest('job.json', base);
    await this.rest('plan.json', `${base}/plan`);
    const checkpoints = await this.cluster.text(`${base}/checkpoints`).catch(() => null);
    if (checkpoints && JSON.parse(checkpoints).counts?.total > 0) {
      this.file('checkpoints.json', 'GET /jobs/:jobid/checkpoints', checkpoints);
      await this.rest('checkpoints-config.json', `${base}/checkpoints/config`);
    }
    return this.rest('exceptions.json', `${base}/exceptions`);
  }

  /** @param of 'taskmanager' or 'jobmanager' */
  async restThreadDump(of) {
    if (of === 'jobmanager') return this.rest('jobmanager-thread-dump.json', '/jobmanager/thread-dump');
    const { taskmanagers } = await this.cluster.get('/taskmanagers');
    const body = await this.cluster.text(`/taskmanagers/${taskmanagers[0].id}/thread-dump`);
    this.file('taskmanager-thread-dump.json', 'GET /taskmanagers/:id/thread-dump', body);
  }

  async jcmd(name, process_) {
    this.file(name, 'jcmd Thread.print -l -e', await this.cluster.jcmd(process_, 'Thread.print', '-l', '-e'));
  }

  gcLog(process_) {
    this.file(`${process_.name.replace(/-1$/, '')}-gc.log`, '-Xlog:gc*', readFileSync(process_.gc, 'utf8'));
  }

  logs() {
    for (const each of this.cluster.processes) {
      this.file(`${each.name.replace(/-1$/, '')}.log`, 'log4j2, default pattern', readFileSync(each.log, 'utf8'));
      const out = readFileSync(each.out, 'utf8');
      if (out.trim()) this.file(`${each.name.replace(/-1$/, '')}.out`, 'standard output and error', out);
    }
  }
}

/** Settings whose names changed with the versions. */
function settings({ restart, ...conf } = {}, api) {
  if (restart) conf[api === 'v2' ? 'restart-strategy.type' : 'restart-strategy'] = restart;
  return conf;
}

/** What `Cluster.start` needs for a scenario. */
export function clusterOptions(version, name) {
  const options = SCENARIOS[name].cluster ?? {};
  return { ...options, conf: settings(options.conf, VERSIONS[version].api) };
}

/**
 * Records one scenario on a cluster of its own.
 *
 * @returns the truth that was written to recording.json
 */
export async function recordScenario(version, name) {
  if (name === 'sql-explain') return recordExplain(version);
  const cluster = await Cluster.start(version, clusterOptions(version, name));
  try {
    return await recordOn(cluster, name);
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
export async function recordOn(cluster, name, folder) {
  const { version } = cluster;
  const scenario = SCENARIOS[name];
  const [entryClass, ...args] = scenario.program;
  const job = await cluster.submit(entryClass, args);
  const recording = new Recording(version, name, { replacements: cluster.replacements, folder });
  const session = new Session(cluster, job, recording);
  if (!scenario.fails) await cluster.running(job);
  const facts = await scenario.drive(session);
  session.logs();
  if (entryClass === 'org.example.jobs.Jobs') session.file('execution-plan.json', 'env.getExecutionPlan()', await executionPlan(version, args[0]));
  const expected = { flinkVersion: version, job, ...scenario.expected(facts) };
  recording.finish({
    java: (await toolchain()).java,
    command: `npm run lab -- --version ${version} --scenario ${name}`,
    what: scenario.what,
    expected,
  });
  return expected;
}

/** Runs a main class of ours in a JVM of its own, with the whole distribution on the class path. */
async function client(version, args) {
  const { lib, jobs } = await distribution(version, VERSIONS[version]);
  const jars = readdirSync(lib).map((jar) => join(lib, jar));
  return run(jdkTool('java'), ['-Xmx256m', ...JAVA_OPTIONS, '-cp', [...jars, jobs].join(delimiter), ...args]);
}

function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'logjam-lab-'));
  atExit(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const plans = new Map();

/** env.getExecutionPlan() of one job; the JVM that makes them makes all of a version at once. */
async function executionPlan(version, name) {
  if (!plans.has(version)) {
    const folder = scratchFolder();
    await client(version, ['org.example.jobs.Jobs', '--plans', folder]);
    plans.set(version, folder);
  }
  return readFileSync(join(plans.get(version), `${name}.json`), 'utf8');
}

async function recordExplain(version) {
  const scratch = scratchFolder();
  await client(version, ['org.example.jobs.Sql', 'explain', scratch]);
  const recording = new Recording(version, 'sql-explain');
  const names = readdirSync(scratch).sort();
  for (const name of names) {
    const kind = name.endsWith('.json') ? 'COMPILE PLAN' : `EXPLAIN ${/explain-?(.*)\.txt/.exec(name)[1].replaceAll('-', '_').toUpperCase()}`.trim();
    recording.file(name, kind, readFileSync(join(scratch, name), 'utf8'));
  }
  const expected = {
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
