import { inLanguage } from '../../../../../common/language.ts';
import * as english from './memoryWords.en.ts';
import * as chinese from './memoryWords.zh.ts';

export const {
  shortageText,
  memoryHeadline,
  sumText,
  versionTexts,
  memoryAdvice,
  memoryBehindCause,
  otherwiseTexts,
  checkTexts,
  memoryDetails,
  memoryText,
} = inLanguage(english, chinese);
