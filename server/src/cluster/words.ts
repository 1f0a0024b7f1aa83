import { inLanguage } from '../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const { FAULTS, MOMENTS, DUMP_COST, PROFILE_COST, failed } = inLanguage(english, chinese);
