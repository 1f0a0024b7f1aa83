import { inLanguage } from '../../../common/language.ts';
import * as english from './clusterWords.en.ts';
import * as chinese from './clusterWords.zh.ts';

export const { CLUSTER } = inLanguage(english, chinese);
