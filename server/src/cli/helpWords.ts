import { inLanguage } from '../../../common/language.ts';
import * as english from './helpWords.en.ts';
import * as chinese from './helpWords.zh.ts';

export const { HELP_OF } = inLanguage(english, chinese);
