/** Java and Maven of the machine, and the class paths that Maven resolves into its own cache. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf, run } from './processes.ts';
import type { Version } from './versions.ts';

export const LAB = join(dirname(fileURLToPath(import.meta.url)), '..');
export const FIXTURES = join(LAB, '..', 'fixtures', 'flink');

/** What the lab needs and does not find. One clear line, for the user. */
export class MissingTool extends Error {}

/** @returns the path of a JDK tool: of JAVA_HOME when set, else from PATH */
export function jdkTool(name: string, home = process.env.JAVA_HOME): string {
  return home ? join(home, 'bin', name) : name;
}

const JDKS = '/usr/lib/jvm';

/** Homes of the JDKs in the folder where Debian keeps them, by their major version. */
export function jdksByVersion(): Map<number, string> {
  const homes = existsSync(JDKS) ? readdirSync(JDKS).map((name) => join(JDKS, name)) : [];
  const found = new Map<number, string>();
  for (const home of homes) if (existsSync(join(home, 'bin/javac'))) found.set(jdkVersion(home), home);
  return found;
}

/** Major version of a JDK. */
export function jdkVersion(home: string): number {
  const text = spawnSync(jdkTool('java', home), ['-version'], { encoding: 'utf8' }).stderr;
  return Number(/version "(\d+)/.exec(text)?.[1] ?? 0);
}

/** Versions, in one line each. */
interface Toolchain {
  java: string;
  maven: string;
}

/** @throws MissingTool */
export function toolchain(): Promise<Toolchain> {
  found ??= look();
  return found;
}

let found: Promise<Toolchain> | undefined;

async function look(): Promise<Toolchain> {
  const java = await lineOf(jdkTool('java'), ['-version'], 'a JDK (17 or newer; set JAVA_HOME or PATH)');
  await lineOf(jdkTool('jstack'), ['-help'], 'a full JDK: jstack is not there, this is only a Java runtime');
  const maven = await lineOf('mvn', ['-v', '-B'], 'Maven (mvn on PATH)');
  return { java, maven };
}

async function lineOf(command: string, args: string[], what: string): Promise<string> {
  try {
    const { stdout, stderr } = await run(command, args, { check: false });
    // Maven colours its first line even in batch mode
    return ((stderr + stdout).split('\n')[0] as string).replace(/\u001b\[[\d;]*m/g, '').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new MissingTool(`The Flink lab needs ${what}.`);
    throw error;
  }
}

/** Compiles a module of the lab (a folder under test/flink-lab) against one Flink version. */
export async function compile(module: string, flinkVersion: string): Promise<{ classes: string; jars: string[] }> {
  const target = join(LAB, module, 'target', flinkVersion);
  const list = join(target, 'classpath.txt');
  mkdirSync(target, { recursive: true });
  await maven(module, [`-Dflink.version=${flinkVersion}`, 'compile', 'dependency:build-classpath', `-Dmdep.outputFile=${list}`]);
  if (!existsSync(list)) throw new Error(`Maven wrote no class path for ${module} ${flinkVersion}`);
  return { classes: join(target, 'classes'), jars: readFileSync(list, 'utf8').trim().split(delimiter) };
}

/** What a cluster of one version needs: a folder of jars, lib/ of the distribution, and the jar with our jobs. */
export interface Distribution {
  lib: string;
  jobs: string;
}

/** Builds it once per run. */
export function distribution(flinkVersion: string, spec: Version): Promise<Distribution> {
  const known = built.get(flinkVersion) ?? build(flinkVersion, spec);
  built.set(flinkVersion, known);
  return known;
}

const built = new Map<string, Promise<Distribution>>();

async function build(flinkVersion: string, spec: Version): Promise<Distribution> {
  const lib = join(LAB, 'dist', 'target', flinkVersion, 'lib');
  const jobs = join(LAB, 'jobs', 'target', flinkVersion, 'orders-jobs.jar');
  // The mark is written last and says what was built, so that an interrupted build is done again, and one of another content.
  const mark = join(LAB, 'dist', 'target', flinkVersion, 'complete');
  const wanted = readFileSync(join(LAB, 'dist', 'pom.xml'), 'utf8');
  const common = [`-Dflink.version=${flinkVersion}`, `-Dscala=${spec.scala}`];
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
    await maven('dist', [...common, `-Dlog4j.version=${spec.log4j}`, `-P${spec.reporters ? `${spec.table},reporters` : spec.table}`, 'package']);
    writeFileSync(mark, wanted);
  }
  await maven('jobs', [...common, `-Dapi=${spec.api}`, 'package']);
  return { lib, jobs };
}

/** Runs Maven in a module of the lab, or in a folder elsewhere. */
export async function maven(module: string, args: string[]): Promise<void> {
  const cwd = resolve(LAB, module);
  // Without the network only when everything is in the cache already; the first try says so quickly.
  const offline = await run('mvn', ['-o', '-q', '-B', ...args], { cwd, check: false });
  if (offline.code !== 0) await run('mvn', ['-q', '-B', ...args], { cwd });
}
