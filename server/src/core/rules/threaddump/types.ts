import type { ThreadDumpAnalysis } from '../../analysis/threaddump/model.ts';
import type { Finding, Rule, RuleContext } from '../../model.ts';

/** What a rule for thread dumps gets besides the analysis. */
export interface DumpContext extends RuleContext {
  /** Of the document, for the commands of fixes. */
  uri: string;
}

export interface DumpRule extends Rule<ThreadDumpAnalysis> {
  check(model: ThreadDumpAnalysis, context: DumpContext): Finding[];
}
