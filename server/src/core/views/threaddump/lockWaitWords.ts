import { inLanguage } from '../../../../../common/language.ts';
import * as english from './lockWaitWords.en.ts';
import * as chinese from './lockWaitWords.zh.ts';

export type * from './lockWaitWords.en.ts';
export const { GRAPH, LEGEND, DESCRIPTIONS, LABELS } = inLanguage(english, chinese);
