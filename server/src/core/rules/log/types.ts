import { type CauseGroup, causeGroups } from '../../analysis/log/causeGroups.ts';
import type { LogAnalysis } from '../../analysis/log/model.ts';
import type { Rule } from '../../model.ts';

export type LogRule = Rule<LogAnalysis>;

/** Findings of one rule on one log; the rest is told in the last one. */
export const MAX_FINDINGS = 200;

/** The causes that findings tell of. */
export const shownCauses = ({ failures }: LogAnalysis): CauseGroup[] => causeGroups(failures.episodes).slice(0, MAX_FINDINGS);
