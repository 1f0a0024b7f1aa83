import { inLanguage } from '../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const { PROFILE_MODES, TREE, LIVE, STATUS, ASKS } = inLanguage(english, chinese);
