import { inLanguage } from '../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const { MARK_NAMES, LANE_KINDS, PAGE, DETAILS, speakInterval, speakMark } = inLanguage(english, chinese);
