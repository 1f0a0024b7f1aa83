import type { JobContext } from '../../jobgraph/context.ts';
import type { JobPlan } from '../../jobgraph/model.ts';
import type { AnalysisBase } from '../../model.ts';
import type { LoopForest } from './scopes.ts';

/** A plan with what follows from it. */
export interface AnalysedPlan {
  plan: JobPlan;
  loops: LoopForest;
}

export interface JobGraphAnalysis extends AnalysisBase<'job-graph'> {
  plans: AnalysedPlan[];
  /** The plan that graph, summary and lenses are about: the one nearest to what runs. Null when none could be read. */
  primary: AnalysedPlan | null;
  context: JobContext;
  wrappers: string[];
}
