import { inLanguage } from '../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const {
  shortName,
  shortLock,
  heldBy,
  EVIDENCE,
  DOUBTS,
  HIDDEN,
  timeout,
  doingText,
  doing,
  WAITS_FOR,
  ENDER,
  subtasksWait,
  lockLabel,
  CYCLE_ON,
  ACTIVITY,
  RELATED,
  FIXES,
  EXPLAIN,
} = inLanguage(english, chinese);
