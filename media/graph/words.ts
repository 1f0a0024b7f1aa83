import { inLanguage } from '../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export type * from './words.en.ts';
export const { KINDS, GROUP_KINDS, EDGES, TOOLBAR, DETAILS, TRACE, PAGE, linksOf, speakNode, speakGroup } = inLanguage(english, chinese);
