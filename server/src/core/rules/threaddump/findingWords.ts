import { inLanguage } from '../../../../../common/language.ts';
import * as english from './findingWords.en.ts';
import * as chinese from './findingWords.zh.ts';

export type * from './findingWords.en.ts';
export const { DUMP_RULE_WORDS } = inLanguage(english, chinese);
