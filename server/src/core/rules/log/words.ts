import { inLanguage } from '../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const {
  failureTitle,
  causeText,
  consequenceText,
  evidenceText,
  verdictLine,
  verdictText,
  episodeHeadline,
  countTexts,
  episodeDetails,
  damageText,
  incompleteText,
  TRANSITIONS,
  attemptName,
  LOG_FINDINGS,
  MISSING,
  LOG_NOTES,
  classText,
  ISSUE,
} = inLanguage(english, chinese);
