import type { ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import type { Rule } from '../../model.ts';

/** A rule over all dumps of a file. */
export type DumpRule = Rule<ThreadDumpAnalysis>;
