import * as v from 'valibot';
import { visible } from '../../../common/visible.ts';
import { PAGING } from './words.ts';

/** What an answer may cost at least, where nobody says it, and at most. In tokens. */
export const TOKENS = { least: 1000, usual: 2000, most: 8000 };
/** Fewer characters a token than any text of ours has on average: hashes and class names cost the most. */
const CHARACTERS_PER_TOKEN = 2.5;
/** Of the answer, what stands around its list. In tokens. */
const AROUND = 250;
/** Texts from files are cut here; the log tool gives the rest. In characters. */
const MAX_TEXT = 400;

export const tokens = v.optional(
  v.pipe(v.number(), v.integer(), v.minValue(TOKENS.least), v.maxValue(TOKENS.most), v.description(PAGING.tokens(TOKENS.usual, TOKENS.most))),
  TOKENS.usual,
);
export const cursor = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.description(PAGING.cursor)), 0);

/** Of an answer with a list. */
export const page = {
  more: v.pipe(v.number(), v.description(PAGING.more)),
  next: v.nullable(v.pipe(v.number(), v.description(PAGING.next))),
};

/** What a value costs. */
export const tokensOf = (value: unknown): number => Math.ceil(JSON.stringify(value).length / CHARACTERS_PER_TOKEN);

interface Page<T> {
  items: T[];
  /** How many come after these. */
  more: number;
  /** The cursor that the next ones are asked for with; null where there are none. */
  next: number | null;
}

/**
 * As many of a list as an answer has room for, at least one.
 * @param from the first one, as the asker's cursor says
 * @param spent tokens of what else the answer holds
 */
export function paged<A, B>(all: readonly A[], from: number, room: { tokens: number; spent?: number; most?: number }, made: (one: A) => B): Page<B> {
  let left = room.tokens - AROUND - (room.spent ?? 0);
  const items: B[] = [];
  for (const one of all.slice(from)) {
    const item = made(one);
    left -= tokensOf(item);
    if (items.length > 0 && (left < 0 || items.length === room.most)) break;
    items.push(item);
  }
  const end = Math.min(from, all.length) + items.length;
  return { items, more: all.length - end, next: end < all.length ? end : null };
}

/** A text of a file: nothing in it is hidden, and it is no longer than an answer can bear. */
export function told(text: string, most = MAX_TEXT): string {
  const shown = visible(text);
  return shown.length <= most ? shown : PAGING.cut(shown.slice(0, most), shown.length - most);
}
