import type { Span } from '../../../../../common/span.ts';
import type { Location } from '../../model.ts';

/** The line, from 0, of a place in the source at hand. */
export type LineOf = (where: Span | Location) => number;

/** Two runs of FNV-1a over a text, or over its beginning and its end; `said` is what was read in it, see {@link isSampled}. */
export function contentId(kind: string, text: string, said: string): string {
  const hash = new Hash();
  hash.add(`${kind}\n${text.length}\n`);
  if (text.length <= 2 * WHOLE) hash.add(text);
  else {
    hash.add(text.slice(0, WHOLE));
    hash.add(text.slice(text.length - WHOLE));
  }
  hash.add(said);
  return hash.value;
}

/** Whether an id needs what was read, besides the text: there is no text in memory, or too much of it to look at all. */
export const isSampled = (text: string): boolean => text === '' || text.length > 2 * WHOLE;

/** A text of twice this length goes into its id whole; of a longer one its beginning, its end, and what was read in it. */
const WHOLE = 512 * 1024;

class Hash {
  #high = 0x811c9dc5;
  #low = 0xcbf29ce4;

  add(text: string): void {
    let [high, low] = [this.#high, this.#low];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ (unit + i), 0x01000193);
    }
    [this.#high, this.#low] = [high, low];
  }

  get value(): string {
    return [this.#high, this.#low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
