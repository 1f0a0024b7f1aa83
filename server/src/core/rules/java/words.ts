import { inLanguage } from '../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const { costWords, JAVA_RULE_WORDS, REASONS, reasonPlace, textEdits, DUMP_REFUSALS, otherLineText } = inLanguage(english, chinese);
