import { inLanguage } from '../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const { WORDS, USAGE, INPUTS, SARIF, FIXES, CHECK, EXPLAIN, HELP, MCP, COMMON_HELP } = inLanguage(english, chinese);
