import { inLanguage } from '../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const { leftWords, NO_JSON_WORDS, STOPPED_WORDS, NOT_OPENED_WORDS, answerWithout } = inLanguage(english, chinese);
