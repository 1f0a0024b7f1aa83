import type { FlinkVersion } from './model.ts';
import { detached } from './text.ts';

/** The one reader of version texts and the one order of versions, for every kind of file. */

const VERSION = /(?<![\w.])v?(\d+\.\d+(?:\.\d+)?(?:[-.][A-Za-z][\w.-]*)?)/;

/** "1.13.6", "1.19-SNAPSHOT" or "1.15.3-amzn-0" out of a text such as " v1.13.6 " or "Flink 1.19"; null where there is none. */
export function readVersion(text: string): string | null {
  return VERSION.exec(text)?.[1] ?? null;
}

/** What the user says, which wins over what a file says; null where the setting is empty or names no version. */
export function versionSet(setting: string): FlinkVersion | null {
  return versionNamed(setting, 'setting');
}

/** The version that a text names, for itself alone. */
export function versionNamed(text: string, evidence: FlinkVersion['evidence']): FlinkVersion | null {
  const version = readVersion(text);
  return version === null ? null : { range: version, evidence, candidates: [version] };
}

/** Development versions and candidates of a release: what is in them depends on the day they were built. */
export function isPreRelease(version: string): boolean {
  return /[-.](?:SNAPSHOT|preview|rc|alpha|beta|M)\d*\b/i.test(version);
}

/** What a version is ordered by. */
interface Order {
  numbers: readonly number[];
  preRelease: boolean;
}

/** Versions are compared with each other again and again: those of releases, known issues and the files at hand. */
const orders = new Map<string, Order>();
const MAX_KEPT = 1000;
const MAX_LENGTH = 40;

function orderOf(version: string): Order {
  const known = orders.get(version);
  if (known !== undefined) return known;
  const numbers = (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').map((part) => Number(part) || 0);
  const order = { numbers, preRelease: isPreRelease(version) };
  if (orders.size < MAX_KEPT && version.length <= MAX_LENGTH) orders.set(detached(version), order);
  return order;
}

/**
 * Negative when a is older than b. A missing part counts as 0. A development version or candidate is older than its
 * release; what a vendor has put behind the number ("-amzn-0") says nothing about the order.
 */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [orderOf(a), orderOf(b)];
  const [left, right] = [one.numbers, other.numbers];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(other.preRelease) - Number(one.preRelease);
}

/** "1.13" of "1.13.6": the minor line that a version, released or not, belongs to. */
export function lineOf(version: string): string {
  return orderOf(version).numbers.slice(0, 2).join('.');
}

/** "1.13.2" of "1.13.2-SNAPSHOT": the release that a version became, or that it was made from. */
export function releaseOf(version: string): string {
  return orderOf(version).numbers.join('.');
}
