import { inLanguage } from '../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const {
  verdictSentence,
  evidenceSentence,
  adviceSentence,
  nextCommand,
  MISSING,
  DECIDES,
  UNRESOLVED,
  UNRESOLVED_WHY,
  AXIS,
  ENTRIES,
  WRITTEN,
} = inLanguage(english, chinese);
