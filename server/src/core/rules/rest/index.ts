import type { RestAnalysis } from '../../analysis/rest/model.ts';
import type { Rule } from '../../model.ts';

/** The findings in documents of the REST API, worst first. */
export const restRules: readonly Rule<RestAnalysis>[] = [];
