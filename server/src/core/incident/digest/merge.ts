import type { CountedSource, Digest, SourceDigest, Unread } from './model.ts';
import { NO_SOURCES } from './none.ts';
import { thin } from './thin.ts';

/** Sources that are wanted soonest are kept whole up to so many bytes together, so that a digest of any number stays small. */
const MAX_FULL = 4 * 1024 * 1024;
/** So many sources are kept at least in the thin form; the others are counted. */
const MAX_THIN = 500;

/**
 * What two digests say together: the union of their sources by id. It is associative, commutative and idempotent, so that
 * work may be cut, ordered and repeated in any way. The same file counts once, whatever it is called. Where there is no room
 * for all, those that are wanted later are made thin: the order is by what they are, so that it is the same in every part.
 */
export function merge(one: Digest, other: Digest): Digest {
  return mergeAll([one, other]);
}

/** The same of any number, in one pass. */
export function mergeAll(digests: readonly Digest[]): Digest {
  const all = new Map<string, Any>();
  const unread = new Map<string, Unread>();
  for (const digest of digests) {
    for (const source of [...digest.counted, ...digest.sources]) {
      const known = all.get(source.id);
      all.set(source.id, known === undefined ? source : { ...fuller(known, source), names: union(known.names, source.names) });
    }
    for (const one of digest.unread) unread.set(`${one.name}\n${one.why}\n${one.failed}`, one);
  }
  const kept = inRoom([...all.values()]).sort((a, b) => compare(a.id, b.id));
  return {
    schema: 1,
    sources: kept.filter(isSource),
    counted: kept.filter((one) => !isSource(one)),
    unread: [...unread].sort(([a], [b]) => compare(a, b)).map(([, one]) => one),
  };
}

type Any = SourceDigest | CountedSource;

const isSource = (one: Any): one is SourceDigest => 'body' in one;

const FORMS = ['counted', 'thin', 'full'] as const;
const formOf = (one: Any): number => FORMS.indexOf(isSource(one) ? one.form : 'counted');

const fuller = (one: Any, other: Any): Any => (formOf(other) > formOf(one) ? other : one);

/** Each source in its form. Whoever is full here is full in every part of the whole: there no more stand before it. */
function inRoom(sources: Any[]): Any[] {
  if (sources.reduce((sum, { size }) => sum + size, 0) <= MAX_FULL) return sources;
  let full = 0;
  return sources.sort(sooner).map((source, index) => {
    full += source.size;
    if (full <= MAX_FULL || !isSource(source)) return source;
    return index < MAX_THIN ? thin(source) : count(source);
  });
}

const count = ({ id, kind, names, bytes, rank, since, size }: SourceDigest): CountedSource => ({ id, kind, names, bytes, rank, since, size });

const sooner = (a: Any, b: Any): number => a.rank - b.rank || (a.since ?? Number.MAX_VALUE) - (b.since ?? Number.MAX_VALUE) || compare(a.id, b.id);

const union = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])].sort(compare);

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Digests are held back until there are so many: one merge of many costs less than many of two. */
const PENDING = 64;

/** Merges digests as they come; holds no more than one merged digest and a few of the others. */
export class Merging {
  #merged: Digest = NO_SOURCES;
  #pending: Digest[] = [];

  add(digests: readonly Digest[]): void {
    this.#pending.push(...digests);
    if (this.#pending.length >= PENDING) this.all();
  }

  /** What all of them say together. */
  all(): Digest {
    if (this.#pending.length > 0) this.#merged = mergeAll([this.#merged, ...this.#pending]);
    this.#pending = [];
    return this.#merged;
  }
}
