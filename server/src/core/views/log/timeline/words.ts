import { inLanguage } from '../../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const { TIMELINE, NOTES, LEGEND, JOBS, STATES, SUBTASKS, CHECKPOINTS, RESTARTS, PROCESS } = inLanguage(english, chinese);
