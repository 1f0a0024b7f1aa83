import { inLanguage } from '../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const {
  GC_VERDICTS,
  wrapText,
  relationText,
  groundsText,
  predictionText,
  stuckText,
  outlookTexts,
  categoryText,
  RELATED,
  FILTERED,
  TRACE,
  CALLS,
  ICICLE,
} = inLanguage(english, chinese);
