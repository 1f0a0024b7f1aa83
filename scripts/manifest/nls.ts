import { TEXTS as ENGLISH } from './texts.en.ts';
import { TEXTS as CHINESE } from './texts.zh.ts';

type Bundle = Record<string, string>;

/** What stands for texts in package.json, by the files that VS Code reads for them beside it. */
export const BUNDLES: Readonly<Record<'package.nls.json' | 'package.nls.zh-cn.json', Bundle>> = {
  'package.nls.json': {},
  'package.nls.zh-cn.json': {},
};

/** What package.json has in place of a text: its key. @throws Error where the key has another text or the text has no translation */
export function localised(key: string, english: string, chinese: string | undefined): string {
  if (chinese === undefined) throw new Error(`"${english}" (${key}) is not translated`);
  const known = BUNDLES['package.nls.json'][key];
  if (known !== undefined && known !== english) throw new Error(`"${key}" is both "${known}" and "${english}"`);
  BUNDLES['package.nls.json'][key] = english;
  BUNDLES['package.nls.zh-cn.json'][key] = chinese;
  return `%${key}%`;
}

type Key = keyof typeof ENGLISH;

/** The same for a text of the tables beside this. */
export const own = (key: Key): string => localised(key, ENGLISH[key], CHINESE[key]);

/** The same for a text that is put together from those. */
export const composed = (key: string, make: (text: (part: Key) => string) => string): string =>
  localised(
    key,
    make((part) => ENGLISH[part]),
    make((part) => CHINESE[part]),
  );
