import type { Certainty } from '../../../../common/certainty.ts';
import { SEVERITIES } from '../findings.ts';
import { conclude } from './conclude.ts';
import { mergeAll } from './digest/merge.ts';
import type { CountedSource, Digest, Form, FoundDigest, SourceDigest, Unread } from './digest/model.ts';
import { NO_SOURCES } from './digest/none.ts';
import { isDigest } from './digest/read.ts';
import { thin } from './digest/thin.ts';
import { nameOf } from './logs.ts';
import { incidentReport } from './report.ts';
import { WRITTEN } from './words.ts';

/** What stands in files of digests, as far as it has their form. */
export interface Written {
  digest: Digest;
  /** Lines and sources that have not. */
  broken: Unread[];
}

/** The digests of a text, one to a line, as one. What somebody else wrote is concluded from only as {@link withWritten} lets it. */
export function readDigests(text: string, name: string): Written {
  const read = text.split('\n').flatMap((line, index) => readDigest(line, name, index + 1) ?? []);
  return { digest: mergeAll(read.map(({ digest }) => digest)), broken: read.flatMap(({ broken }) => broken) };
}

/** The digest on a line, counted from 1; null where the line is empty. */
export function readDigest(line: string, name: string, number: number): Written | null {
  if (line.trim() === '') return null;
  const called = WRITTEN.line(name, number);
  const value = isDigest(line) ? parse(line) : null;
  if (value === null) return { digest: NO_SOURCES, broken: [{ name: called, why: WRITTEN.none, failed: true }] };
  const sources = value.sources.filter(isSource).filter(canBeThin);
  const broken = sources.length < value.sources.length ? [{ name: called, why: WRITTEN.damaged, failed: true }] : [];
  return { digest: { schema: 1, sources, counted: value.counted.filter(isCounted), unread: value.unread.filter(isUnread) }, broken };
}

/**
 * Digests that somebody else wrote beside our own: sources that no incident can be concluded from are left out, and named. All
 * are tried together, then halves of what does not bear it, so that one among thousands costs a few tries.
 */
export function withWritten(own: Digest, written: Digest): Written {
  const broken: Unread[] = [];
  let kept = own;
  const add = (sources: readonly SourceDigest[]): void => {
    const more = mergeAll([kept, { ...NO_SOURCES, sources: [...sources] }]);
    if (bears(more)) {
      kept = more;
    } else if (sources.length === 1) {
      for (const source of sources) broken.push({ name: nameOf(source), why: WRITTEN.damaged, failed: true });
    } else {
      const half = sources.length >> 1;
      add(sources.slice(0, half));
      add(sources.slice(half));
    }
  };
  if (written.sources.length > 0) add(written.sources);
  return { digest: mergeAll([kept, { ...written, sources: [] }]), broken };
}

function bears(digest: Digest): boolean {
  try {
    incidentReport(conclude(digest), '');
    return true;
  } catch {
    return false;
  }
}

function parse(line: string): { sources: unknown[]; counted: unknown[]; unread: unknown[] } | null {
  try {
    const { sources, counted, unread } = JSON.parse(line, withoutExcess) as Record<string, unknown>;
    return Array.isArray(sources) && Array.isArray(counted) && Array.isArray(unread) ? { sources, counted, unread } : null;
  } catch {
    return null;
  }
}

/** The largest number that Flink or a JVM prints, a long. */
const MAX_NUMBER = 2 ** 63;

/** No key reaches a prototype, and a number that nothing prints is none. */
function withoutExcess(key: string, value: unknown): unknown {
  if (key === '__proto__') return undefined;
  return typeof value === 'number' && !(Math.abs(value) <= MAX_NUMBER) ? null : value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');

const isCounted = (value: unknown): value is CountedSource =>
  isObject(value) &&
  typeof value['id'] === 'string' &&
  typeof value['kind'] === 'string' &&
  isTexts(value['names']) &&
  value['names'].length > 0 &&
  Number.isFinite(value['bytes']) &&
  Number.isFinite(value['rank']) &&
  (value['since'] === null || Number.isFinite(value['since'])) &&
  Number.isFinite(value['size']);

const FORMS: readonly Form[] = ['full', 'thin'];

const isSource = (value: unknown): value is SourceDigest =>
  isObject(value) &&
  isCounted(value) &&
  typeof value['dialect'] === 'string' &&
  Array.isArray(value['findings']) &&
  value['findings'].every(isFound) &&
  FORMS.some((one) => one === value['form']) &&
  isObject(value['body']);

/** Among many it is made thin before anything is concluded from it. */
function canBeThin(source: SourceDigest): boolean {
  try {
    thin(source);
    return true;
  } catch {
    return false;
  }
}

const CERTAINTIES: readonly Certainty[] = ['proved', 'suspected', 'unknown'];

const isFound = (value: unknown): value is FoundDigest =>
  isObject(value) &&
  isTexts([value['id'], value['code'], value['message'], value['fingerprint']]) &&
  isTexts(value['advice']) &&
  isObject(value['facts']) &&
  Number.isSafeInteger(value['line']) &&
  SEVERITIES.some((one) => one === value['severity']) &&
  CERTAINTIES.some((one) => one === value['certainty']);

const isUnread = (value: unknown): value is Unread =>
  isObject(value) && isTexts([value['name'], value['why']]) && typeof value['failed'] === 'boolean';
