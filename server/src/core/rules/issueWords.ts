import { inLanguage } from '../../../../common/language.ts';
import * as english from './issueWords.en.ts';
import * as chinese from './issueWords.zh.ts';

export const { issueMessage, issueDetails, issueAdvice, issuePrecondition, ISSUE_FIXES } = inLanguage(english, chinese);
