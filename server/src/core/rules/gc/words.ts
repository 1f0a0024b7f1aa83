import { inLanguage } from '../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const { GC_MESSAGES, GC_DETAILS, GC_NOTES } = inLanguage(english, chinese);
