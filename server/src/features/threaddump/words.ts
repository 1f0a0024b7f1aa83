import { inLanguage } from '../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const { LENSES, HINTS, OUTLINE, LINKS, LOCK_HOVER, THREAD_HOVER, FRAME_HOVER, KNOWLEDGE_HOVER } = inLanguage(english, chinese);
