import { inLanguage } from '../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const { MESSAGES, PANEL_TEXTS, PANEL_TITLES, CHOICES, OFFER, FILTER, FOLDER, STATUS_BAR } = inLanguage(english, chinese);
