import { inLanguage } from '../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const { INCIDENT, VERDICT_CERTAINTY, HEALTH, sideText, kindText, LANES, AXIS_TEXTS } = inLanguage(english, chinese);
