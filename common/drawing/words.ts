import { inLanguage } from '../language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const { EMPHASIS, DRAWING, FOLDED } = inLanguage(english, chinese);
