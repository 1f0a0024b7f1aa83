import { inLanguage } from '../../../../common/language.ts';
import * as english from './reportWords.en.ts';
import * as chinese from './reportWords.zh.ts';

export const { REPORT } = inLanguage(english, chinese);
