import { LANGUAGE } from '../../../../common/language.ts';
import { chineseOf } from './texts.zh.ts';

/** Fields whose values are no texts, although an id may be spelt as a title is. */
const NO_TEXTS = new Set(['id', 'key', 'group', 'kind', 'activity', 'roles', 'states', 'overrides', 'samples', 'nearMisses']);

/**
 * A table of knowledge with its texts in the language of this process. Texts stand beside the patterns that they are about,
 * in English, and have their translation by themselves: what has none stays whole as it is. In English this does nothing.
 */
export const told = <T>(table: T): T => (LANGUAGE === 'zh-cn' ? (translated(table) as T) : table);

function translated(value: unknown): unknown {
  if (typeof value === 'string') return chineseOf(value) ?? value;
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, NO_TEXTS.has(key) ? one : translated(one)]));
}
