import { inLanguage } from '../../../common/language.ts';
import * as english from './toolTitleWords.en.ts';
import * as chinese from './toolTitleWords.zh.ts';

export const { TOOL_TITLES } = inLanguage(english, chinese);
