import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { at } from './paths.mjs';
import { maven } from './process.mjs';

/** Sources jars, which Maven fetches once; they are kept beside the packages, outside of git. */
const CACHE = at('node_modules/.cache/java-sources');

/** The Java files of an artifact's sources jar ("group:artifact:version"); null when it cannot be had. */
export function sourcesOf(coordinates: string, offline = false): Map<string, string> | null {
  return filesOf(coordinates, (name) => name.endsWith('.java'), offline);
}

/** One Java file of an artifact by the end of its name; null when there is no such jar or no such file in it. */
export function sourceFileOf(coordinates: string, file: string, offline = false): string | null {
  const files = filesOf(coordinates, (name) => name.endsWith(`/${file}.java`), offline);
  return files === null ? null : ([...files.values()][0] ?? null);
}

/**
 * Fetches several in one run of Maven, each in a module of its own: one that is not there fails alone, and what came before
 * a run was broken off stays in the cache for the next.
 */
export function fetchAll(coordinates: readonly string[]): void {
  const wanted = [...new Set(coordinates)].filter((one) => jarOf(one) === null);
  if (wanted.length === 0) return;
  const folder = mkdtempSync(path.join(tmpdir(), 'sources-'));
  try {
    wanted.forEach((one, index) => {
      const [group, artifact, version] = one.split(':');
      const item = `<artifactItem><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version><classifier>sources</classifier><outputDirectory>${folderOf(one)}</outputDirectory></artifactItem>`;
      const plugin = `<plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><executions><execution><phase>validate</phase><goals><goal>copy</goal></goals><configuration><artifactItems>${item}</artifactItems></configuration></execution></executions></plugin>`;
      mkdirSync(path.join(folder, `m${index}`));
      writeFileSync(path.join(folder, `m${index}`, 'pom.xml'), project(`m${index}`, `<build><plugins>${plugin}</plugins></build>`));
    });
    const modules = wanted.map((_, index) => `<module>m${index}</module>`).join('');
    writeFileSync(path.join(folder, 'pom.xml'), project('all', `<modules>${modules}</modules>`));
    maven(['--fail-at-end', 'validate'], folder);
  } catch {
    // What is not there is told where it is read.
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The least that Maven takes for a project. */
const project = (name: string, content: string): string =>
  `<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>${name}</artifactId><version>1</version><packaging>pom</packaging>${content}</project>`;

/** Whether an artifact's sources jar is in the cache. */
export const isFetched = (coordinates: string): boolean => jarOf(coordinates) !== null;

function filesOf(coordinates: string, wanted: (name: string) => boolean, offline: boolean): Map<string, string> | null {
  const jar = jarOf(coordinates) ?? (offline ? null : fetched(coordinates));
  if (jar === null) return null;
  const files = unzipSync(readFileSync(jar), { filter: ({ name }) => wanted(name) });
  return new Map(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

const folderOf = (coordinates: string): string => path.join(CACHE, coordinates.replaceAll(':', '-'));

function jarOf(coordinates: string): string | null {
  const folder = folderOf(coordinates);
  const jar = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.jar')) : undefined;
  return jar === undefined ? null : path.join(folder, jar);
}

function fetched(coordinates: string): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'sources-'));
  try {
    mkdirSync(folderOf(coordinates), { recursive: true });
    maven(['dependency:copy', `-Dartifact=${coordinates}:jar:sources`, `-DoutputDirectory=${folderOf(coordinates)}`], folder);
    return jarOf(coordinates);
  } catch {
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
