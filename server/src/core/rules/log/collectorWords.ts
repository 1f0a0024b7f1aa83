import { inLanguage } from '../../../../../common/language.ts';
import * as english from './collectorWords.en.ts';
import * as chinese from './collectorWords.zh.ts';

export const { subjectText, conclusionText, clockText, collectorEvidence } = inLanguage(english, chinese);
