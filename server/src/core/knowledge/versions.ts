import { compareVersions, isPreRelease, lineOf, releaseOf } from '../flinkVersion.ts';
import type { FlinkVersion } from '../model.ts';
import TABLE from './releases.json' with { type: 'json' };
import FINGERPRINTS from './versionFingerprints.json' with { type: 'json' };

/** Released versions of Flink from 1.0 on, oldest first; written by `npm run releases`. */
export const RELEASES: readonly string[] = TABLE.releases;

/**
 * Lines that still get patch releases: the newest three, and the last of the major version before, which Flink supports
 * longer. A newer patch of them than the table has may be what a file is of.
 */
const LIVE_LINES: ReadonlySet<string> = new Set(liveLines());

function liveLines(): string[] {
  const lines = [...new Set(RELEASES.map(lineOf))];
  const major = (line: string): string => line.split('.')[0] as string;
  const newest = major(lines.at(-1) as string);
  return [...lines.slice(-3), ...lines.filter((line) => major(line) !== newest).slice(-1)];
}

/** Whether a release came out after the table was made, as far as its number tells. */
export function isNewerThanTable(version: string): boolean {
  const release = releaseOf(version);
  const last = RELEASES.findLast((one) => lineOf(one) === lineOf(release));
  return compareVersions(release, last ?? (RELEASES.at(-1) as string)) > 0;
}

/**
 * Whether a version lies in one of the ranges. A range is "1.11.0-1.11.3", "1.12.2", "<=1.8.1" or
 * "1.11.0-" (every newer one as well); an end without a patch level ("1.5-1.10") takes in all patch releases of it. A development version lies where its release does.
 */
export function inRanges(version: string, ranges: readonly string[]): boolean {
  const release = releaseOf(version);
  return ranges.some((range) => {
    const upTo = range.startsWith('<=');
    const [low, high] = upTo ? ['0', range.slice(2)] : (range.split('-') as [string, string?]);
    const end = high ?? low;
    if (end === '') return compareVersions(release, low) >= 0;
    const below = end.split('.').length < 3 ? compareVersions(lineOf(release), end) <= 0 : compareVersions(release, end) <= 0;
    return compareVersions(release, low) >= 0 && below;
  });
}

/** "1.5-1.9, 1.11.0 and later": ranges as a reader says them. */
export function rangesText(ranges: readonly string[]): string {
  return ranges.map((range) => range.replace(/-$/, ' and later').replace(/^<=/, 'up to ')).join(', ');
}

/** Whether a version contains a fix: it is at or after the fix in its own minor line, or its line is younger than every fixed one. */
export function hasFix(version: string, fixed: readonly string[]): boolean {
  const released = fixed.filter((one) => /^\d/.test(one));
  if (released.length === 0) return false;
  const sameLine = released.find((one) => lineOf(one) === lineOf(version));
  if (sameLine !== undefined) return compareVersions(version, sameLine) >= 0;
  return (
    released.some((one) => one.split('.')[2] === '0' && compareVersions(version, one) >= 0) ||
    released.every((one) => compareVersions(version, one) > 0)
  );
}

/** Whether it depends on the day: a development version or candidate of a release with which a fix came. */
export function mayHaveFix(version: string, fixed: readonly string[]): boolean {
  return isPreRelease(version) && fixed.some((one) => compareVersions(one, releaseOf(version)) === 0);
}

/** The nearest release with a fix that is not older than the given one: the next patch of its line, else the oldest younger line. */
export function nearestFix(version: string, fixed: readonly string[]): string | null {
  const younger = fixed.filter((one) => /^\d+\.\d+\.\d+$/.test(one) && compareVersions(one, version) >= 0).sort(compareVersions);
  return younger.find((one) => lineOf(one) === lineOf(version)) ?? younger[0] ?? null;
}

const LINES = FINGERPRINTS as Record<string, Record<string, string[]>>;

/** The one frame that every task has, with a single line per release: a line that is not known means a release that was not looked up. */
const ANCHOR = 'org.apache.flink.runtime.taskmanager.Task.run';

/** The releases that a line of a method stands for, by "method:line"; filled when first asked for. */
const RELEASES_OF = new Map<string, readonly string[]>();

/**
 * The version told by line numbers of frames: every known frame narrows the candidates down.
 * Frames that contradict all others (a patched class, an unknown release) leave the version unknown.
 */
export function versionOfFrames(frames: Iterable<{ className: string; method: string; line: number | null }>): FlinkVersion | null {
  let candidates: readonly string[] = RELEASES;
  let unknownRelease = false;
  for (const { className, method, line } of frames) {
    const name = `${className}.${method}`;
    const releases = releasesOf(name, String(line));
    if (releases.length > 0) candidates = candidates.filter((one) => releases.includes(one));
    else unknownRelease ||= name === ANCHOR && line !== null;
  }
  if (unknownRelease) candidates = candidates.filter((one) => !sampledIn(ANCHOR).has(one));
  if (candidates.length === 0 || candidates.length === RELEASES.length) return null;
  return { range: rangeText(candidates), evidence: 'frame-lines', candidates: [...candidates] };
}

/** Releases with this line, and those that were not looked up but lie next to one with it. Empty for an unknown frame or line. */
function releasesOf(name: string, line: string): readonly string[] {
  if (LINES[name] === undefined && LINES[`${name}#notify`] === undefined) return [];
  const key = `${name}:${line}`;
  let releases = RELEASES_OF.get(key);
  if (releases === undefined) {
    // A method that calls itself or is entered at two places has an entry for each ("recycle", "recycle#notify").
    const entries = [name, `${name}#notify`, `${name}#throw`].filter((one) => LINES[one]?.[line] !== undefined);
    // Only what is known is kept: the numbers that files can print have no end.
    if (entries.length === 0) return [];
    const found = new Set(entries.flatMap((entry) => reach(entry, new Set(LINES[entry]?.[line]?.flatMap(expand)))));
    releases = RELEASES.filter((one) => found.has(one));
    RELEASES_OF.set(key, releases);
  }
  return releases;
}

function reach(entry: string, exact: ReadonlySet<string>): string[] {
  const sampled = sampledIn(entry);
  return RELEASES.filter((release) => (sampled.has(release) ? exact.has(release) : neighbours(release, sampled).some((one) => exact.has(one))));
}

const SAMPLED = new Map<string, ReadonlySet<string>>();

function sampledIn(entry: string): ReadonlySet<string> {
  let sampled = SAMPLED.get(entry);
  if (sampled === undefined) {
    sampled = new Set(Object.values(LINES[entry] ?? {}).flatMap((versions) => versions.flatMap(expand)));
    SAMPLED.set(entry, sampled);
  }
  return sampled;
}

/** The sampled releases next to one that was not: in its own minor line, else the last before it. */
function neighbours(release: string, sampled: ReadonlySet<string>): string[] {
  const at = RELEASES.indexOf(release);
  const line = lineOf(release);
  const before = RELEASES.slice(0, at).findLast((one) => sampled.has(one) && lineOf(one) === line);
  const after = RELEASES.slice(at + 1).find((one) => sampled.has(one) && lineOf(one) === line);
  const found = [before, after].filter((one) => one !== undefined);
  if (found.length > 0) return found;
  const last = RELEASES.slice(0, at).findLast((one) => sampled.has(one));
  return last === undefined ? [] : [last];
}

/**
 * "1.13.1", "1.20.0 - 1.20.5 or a later 1.20", "2.1.0 - 2.3.0 or later", "1.12.4 - 1.12.7, 1.13.1". The last release of a
 * line that is still maintained stands for the patches that came after the table was made, too.
 */
function rangeText(candidates: readonly string[]): string {
  const runs: string[][] = [];
  for (const one of candidates) {
    const run = runs.at(-1);
    if (run !== undefined && RELEASES.indexOf(one) === RELEASES.indexOf(run.at(-1) as string) + 1) run.push(one);
    else runs.push([one]);
  }
  return runs.map((run) => `${run.length === 1 ? run[0] : `${run[0]} - ${run.at(-1)}`}${laterText(run.at(-1) as string)}`).join(', ');
}

function laterText(last: string): string {
  const next = RELEASES[RELEASES.indexOf(last) + 1];
  if (next === undefined) return ' or later';
  const line = lineOf(last);
  return LIVE_LINES.has(line) && lineOf(next) !== line ? ` or a later ${line}` : '';
}

/** "1.17" in the data stands for a line whose patch releases were not told apart. */
function expand(version: string): string[] {
  return version.split('.').length === 2 ? RELEASES.filter((release) => lineOf(release) === version) : [version];
}
