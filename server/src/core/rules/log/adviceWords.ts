import { inLanguage } from '../../../../../common/language.ts';
import * as english from './adviceWords.en.ts';
import * as chinese from './adviceWords.zh.ts';

export const { ownFrameText, ownLogText } = inLanguage(english, chinese);
