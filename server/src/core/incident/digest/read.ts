import { mergeAll } from './merge.ts';
import type { Digest } from './model.ts';

/** As digests are written: one to a line. */
const BEGINS = /^\s*\{"schema":1,"sources":\[/;

export const isDigest = (text: string): boolean => BEGINS.test(text.slice(0, 200));

/** The digests of a text, one to a line, as one; null where a line is none that this version reads. */
export function readDigests(text: string): Digest | null {
  const digests: Digest[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const digest = isDigest(line) ? parse(line) : null;
    if (digest === null) return null;
    digests.push(digest);
  }
  return digests.length === 0 ? null : mergeAll(digests);
}

function parse(line: string): Digest | null {
  try {
    const value = JSON.parse(line) as Partial<Digest>;
    const good = Array.isArray(value.sources) && value.sources.every(isSource) && Array.isArray(value.unread) && value.unread.every(isUnread);
    return good ? (value as Digest) : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isSource = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['id'] === 'string' &&
  typeof value['kind'] === 'string' &&
  Array.isArray(value['names']) &&
  value['names'].every((name) => typeof name === 'string') &&
  Array.isArray(value['findings']) &&
  isObject(value['body']);

const isUnread = (value: unknown): boolean => isObject(value) && typeof value['name'] === 'string' && typeof value['why'] === 'string';
