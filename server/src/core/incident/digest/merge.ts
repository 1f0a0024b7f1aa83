import type { Digest, SourceDigest, Unread } from './model.ts';

export const NO_SOURCES: Digest = { schema: 1, sources: [], unread: [] };

/**
 * What two digests say together: the union of their sources by id. It is associative, commutative and idempotent, so that
 * work may be cut, ordered and repeated in any way. The same file counts once, whatever it is called.
 */
export function merge(one: Digest, other: Digest): Digest {
  return mergeAll([one, other]);
}

/** The same of any number, in one pass. */
export function mergeAll(digests: readonly Digest[]): Digest {
  const sources = new Map<string, SourceDigest>();
  const unread = new Map<string, Unread>();
  for (const digest of digests) {
    for (const source of digest.sources) {
      const known = sources.get(source.id);
      sources.set(source.id, known === undefined ? source : { ...known, names: union(known.names, source.names) });
    }
    for (const one of digest.unread) unread.set(`${one.name}\n${one.why}\n${one.failed}`, one);
  }
  return {
    schema: 1,
    sources: [...sources.values()].sort((a, b) => compare(a.id, b.id)),
    unread: [...unread].sort(([a], [b]) => compare(a, b)).map(([, one]) => one),
  };
}

const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])].sort(compare);

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
