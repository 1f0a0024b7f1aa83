import { inLanguage } from '../../../../../common/language.ts';
import * as english from './clockWords.en.ts';
import * as chinese from './clockWords.zh.ts';

export const { offsetText } = inLanguage(english, chinese);
