import { parseArgs } from 'node:util';
import { compareVersions, lineOf } from '../server/src/core/flinkVersion.ts';
import { KNOWN_ISSUES, type KnownIssue } from '../server/src/core/knowledge/issues/index.ts';
import { judgeVersion } from '../server/src/core/knowledge/issueVersions.ts';
import { RELEASES } from '../server/src/core/knowledge/versions.ts';
import { MARKERS, type Marker } from './knowledge/markers.ts';
import { printTable } from './lib/corpus.ts';
import { fetchAll, isFetched, sourceFileOf } from './lib/sourcesJars.ts';

/**
 * `npm run knowledge` lists what is known of known bugs. With `-- --verify [--only KEY] [--all]` it reads the sources of the
 * releases around every border of an entry ("affected", "fixed") that has a marker in the code, or of all its releases, and
 * says where entry and sources differ. Maven fetches the jars once; they are kept beside the packages, outside of git,
 * so that a run that was broken off goes on where it ended.
 */
const { values } = parseArgs({
  options: {
    verify: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    /** Every release from 1.5 on, not only those at the borders. */
    all: { type: 'boolean', default: false },
  },
});

type Verdict = 'bug' | 'fix' | 'no file' | 'no jar';

/** A module as the registry names it: with a version of Scala up to 1.13 or 1.14, and what 2.0 moved into flink-runtime. */
function coordinates(module: Marker['module'], version: string): string {
  const old = module === 'flink-runtime' ? '1.14.0' : module === 'flink-streaming-java' || module === 'flink-kubernetes' ? '1.15.0' : null;
  const name = module === 'flink-streaming-java' && compareVersions(version, '2.0.0') >= 0 ? 'flink-runtime' : module;
  return `org.apache.flink:${name}${old !== null && compareVersions(version, old) < 0 ? '_2.11' : ''}:${version}`;
}

/** Where a class has moved from one module to another, both are looked at. */
function places(module: Marker['module'], version: string): string[] {
  const other = module === 'flink-runtime' ? 'flink-streaming-java' : module === 'flink-streaming-java' ? 'flink-runtime' : null;
  const both = other === null ? [module] : ([module, other] as const);
  return [...new Set(both.map((one) => coordinates(one, version)))];
}

function look(marker: Marker, version: string): Verdict {
  for (const place of places(marker.module, version)) {
    const text = sourceFileOf(place, marker.file, FETCHED);
    if (text === null) continue;
    if (marker.bug !== undefined) return marker.bug.test(text) ? 'bug' : 'fix';
    return marker.fix?.test(text) ? 'fix' : 'bug';
  }
  return places(marker.module, version).some(isFetched) ? 'no file' : 'no jar';
}

const known = (issue: KnownIssue, version: string): 'bug' | 'fix' =>
  judgeVersion(issue, { range: version, evidence: 'setting', candidates: [version] }) === 'affected' ? 'bug' : 'fix';

/** The releases on both sides of every border between having a bug and not having it, and the newest of every line after the bug began. */
function borders(issue: KnownIssue): string[] {
  const releases = RELEASES.filter((one) => compareVersions(one, '1.5.0') >= 0);
  if (values.all) return releases;
  const result = new Set<string>();
  releases.forEach((version, at) => {
    const before = releases[at - 1];
    if (before !== undefined && known(issue, before) !== known(issue, version)) result.add(before).add(version);
  });
  for (const line of new Set(releases.map(lineOf))) {
    const last = releases.findLast((one) => lineOf(one) === line) as string;
    if (issue.fixed.length === 0 && known(issue, last) === 'bug' && compareVersions(last, '1.18.0') >= 0) result.add(last);
  }
  for (const fixed of issue.fixed) if (releases.includes(fixed)) result.add(fixed);
  return [...result].sort(compareVersions);
}

function verify(): number {
  const rows = [['key', 'release', 'entry says', 'sources say', '']];
  const asked = KNOWN_ISSUES.filter(({ key }) => MARKERS[key] !== undefined && key.includes(values.only));
  fetchAll([
    ...asked.flatMap((issue) => borders(issue).flatMap((version) => places((MARKERS[issue.key] as Marker).module, version))),
    ...sampledFrames().flatMap(({ version }) => SAMPLED.flatMap((module) => places(module, version))),
  ]);
  let wrong = 0;
  for (const issue of asked) {
    for (const version of borders(issue)) {
      const found = look(MARKERS[issue.key] as Marker, version);
      const said = known(issue, version);
      const differs = (found === 'bug' || found === 'fix') && found !== said;
      if (differs) wrong++;
      rows.push([issue.key, version, said, found, differs ? 'DIFFERS' : '']);
    }
  }
  printTable(rows);
  console.log(`\n${asked.length} of ${KNOWN_ISSUES.length} entries have a marker in the code, ${wrong} releases differ`);
  const strange = strangeFrames();
  for (const { key, version, frame } of strange) console.log(`${key}: its sample of ${version} has a frame that its sources do not have: ${frame}`);
  return wrong === 0 && strange.length === 0 ? 0 : 1;
}

/** Modules whose frames samples may have. */
const SAMPLED = ['flink-runtime', 'flink-streaming-java', 'flink-connector-base', 'flink-core'] as const;

/** What is not in the cache after `fetchAll` cannot be had: it is not asked for again. */
const FETCHED = true;

interface SampledFrame {
  key: string;
  version: string;
  frame: string;
  /** Name of the Java file, without its end. */
  file: string;
  method: string;
}

/** The frames of Flink in samples that tell their release. */
function sampledFrames(): SampledFrame[] {
  const result: SampledFrame[] = [];
  for (const { key, samples } of KNOWN_ISSUES.filter((issue) => issue.key.includes(values.only))) {
    for (const sample of samples) {
      if (!('threads' in sample) || sample.version === undefined || !RELEASES.includes(sample.version)) continue;
      for (const frame of new Set(sample.threads.flatMap(({ frames }) => frames))) {
        const [, file, method] = /^org\.apache\.flink\.(?:\w+\.)*(\w+)(?:\$\w+)*\.(?:lambda\$)?(\w+?)(?:\$\d+)?$/.exec(frame) ?? [];
        if (file !== undefined && method !== undefined) result.push({ key, version: sample.version, frame, file, method });
      }
    }
  }
  return result;
}

/** Those of a release whose sources have the class, but not the method. */
function strangeFrames(): SampledFrame[] {
  return sampledFrames().filter(({ version, file, method }) => {
    const texts = SAMPLED.flatMap((module) => places(module, version)).flatMap((place) => sourceFileOf(place, file, FETCHED) ?? []);
    return texts.length > 0 && !texts.some((text) => new RegExp(`\\b${method}\\b`).test(text));
  });
}

function list(): number {
  printTable([
    ['key', 'kind', 'affected', 'fixed', 'marker'],
    ...KNOWN_ISSUES.map(({ key, kind, affected, fixed }) => [
      key,
      kind,
      affected.join(', ') || 'development',
      fixed.join(', ') || '-',
      MARKERS[key]?.file ?? '',
    ]),
  ]);
  return 0;
}

process.exitCode = values.verify ? verify() : list();
