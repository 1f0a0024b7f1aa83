import { inLanguage } from '../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const { shortLock, EVIDENCE, DOUBTS, HIDDEN, doingText, doing, RELATED, FIXES, EXPLAIN } = inLanguage(english, chinese);
