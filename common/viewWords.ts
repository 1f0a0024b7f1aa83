import { inLanguage } from './language.ts';
import * as english from './viewWords.en.ts';
import * as chinese from './viewWords.zh.ts';

export const { viewLabel } = inLanguage(english, chinese);
