import { viewOf } from '../analysis/jobgraph/jobView.ts';
import type { AnalysedPlan, JobGraphAnalysis } from '../analysis/jobgraph/model.ts';
import { inferScopes } from '../analysis/jobgraph/scopeInference.ts';
import { settle } from '../findings.ts';
import { versionNamed, versionSet } from '../flinkVersion.ts';
import type { JobContext } from '../jobgraph/context.ts';
import type { JobPlan, PlanFormat } from '../jobgraph/model.ts';
import { parseJobGraph } from '../jobgraph/parse.ts';
import type { Draft, FlinkVersion, Input, Options } from '../model.ts';
import { problem } from '../problems.ts';
import { jobGraphRules } from '../rules/jobgraph/index.ts';
import { simulationDocument } from '../views/flow/document.ts';
import { planDigest } from '../views/jobgraph/digest.ts';
import { jobGraph } from '../views/jobgraph/jobGraph.ts';
import { planDiffGraph } from '../views/jobgraph/planDiffGraph.ts';
import { comparisonPage, diffText } from '../views/jobgraph/planDiffText.ts';
import { planText } from '../views/jobgraph/planText.ts';
import { jobGraphReport, jobVerdict } from '../views/jobgraph/report.ts';
import { scopesGraph } from '../views/jobgraph/scopesGraph.ts';
import { summaryOf } from '../views/jobgraph/summary.ts';
import { defineKind } from './kind.ts';

/** Nearest to what runs first. */
const PREFERENCE: PlanFormat[] = [
  'rest-job',
  'rest-plan',
  'execution-plan',
  'batch-plan',
  'stream-graph',
  'compiled-plan',
  'explain-stages',
  'explain-tree',
];

/** Of the trees of one EXPLAIN, the most physical. */
const TREES = [
  'Optimized Execution Plan',
  'Optimized Physical Plan',
  'Optimized Physical Plan With Advice',
  'Optimized Plan',
  'Optimized Logical Plan',
];

function preference(plan: JobPlan): number {
  // A plan whose ids are blanked has vertices but no edges to show.
  const useless = plan.unresolved.length > 0 && plan.edges.every((edge) => edge.restored) ? 1000 : 0;
  const tree = plan.format === 'explain-tree' ? (TREES.indexOf(plan.title ?? '') + TREES.length + 1) % (TREES.length + 1) : 0;
  return useless + PREFERENCE.indexOf(plan.format) * 10 + tree;
}

function choosePrimary(plans: AnalysedPlan[]): AnalysedPlan | null {
  let best: AnalysedPlan | null = null;
  for (const plan of plans) if (best === null || preference(plan.plan) < preference(best.plan)) best = plan;
  return best;
}

/** The version that settings, a compiled plan or the text around it name. */
function versionOf({ settings }: Options, { flinkVersion: named }: JobContext): FlinkVersion | null {
  return versionSet(settings['logjam.flinkVersion']) ?? (named === null ? null : versionNamed(named.text, named.evidence));
}

async function analyse(input: Input, options: Options): Promise<JobGraphAnalysis> {
  const { plans: parsed, context, problems, withoutGraph, wrappers } = await parseJobGraph(input.text, options.checkpoint);
  const plans: AnalysedPlan[] = [];
  for (const plan of parsed) {
    if (options.checkpoint.due()) await options.checkpoint.pause();
    plans.push({ plan, loops: inferScopes(plan) });
  }
  const primary = choosePrimary(plans);
  if (primary === null && withoutGraph !== null) {
    const { title, state, span } = withoutGraph;
    problems.push(problem('job-without-graph', { title, failed: state === 'FAILED' || state === 'FAILING' }, span));
  } else if (primary === null) problems.push(problem('no-job-graph', {}, { start: 0, end: Math.min(input.text.length, 200) }));
  const analysis: JobGraphAnalysis = {
    kind: 'job-graph',
    dialect: primary?.plan.format ?? 'unknown',
    flinkVersion: versionOf(options, context),
    problems,
    findings: [],
    plans,
    primary,
    context,
    wrappers,
  };
  const drafts: Draft[] = [];
  for (const plan of plans) {
    // An archive holds the same plan once more, alone and inside the job document.
    if (plan !== primary && plan.plan.jobId !== null && plan.plan.jobId === primary?.plan.jobId) continue;
    const view = viewOf(analysis, plan);
    for (const rule of jobGraphRules) {
      if (options.checkpoint.due()) await options.checkpoint.pause();
      drafts.push(...rule.check(view, { settings: options.settings, uri: input.uri }));
    }
  }
  analysis.findings = settle(drafts, input.uri);
  return analysis;
}

export const jobGraphKind = defineKind('job-graph', {
  analyse,
  summary: summaryOf,
  digest: planDigest,
  verdict: jobVerdict,
  diff: diffText,
  diffGraph: planDiffGraph,
  report: jobGraphReport,
  // The other plans of a file are trees of the same query or documents of the same job: nothing to compare.
  texts: { normalised: ({ primary }, { part }) => (primary === null || part > 0 ? null : planText(primary)) },
  comparison: ([one, other]) => (one === undefined ? '' : comparisonPage(one.analysis, other?.analysis ?? one.analysis)),
  graphs: { job: jobGraph, scopes: scopesGraph },
  documents: { simulation: simulationDocument },
});
