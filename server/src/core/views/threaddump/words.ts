import { inLanguage } from '../../../../../common/language.ts';
import * as english from './words.en.ts';
import * as chinese from './words.zh.ts';

export const {
  CALL_TREE,
  CALL_TREE_FACETS,
  CALL_TREE_UNIT,
  OTHER_ROLE,
  callTreeTitle,
  GAPS,
  VERDICTS,
  REPORT,
  STACKS,
  COMPARED,
  DIFF,
  LOCK_LINES,
  roleText,
} = inLanguage(english, chinese);
