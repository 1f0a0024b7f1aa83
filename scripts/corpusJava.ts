import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS } from '../common/settings.ts';
import { fixAllJava } from '../server/src/core/analysis/java/edit/fixAll.ts';
import { NO_CHECKPOINT } from '../server/src/core/checkpoint.ts';
import { javaSourceKind } from '../server/src/core/kinds/javaSource.ts';
import type { Finding, JavaSources } from '../server/src/core/model.ts';
import { LineIndex } from '../server/src/core/text.ts';
import { ARTIFACTS, SITES, type Site } from './corpus-java/artifacts.ts';
import { READINGS, type Reading } from './corpus-java/readings.ts';
import { printTable } from './lib/corpus.ts';
import { maven } from './lib/process.mjs';
import { fetchAll, sourcesOf } from './lib/sourcesJars.ts';

/**
 * Reads the sources jars of Flink, its connectors and jobs and prints what is found in them, by rule and severity, what was
 * said of each warning when it was read (corpus-java/readings.ts), and whether the files that safe edits change still compile:
 * `npm run corpus:java [-- --only TEXT] [--list] [--compile] [--offline]`.
 * Maven fetches the jars once; they are kept beside the packages, outside of git.
 */
const { values } = parseArgs({
  options: {
    /** Artifacts with this, or one of these with commas between, in their coordinates. */
    only: { type: 'string', default: '' },
    /** Every finding with its place, to be read. */
    list: { type: 'boolean', default: false },
    /** Compiles what safe edits change, against the jars of the artifact. */
    compile: { type: 'boolean', default: false },
    /** Only what has been fetched before. */
    offline: { type: 'boolean', default: false },
  },
});

/** The jars that the classes of an artifact need, with the annotations that are left out of them. */
function classPath(coordinates: string): string {
  const [group, artifact, version] = coordinates.split(':');
  const folder = mkdtempSync(path.join(tmpdir(), 'classpath-'));
  const dependency = (g: string, a: string, v: string): string =>
    `<dependency><groupId>${g}</groupId><artifactId>${a}</artifactId><version>${v}</version></dependency>`;
  writeFileSync(
    path.join(folder, 'pom.xml'),
    `<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><dependencies>${dependency(group as string, artifact as string, version as string)}${dependency('com.google.code.findbugs', 'jsr305', '3.0.2')}${dependency('net.jcip', 'jcip-annotations', '1.0')}</dependencies></project>`,
  );
  try {
    maven(['dependency:build-classpath', '-Dmdep.outputFile=cp'], folder);
    return readFileSync(path.join(folder, 'cp'), 'utf8').trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Errors of javac for files in their packages. */
function compileErrors(files: ReadonlyMap<string, string>, classes: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'patched-'));
  try {
    const names = [...files].map(([name, text]) => {
      const file = path.join(folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return file;
    });
    execFileSync('javac', ['-nowarn', '-encoding', 'UTF-8', '-proc:none', '-Xlint:none', '-cp', classes, '-d', path.join(folder, 'out'), ...names], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return [];
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error)
      .replaceAll(folder, '')
      .split('\n')
      .filter((line) => line.includes('error:'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Read {
  files: number;
  findings: { file: string; line: number; finding: Finding; text: string }[];
  patched: Map<string, string>;
}

/** The other files of the jar, by their packages. */
function besides(files: ReadonlyMap<string, string>): { around: JavaSources['around']; digestOf: (name: string) => string } {
  const packages = new Map<string, { uri: string; text: string }[]>();
  for (const [file, text] of files) {
    const name = path.dirname(file).replaceAll('/', '.');
    packages.set(name, [...(packages.get(name) ?? []), { uri: `file:///${file}`, text }]);
  }
  const digests = new Map<string, string>();
  return {
    around: async (uri, _, wanted) => wanted.flatMap((name) => packages.get(name) ?? []).filter((one) => one.uri !== uri),
    digestOf: (name) => {
      const known = digests.get(name) ?? digest((packages.get(name) ?? []).map(({ uri, text }) => `${uri}\n${text}`).join('\n'));
      digests.set(name, known);
      return known;
    },
  };
}

async function read(sources: ReadonlyMap<string, string>): Promise<Read> {
  const result: Read = { files: sources.size, findings: [], patched: new Map() };
  const { around, digestOf } = besides(sources);
  for (const [file, text] of sources) {
    const key = digest(`${file}\n${text}`);
    let seen = SEEN.get(key);
    if (seen === undefined || seen.besides !== seen.asked.map(digestOf).join()) {
      seen = await readOne(file, text, around);
      seen.besides = seen.asked.map(digestOf).join();
      SEEN.set(key, seen);
    }
    result.findings.push(...seen.findings);
    if (seen.fixed !== null) result.patched.set(file, seen.fixed);
  }
  return result;
}

/** What was found in a file; versions share most of theirs, and the same file among the same others has the same findings. */
interface Seen {
  /** Packages that were asked for, and what they held. */
  asked: string[];
  besides: string;
  findings: Read['findings'];
  fixed: string | null;
}

const SEEN = new Map<string, Seen>();

const digest = (text: string): string => createHash('sha1').update(text).digest('hex');

async function readOne(file: string, text: string, around: JavaSources['around']): Promise<Seen> {
  const result: Seen = { asked: [], besides: '', findings: [], fixed: null };
  const sources: JavaSources = {
    around: async (uri, own, wanted) => {
      result.asked = [...wanted];
      return around(uri, own, wanted);
    },
    width: async () => null,
  };
  const { findings } = await javaSourceKind.analyse(
    { uri: `file:///${file}`, text },
    { settings: DEFAULT_SETTINGS, checkpoint: NO_CHECKPOINT, sources },
  );
  if (findings.length === 0) return result;
  const lines = new LineIndex(text);
  for (const finding of findings) {
    const line = lines.lineOf(finding.at.span.start);
    result.findings.push({ file, line: line + 1, finding, text: text.split('\n')[line]?.trim() ?? '' });
  }
  const fixed = fixAllJava(text, (plan) => plan.safe).text;
  if (fixed !== text) result.fixed = fixed;
  return result;
}

const isAt = (site: Site, { file, line, finding }: Read['findings'][number]): boolean =>
  file.endsWith(`/${site.file}`) &&
  line === site.line &&
  (site.rule === undefined || finding.id === site.rule) &&
  finding.severity === (site.severity ?? finding.severity);

type Found = Read['findings'][number];

/** What was said of a warning when it was read; undefined: nobody has read it. */
function readingOf(version: string, { file, line, finding }: Found): Reading | undefined {
  return READINGS.find(
    (one) => file.endsWith(`/${one.file}`) && finding.id === one.rule && one.at.some((places) => places.split(' ').includes(`${version}:${line}`)),
  );
}

/** Part of the warnings that must be real. */
const PRECISION = 0.9;

async function main(): Promise<number> {
  const rows: string[][] = [['artifact', 'files', 'warning', 'real', 'arguable', 'false', 'unread', 'info', 'hint', 'patched', 'compile']];
  const tally = { real: 0, arguable: 0, false: 0, unread: 0 };
  const byRule = new Map<string, number>();
  let failed = 0;
  const wanted = ARTIFACTS.filter((one) => values.only.split(',').some((part) => one.includes(part)));
  if (!values.offline) fetchAll(wanted);
  for (const coordinates of wanted) {
    const sources = sourcesOf(coordinates, values.offline);
    if (sources === null) {
      rows.push([coordinates, 'not fetched']);
      continue;
    }
    const { files, findings, patched } = await read(sources);
    for (const one of findings) {
      const key = `${one.finding.id} ${one.finding.severity}`;
      byRule.set(key, (byRule.get(key) ?? 0) + 1);
      if (values.list)
        console.log(`${coordinates} ${one.file}:${one.line} ${one.finding.severity} ${one.finding.id}: ${one.finding.message}\n    ${one.text}`);
    }
    let compiled = '';
    if (values.compile && patched.size > 0) {
      const errors = compileErrors(patched, classPath(coordinates));
      compiled = errors.length === 0 ? 'all' : `${errors.length} errors: ${errors[0]}`;
      if (errors.length > 0) failed++;
    }
    for (const site of SITES.filter((one) => one.artifact === coordinates)) {
      const found = findings.some((one) => isAt(site, one));
      if (found === site.found) continue;
      failed++;
      console.log(
        `${coordinates} ${site.file}:${site.line} must ${site.found ? '' : 'not '}be found${site.severity === undefined ? '' : ` as ${site.severity}`}`,
      );
    }
    const of = (severity: string): Found[] => findings.filter(({ finding }) => finding.severity === severity);
    const version = coordinates.slice(coordinates.lastIndexOf(':') + 1);
    const verdicts = of('warning').map((one) => readingOf(version, one)?.verdict ?? 'unread');
    for (const verdict of verdicts) tally[verdict]++;
    const count = (verdict: keyof typeof tally): string => String(verdicts.filter((one) => one === verdict).length);
    const counts = [verdicts.length, count('real'), count('arguable'), count('false'), count('unread'), of('info').length, of('hint').length];
    rows.push([coordinates, String(files), ...counts.map(String), String(patched.size), compiled]);
  }
  printTable(rows);
  for (const [rule, count] of [...byRule].sort()) console.log(`${rule}: ${count}`);
  const all = tally.real + tally.arguable + tally.false + tally.unread;
  const precision = all === 0 ? 1 : tally.real / all;
  console.log(
    `warnings: ${all}, of which real ${tally.real}, arguable ${tally.arguable}, false ${tally.false}, not read ${tally.unread}: precision ${(100 * precision).toFixed(1)} %`,
  );
  return failed === 0 && tally.unread === 0 && precision >= PRECISION ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
