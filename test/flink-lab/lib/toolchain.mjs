/** Java and Maven of the machine, and the class paths that Maven resolves into its own cache. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './processes.mjs';

export const LAB = join(dirname(fileURLToPath(import.meta.url)), '..');
export const FIXTURES = join(LAB, '..', 'fixtures', 'flink');

/** What the lab needs and does not find. One clear line, for the user. */
export class MissingTool extends Error {}

/** @returns the path of a JDK tool: of JAVA_HOME when set, else from PATH */
export function jdkTool(name, home = process.env.JAVA_HOME) {
  return home ? join(home, 'bin', name) : name;
}

/**
 * @returns {Promise<{java: string, maven: string}>} the versions in one line each
 * @throws MissingTool
 */
export function toolchain() {
  found ??= look();
  return found;
}

let found;

async function look() {
  const java = await version(jdkTool('java'), ['-version'], 'a JDK (17 or newer; set JAVA_HOME or PATH)');
  await version(jdkTool('jstack'), ['-help'], 'a full JDK: jstack is not there, this is only a Java runtime');
  const maven = await version('mvn', ['-v', '-B'], 'Maven (mvn on PATH)');
  return { java, maven };
}

async function version(command, args, what) {
  try {
    const { stdout, stderr } = await run(command, args, { check: false });
    // Maven colours its first line even in batch mode
    return (stderr + stdout)
      .split('\n')[0]
      .replace(/\u001b\[[\d;]*m/g, '')
      .trim();
  } catch (error) {
    if (error.code === 'ENOENT') throw new MissingTool(`The Flink lab needs ${what}.`);
    throw error;
  }
}

/**
 * Compiles a module of the lab against one Flink version.
 *
 * @param module folder under test/flink-lab
 * @returns {Promise<{classes: string, jars: string[]}>}
 */
export async function compile(module, flinkVersion) {
  const target = join(LAB, module, 'target', flinkVersion);
  const list = join(target, 'classpath.txt');
  mkdirSync(target, { recursive: true });
  await maven(module, [`-Dflink.version=${flinkVersion}`, 'compile', 'dependency:build-classpath', `-Dmdep.outputFile=${list}`]);
  if (!existsSync(list)) throw new Error(`Maven wrote no class path for ${module} ${flinkVersion}`);
  return { classes: join(target, 'classes'), jars: readFileSync(list, 'utf8').trim().split(':') };
}

/**
 * Builds what a cluster of one version needs, once per run: lib/ of the distribution and the jar with our jobs.
 *
 * @param spec the version's entry in versions.mjs
 * @returns {Promise<{lib: string, jobs: string}>} a folder of jars and one jar
 */
export function distribution(flinkVersion, spec) {
  if (!built.has(flinkVersion)) built.set(flinkVersion, build(flinkVersion, spec));
  return built.get(flinkVersion);
}

const built = new Map();

async function build(flinkVersion, spec) {
  const lib = join(LAB, 'dist', 'target', flinkVersion, 'lib');
  const jobs = join(LAB, 'jobs', 'target', flinkVersion, 'orders-jobs.jar');
  // the mark is written last, so that an interrupted build is done again
  const mark = join(LAB, 'dist', 'target', flinkVersion, 'complete');
  const common = [`-Dflink.version=${flinkVersion}`, `-Dscala=${spec.scala}`];
  if (!existsSync(mark)) {
    await maven('dist', [...common, `-Dlog4j.version=${spec.log4j}`, `-P${spec.reporters ? `${spec.table},reporters` : spec.table}`, 'package']);
    writeFileSync(mark, '');
  }
  await maven('jobs', [...common, `-Dapi=${spec.api}`, 'package']);
  return { lib, jobs };
}

async function maven(module, args) {
  const cwd = join(LAB, module);
  // Without the network only when everything is in the cache already; the first try says so quickly.
  const offline = await run('mvn', ['-o', '-q', '-B', ...args], { cwd, check: false });
  if (offline.code !== 0) await run('mvn', ['-q', '-B', ...args], { cwd });
}
