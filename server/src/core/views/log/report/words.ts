import { inLanguage } from '../../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const { TITLES, FACTS, STUDY, ATTEMPTS, EXCEPTIONS, COLLECTOR, STATES, RELATED, more } = inLanguage(english, chinese);
