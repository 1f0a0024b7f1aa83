import { LANGUAGE } from '../../../../common/language.ts';
import type { Rule } from '../model.ts';
import { gcRules } from './gc/index.ts';
import { javaRules } from './java/index.ts';
import { jobGraphRules } from './jobgraph/index.ts';
import { logRules } from './log/index.ts';
import { restRules } from './rest/index.ts';
import { TEXTS } from './texts.zh.ts';
import { threadDumpRules } from './threaddump/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: the catalogue lists rules over every model
type AnyRule = Rule<any>;

const IN_ENGLISH: readonly AnyRule[] = [...threadDumpRules, ...logRules, ...gcRules, ...javaRules, ...jobGraphRules, ...restRules];

/** Every rule of the product in the language of this process, in the order of docs/rules.md. */
export const RULES: readonly AnyRule[] = LANGUAGE === 'zh-cn' ? IN_ENGLISH.map((one) => ({ ...one, ...TEXTS[one.id] })) : IN_ENGLISH;

const BY_ID = new Map(RULES.map((one) => [one.id, one]));

export function rule(id: string): AnyRule | undefined {
  return BY_ID.get(id);
}

/** What a rule means, as Markdown; null where there is none of that name. */
export function rulePage(id: string): string | null {
  const one = rule(id);
  return one === undefined ? null : `# ${one.title}\n\n${one.docs.trim()}\n`;
}
