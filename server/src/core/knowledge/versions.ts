import type { FlinkVersion } from '../model.ts';
import FINGERPRINTS from './versionFingerprints.json' with { type: 'json' };

/** Released versions of Flink, oldest first, as far as the product's knowledge speaks of single releases. */
const PATCHES: [string, number][] = [
  ['1.4', 2],
  ['1.5', 6],
  ['1.6', 4],
  ['1.7', 2],
  ['1.8', 3],
  ['1.9', 3],
  ['1.10', 3],
  ['1.11', 6],
  ['1.12', 7],
  ['1.13', 6],
  ['1.14', 6],
  ['1.15', 4],
  ['1.16', 3],
  ['1.17', 2],
  ['1.18', 1],
  ['1.19', 3],
  ['1.20', 4],
  ['2.0', 2],
  ['2.1', 2],
  ['2.2', 1],
];

export const RELEASES: readonly string[] = PATCHES.flatMap(([minor, last]) => Array.from({ length: last + 1 }, (_, patch) => `${minor}.${patch}`));

/** Negative when a is older than b. A missing part counts as 0; a suffix such as "-SNAPSHOT" is ignored. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => Number.parseInt(part, 10) || 0)) as [number[], number[]];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const minorOf = (version: string): string => version.split('.').slice(0, 2).join('.');

/**
 * Whether a version lies in one of the ranges. A range is "1.11.0-1.11.3", "1.12.2" or "<=1.8.1";
 * an end without a patch level ("1.5-1.10") takes in all patch releases of it.
 */
export function inRanges(version: string, ranges: readonly string[]): boolean {
  return ranges.some((range) => {
    const upTo = range.startsWith('<=');
    const [low, high] = upTo ? ['0', range.slice(2)] : (range.split('-') as [string, string?]);
    const end = high ?? low;
    const below = end.split('.').length < 3 ? compareVersions(minorOf(version), end) <= 0 : compareVersions(version, end) <= 0;
    return compareVersions(version, low) >= 0 && below;
  });
}

/** Whether a version contains a fix: it is at or after the fix in its own minor line, or its line is younger than every fixed one. */
export function hasFix(version: string, fixed: readonly string[]): boolean {
  const released = fixed.filter((one) => /^\d/.test(one));
  if (released.length === 0) return false;
  const sameLine = released.find((one) => minorOf(one) === minorOf(version));
  if (sameLine !== undefined) return compareVersions(version, sameLine) >= 0;
  return (
    released.some((one) => one.split('.')[2] === '0' && compareVersions(version, one) >= 0) ||
    released.every((one) => compareVersions(version, one) > 0)
  );
}

/** The nearest release with a fix that is not older than the given one: the next patch of its line, else the oldest younger line. */
export function nearestFix(version: string, fixed: readonly string[]): string | null {
  const younger = fixed.filter((one) => /^\d+\.\d+\.\d+$/.test(one) && compareVersions(one, version) >= 0).sort(compareVersions);
  return younger.find((one) => minorOf(one) === minorOf(version)) ?? younger[0] ?? null;
}

const LINES = FINGERPRINTS as Record<string, Record<string, string[]>>;

/**
 * The version told by line numbers of frames: every known frame narrows the candidates down.
 * Frames that contradict all others (a patched class, an unknown release) leave the version unknown.
 */
export function versionOfFrames(frames: Iterable<{ className: string; method: string; line: number | null }>): FlinkVersion | null {
  let candidates: Set<string> | null = null;
  for (const { className, method, line } of frames) {
    const known: string[] = [];
    // A method that calls itself or is entered at two places has an entry for each ("recycle", "recycle#notify").
    for (const key of [`${className}.${method}`, `${className}.${method}#notify`, `${className}.${method}#throw`])
      known.push(...(LINES[key]?.[String(line)] ?? []));
    if (known.length === 0) continue;
    const versions = new Set(known.flatMap(expand));
    const narrowed: Set<string> = candidates === null ? versions : intersect(candidates, versions);
    if (narrowed.size === 0) return null;
    candidates = narrowed;
  }
  if (candidates === null) return null;
  const sorted = [...candidates].sort(compareVersions);
  const [first, last] = [sorted[0] as string, sorted.at(-1) as string];
  return {
    range: first === last ? first : contiguous(sorted) ? `${first} - ${last}` : sorted.join(', '),
    evidence: 'frame-lines',
    candidates: sorted,
  };
}

/** "1.17" in the data stands for a line whose patch releases were not told apart. */
function expand(version: string): string[] {
  return version.split('.').length === 2 ? RELEASES.filter((release) => minorOf(release) === version) : [version];
}

function intersect(a: Set<string>, b: Set<string>): Set<string> {
  return new Set([...a].filter((item) => b.has(item)));
}

function contiguous(sorted: string[]): boolean {
  const first = RELEASES.indexOf(sorted[0] as string);
  return first !== -1 && sorted.every((version, i) => RELEASES[first + i] === version);
}
